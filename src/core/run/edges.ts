import { type Address, addressOf } from '../model/ids.ts';
import type { EdgeOutcome } from '../model/workflow.ts';
import type { Edge, GraphNode } from '../plan/graph.ts';
import type { Ended, RunState, StepState } from './state.ts';

export type EdgeVerdict = { readonly kind: 'passes' } | { readonly kind: 'edge' | 'blocked'; readonly by: Address };

/**
 * Rule 1 of LANGUAGE.md section 4, once every dependency has ended. An `on:` edge that does not pass is named before
 * a plain one: that is the order in which reasons are given.
 */
export function verdictOf(state: RunState, node: GraphNode): EdgeVerdict {
  const broken = node.edges.filter((edge) => !passes(state, edge));
  const first = broken.find((edge) => edge.on !== null) ?? broken[0];
  const source = first && state.graph.nodes[first.from];
  if (!first || !source) return { kind: 'passes' };
  return { kind: first.on === null ? 'blocked' : 'edge', by: cutOffBy(state, first) ?? addressOf(source.step.id) };
}

/** Whether those that wait for a step need not wait for it any more. */
export function isThrough(step: StepState): boolean {
  return step.kind === 'ended' && (step.held ?? 0) === 0;
}

function cutOffBy(state: RunState, { from }: Edge): Address | undefined {
  const source = state.steps.at(from);
  return source.kind === 'ended' ? source.cutOffBy : undefined;
}

function passes(state: RunState, edge: Edge): boolean {
  const source = state.steps.at(edge.from);
  const required = state.graph.nodes[edge.from]?.step.required ?? true;
  if (source.kind !== 'ended' || source.cutOffBy !== undefined) return false;
  return edge.on === null ? passesPlainly(source, required) : edge.on.some((outcome) => hasOutcome(source, outcome));
}

function passesPlainly({ result }: Ended, required: boolean): boolean {
  switch (result.kind) {
    case 'success':
      return true;
    case 'failed':
      return !required;
    case 'skipped':
      return result.reason.kind !== 'blocked';
    case 'cancelled':
      return false;
  }
}

function hasOutcome({ result }: Ended, outcome: EdgeOutcome): boolean {
  switch (outcome) {
    case 'success':
      return result.kind === 'success';
    case 'failure':
      return result.kind === 'failed';
    case 'skipped':
      return result.kind === 'skipped';
  }
}

/** True for a step that a stopped run may still start: it waits for a failure, and that has come. */
export function answersFailure(state: RunState, node: GraphNode): boolean {
  return node.edges.some((edge) => {
    const source = state.steps.at(edge.from);
    return edge.on?.includes('failure') && source.kind === 'ended' && source.result.kind === 'failed';
  });
}
