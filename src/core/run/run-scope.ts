import type { Scope, StepFacts } from '../expression/scope.ts';
import { isoTime } from '../model/iso-time.ts';
import type { Json, JsonMap } from '../model/json.ts';
import type { Result } from '../model/result.ts';
import type { Clock } from '../ports/clock.ts';
import type { RunState } from './state.ts';
import { statusOf } from './status.ts';
import { stepFactsOf } from './view.ts';

/** What expressions can read beside the run's own state. Secrets stand only here, never in the state. */
export interface Surroundings {
  readonly env: { readonly [name: string]: string };
  readonly secrets: JsonMap;
  readonly secretParameters: JsonMap;
  /** Outputs that are secret, by step id. */
  readonly secretOutputs: ReadonlyMap<string, JsonMap>;
  /** Configuration of the integration adapters by name. */
  readonly adapters: JsonMap;
  readonly clock: Clock;
  hashFiles(patterns: readonly string[]): Result<string, string>;
}

export interface ScopeOptions {
  /** Value of the root `outputs`: what the handler gave. */
  readonly outputs?: JsonMap;
  /** Facts that replace those of the state for one step: its own, while its end is being worked out. */
  readonly self?: { readonly id: string; readonly facts: StepFacts };
  /** `success()` and its sisters may be called. */
  readonly statusFunctions?: boolean;
}

export function runScope(state: RunState, around: Surroundings, options: ScopeOptions = {}): Scope {
  const { facts } = state;
  const parameters = { ...facts.parameters, ...around.secretParameters };
  const step = (id: string): StepFacts | null =>
    options.self?.id === id ? options.self.facts : withSecrets(stepFactsOf(state, id), around.secretOutputs.get(id));

  return {
    root(name) {
      switch (name) {
        case 'parameters':
        case 'trigger':
          return parameters;
        case 'config':
          return facts.config;
        case 'env':
          return around.env;
        case 'secrets':
          return around.secrets;
        case 'task':
          return facts.task;
        case 'github':
          return facts.github;
        case 'adapter':
          return around.adapters;
        case 'state':
          return state.shared;
        case 'outputs':
          return options.outputs ?? null;
        case 'workflow':
          return workflowFacts(state);
        case 'steps':
          return Object.fromEntries(state.graph.nodes.map(({ step: { id } }) => [id as string, step(id) as Json]));
        default:
          return null;
      }
    },
    step,
    state: (key) => (Object.hasOwn(state.shared, key) ? (state.shared[key] ?? null) : null),
    now: () => isoTime(around.clock.now()),
    hashFiles: (patterns) => around.hashFiles(patterns),
    status: () => {
      if (!options.statusFunctions) return null;
      const status = statusOf(state);
      return {
        success: status === 'success' || status === 'partial',
        failure: status === 'failed',
        cancelled: status === 'cancelled',
      };
    },
  };
}

function workflowFacts(state: RunState): Json {
  const { workflow, runId } = state.facts;
  return {
    name: workflow.name,
    version: workflow.version,
    status: statusOf(state),
    error: state.error && { ...state.error },
    run_id: runId,
    attempt: state.attempt,
  };
}

function withSecrets(facts: StepFacts | null, secrets: JsonMap | undefined): StepFacts | null {
  if (!facts || !secrets) return facts;
  return { ...facts, outputs: { ...(facts.outputs as JsonMap), ...secrets } };
}
