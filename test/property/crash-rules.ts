import type { RunEvent } from '../../src/core/model/event.ts';
import type { RunView } from '../../src/core/model/run-view.ts';
import type { RunState } from '../../src/core/run/state.ts';
import type { Simulation } from '../rigs/simulate.ts';

/** What a crash must not change of a run's end. Durations of cancelled attempts may: a dead process stops at once. */
export function endedAs({ status, ended, outputs, steps }: RunView) {
  return {
    status,
    ended,
    outputs,
    steps: steps.map(({ id, status: end, skipped, attempts, visits, outputs: given, error }) => ({
      id,
      end,
      skipped,
      attempts,
      visits,
      given,
      error: error?.kind,
    })),
  };
}

/** Calls after a crash that the recorded part forbids, one line each; empty: none. */
export function wrongCalls(recorded: readonly RunEvent[], calls: Simulation['attempts']): readonly string[] {
  const finished = new Set(recorded.flatMap(finishedAttempts));
  const made = new Set<string>();
  return calls.flatMap(({ step, visit, attempt }) => {
    const name = `attempt ${attempt} of visit ${visit} of ${step}`;
    const wrong = [
      ...(finished.has(`${step} ${visit}`) ? [`${name} was made though the visit had ended`] : []),
      ...(finished.has(`${step} ${visit} ${attempt}`) ? [`${name} was made though it had ended`] : []),
      ...(made.has(name) ? [`${name} was made twice`] : []),
    ];
    made.add(name);
    return wrong;
  });
}

function finishedAttempts(event: RunEvent): readonly string[] {
  if (event.kind === 'step-ended') return [`${event.address} ${event.visit}`];
  return event.kind === 'attempt-failed' ? [`${event.address} ${event.visit} ${event.attempt}`] : [];
}

/**
 * Attempts that were told to end are gone with the engine, sooner than they would have ended by themselves. Where other
 * steps may still start, they then start sooner, and everything after that happens at another time.
 */
export function isShiftedByCrash({ graph, steps, stop }: RunState): boolean {
  return stop?.kind === 'failure' && graph.nodes.some(({ position }) => isEnding(steps.at(position)));
}

function isEnding(step: ReturnType<RunState['steps']['at']>): boolean {
  return step.kind === 'running' && step.cancelling;
}
