import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  failsJob,
  type ReportTargets,
  reportDiagnostics,
  reportPlan,
  reportRun,
} from '../../../../src/adapters/github-runner/run-report.ts';
import { RunnerConsole } from '../../../../src/adapters/github-runner/runner-console.ts';
import { RunnerFiles } from '../../../../src/adapters/github-runner/runner-files.ts';
import { CommandNeutraliser } from '../../../../src/adapters/output/neutralise.ts';
import { parseAddress } from '../../../../src/core/model/ids.ts';
import { aFailedRelease, aRun, aStep } from '../../core/report/run-views.ts';

let folder: string;
let printed: string;
let targets: ReportTargets;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vwmp-report-'));
  printed = '';
  writeFileSync(join(folder, 'summary'), '');
  writeFileSync(join(folder, 'output'), '');
  targets = {
    console: new RunnerConsole((text) => {
      printed += text;
    }, new CommandNeutraliser()),
    files: new RunnerFiles({ GITHUB_OUTPUT: join(folder, 'output'), GITHUB_STEP_SUMMARY: join(folder, 'summary') }),
    summary: 'full',
  };
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

const written = (name: string) => readFileSync(join(folder, name), 'utf8');

describe('the report of the action', () => {
  test('of a run goes to the log, the annotations, the summary page and the outputs', () => {
    reportRun(aFailedRelease(), () => 'last words', targets);
    expect(printed).toContain('✗ Release 1.2.0: failed');
    expect(printed).toContain('\n::error title=Publish');
    expect(written('summary')).toContain('last words');
    expect(written('output')).toMatch(/^status<<vwmp_.*\nfailed\n/);
  });

  test('names no command of VWMP for the run: its record goes with the machine', () => {
    const undo = { visit: 1, message: 'the remote refused', durationMs: 1 };
    const push = { ...undo, address: parseAddress('push'), name: 'Push', status: 'left' as const };
    const tag = { ...undo, address: parseAddress('tag'), name: 'Tag', status: 'failed' as const };
    const run = aFailedRelease();
    const steps = [
      { ...push, commands: [`vwmp rollback ${run.runId} --only push`] },
      { ...tag, commands: ['git push origin :refs/tags/v1'] },
    ];
    reportRun({ ...run, rollback: { cause: 'failure', steps } }, () => null, targets);
    for (const text of [printed, written('summary')]) {
      expect(text).not.toMatch(/vwmp (?:resume|rollback)/);
      expect(text).toContain('To go on, start the job again when what failed is mended.');
    }
    expect(printed).toContain('::warning title=Push%3A left as it is::the remote refused');
    expect(printed).toContain('To finish: git push origin :refs/tags/v1');
  });

  test('writes no page where none is wanted', () => {
    reportRun(aRun([aStep('a')]), () => null, { ...targets, summary: 'off' });
    expect(written('summary')).toBe('');
  });

  test('says where the runner has no page', () => {
    reportRun(aRun([aStep('a')]), () => null, { ...targets, files: new RunnerFiles({}) });
    expect(printed).toContain('GITHUB_STEP_SUMMARY is not set');
  });

  test('of a refused definition names each place in log and annotations', () => {
    const span = { file: 'w.yml', start: { line: 2, column: 3 }, end: { line: 2, column: 8 } };
    reportDiagnostics(
      'Nothing was started.',
      [{ code: 'unknown-key', severity: 'error', message: 'No such key.', hint: 'Fix it.', span }],
      'failed',
      targets,
    );
    expect(printed).toContain('w.yml:2:3: error[unknown-key] No such key.\n  Fix it.\n');
    expect(printed).toContain(
      '::error title=unknown-key,file=w.yml,line=2,endLine=2,col=3,endColumn=7::No such key. Fix it.',
    );
    expect(written('output')).toMatch(/^status<<vwmp_.*\nfailed\n/);
    expect(written('summary')).toContain('## Nothing was started.\n\n- **error** `w.yml:2:3` No such key. Fix it.');
  });

  test('of a plan goes to the log and the page', () => {
    reportPlan(
      {
        workflow: { name: 'w', version: '1', file: 'w.yml' },
        levels: [],
        routed: [],
        finally: [],
        steps: [],
        diagnostics: [],
      },
      targets,
    );
    expect(printed).toContain('Plan of w 1: 0 of 0 steps would run');
    expect(written('summary')).toContain('Nothing was started');
  });
});

test.each([
  ['success', false, false],
  ['partial', false, true],
  ['failed', true, true],
  ['cancelled', true, true],
  ['waiting', true, true],
] as const)('a run that is %s fails the job as fail-on says', (status, onFailed, onPartial) => {
  expect(failsJob(status, 'failed')).toBe(onFailed);
  expect(failsJob(status, 'partial')).toBe(onPartial);
});
