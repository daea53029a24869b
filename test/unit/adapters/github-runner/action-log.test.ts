import { describe, expect, test } from 'vitest';
import { ActionLog } from '../../../../src/adapters/github-runner/action-log.ts';
import { RunnerConsole } from '../../../../src/adapters/github-runner/runner-console.ts';
import { CommandNeutraliser } from '../../../../src/adapters/output/neutralise.ts';
import type { RunEvent, StepOutcome } from '../../../../src/core/model/event.ts';
import { parseAddress } from '../../../../src/core/model/ids.ts';

const a = parseAddress('a');
const b = parseAddress('b');

class LogRig {
  text = '';
  readonly log: ActionLog;

  constructor(heldLimit?: number) {
    const console = new RunnerConsole((text) => {
      this.text += text;
    }, new CommandNeutraliser());
    this.log = new ActionLog(console, heldLimit);
  }

  start(address: typeof a, attempt = 1): void {
    this.log.event({ kind: 'attempt-started', at: 0, address, visit: 1, attempt });
  }

  end(address: typeof a, outcome: StepOutcome = { kind: 'success', outputs: {}, secretOutputs: [] }): void {
    this.log.event({
      kind: 'step-ended',
      at: 0,
      address,
      visit: 1,
      durationMs: 1200,
      outcome,
      stateWrites: {},
      findings: [],
      files: [],
    });
  }
}

