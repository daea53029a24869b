import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CliFolder, type CliResult, readRun } from '../../rigs/cli.ts';

const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const runKeys = ['run_id', 'workflow', 'status', 'started_at', 'ended_at', 'duration_ms', 'outputs', 'steps'];
const stepKeys = ['id', 'name', 'handler', 'status', 'skipped_reason', 'attempts', 'visits', 'started_at'];
const diagnosticKeys = [
  'code',
  'severity',
  'message',
  'file',
  'line',
  'column',
  'end_line',
  'end_column',
  'path',
  'hint',
];

describe('the objects that commands print with --json', () => {
  const folder = new CliFolder();
  let printed: CliResult;

  beforeAll(async () => {
    folder.define('workflows/mixed.json', {
      name: 'Mixed',
      version: '2.1.0',
      description: 'all kinds of ends',
      steps: [
        { id: 'good', name: 'Good one', run: 'echo n=1 >> $VWMP_OUTPUT', outputs: [{ name: 'n', type: 'integer' }] },
        { id: 'bad', run: 'exit 7', required: false },
        { id: 'off', run: 'true', enabled: false },
      ],
      finally: [{ id: 'last', run: 'true' }],
      outputs: { n: '{{ steps.good.outputs.n }}', nothing: '{{ steps.bad.outputs.x }}' },
    });
    printed = await folder.vwmp(['run', 'mixed', '--json']);
  }, 30_000);
  afterAll(() => folder.remove());

  it('hold a whole run: every key, times as ISO 8601, null where nothing is', () => {
    const { run, step } = readRun(printed);
    expect(Object.keys(run)).toEqual(expect.arrayContaining([...runKeys, 'diagnostics']));
    expect(run.workflow).toEqual({ name: 'Mixed', version: '2.1.0' });
    expect(run.status).toBe('partial');
    expect(run.started_at).toMatch(isoTime);
    expect(run.ended_at).toMatch(isoTime);
    expect(Number.isInteger(run.duration_ms)).toBe(true);
    expect(run.outputs).toEqual({ n: 1, nothing: null });
    expect(run.steps.map(({ id }) => id)).toEqual(['good', 'bad', 'off', 'last']);
    for (const each of run.steps) {
      expect(Object.keys(each)).toEqual(expect.arrayContaining([...stepKeys, 'duration_ms', 'outputs', 'error']));
    }
    const { started_at, duration_ms, ...good } = step('good');
    expect(started_at).toMatch(isoTime);
    expect(Number.isInteger(duration_ms)).toBe(true);
    expect(good).toMatchObject({ name: 'Good one', handler: 'command.run', status: 'success', skipped_reason: null });
    expect(good).toMatchObject({ attempts: 1, visits: 1, outputs: { n: 1 }, error: null });
    expect(step('bad').error).toEqual({ kind: 'exit', message: expect.any(String), exit_code: 7 });
    expect(step('off')).toMatchObject({ status: 'skipped', skipped_reason: 'disabled', attempts: 0, error: null });
    expect(step('off')).toMatchObject({ started_at: null, duration_ms: null, outputs: {} });
  });

  it('stand alone on standard output, and say nothing on standard error', () => {
    expect(printed.stderr).toBe('');
    expect(printed.stdout.trimStart().startsWith('{')).toBe(true);
  });

  it('are the same from `status` as from `run`', async () => {
    const { run } = readRun(printed);
    const status = readRun(await folder.vwmp(['status', run.run_id, '--json']));
    expect({ ...status.run, diagnostics: null }).toEqual({ ...run, diagnostics: null });
  });

  it('say of a refused run that it is not valid, and why', async () => {
    const result = await folder.vwmp(['run', 'mixed', '--json', '--nope', '1']);
    expect(result.code).toBe(2);
    const { valid, diagnostics } = readRun(result).refusal;
    expect(valid).toBe(false);
    const wrong = diagnostics.find(({ severity }) => severity === 'error');
    expect(wrong?.code).toBe('parameter-value');
    expect(Object.keys(wrong ?? {})).toEqual(diagnosticKeys);
  });

  it('say of a wrong command line that it is not valid, too', async () => {
    const result = await folder.vwmp(['run', '--json']);
    expect(result.code).toBe(2);
    expect(readRun(result).refusal).toMatchObject({ valid: false, diagnostics: [{ code: 'command', line: null }] });
  });

  it('hold a validation with the place of every diagnostic', async () => {
    folder.write('wrong.yml', 'name: a\nsteps:\n  - {id: s, run: x, tiemout: 3}\n');
    const validation = await folder.validate('wrong.yml');
    expect(Object.keys(validation)).toEqual(['valid', 'diagnostics']);
    expect(validation).toMatchObject({
      valid: false,
      diagnostics: [{ file: 'wrong.yml', line: 3, column: 21, end_line: 3, end_column: 28, path: 'steps[0].tiemout' }],
    });
    expect(Object.keys(validation.diagnostics[0] ?? {})).toEqual(diagnosticKeys);
  });

  it('list workflows by name, file, version, type and description', async () => {
    const { stdout } = await folder.vwmp(['list', '--json']);
    const { workflows } = JSON.parse(stdout) as { workflows: { file: string }[] };
    expect(workflows.find(({ file }) => file === 'workflows/mixed.json')).toEqual({
      name: 'Mixed',
      file: 'workflows/mixed.json',
      version: '2.1.0',
      type: 'generic',
      description: 'all kinds of ends',
    });
  });

  it('list runs, the newest first', async () => {
    const second = readRun(await folder.vwmp(['run', 'mixed', '--json']));
    const { stdout } = await folder.vwmp(['history', '--json']);
    const { runs } = JSON.parse(stdout) as { runs: object[] };
    expect(runs.map((run) => Object.keys(run))).toEqual(
      Array(2).fill(['run_id', 'workflow', 'status', 'started_at', 'duration_ms']),
    );
    expect(runs).toMatchObject([
      { run_id: second.run.run_id, workflow: { name: 'Mixed', version: '2.1.0' }, status: 'partial' },
      { run_id: readRun(printed).run.run_id, started_at: expect.stringMatching(isoTime) },
    ]);
  });
});

