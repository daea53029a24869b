import { error, notice, startGroup, warning } from '@actions/core';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Diagnostic } from '../../../../src/core/diagnostic/diagnostic.ts';
import { parseAddress } from '../../../../src/core/model/ids.ts';
import type { Finding } from '../../../../src/core/model/outcome.ts';
import { annotationCommand, diagnosticAnnotations, runAnnotations } from '../../../../src/core/report/annotations.ts';
import { workflowCommand } from '../../../../src/core/report/workflow-command.ts';
import { aFailedStep, aRun, aStep } from './run-views.ts';

function findings(count: number, level: Finding['level']): Finding[] {
  return Array.from({ length: count }, (_, index) => ({
    level,
    message: `finding ${index}`,
    file: 'a.ts',
    line: index + 1,
  }));
}

describe('the annotations of a run', () => {
  test('have a failed step as an error, an optional one as a warning', () => {
    const view = aRun([aFailedStep('a', 'boom', { name: 'Build' }), aFailedStep('b', 'meh', { required: false })]);
    expect(runAnnotations(view)).toEqual([
      { level: 'error', title: 'Build: exit 3', message: 'boom' },
      { level: 'warning', title: 'b: exit 3', message: 'meh' },
    ]);
  });

  test('name the place that the failure names', () => {
    const step = aFailedStep('a', 'boom', { error: { kind: 'handler', message: 'boom', file: 'x.ts', line: 7 } });
    expect(runAnnotations(aRun([step]))[0]).toMatchObject({ file: 'x.ts', line: 7 });
  });

  test('tell what went wrong with the run itself', () => {
    const view = aRun([aStep('a')], {
      status: 'failed',
      error: { step: null, kind: 'timeout', message: 'The time was over.' },
    });
    expect(runAnnotations(view)).toEqual([
      { level: 'error', title: 'Release: timeout', message: 'The time was over.' },
    ]);
  });

  test('say that a run was cancelled, which fails the job', () => {
    expect(runAnnotations(aRun([aStep('a')], { status: 'cancelled' }))).toEqual([
      { level: 'error', title: 'Release: cancelled', message: 'The run was cancelled.' },
    ]);
  });

  test('say nothing about a step that failed and then succeeded', () => {
    expect(runAnnotations(aRun([aStep('a', { attempts: 3 })]))).toEqual([]);
  });

  test('have an undo that failed as an error and what was left as a warning, each with the way to finish it', () => {
    const undo = (address: string, status: 'undone' | 'left' | 'failed', message: string, commands: string[]) => ({
      address: parseAddress(address),
      name: `Step ${address}`,
      visit: 1,
      status,
      message,
      commands,
      durationMs: 1,
    });
    const view = aRun([aFailedStep('a', 'boom')], {
      status: 'failed',
      error: { step: 'a', kind: 'exit', message: 'boom' },
      rollback: {
        cause: 'failure',
        steps: [
          undo('push', 'failed', 'the remote refused', ['git push origin :refs/tags/v1']),
          undo('tag', 'left', 'the tag was moved', []),
          undo('bump', 'undone', '', []),
        ],
      },
    });
    expect(runAnnotations(view)).toEqual([
      { level: 'error', title: 'a: exit 3', message: 'boom' },
      {
        level: 'error',
        title: 'Step push: not taken back',
        message: 'the remote refused\nTo finish: git push origin :refs/tags/v1',
      },
      { level: 'warning', title: 'Step tag: left as it is', message: 'the tag was moved' },
    ]);
  });

  test('keep failed steps before findings and to ten of a level, the last one saying what is missing', () => {
    const view = aRun([aStep('lint', { findings: findings(30, 'error') }), aFailedStep('build', 'boom')]);
    const annotations = runAnnotations(view);
    expect(annotations).toHaveLength(10);
    expect(annotations[0]?.message).toBe('boom');
    expect(annotations[9]?.message).toContain('22 more of level error');
  });

  test('count what a step found and did not keep', () => {
    const further: Finding = { level: 'error', message: '500 further', count: 500 };
    const view = aRun([aStep('lint', { findings: [...findings(30, 'error'), further] }), aFailedStep('build', 'boom')]);
    expect(runAnnotations(view)[9]?.message).toContain('522 more of level error');
  });

  test('give every level its own ten', () => {
    const view = aRun([
      aStep('lint', { findings: [...findings(11, 'error'), ...findings(10, 'warning'), ...findings(3, 'notice')] }),
    ]);
    expect(runAnnotations(view).map(({ level }) => level)).toEqual([
      ...Array.from({ length: 10 }, () => 'error'),
      ...Array.from({ length: 10 }, () => 'warning'),
      ...Array.from({ length: 3 }, () => 'notice'),
    ]);
    expect(runAnnotations(view)[9]?.message).toContain('2 more');
  });

  test('show what stands on changed lines first, then what stands in changed files, whichever step found it', () => {
    const of = (name: string, changed?: Finding['changed']): Finding => ({
      level: 'error',
      message: name,
      file: 'a.ts',
      ...(changed === undefined ? {} : { changed }),
    });
    const old = findings(30, 'error');
    const view = aRun([
      aStep('a', { findings: [...old, of('in a file', 'file'), of('on a line', 'lines')] }),
      aStep('b', { findings: [of('elsewhere'), of('on another line', 'lines')] }),
    ]);
    const messages = runAnnotations(view).map(({ message }) => message);
    expect(messages.slice(0, 4)).toEqual(['on a line', 'on another line', 'in a file', 'finding 0']);
    expect(messages).toHaveLength(10);
    expect(messages[9]).toContain('25 more of level error');
  });

  test('never let a finding of the change go before a failed step, or into the places of another level', () => {
    const notice: Finding = { level: 'notice', message: 'n', file: 'a.ts', line: 1, changed: 'lines' };
    const view = aRun([aStep('lint', { findings: [...findings(12, 'error'), notice] }), aFailedStep('build', 'boom')]);
    const annotations = runAnnotations(view);
    expect(annotations[0]?.message).toBe('boom');
    expect(annotations.filter(({ level }) => level === 'error')).toHaveLength(10);
    expect(annotations.at(-1)).toMatchObject({ level: 'notice', message: 'n' });
  });

  test('say how to mend a finding below what it says', () => {
    const finding: Finding = { level: 'warning', message: 'bad', hint: 'Do it\n::error::well' };
    const [annotation] = runAnnotations(aRun([aStep('a', { findings: [finding] })]));
    expect(annotation?.message).toBe('bad\nDo it\n::error::well');
    expect(annotation && annotationCommand(annotation)).toBe('::warning title=a::bad%0ADo it%0A::error::well');
  });

  test('give equal ones once', () => {
    const same = findings(1, 'error');
    expect(runAnnotations(aRun([aStep('a', { findings: [...same, ...same] })]))).toHaveLength(1);
  });

  test('cut a message to what the runner keeps and take terminal colours out of it', () => {
    const message = runAnnotations(aRun([aFailedStep('a', `\u001b[31m${'x'.repeat(9000)}`)]))[0]?.message;
    expect(message).toHaveLength(4096);
    expect(message).toMatch(/^x+…$/);
  });

  test('drop a line that has no file', () => {
    const view = aRun([aStep('a', { findings: [{ level: 'notice', message: 'm', line: 3 }] })]);
    expect(runAnnotations(view)[0]).not.toHaveProperty('line');
  });
});