/** The commands that the runner would find: at the start of a line after white space, or in the old form anywhere. */
function commandsIn(text: string): readonly string[] {
  return text.split(/\r\n|\r|\n/).filter((line) => /^\s*::\S/u.test(line) || /##\[/.test(line));
}

describe('a step that runs alone', () => {
  test('shows its output while it comes, in a group of its own', () => {
    const rig = new LogRig();
    rig.start(a);
    void rig.log.output(a, 'one\ntw');
    expect(rig.text).toBe('◐ a\n::group::Output of a\none\ntw');
    void rig.log.output(a, 'o\n');
    rig.end(a);
    expect(rig.text).toBe('◐ a\n::group::Output of a\none\ntwo\n::endgroup::\n✓ a (1.2 s)\n');
  });

  test('without output has no group', () => {
    const rig = new LogRig();
    rig.start(a);
    rig.end(a);
    expect(rig.text).toBe('◐ a\n✓ a (1.2 s)\n');
  });

  test('that ends inside a line leaves the next one whole', () => {
    const rig = new LogRig();
    rig.start(a);
    void rig.log.output(a, 'no end');
    rig.end(a);
    expect(rig.text).toContain('no end\n::endgroup::\n✓ a');
  });
});

describe('steps side by side', () => {
  test('show each their output when they end, unmixed', () => {
    const rig = new LogRig();
    rig.start(a);
    rig.start(b);
    void rig.log.output(a, 'a1\n');
    void rig.log.output(b, 'b1\n');
    void rig.log.output(a, 'a2\n');
    rig.end(b);
    rig.end(a);
    expect(rig.text).toBe(
      '◐ a\n◐ b\n::group::Output of b\nb1\n::endgroup::\n✓ b (1.2 s)\n::group::Output of a\na1\na2\n::endgroup::\n✓ a (1.2 s)\n',
    );
  });

  test('close the group that the first had open, and the last one left goes on live', () => {
    const rig = new LogRig();
    rig.start(a);
    void rig.log.output(a, 'alone\n');
    rig.start(b);
    void rig.log.output(a, 'held\n');
    rig.end(b);
    void rig.log.output(a, 'live\n');
    expect(rig.text).toBe(
      '◐ a\n::group::Output of a\nalone\n::endgroup::\n◐ b\n✓ b (1.2 s)\n::group::Output of a (continued)\nheld\nlive\n',
    );
  });

  test('hold a bounded part of their output, from the start of a line, and say what is missing', () => {
    const rig = new LogRig(1000);
    rig.start(a);
    rig.start(b);
    for (let index = 0; index < 5000; index++) void rig.log.output(a, `line ${index}\n`);
    rig.end(a);
    const shown = rig.text.split('\n');
    expect(rig.text.length).toBeLessThan(1500);
    expect(shown).toContain('line 4999');
    expect(rig.text).toMatch(/… \d+ characters before this are in the step's log file\.\nline \d+\n/);
  });

  test('that never end are shown at the end of the run', () => {
    const rig = new LogRig();
    rig.start(a);
    rig.start(b);
    void rig.log.output(a, 'last words\n');
    rig.log.event({ kind: 'run-ended', at: 0, status: 'cancelled', durationMs: 1 });
    expect(rig.text).toContain('last words\n::endgroup::\n');
  });
});

describe('what became of a step', () => {
  test.each<[StepOutcome, string]>([
    [
      { kind: 'failed', failure: { kind: 'exit', message: '\nboom\nmore', exitCode: 3 }, outputs: {} },
      '✗ a: exit 3: boom (1.2 s)',
    ],
    [{ kind: 'skipped', message: 'nothing to do' }, '⊘ a: skipped, nothing to do (1.2 s)'],
    [{ kind: 'cancelled', message: 'by you' }, '■ a: cancelled, by you (1.2 s)'],
  ])('%j is one line', (outcome, line) => {
    const rig = new LogRig();
    rig.start(a);
    rig.end(a, outcome);
    expect(rig.text.split('\n')).toContain(line);
  });

  test('tells a retry and the number of the next attempt', () => {
    const rig = new LogRig();
    rig.start(a);
    rig.log.event({
      kind: 'attempt-failed',
      at: 1000,
      address: a,
      visit: 1,
      attempt: 1,
      failure: { kind: 'timeout', message: 'too slow' },
      retryAt: 3000,
      findings: [],
    });
    rig.start(a, 2);
    expect(rig.text).toBe('◐ a\n✗ a, attempt 1: timeout: too slow; next attempt in 2.0 s\n◐ a, attempt 2\n');
  });

  test('tells why a condition skipped it, and why it could not be settled', () => {
    const rig = new LogRig();
    const settled = (decision: Extract<RunEvent, { kind: 'step-settled' }>['decision']) =>
      rig.log.event({ kind: 'step-settled', at: 0, address: a, visit: 1, decision, parametersRead: [] });
    settled({ kind: 'skip', reason: { kind: 'condition' } });
    settled({ kind: 'fail', failure: { kind: 'configuration', message: 'no such key' } });
    expect(rig.text).toBe('⊘ a: skipped, condition is false\n✗ a: configuration: no such key\n');
  });
});

describe('text of steps', () => {
  test.each([
    ['::error::x\n'],
    ['  \t::add-mask::x\n'],
    ['x ##[error]y\n'],
    ['progress\r::set-output name=a::b\n'],
    ['\u00a0\u2003::stop-commands::x\n'],
  ])('%j is no command in the log', (text) => {
    const rig = new LogRig();
    rig.start(a);
    void rig.log.output(a, text);
    rig.start(b);
    void rig.log.output(a, text);
    rig.end(a);
    expect(commandsIn(rig.text).every((line) => /^::(group::Output of|endgroup::)/.test(line))).toBe(true);
  });

  test('cut in two around another line is no command either', () => {
    const rig = new LogRig();
    rig.start(a);
    void rig.log.output(a, 'x ');
    rig.start(b);
    rig.end(b);
    void rig.log.output(a, '::add-mask::y\n');
    expect(commandsIn(rig.text).filter((line) => line.includes('add-mask'))).toEqual([]);
  });

  test('of a handler is shown with its level, and debug only where the platform shows it', () => {
    const rig = new LogRig();
    rig.start(a);
    rig.log.log(a, 'warning', 'careful\n::error::x');
    rig.log.log(a, 'debug', 'one\ntwo');
    expect(rig.text).toContain('warning: careful\n: :error::x\n');
    expect(rig.text).toContain('::debug::one%0Atwo\n');
  });

  test('in a name cannot become a command', () => {
    const rig = new LogRig();
    const nasty = parseAddress('::error::x\n##[add-mask]y');
    rig.start(nasty);
    rig.end(nasty);
    expect(commandsIn(rig.text)).toEqual([]);
  });
});
