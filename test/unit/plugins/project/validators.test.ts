import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { durationMs } from '../../../../plugins/project/validators/duration.ts';
import { readFindings } from '../../../../plugins/project/validators/read-findings.ts';
import { CancelSource, type JsonMap, type Outcome, PluginFailure } from '../../../../src/plugin-api/index.ts';
import { type ContextOptions, pluginContext } from '../../../rigs/plugin-context.ts';
import { findHandler } from '../../../rigs/step-driver.ts';
import { TempFolder } from '../../../rigs/temp-folder.ts';

let work: TempFolder;
beforeEach(() => {
  work = new TempFolder();
});
afterEach(() => work.remove());

function call(config: JsonMap, more: ContextOptions = {}): Promise<Outcome> {
  return findHandler('project.run_validators').execute(pluginContext(work.path, { config, ...more }));
}

function failureOf(outcome: Outcome) {
  if (outcome.kind !== 'failed') throw new Error(`expected a failure, got ${JSON.stringify(outcome)}`);
  return outcome.failure;
}

describe('project.run_validators', () => {
  it('starts scripts by their ending, and any other program by its run bit', async () => {
    work.write('a.py', 'import sys\nassert sys.argv[1:] == ["one two", "3"]\n');
    work.write('b.sh', '[[ -n "x" ]]\n');
    work.write('c.mjs', 'import "node:fs";\n');
    work.write('d.js', 'process.exit(0)\n');
    work.write('tools/e', '#!/bin/sh\nexit 0\n', 0o755);
    const validators = [{ script: './a.py', args: ['one two', 3], name: 'first' }, 'b.sh', 'c.mjs', 'd.js', 'tools/e'];
    const outcome = await call({ validators });
    expect(outcome).toMatchObject({ kind: 'success', outputs: { passed: 5, failed: 0 } });
    if (outcome.kind !== 'success') return;
    expect(outcome.outputs.results).toMatchObject([
      { name: 'first', script: 'a.py', status: 'passed', exit_code: 0, duration_ms: 0 },
      { name: 'b.sh' },
      { name: 'c.mjs' },
      { name: 'd.js' },
      { name: 'tools/e' },
    ]);
  });

  it('fails with the code of the script and with its last words', async () => {
    work.write('a.sh', 'echo "the branch is not fine" >&2\nexit 7\n');
    work.write('b.sh', 'exit 0\n');
    const failure = failureOf(await call({ validators: ['a.sh', 'b.sh'] }));
    expect(failure).toMatchObject({ kind: 'exit', exitCode: 7, file: 'a.sh' });
    expect(failure.message).toContain('1 of 2 validators did not pass');
    expect(failure.message).toContain('the branch is not fine');
  });

  it('names every script that is missing and still runs the others', async () => {
    work.write('a.sh', 'touch ran\n');
    const outcome = await call({ validators: ['gone.py', 'a.sh', 'dir'] });
    expect(failureOf(outcome)).toMatchObject({ kind: 'not-found' });
    expect(failureOf(outcome).message).toContain('gone.py not-found');
    expect(failureOf(outcome).message).toContain('dir not-found');
    expect(work.has('ran')).toBe(true);
  });

  it('says what is missing where neither ending nor run bit tells how to start a script', async () => {
    work.write('check.txt', 'x');
    expect(failureOf(await call({ validators: ['check.txt'] })).message).toContain('nor a run bit');
  });

  it('ends a script at its own time limit and lets the others finish', async () => {
    work.write('slow.sh', 'sleep 60\n');
    work.write('quick.sh', 'exit 0\n');
    const outcome = await call({ validators: [{ script: 'slow.sh', timeout: '50ms' }, 'quick.sh'], timeout: 60 });
    expect(failureOf(outcome)).toMatchObject({ kind: 'timeout' });
    expect(failureOf(outcome).message).toContain('not done after 0.05 s');
    expect(outcome).toMatchObject({ outputs: { results: [{ status: 'timeout' }, { status: 'passed' }] } });
  });

  it('ends all scripts when the run is cancelled', async () => {
    work.write('slow.sh', 'touch started\nsleep 60\n');
    const signal = new CancelSource();
    const ended = call({ validators: ['slow.sh', 'slow.sh'], max_parallel: 1 }, { signal });
    signal.cancel('stop');
    const outcome = await ended;
    expect(failureOf(outcome).kind).toBe('cancelled');
    expect(outcome).toMatchObject({ outputs: { results: [{ status: 'cancelled' }, { status: 'cancelled' }] } });
  });

  it('never runs more side by side than it may', async () => {
    const script = 'mkdir lock || exit 1\nrmdir lock\n';
    const validators = ['1.sh', '2.sh', '3.sh', '4.sh'];
    for (const path of validators) work.write(path, script);
    expect((await call({ validators, max_parallel: 1 })).kind).toBe('success');
  });

  it('runs side by side what may run side by side', async () => {
    work.write('a.sh', 'mkfifo pipe 2>/dev/null; echo x > pipe\n');
    work.write('b.sh', 'mkfifo pipe 2>/dev/null; read -r x < pipe\n');
    const limit = '20s';
    expect((await call({ validators: ['a.sh', 'b.sh'], max_parallel: 2, timeout: limit })).kind).toBe('success');
  });

  it('lets warnings pass, but not in strict mode', async () => {
    work.write('a.sh', 'echo "::warning file=a.md,line=3::too long"\n');
    const lenient = await call({ validators: ['a.sh'] });
    expect(lenient).toMatchObject({
      kind: 'success',
      findings: [{ level: 'warning', message: 'too long', file: 'a.md', line: 3, rule: 'a.sh' }],
      outputs: { warning_count: 1 },
    });
    const strict = await call({ validators: ['a.sh'], strict_mode: true });
    expect(failureOf(strict).message).toContain('a.md:3: too long');
    expect(strict.findings).toHaveLength(1);
  });

  it('fails on a finding of level error even when the script ends with 0', async () => {
    work.write('a.sh', `echo '{"level":"error","message":"bad"}'\n`);
    expect(failureOf(await call({ validators: ['a.sh'] })).message).toContain('1 error');
  });

  it('is skipped without validators', async () => {
    expect(await call({ validators: [] })).toEqual({ kind: 'skipped', reason: 'no validators are configured' });
  });

  it('refuses a script outside the workspace', async () => {
    await expect(call({ validators: ['../x.sh'] })).rejects.toThrow('outside the workspace');
  });

  it('does not take a script for an option of its interpreter', async () => {
    work.write('-c.py', 'raise SystemExit(0)\n');
    expect((await call({ validators: ['-c.py'] })).kind).toBe('success');
  });
});

