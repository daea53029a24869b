import type { Diagnostic } from '../../../../src/core/diagnostic/diagnostic.ts';
import { addressOf, makeRunId, parseAddress, stepId } from '../../../../src/core/model/ids.ts';
import type { RunView, StepView, ViewEdge } from '../../../../src/core/model/run-view.ts';

const startedAt = 1_772_357_400_000;

/** A successful run of the given steps; `more` replaces what a test speaks of. */
export function aRun(steps: readonly StepView[], more: Partial<RunView> = {}): RunView {
  return {
    runId: makeRunId('2026-03-01T09:30:00.000Z', 'abc123'),
    workflow: { name: 'Release', version: '1.2.0', type: 'release', file: 'workflows/release.yml' },
    status: 'success',
    ended: true,
    attempt: 1,
    startedAt,
    endedAt: startedAt + 12_345,
    durationMs: 12_345,
    parameters: [],
    steps,
    outputs: {},
    secretOutputs: [],
    error: null,
    diagnostics: [],
    rollback: null,
    ...more,
  };
}

/** A step that succeeded; its dependencies by id. */
export function aStep(id: string, more: Partial<StepView> & { readonly after?: readonly string[] } = {}): StepView {
  const { after = [], ...rest } = more;
  return {
    id: stepId(id),
    address: addressOf(stepId(id)),
    name: id,
    handler: 'command.run',
    section: 'main',
    required: true,
    status: 'success',
    skipped: null,
    attempts: 1,
    visits: 1,
    startedAt,
    endedAt: startedAt + 1200,
    durationMs: 1200,
    retryAt: null,
    outputs: {},
    secretOutputs: [],
    error: null,
    findings: [],
    files: [],
    dependencies: after.map((from) => edge(from)),
    ...rest,
  };
}

export function aFailedStep(
  id: string,
  message: string,
  more: Partial<StepView> & { readonly after?: readonly string[] } = {},
): StepView {
  return aStep(id, { status: 'failed', error: { kind: 'exit', message, exitCode: 3 }, ...more });
}

export function aSkippedStep(
  id: string,
  skipped: NonNullable<StepView['skipped']>,
  more: Partial<StepView> & { readonly after?: readonly string[] } = {},
): StepView {
  return aStep(id, {
    status: 'skipped',
    skipped,
    attempts: 0,
    visits: 0,
    startedAt: null,
    endedAt: null,
    durationMs: null,
    ...more,
  });
}

export function edge(from: string, more: Partial<ViewEdge> = {}): ViewEdge {
  return { from: stepId(from), on: null, implied: false, ...more };
}

/** A failed release that shows every part of a report. */
export function aFailedRelease(): RunView {
  const at = (line: number, column: number) => ({ line, column });
  const warning: Diagnostic = {
    code: 'unused-parameter',
    severity: 'warning',
    message: 'Nothing reads the parameter `draft`.',
    span: { file: 'workflows/release.yml', start: at(12, 5), end: at(12, 10) },
    path: 'parameters[1]',
    hint: 'Remove it.',
  };
  return aRun(
    [
      aStep('bump', {
        name: 'Bump Version',
        handler: 'release.version_bump',
        outputs: { old_version: '1.1.0', new_version: '1.2.0' },
      }),
      aStep('changelog', {
        name: 'Write Changelog',
        after: ['bump'],
        attempts: 2,
        files: [{ path: 'CHANGELOG.md', title: 'Changelog' }],
      }),
      aStep('docs', {
        name: 'Check docs',
        required: false,
        status: 'failed',
        error: { kind: 'timeout', message: 'The attempt took longer than 30 s.' },
        dependencies: [edge('changelog', { implied: true })],
      }),
      aFailedStep('publish', 'npm publish: 403 Forbidden | "scope"\nsecond line', {
        name: 'Publish | <b>now</b>',
        after: ['changelog', 'docs'],
        findings: [
          { level: 'error', message: 'Not allowed by @octocat', file: 'package.json', line: 3, rule: 'publish-scope' },
        ],
      }),
      aSkippedStep('announce', { kind: 'blocked', by: parseAddress('publish') }, { after: ['publish'] }),
      aSkippedStep(
        'repair',
        { kind: 'condition' },
        { dependencies: [edge('publish', { on: ['failure', 'skipped'] })] },
      ),
      aStep('cleanup', { section: 'finally', required: false }),
    ],
    {
      status: 'failed',
      parameters: [
        { name: 'level', label: 'Level', value: 'minor' },
        { name: 'token', label: null, value: '***' },
      ],
      outputs: { version: '1.2.0', changed: ['a.ts', 'b.ts'] },
      secretOutputs: ['key'],
      error: { step: 'publish', kind: 'exit', message: 'npm publish: 403 Forbidden | "scope"\nsecond line' },
      diagnostics: [warning],
    },
  );
}
