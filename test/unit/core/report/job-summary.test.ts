import { describe, expect, test } from 'vitest';
import type { RunView, StepView } from '../../../../src/core/model/run-view.ts';
import { jobSummary } from '../../../../src/core/report/job-summary.ts';
import { utf8Size } from '../../../../src/core/report/utf8-size.ts';
import { aFailedRelease, aFailedStep, aRun, aStep } from './run-views.ts';

const mebibyte = 1024 * 1024;
const noTails = () => null;

/** What is still open at the end of a page: fences and folds. Tags inside a fence are text. */
function openAtEnd(markdown: string): readonly string[] {
  const open: string[] = [];
  for (const line of markdown.split('\n')) {
    const fence = /^(`{3,})(\w*)$/.exec(line);
    const last = open.at(-1);
    if (last?.startsWith('`')) {
      if (fence && fence[2] === '' && (fence[1]?.length ?? 0) >= last.length) open.pop();
    } else if (fence) open.push(fence[1] ?? '');
    else if (line === '<details>') open.push(line);
    else if (line === '</details>') open.pop();
  }
  return open;
}

function rowsOf(markdown: string): readonly string[] {
  return markdown.split('\n').filter((line) => line.startsWith('| '));
}

function cellsOf(row: string): number {
  return row.split('|').length - 2;
}

describe('the summary of a failed run', () => {
  test('says how it ended, what failed and how to go on', () => {
    const page = jobSummary(aFailedRelease(), { logTails: noTails });
    expect(page).toMatch(/^## ✗ Release 1\.2\.0: failed\n/);
    expect(page).toContain('**exit 3** in `publish`');
    expect(page).toContain('`vwmp resume 20260301-093000-abc123`');
  });

  test('folds the last lines of the failed steps only, without colours', () => {
    const page = jobSummary(aFailedRelease(), { logTails: (address) => `\u001b[31mfrom ${address}\u001b[0m\n` });
    expect(page).toContain('<summary>Last line of <code>publish</code></summary>\n\n```text\nfrom publish\n```\n');
    expect(page).not.toContain('from bump');
    expect(page).not.toContain('\u001b');
  });

  test('names the cause, unless the last lines say it already', () => {
    const step = aFailedStep('a', 'no', { error: { kind: 'handler', message: 'no', cause: 'disk full\n' } });
    const page = (tail: string) => jobSummary(aRun([step], { status: 'failed' }), { logTails: () => tail });
    expect(page('something else')).toContain('Cause: `disk full`');
    expect(page('x\ndisk full')).not.toContain('Cause');
  });

  test('keeps the last 50 lines and says that there were more', () => {
    const tail = Array.from({ length: 80 }, (_, index) => `line ${index}`).join('\n');
    const page = jobSummary(aFailedRelease(), { logTails: () => tail });
    expect(page).toContain('Last 50 lines of <code>publish</code>, those before are in the log');
    expect(page).not.toContain('\nline 29\n');
    expect(page).toContain('\nline 30\n');
    expect(page).toContain('\nline 79\n');
  });

  test('shows secret outputs by name only', () => {
    expect(jobSummary(aFailedRelease(), { logTails: noTails })).toContain('| `key` | `***` |');
  });
});

describe('the forms of the summary', () => {
  test('compact leaves out diagram, outputs and parameters', () => {
    const page = jobSummary(aFailedRelease(), { logTails: noTails, mode: 'compact' });
    expect(page).not.toContain('mermaid');
    expect(page).not.toContain('### Outputs');
    expect(page).toContain('### Steps');
    expect(page).toContain('### Failed steps');
  });

  test('off is nothing', () => {
    expect(jobSummary(aFailedRelease(), { logTails: noTails, mode: 'off' })).toBe('');
  });

  test('a success has no advice and no sections without content', () => {
    const page = jobSummary(aRun([aStep('a')]), { logTails: noTails });
    expect(page).not.toContain('resume');
    expect(page).not.toMatch(/### (Outputs|Parameters|Findings|Files|Diagnostics|Failed steps)/);
  });

  test('a run under way says that it is running', () => {
    const page = jobSummary(aRun([aStep('a', { status: 'running' })], { ended: false }), { logTails: noTails });
    expect(page).toMatch(/^## ◐ Release 1\.2\.0: running\n/);
  });

  test('a run without steps has neither table nor diagram', () => {
    expect(jobSummary(aRun([]), { logTails: noTails })).not.toContain('###');
  });
});

describe('what steps found', () => {
  test('stands on the page with what mends it, first what the change under review made', () => {
    const found = (message: string, changed?: 'lines' | 'file') => ({
      level: 'warning' as const,
      message,
      ...(changed && { changed, hint: `mend ${message}` }),
    });
    const page = jobSummary(
      aRun([
        aStep('a', { findings: [found('elsewhere'), found('nearby', 'file')] }),
        aStep('b', { findings: [found('here', 'lines')] }),
      ]),
      { logTails: noTails },
    );
    expect(page.split('\n').filter((line) => line.startsWith('- **warning**'))).toEqual([
      '- **warning** here, found by `b`. mend here',
      '- **warning** nearby, found by `a`. mend nearby',
      '- **warning** elsewhere, found by `a`',
    ]);
  });
});

/** Ten times more than fits, everywhere, in signs that take four bytes or are escaped. */
function enormousRun(): RunView {
  const flood = '🚀|`<b>'.repeat(4000);
  const steps = Array.from({ length: 3000 }, (_, index): StepView => {
    const more = {
      name: `${flood}${index}`,
      outputs: { [flood]: flood, b: flood, c: [flood] },
      findings: [{ level: 'warning', message: flood, file: flood, line: 1, rule: flood }],
      files: [{ path: flood, title: flood }],
      after: index === 0 ? [] : [`step-${index - 1}`],
    } as const;
    return index % 3 === 0 ? aFailedStep(`step-${index}`, flood, more) : aStep(`step-${index}`, more);
  });
  return aRun(steps, {
    status: 'failed',
    workflow: { name: flood, version: flood, type: 'x', description: flood, file: flood },
    parameters: Array.from({ length: 3000 }, (_, index) => ({ name: `${flood}${index}`, label: flood, value: flood })),
    outputs: Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`${flood}${index}`, flood])),
    secretOutputs: [flood],
    error: { step: 'step-0', kind: 'exit', message: flood },
    diagnostics: Array.from({ length: 3000 }, () => ({
      code: 'value',
      severity: 'warning',
      message: flood,
      hint: flood,
    })),
  });
}

