import type { RunEvent } from '../../src/core/model/event.ts';
import type { RunView, StepView } from '../../src/core/model/run-view.ts';
import type { SkipReason } from '../../src/core/model/skip.ts';
import type { Mark, StepVerdict, Verdict } from './verdict.ts';

/** A run as it was seen from outside, in the terms of the model. */
export interface Observation {
  readonly status: string;
  readonly ended: boolean;
  readonly error: { readonly step: string | null; readonly kind: string } | null;
  readonly steps: ReadonlyMap<string, ObservedStep>;
  readonly marks: readonly Mark[];
  /** Delay between a failed attempt and the next; `undefined` where no other follows. */
  readonly delays: (step: string, failedAttempt: number) => number | undefined;
}

export interface ObservedStep {
  readonly status: string;
  readonly skipped: { readonly kind: string; readonly by: string | null } | null;
  readonly attempts: number;
  readonly failureKind: string | null;
  readonly durationMs: number | null;
}

/** The newest part of a run: since its start or its last resume. */
export function observe(view: RunView, events: readonly RunEvent[]): Observation {
  const from = Math.max(
    0,
    events.findLastIndex((event) => event.kind === 'run-resumed'),
  );
  const newest = events.slice(from);
  const zero = newest[0]?.at ?? 0;
  return {
    status: view.status,
    ended: view.ended,
    error: view.error && { step: view.error.step, kind: view.error.kind },
    steps: new Map(view.steps.map((step) => [step.id, observeStep(step)])),
    marks: marksOf(newest, zero),
    delays: delaysIn(newest),
  };
}

function observeStep(step: StepView): ObservedStep {
  return {
    status: step.status,
    skipped: step.skipped && { kind: step.skipped.kind, by: blamed(step.skipped) },
    attempts: step.attempts,
    failureKind: step.status === 'failed' ? (step.error?.kind ?? 'none') : null,
    durationMs: step.attempts > 0 ? step.durationMs : null,
  };
}

function blamed(reason: SkipReason): string | null {
  return reason.kind === 'edge' || reason.kind === 'blocked' ? reason.by : null;
}

function marksOf(events: readonly RunEvent[], zero: number): readonly Mark[] {
  const running = new Map<string, number>();
  return events.flatMap((event): readonly Mark[] => {
    const at = event.at - zero;
    switch (event.kind) {
      case 'attempt-started':
        running.set(event.address, event.attempt);
        return [{ kind: 'begin', at, step: event.address, attempt: event.attempt }];
      case 'attempt-failed':
        running.delete(event.address);
        return [{ kind: 'end', at, step: event.address, attempt: event.attempt }];
      case 'step-ended': {
        const attempt = running.get(event.address);
        running.delete(event.address);
        const end: readonly Mark[] = attempt === undefined ? [] : [{ kind: 'end', at, step: event.address, attempt }];
        return event.outcome.kind === 'failed'
          ? [...end, { kind: 'failed', at, step: event.address, attempt: 0 }]
          : end;
      }
      case 'step-settled':
        return event.decision.kind === 'fail' ? [{ kind: 'failed', at, step: event.address, attempt: 0 }] : [];
      case 'cancel-requested':
      case 'run-timed-out':
        return [{ kind: event.kind === 'cancel-requested' ? 'cancel' : 'run-timeout', at, step: '', attempt: 0 }];
      default:
        return [];
    }
  });
}

function delaysIn(events: readonly RunEvent[]): Observation['delays'] {
  const delays = new Map<string, number>();
  for (const event of events) {
    if (event.kind === 'attempt-failed') delays.set(`${event.address}#${event.attempt}`, event.retryAt - event.at);
  }
  return (step, failedAttempt) => delays.get(`${step}#${failedAttempt}`);
}

/** What somebody would see who watches a run that goes as the verdict says. */
export function observationOf(verdict: Verdict): Observation {
  const newest = verdict.marks.findLast((mark) => mark.kind === 'failed' || mark.kind === 'run-timeout');
  return {
    status: verdict.status,
    ended: true,
    error: newest ? errorOf(newest, verdict) : null,
    steps: new Map([...verdict.steps].map(([id, step]) => [id, asSeen(step)])),
    marks: verdict.marks,
    delays: () => undefined,
  };
}

function errorOf({ kind, step }: Mark, verdict: Verdict): Observation['error'] {
  if (kind === 'run-timeout') return { step: null, kind: 'timeout' };
  return { step, kind: verdict.steps.get(step)?.failureKind ?? 'none' };
}

function asSeen({ status, skipped, attempts, failureKind, durationMs }: StepVerdict): ObservedStep {
  const seen = skipped && { kind: skipped.kind, by: skipped.by[0] ?? null };
  return { status, skipped: seen, attempts, failureKind, durationMs };
}