describe('what commands print', () => {
  const folder = new CliFolder();
  beforeAll(() => {
    folder.define('w.json', { steps: [{ id: 's', run: 'echo printed; touch done' }] });
  });
  afterAll(() => folder.remove());

  it('is one event a line with --events, from the start of the run to its end', async () => {
    const { stdout, code } = await folder.vwmp(['run', 'w.json', '--events']);
    const kinds = stdout
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { kind: string }).kind);
    expect(code).toBe(0);
    expect(kinds[0]).toBe('run-started');
    expect(kinds.at(-1)).toBe('run-ended');
    expect(kinds).toContain('step-ended');
  });

  it('may be read by nobody: the run goes on behind `head -1` and a closed standard output', async () => {
    const { stdout } = await folder.shell(
      'vwmp run w.json | head -1; echo "${PIPESTATUS[0]}"; vwmp run w.json >&-; echo $?',
    );
    expect(stdout.split('\n').slice(1)).toEqual(['0', '0', '']);
    expect(folder.has('done')).toBe(true);
  });

  it('fails the command where it cannot be written, in one line and not as a bug', async () => {
    const { code, stderr } = await folder.shell('vwmp run w.json --json > /dev/full');
    expect(code).toBe(1);
    expect(stderr.trimEnd().split('\n')).toEqual([expect.stringContaining('the output cannot be written (ENOSPC')]);
  });

  it('comes whole to a reader that is slower than the run, without a word about it', async () => {
    folder.define('long.json', { steps: [{ id: 's', run: 'seq 1 400000' }] });
    const count = 'lines=0; while read -r line; do lines=$((lines + 1)); last=$line; done; echo "$lines, $last"';
    const { stdout, stderr } = await folder.shell(`vwmp run long.json | { ${count}; }`);
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^400\d{3}, ✓ case .*success/);
  });

  it('has colours only where they are asked for', async () => {
    const plain = await folder.vwmp(['run', 'w.json']);
    const asked = await folder.vwmp(['run', 'w.json'], { env: { FORCE_COLOR: '1' } });
    const refused = await folder.vwmp(['run', 'w.json'], { env: { FORCE_COLOR: '1', NO_COLOR: '1' } });
    expect(plain.stdout).not.toContain('\u001b');
    expect(asked.stdout).toContain('\u001b');
    expect(refused.stdout).not.toContain('\u001b');
    expect(plain.stdout).toContain('[s] printed');
  });
});
