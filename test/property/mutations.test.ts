import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SkipKind } from '../../src/core/model/skip.ts';
import { disagreements } from './compare.ts';
import { observationOf } from './observation.ts';
import { brokenOrderRules } from './order-rules.ts';
import { type Case, randomCase, randomSelectedCase } from './random-workflow.ts';
import { predict } from './reference-model.ts';
import { type Rules, switchableRules, theLanguage } from './reference-rules.ts';
import type { Mark } from './verdict.ts';

const seed = 20_261_121;
const cases: readonly Case[] = [
  ...fc.sample(randomCase(), { numRuns: 2500, seed }),
  ...fc.sample(randomSelectedCase(), { numRuns: 1000, seed }),
];
const clearCases = cases.flatMap(({ workflow, world, resume }) => {
  const verdict = predict(workflow, world);
  return verdict.unclear.length === 0 ? [{ workflow, world, resume, verdict }] : [];
});
const clearResumes = clearCases.flatMap(({ workflow, resume, verdict: before }) => {
  if (before.status === 'success') return [];
  const verdict = predict(workflow, resume, { before });
  return verdict.unclear.length === 0 ? [{ workflow, world: resume, before, verdict }] : [];
});

/** Whether some random case tells an engine with these rules from one that keeps the language. */
function isNoticed(rules: Rules): boolean {
  return [...clearCases, ...clearResumes].some(({ workflow, world, verdict, ...resumed }) => {
    const before = 'before' in resumed ? { before: resumed.before } : {};
    const wrong = observationOf(predict(workflow, world, { rules, ...before }));
    return disagreements(verdict, wrong).length > 0;
  });
}

describe('the comparison notices an engine that breaks the rule', () => {
  test.each(Object.keys(switchableRules))('%s', (rule) => {
    expect(isNoticed({ ...theLanguage, [rule]: false })).toBe(true);
  });

  test.each(theLanguage.skipOrder.slice(1).map((kind, index) => [theLanguage.skipOrder[index], kind] as const))(
    'that %s comes before %s',
    (one, other) => {
      const swapped = theLanguage.skipOrder.map((kind): SkipKind => {
        if (kind === one) return other;
        return kind === other && one ? one : kind;
      });
      expect(isNoticed({ ...theLanguage, skipOrder: swapped })).toBe(true);
    },
  );

  test('and nothing in the language itself', () => {
    expect(isNoticed(theLanguage)).toBe(false);
  });
});

describe('the rules of order notice a course', () => {
  const noDelays = (): undefined => undefined;

  function broken(change: (marks: readonly Mark[], workflow: Case['workflow']) => readonly Mark[]): readonly string[] {
    return clearCases.flatMap(({ workflow, verdict }) =>
      brokenOrderRules(workflow, { ...verdict, marks: change(verdict.marks, workflow), delays: noDelays }),
    );
  }

  test('and find nothing in those of the model', () => {
    expect(broken((marks) => marks)).toEqual([]);
  });

  test.each([
    { title: 'in which a step begins before the run does anything', line: 'began before', change: lastBeginFirst },
    { title: 'in which attempts do not end until all is over', line: 'ran at once', change: endsLast },
    { title: 'in which begins swap places', line: 'took the place of', change: beginsReversed },
    { title: 'in which an attempt is made once more', line: 'attempts of', change: oneMoreAttempt },
    { title: 'in which delays are cut short', line: 'before its delay was over', change: retriesAtOnce },
    { title: 'in which a cancel comes first', line: 'after the run was cancelled', change: cancelFirst },
    { title: 'in which a required step fails first', line: 'after a required step had failed', change: failureFirst },
    { title: 'in which `finally` comes first', line: 'after finally began', change: lastBeginFirst },
  ])('$title', ({ line, change }) => {
    expect(broken(change).some((found) => found.includes(line))).toBe(true);
  });

  test('in which delays are longer than chance may make them', () => {
    const lines = clearCases.flatMap(({ workflow, verdict }) =>
      brokenOrderRules(workflow, { ...verdict, delays: () => 10 ** 9 }),
    );
    expect(lines.some((line) => line.includes('is written'))).toBe(true);
  });
});

function lastBeginFirst(marks: readonly Mark[]): readonly Mark[] {
  const last = marks.findLast((mark) => mark.kind === 'begin');
  return last ? [{ ...last, at: 0 }, ...marks.filter((mark) => mark !== last)] : marks;
}

function endsLast(marks: readonly Mark[]): readonly Mark[] {
  return [...marks.filter((mark) => mark.kind !== 'end'), ...marks.filter((mark) => mark.kind === 'end')];
}

/** The same moments of beginning, dealt out to the steps from the last to the first. */
function beginsReversed(marks: readonly Mark[]): readonly Mark[] {
  const begins = marks.filter((mark) => mark.kind === 'begin');
  return marks.map((mark) => (mark.kind === 'begin' ? { ...mark, ...whoOf(begins.pop() ?? mark) } : mark));
}

function whoOf({ step, attempt }: Mark): Pick<Mark, 'step' | 'attempt'> {
  return { step, attempt };
}

function oneMoreAttempt(marks: readonly Mark[]): readonly Mark[] {
  const last = marks.findLast((mark) => mark.kind === 'begin');
  return last ? [...marks, { ...last, attempt: last.attempt + 1, at: last.at + 10 ** 9 }] : marks;
}

function retriesAtOnce(marks: readonly Mark[]): readonly Mark[] {
  return marks.map((mark) => {
    const failed = marks.find(
      (other) => other.kind === 'end' && other.step === mark.step && other.attempt === mark.attempt - 1,
    );
    return mark.kind === 'begin' && failed ? { ...mark, at: failed.at } : mark;
  });
}

function cancelFirst(marks: readonly Mark[]): readonly Mark[] {
  return [{ kind: 'cancel', at: 0, step: '', attempt: 0 }, ...marks];
}

function failureFirst(marks: readonly Mark[], workflow: Case['workflow']): readonly Mark[] {
  const required = workflow.steps.find((step) => step.required);
  return required ? [{ kind: 'failed', at: 0, step: required.id, attempt: 0 }, ...marks] : marks;
}