describe('a summary with far more than fits', () => {
  const view = enormousRun();
  const tail = `${'`'.repeat(2000)}\n</details>\n${'💥'.repeat(20_000)}\n`.repeat(30);

  test.each([mebibyte, 300_000, 100_000, 30_000, 10_000, 5000])(
    'stays within %d bytes and is well formed',
    (maxBytes) => {
      const page = jobSummary(view, { logTails: () => tail, maxBytes });
      expect(utf8Size(page)).toBeLessThanOrEqual(maxBytes);
      expect(openAtEnd(page)).toEqual([]);
      expect(page.isWellFormed()).toBe(true);
      for (const row of rowsOf(page)) expect([2, 6]).toContain(cellsOf(row));
    },
  );

  test('takes the limit of the platform by default, and says what is missing', () => {
    const page = jobSummary(view, { logTails: () => tail });
    expect(utf8Size(page)).toBeLessThanOrEqual(mebibyte);
    expect(utf8Size(page)).toBeGreaterThan(mebibyte / 4);
    expect(page).toMatch(/… \d+ more steps \(.*\) not shown/);
    expect(page).toMatch(/… \d+ more failed steps not shown/);
    expect(page).toMatch(/… \d+ more findings not shown/);
    expect(page).toMatch(/\d+ of 3000 steps are not drawn/);
  });

  test('counts findings that a step did not keep', () => {
    const found = Array.from({ length: 600 }, (_, at) => ({ level: 'error', message: `m${at}` }) as const);
    const further = { level: 'error', message: '900 further', count: 900 } as const;
    const page = jobSummary(aRun([aStep('lint', { findings: [...found, further] })]), { logTails: () => null });
    expect(page).toContain('1500 findings');
    expect(page).toMatch(/… 1000 more findings not shown/);
  });

  test('names the sections for which there was no room', () => {
    expect(jobSummary(view, { logTails: () => tail, maxBytes: 12_000 })).toMatch(
      /\nLeft out for want of room: .*Diagram/,
    );
  });

  test.each([0, 1, 20, 100, 1000])('gives something valid or nothing within %d bytes', (maxBytes) => {
    const page = jobSummary(view, { logTails: () => tail, maxBytes });
    expect(utf8Size(page)).toBeLessThanOrEqual(maxBytes);
    expect(openAtEnd(page)).toEqual([]);
  });
});

test('the shape check sees an open fence and an open fold', () => {
  expect(openAtEnd('```text\nx')).toEqual(['```']);
  expect(openAtEnd('<details>\n```\n</details>\n```')).toEqual(['<details>']);
});
