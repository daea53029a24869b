import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Duplex } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { lives, numbersIn, openProcesses, openThroughSpawner, spawnerProgram } from './open-processes.ts';

const shell = (script: string) => ({ command: '/bin/sh', args: ['-c', script], output: 'capture' as const });

describe('the spawner', () => {
  it('is the parent of what it starts', async () => {
    const { processes } = openThroughSpawner();
    const first = await processes.run(shell('echo $PPID'));
    const second = await processes.run(shell('echo $PPID'));
    expect(numbersIn(first.stdout)).not.toEqual([process.pid]);
    expect(second.stdout).toBe(first.stdout);
  });

  it('is not used for the first processes of a run', async () => {
    const { processes } = openProcesses({ options: { spawner: { script: spawnerProgram, after: 2 } } });
    const first = await processes.run(shell('echo $PPID'));
    expect(numbersIn(first.stdout)).toEqual([process.pid]);
  });

  it('is not used for steps that run one after another', async () => {
    const { processes } = openProcesses({ options: { spawner: { script: spawnerProgram, after: 1 } } });
    const parents: string[] = [];
    for (let count = 0; count < 4; count++) parents.push((await processes.run(shell('echo $PPID'))).stdout);
    expect(new Set(parents)).toEqual(new Set([`${process.pid}\n`]));
  });

  it('leaves what needs an input to the engine', async () => {
    const { processes } = openThroughSpawner();
    const result = await processes.run({ ...shell('cat; echo $PPID'), stdin: 'read ' });
    expect(result.stdout).toBe(`read ${process.pid}\n`);
  });

  it('hands no descriptor of its own to what it starts', async () => {
    const list = shell('cd /proc/$$/fd && echo *');
    const [direct, through] = [openProcesses(), openThroughSpawner()];
    const expected = await direct.processes.run(list);
    expect((await through.processes.run(list)).stdout).toBe(expected.stdout);
  });

  it('starts each process with the environment of its own step', async () => {
    const { processes } = openThroughSpawner({ env: { OF_STEP: 'step' }, host: { TAKEN_AWAY: 'a', KEPT: 'b' } });
    const show = `echo "$OF_STEP $OF_REQUEST $KEPT \${TAKEN_AWAY-unset}"`;
    const changed = await processes.run({ ...shell(show), env: { OF_REQUEST: 'request', TAKEN_AWAY: null } });
    const plain = await processes.run(shell(show));
    expect([changed.stdout, plain.stdout]).toEqual(['step request b unset\n', 'step  b a\n']);
  });

  it('keeps the processes that run at the same time apart', async () => {
    const { processes } = openThroughSpawner();
    const numbers = Array.from({ length: 40 }, (_, index) => index);
    const results = await Promise.all(
      numbers.map((number) => processes.run(shell(`echo ${number}; echo e${number} >&2; exit ${number}`))),
    );
    expect(results.map(({ end, stdout, stderr }) => [end, stdout, stderr])).toEqual(
      numbers.map((number) => [{ kind: 'exit', code: number }, `${number}\n`, `e${number}\n`]),
    );
  });

  it('ends with the run', async () => {
    const { processes, run } = openThroughSpawner();
    const { stdout } = await processes.run(shell('echo $PPID'));
    const before = numbersIn(stdout).map(lives);
    await run.close();
    expect([before, numbersIn(stdout).map(lives)]).toEqual([[true], [false]]);
  });

  it('ends when the engine has died', async () => {
    const child = spawn(process.execPath, [spawnerProgram], { stdio: ['ignore', 'ignore', 'inherit', 'pipe'] });
    const pipe = child.stdio[3];
    if (!(pipe instanceof Duplex)) throw new Error('there is no pipe');
    await once(pipe, 'data');
    pipe.destroy();
    expect(await once(child, 'exit')).toEqual([0, null]);
  });
});

describe('a spawner that is killed', () => {
  it('fails the step that runs as crashed, and nothing of it is left', async () => {
    const { processes, workspace } = openThroughSpawner();
    const { end } = await processes.run(shell('echo $$ > pid; kill -KILL $PPID; exec sleep 1000'));
    const pids = numbersIn(readFileSync(join(workspace, 'pid'), 'utf8'));
    expect(end).toMatchObject({ kind: 'not-started', failure: { kind: 'crashed' } });
    expect([pids.length, pids.filter(lives)]).toEqual([1, []]);
  });

  it('is done without afterwards', async () => {
    const { processes } = openThroughSpawner();
    await processes.run(shell('kill -KILL $PPID; sleep 1000'));
    const { stdout } = await processes.run(shell('echo $PPID'));
    expect(numbersIn(stdout)).toEqual([process.pid]);
  });

  it('is done without where it cannot be started at all', async () => {
    const { processes } = openProcesses({ options: { spawner: { script: '/nowhere/spawner.js', after: 0 } } });
    const { stdout } = await processes.run(shell('echo $PPID'));
    expect(numbersIn(stdout)).toEqual([process.pid]);
  });
});
