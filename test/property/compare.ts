import type { Observation, ObservedStep } from './observation.ts';
import type { Mark, StepVerdict, Verdict } from './verdict.ts';

/** Where a run differs from what the model says, one line each; empty: nowhere. */
export function disagreements(verdict: Verdict, seen: Observation): readonly string[] {
  const steps = [...verdict.steps].flatMap(([id, step]) => {
    const found = seen.steps.get(id);
    return found ? stepDisagreements(id, step, found) : [`${id}: is not among the run's steps`];
  });
  return [
    ...differs('the run has ended', true, seen.ended),
    ...differs('status of the run', verdict.status, seen.status),
    ...errorDisagreements(verdict, seen),
    ...steps,
    ...timelineDisagreements(verdict.marks, seen.marks),
  ];
}

function differs(what: string, expected: unknown, found: unknown): readonly string[] {
  return expected === found ? [] : [`${what}: ${String(expected)} by the language, ${String(found)} in the run`];
}

function stepDisagreements(id: string, step: StepVerdict, found: ObservedStep): readonly string[] {
  const by = found.skipped?.by ?? null;
  const blame = step.skipped?.by ?? [];
  const rightlyBlamed = blame.length === 0 ? by === null : by !== null && blame.includes(by);
  return [
    ...differs(`${id}, status`, step.status, found.status),
    ...differs(`${id}, reason of the skip`, step.skipped?.kind, found.skipped?.kind),
    ...(rightlyBlamed ? [] : [`${id}, skipped by: one of [${blame.join(' ')}] by the language, ${by} in the run`]),
    ...differs(`${id}, attempts`, step.attempts, found.attempts),
    ...differs(`${id}, kind of the failure`, step.failureKind, found.failureKind),
    ...differs(`${id}, duration`, step.durationMs, found.durationMs),
  ];
}

/** The error of the run is its newest failure; the run's own timeout is one, of kind `timeout`. */
function errorDisagreements(verdict: Verdict, seen: Observation): readonly string[] {
  if (verdict.status === 'cancelled') return [];
  const kinds = verdict.marks.map((mark) => mark.kind);
  if (!verdict.timedOut || kinds.lastIndexOf('failed') > kinds.indexOf('run-timeout')) {
    const newest = newestFailures(verdict.marks);
    const named = seen.error?.step ?? null;
    const fits = newest.length === 0 ? seen.error === null : named !== null && newest.includes(named);
    return fits
      ? []
      : [`step of the newest failure: one of [${newest.join(' ')}] by the language, ${named} in the run`];
  }
  return differs('kind of the newest failure', 'timeout', seen.error?.kind);
}

/** More than one where several steps failed at the last of these moments. */
function newestFailures(marks: readonly Mark[]): readonly string[] {
  const failed = marks.filter((mark) => mark.kind === 'failed');
  return failed.filter((mark) => mark.at === failed.at(-1)?.at).map((mark) => mark.step);
}

/** Order within one moment is not compared: the rules of order judge it. */
function timelineDisagreements(expected: readonly Mark[], found: readonly Mark[]): readonly string[] {
  const wanted = new Set(timelineOf(expected));
  const seen = new Set(timelineOf(found));
  return [
    ...[...wanted].filter((line) => !seen.has(line)).map((line) => `${line}: by the language, not in the run`),
    ...[...seen].filter((line) => !wanted.has(line)).map((line) => `${line}: in the run, not by the language`),
  ];
}

function timelineOf(marks: readonly Mark[]): readonly string[] {
  return marks
    .filter((mark) => mark.kind === 'begin' || mark.kind === 'end')
    .map((mark) => `at ${mark.at}, ${mark.kind} of attempt ${mark.attempt} of ${mark.step}`);
}
