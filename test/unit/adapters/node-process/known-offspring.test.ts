import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { Offspring, type Origin } from '../../../../src/adapters/node-process/offspring.ts';
import { ticksNow } from '../../../../src/adapters/node-process/process-table.ts';
import { freshMark, processesWith } from './left-processes.ts';

/** An orphan in a session of its own, with a token in its environment. */
async function orphan(): Promise<{ readonly pid: number; readonly origin: Origin }> {
  const origin: Origin = { root: null, token: `token-${freshMark()}.`, openFiles: [], bornSince: ticksNow() };
  const mark = freshMark();
  const env = { PATH: process.env.PATH, TOKEN: origin.token };
  const starter = spawn('/bin/sh', ['-c', `setsid sleep ${mark} & sleep 0.05`], { env, stdio: 'ignore' });
  await once(starter, 'exit');
  const [pid = 0] = processesWith(mark);
  return { pid, origin };
}

const numbersOf = (offspring: Offspring) => offspring.find().map(({ number }) => number);

describe('the offspring of a process', () => {
  it('is known by its token', async () => {
    const { pid, origin } = await orphan();
    expect(numbersOf(new Offspring(origin))).toEqual([pid]);
  });

  it('is not what bears another token', async () => {
    const { origin } = await orphan();
    expect(numbersOf(new Offspring({ ...origin, token: 'token-of-nobody.' }))).toEqual([]);
  });

  it('is not what started before it, whatever that bears', async () => {
    const { origin } = await orphan();
    expect(numbersOf(new Offspring({ ...origin, bornSince: origin.bornSince + 1_000_000 }))).toEqual([]);
  });

  it('is never the engine itself', () => {
    const root = process.pid;
    expect(numbersOf(new Offspring({ root, token: 'token-of-nobody.', openFiles: [], bornSince: 0 }))).not.toContain(
      root,
    );
  });

  it('is not asked for again where it cannot be signalled', async () => {
    const { pid, origin } = await orphan();
    const offspring = new Offspring(origin);
    for (const entry of offspring.find()) offspring.giveUp(entry);
    expect([pid > 0, numbersOf(offspring)]).toEqual([true, []]);
  });
});
