import { describe, expect, test } from 'vitest';
import { parseAddress } from '../../../../src/core/model/ids.ts';
import type { StepView } from '../../../../src/core/model/run-view.ts';
import { type SkipReason, skipKinds } from '../../../../src/core/model/skip.ts';
import { skipText } from '../../../../src/core/report/status-text.ts';
import { statusCounts, stepTable } from '../../../../src/core/report/step-table.ts';
import { aFailedStep, aSkippedStep, aStep } from './run-views.ts';

function rowOf(step: StepView): string {
  return stepTable([step]).split('\n')[2] ?? '';
}

describe('a row of the table', () => {
  test('has state, name with id, duration, attempts and outputs', () => {
    const row = rowOf(aStep('bump', { name: 'Bump Version', attempts: 2, outputs: { version: '1.2.0', count: 3 } }));
    expect(row).toBe('| ✓\u00a0success | Bump Version `bump` | 1.2 s | 2 |  | `version=1.2.0`<br>`count=3` |');
  });

  test('has the kind and the first line of the error', () => {
    expect(rowOf(aFailedStep('a', '\nno space left\nstack'))).toContain('| exit 3: `no space left` |');
  });

  test('says who blocked a skipped step and shows no duration', () => {
    expect(rowOf(aSkippedStep('b', { kind: 'blocked', by: parseAddress('a') }))).toBe(
      '| ⊘\u00a0skipped | `b` |  |  | blocked by a |  |',
    );
  });

  test('shows hostile text as text, in one row of six cells', () => {
    const text = '| x | ` `` <img src=x onerror=alert(1)> @octocat \n\n# no\n\\| $y$';
    const row = rowOf(aFailedStep('a', text, { name: text, outputs: { [text]: text } }));
    expect(row.split('|')).toHaveLength(8);
    expect(row).not.toContain('<img');
    expect(row).not.toContain('@octocat \n');
    expect(
      stepTable([aFailedStep('a', text, { name: text })])
        .trimEnd()
        .split('\n'),
    ).toHaveLength(3);
  });

  test('cuts long values and counts outputs beyond the fourth', () => {
    const outputs = Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`o${index}`, 'x'.repeat(5000)]));
    const row = rowOf(aStep('a', { outputs }));
    expect(row.length).toBeLessThan(700);
    expect(row).toContain('… 5 more');
  });

  test('shows secret outputs by name only', () => {
    expect(rowOf(aStep('a', { secretOutputs: ['token'] }))).toContain('`token=***`');
  });

  test('tells several visits and an optional failure', () => {
    const row = rowOf(aFailedStep('a', 'no', { visits: 3, required: false }));
    expect(row).toContain('optional; 3 visits');
  });
});

describe('a table with too many steps', () => {
  const steps = Array.from({ length: 900 }, (_, index) =>
    index === 850 ? aFailedStep('bad', 'no') : aStep(`s${index}`),
  );

  test('keeps the failed ones first, in document order, and says what is missing', () => {
    const table = stepTable(steps);
    const rows = table.split('\n').filter((line) => line.startsWith('| ✓') || line.startsWith('| ✗'));
    expect(rows).toHaveLength(500);
    expect(rows.at(-1)).toContain('`bad`');
    expect(rows[0]).toContain('`s0`');
    expect(table).toContain('… 400 more steps (400 success) not shown.');
  });

  test('keeps to the bytes it is given, and is empty where not even its head fits', () => {
    const table = stepTable(steps, { maxBytes: 1000 });
    expect(table.length).toBeLessThanOrEqual(1000);
    expect(table).toContain('`bad`');
    expect(stepTable(steps, { maxBytes: 50 })).toBe('');
  });
});

test('no steps make no table', () => {
  expect(stepTable([])).toBe('');
});

test('states are counted in the order in which they appear', () => {
  expect(statusCounts([aStep('a'), aFailedStep('b', 'x'), aStep('c')])).toBe('2 success, 1 failed');
});

test('every reason for a skip has its own words', () => {
  const reasons = skipKinds.map((kind): SkipReason => {
    if (kind === 'handler') return { kind, message: 'nothing to publish' };
    return kind === 'edge' || kind === 'blocked' ? { kind, by: parseAddress('a') } : { kind };
  });
  expect(new Set(reasons.map(skipText)).size).toBe(skipKinds.length);
  expect(skipText({ kind: 'handler', message: 'nothing to publish' })).toBe('nothing to publish');
});
