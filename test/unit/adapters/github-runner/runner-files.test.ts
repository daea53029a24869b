import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { githubContext } from '../../../../src/adapters/github-runner/github-context.ts';
import { writeEmptyOutputs, writeRunOutputs } from '../../../../src/adapters/github-runner/run-outputs.ts';
import { RunnerFiles } from '../../../../src/adapters/github-runner/runner-files.ts';
import { aFailedStep, aRun, aStep } from '../../core/report/run-views.ts';

let folder: string;
let files: RunnerFiles;
const pathOf = (name: string) => join(folder, name);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vwmp-runner-'));
  files = new RunnerFiles({
    GITHUB_OUTPUT: pathOf('output'),
    GITHUB_STATE: pathOf('state'),
    GITHUB_STEP_SUMMARY: pathOf('summary'),
  });
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Reads a file of outputs as the runner does: a name with a delimiter, lines up to the delimiter. */
function readBack(name: string): Map<string, string> {
  const lines = readFileSync(pathOf(name), 'utf8').split('\n');
  const values = new Map<string, string>();
  for (let at = 0; at < lines.length - 1; at++) {
    const [key = '', delimiter = ''] = (lines[at] ?? '').split('<<');
    const end = lines.indexOf(delimiter, at + 1);
    expect(end).toBeGreaterThan(at);
    values.set(key, lines.slice(at + 1, end).join('\n'));
    at = end;
  }
  return values;
}

describe('outputs and state', () => {
  test('come back as they were given, whatever they hold', () => {
    const hostile = fc.array(
      fc.constantFrom('\n', 'EOF', '<<', 'status<<x', '=', '\r', 'vwmp_', 'é', '::set-output::', 'a'),
    );
    fc.assert(
      fc.property(hostile, (pieces) => {
        writeFileSync(pathOf('output'), '');
        files.setOutput('first', pieces.join(''));
        files.setOutput('second', 'x');
        expect(readBack('output')).toEqual(
          new Map([
            ['first', pieces.join('')],
            ['second', 'x'],
          ]),
        );
      }),
    );
  });

  test('never use the same delimiter twice', () => {
    files.saveState('a', '1');
    files.saveState('a', '1');
    const [first, , , second] = readFileSync(pathOf('state'), 'utf8').split('\n');
    expect(first).not.toBe(second);
  });

  test.each(['', 'a=b', 'a<<b', 'a\nb'])('refuse the name %j', (name) => {
    expect(() => files.setOutput(name, 'x')).toThrow(/cannot take/);
  });

  test('say when the runner offers no file', () => {
    expect(new RunnerFiles({}).setOutput('a', 'b')).toBe(false);
    expect(new RunnerFiles({ GITHUB_STEP_SUMMARY: '' }).appendSummary('# x')).toBe(false);
    expect(files.appendSummary('# x\n')).toBe(true);
    expect(readFileSync(pathOf('summary'), 'utf8')).toBe('# x\n');
  });
});

describe('a file that cannot be written', () => {
  test('is told once, and keeps nothing else from being written', () => {
    const broken = new RunnerFiles({ GITHUB_OUTPUT: pathOf('no/output'), GITHUB_STEP_SUMMARY: pathOf('summary') });
    expect(broken.setOutput('a', '1')).toBe(true);
    expect(broken.setOutput('b', '2')).toBe(true);
    broken.appendSummary('# x\n');
    expect(broken.faults).toEqual([
      { variable: 'GITHUB_OUTPUT', message: expect.stringContaining(pathOf('no/output')) },
    ]);
    expect(readFileSync(pathOf('summary'), 'utf8')).toBe('# x\n');
    expect(files.faults).toEqual([]);
  });
});

describe('the outputs of a run', () => {
  test('are status, run id, outputs and steps, and each output under its own name', () => {
    const view = aRun([aStep('a')], { outputs: { version: '1.2.0', list: [1, 2], none: null } });
    expect(writeRunOutputs(view, files)).toEqual([]);
    const written = readBack('output');
    expect(written.get('status')).toBe('success');
    expect(written.get('run-id')).toBe(view.runId);
    expect(JSON.parse(written.get('outputs') ?? '')).toEqual({ version: '1.2.0', list: [1, 2], none: null });
    expect([written.get('version'), written.get('list'), written.get('none')]).toEqual(['1.2.0', '[1,2]', '']);
  });

  test('hold of the steps no text that a mask could hit', () => {
    writeRunOutputs(aRun([aFailedStep('a', 'the secret', { outputs: { token: 'secret' } })]), files);
    expect(JSON.parse(readBack('output').get('steps') ?? '')).toEqual([
      { id: 'a', status: 'failed', started_at: '2026-03-01T09:30:00.000Z', duration_ms: 1200 },
    ]);
  });

  test('never replace those of the action, and say so', () => {
    const view = aRun([], { outputs: { Status: 'mine', 'a=b': 'x' } });
    const remarks = writeRunOutputs(view, files);
    expect(readBack('output').get('status')).toBe('success');
    expect(readBack('output').has('Status')).toBe(false);
    expect(remarks).toHaveLength(2);
    expect(remarks[0]).toContain('Status');
    expect(remarks[1]).toContain('a=b');
  });

  test('that no job can pass on are said to be so', () => {
    expect(writeRunOutputs(aRun([], { outputs: { a: 'x'.repeat(600_000) } }), files)[0]).toContain('larger than');
  });

  test('exist where nothing ran', () => {
    writeEmptyOutputs('failed', files);
    expect(Object.fromEntries(readBack('output'))).toEqual({
      status: 'failed',
      'run-id': '',
      outputs: '{}',
      steps: '[]',
    });
  });
});

describe('the platform context', () => {
  test('has the names of the platform and the event, and no token', () => {
    writeFileSync(pathOf('event.json'), '{"pull_request": {"number": 7}}');
    const context = githubContext({
      GITHUB_REF_NAME: 'main',
      GITHUB_REF_PROTECTED: 'true',
      GITHUB_TOKEN: 'secret',
      GITHUB_EVENT_PATH: pathOf('event.json'),
    });
    expect(context).toEqual({
      ok: true,
      value: { ref_name: 'main', ref_protected: true, event: { pull_request: { number: 7 } } },
    });
  });

  test('has no event where the platform gives none', () => {
    expect(githubContext({})).toEqual({ ok: true, value: { event: null } });
  });

  test.each(['{', '[1]', 'null'])('is refused where the event is %s', (text) => {
    writeFileSync(pathOf('event.json'), text);
    const context = githubContext({ GITHUB_EVENT_PATH: pathOf('event.json') });
    expect(context).toMatchObject({ ok: false, error: { message: expect.stringContaining(pathOf('event.json')) } });
  });
});
