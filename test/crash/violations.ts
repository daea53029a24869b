import { isDeepStrictEqual } from 'node:util';
import type { CrashRecord, Ending, LedgerLine, ToldRun, ToldStep } from './crash-record.ts';

/**
 * What a run that was killed again and again did that it must not, one line each; empty: nothing. Built on nothing of
 * the engine's but what its commands print.
 */
export function violations(record: CrashRecord): readonly string[] {
  return [
    ...endedStaysEnded(record),
    ...lostRunsOnceMore(record),
    ...nothingMeetsItself(record.end.ledger),
    ...endsAreTrue(record.end),
    ...sameEnd(record),
    ...record.end.alive.map((pid) => `process ${pid} outlived the run`),
  ];
}

const final = new Set(['success', 'failed', 'skipped', 'cancelled']);

/** A step whose end was recorded when the engine died never runs again, and its end stays what it was. */
function endedStaysEnded({ deaths, end }: CrashRecord): readonly string[] {
  return deaths.flatMap(({ run, ledger }, index) =>
    run.steps
      .filter(({ status }) => final.has(status))
      .flatMap((step) => {
        const [then, now] = [begins(ledger, step.id), begins(end.ledger, step.id)];
        const ended = stepOf(end.run, step.id);
        return [
          ...(then === now ? [] : [`${step.id} had ended before death ${index + 1} and ran again`]),
          ...(isDeepStrictEqual(ended, step)
            ? []
            : [`${step.id} ended otherwise than was recorded before death ${index + 1}`]),
        ];
      }),
  );
}

/** A step runs as often as it has attempts, and once more for each death that it was running at. */
function lostRunsOnceMore({ deaths, end }: CrashRecord): readonly string[] {
  return end.run.steps.flatMap(({ id, attempts }) => {
    const lost = deaths.filter(({ run }) => stepOf(run, id)?.status === 'running').length;
    const began = begins(end.ledger, id);
    return began <= attempts + lost ? [] : [`${id} began ${began} times with ${attempts} attempts, lost ${lost} times`];
  });
}

/** What a dead engine left running is ended before the step runs again. */
function nothingMeetsItself(ledger: readonly LedgerLine[]): readonly string[] {
  const newest = new Map<string, number>();
  return ledger.flatMap(({ kind, step, pid }) => {
    if (kind === 'begin') newest.set(step, pid);
    return kind === 'begin' || newest.get(step) === pid ? [] : [`${step} ran on after it had begun anew`];
  });
}

/** A step that is said to have ended by itself did what it says; one that was left out did nothing. */
function endsAreTrue({ run, ledger }: Ending): readonly string[] {
  return run.steps.flatMap(({ id, status, attempts }) => {
    const ended = ledger.filter((line) => line.kind === 'end' && line.step === id).length;
    if (status === 'skipped') return begins(ledger, id) === 0 ? [] : [`${id} was skipped but ran`];
    return ended >= attempts && attempts > 0 ? [] : [`${id} is ${status} but its work was done ${ended} times`];
  });
}

function sameEnd({ end, undisturbed }: CrashRecord): readonly string[] {
  const differs = (what: string, one: unknown, other: unknown) =>
    isDeepStrictEqual(one, other)
      ? []
      : [`${what} is ${JSON.stringify(one)}, without a crash ${JSON.stringify(other)}`];
  return [
    ...(end.exitCode === null ? [] : differs('the exit code', end.exitCode, undisturbed.exitCode)),
    ...differs('the status of the run', end.run.status, undisturbed.run.status),
    ...differs('the status in the history', end.listed, end.run.status),
    ...differs('what status tells', end.told, end.run),
    ...differs('what the run gives', end.run.outputs, undisturbed.run.outputs),
    ...undisturbed.run.steps.flatMap((step) => differs(step.id, stepOf(end.run, step.id), step)),
  ];
}

function begins(ledger: readonly LedgerLine[], id: string): number {
  return ledger.filter((line) => line.kind === 'begin' && line.step === id).length;
}

function stepOf(run: ToldRun, id: string): ToldStep | undefined {
  return run.steps.find((step) => step.id === id);
}
