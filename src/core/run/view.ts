import { hasTemplate } from '../expression/parse-template.ts';
import type { StepFacts } from '../expression/scope.ts';
import type { Failure } from '../model/failure.ts';
import { addressOf, type StepId } from '../model/ids.ts';
import type { RunView, StepStatus, StepView, ViewEdge } from '../model/run-view.ts';
import type { Edge, GraphNode } from '../plan/graph.ts';
import { rollbackViewOf } from './rollback-view.ts';
import type { RunState, StepResult, StepState } from './state.ts';
import { statusOf } from './status.ts';

/** The run as reports and doors show it. Linear in the number of steps: for the end of a run, not for every event. */
export function viewOf(state: RunState): RunView {
  const { facts } = state;
  const { workflow } = facts;
  return {
    runId: facts.runId,
    workflow: {
      name: workflow.name,
      version: workflow.version,
      type: workflow.type,
      ...(workflow.description === undefined ? {} : { description: workflow.description }),
      file: facts.file,
    },
    status: statusOf(state),
    ended: state.end !== null,
    attempt: state.attempt,
    startedAt: facts.at,
    endedAt: state.end?.at ?? null,
    durationMs: state.end?.durationMs ?? null,
    parameters: parametersOf(state),
    steps: state.graph.nodes.map((node) => stepViewOf(state, node)),
    outputs: state.outputs,
    secretOutputs: state.secretOutputs,
    error: state.error,
    diagnostics: state.diagnostics,
    rollback: rollbackViewOf(state),
  };
}

function parametersOf({ facts }: RunState): RunView['parameters'] {
  const secret = new Set(facts.secretParameters);
  return facts.workflow.parameters
    .filter(({ name }) => secret.has(name) || Object.hasOwn(facts.parameters, name))
    .map(({ name, label }) => ({
      name,
      label: label ?? null,
      value: secret.has(name) ? '***' : (facts.parameters[name] ?? null),
    }));
}

/** One step; cheap enough for live views. */
export function stepViewOf(state: RunState, node: GraphNode): StepView {
  const step = state.steps.at(node.position);
  const { id, name, handler, required } = node.step;
  return {
    id,
    address: addressOf(id),
    // A name that was never settled says nothing but how it would be made.
    name: settledName(step) ?? (hasTemplate(name) ? id : name),
    handler,
    section: node.section,
    required,
    visits: step.visits,
    ...progressOf(step),
    dependencies: node.edges.flatMap((edge) => viewEdge(state, edge)),
  };
}

/** Its status, for expressions and views. */
export function stepStatusOf(step: StepState): StepStatus {
  switch (step.kind) {
    case 'pending':
    case 'settling':
      return 'pending';
    case 'ready':
      return step.attempt > 1 ? 'running' : 'pending';
    case 'running':
    case 'retrying':
      return 'running';
    case 'ended':
      return step.undone ? 'undone' : step.result.kind;
  }
}

type Progress = Pick<
  StepView,
  | 'status'
  | 'skipped'
  | 'attempts'
  | 'startedAt'
  | 'endedAt'
  | 'durationMs'
  | 'retryAt'
  | 'outputs'
  | 'secretOutputs'
  | 'error'
  | 'findings'
  | 'files'
>;

const nothingYet: Omit<Progress, 'status'> = {
  skipped: null,
  attempts: 0,
  startedAt: null,
  endedAt: null,
  durationMs: null,
  retryAt: null,
  outputs: {},
  secretOutputs: [],
  error: null,
  findings: [],
  files: [],
};

function progressOf(step: StepState): Progress {
  const status = stepStatusOf(step);
  switch (step.kind) {
    case 'pending':
    case 'settling':
      return { ...nothingYet, status };
    case 'ready':
      return { ...nothingYet, status, attempts: step.attempt - 1, startedAt: step.startedAt, findings: step.findings };
    case 'running':
      return { ...nothingYet, status, attempts: step.attempt, startedAt: step.startedAt, findings: step.findings };
    case 'retrying':
      return {
        ...nothingYet,
        status,
        attempts: step.attempt,
        startedAt: step.startedAt,
        retryAt: step.retryAt,
        error: step.failure,
        findings: step.findings,
      };
    case 'ended': {
      const { result } = step;
      return {
        status,
        skipped: result.kind === 'skipped' ? result.reason : null,
        attempts: step.attempts,
        startedAt: step.startedAt,
        endedAt: step.endedAt,
        durationMs: step.durationMs,
        retryAt: null,
        outputs: result.kind === 'success' || result.kind === 'failed' ? result.outputs : {},
        secretOutputs: result.kind === 'success' ? result.secretOutputs : [],
        error: errorOf(result),
        findings: step.findings,
        files: step.files,
      };
    }
  }
}

function errorOf(result: StepResult): Failure | null {
  if (result.kind === 'failed') return result.failure;
  return result.kind === 'cancelled' ? { kind: 'cancelled', message: result.message } : null;
}

function settledName(step: StepState): string | null {
  switch (step.kind) {
    case 'pending':
    case 'settling':
      return null;
    case 'ended':
      return step.name;
    default:
      return step.settings.name;
  }
}

function viewEdge(state: RunState, edge: Edge): readonly ViewEdge[] {
  const from = state.graph.nodes[edge.from]?.step.id;
  return from === undefined ? [] : [{ from, on: edge.on, implied: edge.implied }];
}

/** What expressions read of a step: `steps.ID.…`; null where there is no such step. */
export function stepFactsOf(state: RunState, id: string): StepFacts | null {
  const position = state.graph.positionOf(id as StepId);
  const node = position === undefined ? undefined : state.graph.nodes[position];
  if (!node) return null;
  const step = state.steps.at(node.position);
  const { visits } = step;
  const { status, attempts, durationMs, outputs, error } = progressOf(step);
  const failure = error && { kind: error.kind, message: error.message, exit_code: error.exitCode ?? null };
  return { outputs, status, error: failure, attempts, visits, duration_ms: durationMs };
}