describe('findings of a validator', () => {
  const read = (line: string) => readFindings(`noise\n${line}\r\nmore noise`, 'rule', '/work');

  it.each([
    ['::error::plain', { level: 'error', message: 'plain' }],
    [
      '::error file=a%2Cb.md,line=3,col=5,title=T::100%25 wrong%0Anow',
      { level: 'error', message: 'T: 100% wrong\nnow', file: 'a,b.md', line: 3, column: 5 },
    ],
    ['  ::Notice file=/work/x/y.md::z', { level: 'notice', message: 'z', file: 'x/y.md' }],
    ['::warning file=a::b::c', { level: 'warning', message: 'b::c', file: 'a' }],
    [
      '{"level":"warn","message":"m","file":"./a.md","line":"7","col":2,"code":"R1"}',
      { level: 'warning', message: 'm', file: 'a.md', line: 7, column: 2, rule: 'R1' },
    ],
    ['{"severity":"info","message":"m"}', { level: 'notice', message: 'm' }],
    ['{"message":"m","path":"a"}', { level: 'error', message: 'm', file: 'a' }],
  ])('are read from %s', (line, expected) => {
    expect(read(line)).toEqual([{ rule: 'rule', ...expected }]);
  });

  it.each([
    '::debug::x',
    '::set-output name=a::b',
    '{"message":"a log line"}',
    '{"level":"error"}',
    '{broken',
    'error: x',
    '[1]',
  ])('are not seen in %s', (line) => {
    expect(read(line)).toEqual([]);
  });
});

describe('a duration of a validator', () => {
  it.each([
    [30, 30_000],
    [0.5, 500],
    ['500ms', 500],
    ['1m30s', 90_000],
    ['2h', 7_200_000],
  ])('%j is %d milliseconds', (value, expected) => {
    expect(durationMs(value)).toBe(expected);
  });

  it.each([0, -1, '30', '', '0s', 'soon', true, null])('refuses %j', (value) => {
    expect(() => durationMs(value)).toThrow(PluginFailure);
  });
});