test('a diagnostic points at its place with an inclusive end, columns only within one line', () => {
  const diagnostic = (endLine: number): Diagnostic => ({
    code: 'unknown-key',
    severity: 'error',
    message: 'There is no key `stepz` here.',
    hint: 'Did you mean `steps`?',
    span: { file: 'w.yml', start: { line: 2, column: 3 }, end: { line: endLine, column: 8 } },
  });
  expect(diagnosticAnnotations([diagnostic(2)])).toEqual([
    {
      level: 'error',
      title: 'unknown-key',
      message: 'There is no key `stepz` here. Did you mean `steps`?',
      file: 'w.yml',
      line: 2,
      endLine: 2,
      column: 3,
      endColumn: 7,
    },
  ]);
  expect(diagnosticAnnotations([diagnostic(4)])[0]).not.toHaveProperty('column');
});

describe('a workflow command', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  function writtenByToolkit(issue: () => void): string {
    const written: string[] = [];
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      written.push(String(text));
      return true;
    });
    issue();
    vi.restoreAllMocks();
    return written.join('');
  }

  test('is escaped as the toolkit does', () => {
    const message = 'first\nsecond 100%\r::error::x';
    const properties = { title: 'a:b,c%d\r\n', file: 'x,y.ts', startLine: 3, endLine: 4, startColumn: 5, endColumn: 6 };
    const annotation = {
      title: properties.title,
      file: 'x,y.ts',
      line: 3,
      endLine: 4,
      column: 5,
      endColumn: 6,
      message,
    };
    const issues = { error, warning, notice };
    for (const level of ['error', 'warning', 'notice'] as const) {
      const theirs = writtenByToolkit(() => issues[level](message, properties));
      expect(`${annotationCommand({ level, ...annotation })}\n`).toBe(theirs);
    }
    expect(`${workflowCommand('group', {}, 'Build: 1, 2%')}\n`).toBe(
      writtenByToolkit(() => startGroup('Build: 1, 2%')),
    );
  });

  test('made of an annotation is one line, whatever the texts hold', () => {
    const command = annotationCommand({ level: 'error', title: 'a\n::x', message: 'b\r\n::add-mask::c', file: 'd\ne' });
    expect(command).toBe('::error title=a%0A%3A%3Ax,file=d%0Ae::b%0D%0A::add-mask::c');
  });
});
