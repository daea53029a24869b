import { describe, expect, test } from 'vitest';
import type { CrashRecord, Ending, LedgerLine, ToldStep } from './crash-record.ts';
import { violations } from './violations.ts';

function step(id: string, keys: Partial<ToldStep> = {}): ToldStep {
  return { id, status: 'success', skipped: null, attempts: 1, visits: 1, outputs: { value: id }, error: null, ...keys };
}

function lines(...texts: readonly string[]): readonly LedgerLine[] {
  return texts.map((text) => {
    const [kind, name = '', pid] = text.split(' ');
    return { kind: kind === 'begin' ? 'begin' : 'end', step: name, pid: Number(pid) };
  });
}

const done = {
  status: 'success',
  outputs: {},
  steps: [step('a'), step('b'), step('c', { status: 'skipped', attempts: 0 })],
};

function ending(ledger: readonly LedgerLine[], keys: Partial<Ending> = {}): Ending {
  return { exitCode: 0, run: done, told: done, ledger, listed: 'success', alive: [], ...keys };
}

const before = lines('begin a 1', 'end a 1', 'begin b 2');
const whole = lines('begin a 1', 'end a 1', 'begin b 2', 'begin b 3', 'end b 3');

/** `a` had ended when the engine died, `b` was running and ran again. */
const good: CrashRecord = {
  deaths: [
    {
      run: {
        ...done,
        status: 'success',
        steps: [step('a'), step('b', { status: 'running' }), step('c', { status: 'pending' })],
      },
      ledger: before,
    },
  ],
  end: ending(whole),
  undisturbed: ending(lines('begin a 1', 'end a 1', 'begin b 2', 'end b 2')),
};

function withLedger(...texts: readonly string[]): CrashRecord {
  return { ...good, end: ending(lines(...texts)) };
}

function withSteps(...steps: readonly ToldStep[]): CrashRecord {
  const run = { ...done, steps };
  return { ...good, end: ending(whole, { run, told: run }) };
}

describe('what must not happen to a run that is killed', () => {
  test('did not happen where a finished step ran once and a lost one twice', () => {
    expect(violations(good)).toEqual([]);
  });

  test('did not happen where it was killed between its end and that of its process', () => {
    expect(violations({ ...good, end: { ...good.end, exitCode: null } })).toEqual([]);
  });

  const [a, b, c] = done.steps;
  test.each([
    {
      title: 'a finished step that ran again',
      record: withLedger('begin a 1', 'end a 1', 'begin b 2', 'begin a 4', 'end a 4', 'begin b 3', 'end b 3'),
      line: 'a had ended before death 1 and ran again',
    },
    {
      title: 'a lost step that ran twice more',
      record: withLedger('begin a 1', 'end a 1', 'begin b 2', 'begin b 3', 'begin b 4', 'end b 4'),
      line: 'b began 3 times with 1 attempts, lost 1 times',
    },
    {
      title: 'a step that ran on after it had begun anew',
      record: withLedger('begin a 1', 'end a 1', 'begin b 2', 'begin b 3', 'end b 2', 'end b 3'),
      line: 'b ran on after it had begun anew',
    },
    {
      title: 'a success whose work was not done',
      record: withLedger('begin a 1', 'end a 1', 'begin b 2', 'begin b 3'),
      line: 'b is success but its work was done 0 times',
    },
    {
      title: 'a skipped step that ran',
      record: withLedger('begin a 1', 'end a 1', 'begin b 2', 'begin b 3', 'end b 3', 'begin c 5'),
      line: 'c was skipped but ran',
    },
    {
      title: 'a recorded end that was lost',
      record: withSteps(step('a', { status: 'failed' }), b ?? step('b'), c ?? step('c')),
      line: 'a ended otherwise than was recorded before death 1',
    },
    {
      title: 'other outputs than without a crash',
      record: withSteps(a ?? step('a'), step('b', { outputs: {} }), c ?? step('c')),
      line: 'b is {',
    },
    { title: 'a step that is missing', record: withSteps(a ?? step('a'), b ?? step('b')), line: 'c is undefined' },
    {
      title: 'another exit code',
      record: { ...good, end: ending(whole, { exitCode: 1 }) },
      line: 'the exit code is 1',
    },
    {
      title: 'another status in the history',
      record: { ...good, end: ending(whole, { listed: 'running' }) },
      line: 'the status in the history is "running"',
    },
    {
      title: 'another tale of status',
      record: { ...good, end: ending(whole, { told: { ...done, status: 'failed' } }) },
      line: 'what status tells',
    },
    {
      title: 'a process that outlived the run',
      record: { ...good, end: ending(whole, { alive: [77] }) },
      line: 'process 77 outlived the run',
    },
  ])('is noticed: $title', ({ record, line }) => {
    expect(violations(record).some((found) => found.startsWith(line))).toBe(true);
  });
});
