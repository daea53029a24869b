import { parseDuration } from '../document/duration.ts';
import { describeFault } from '../expression/fault.ts';
import { type Scope, scopeOfRoots } from '../expression/scope.ts';
import { settleJson } from '../expression/settle.ts';
import type { RunStarted } from '../model/event.ts';
import type { Failure } from '../model/failure.ts';
import type { RunId, StepId } from '../model/ids.ts';
import type { Json, JsonMap } from '../model/json.ts';
import { err, ok, type Result } from '../model/result.ts';
import type { Selection } from '../model/selection.ts';
import type { Step, Workflow } from '../model/workflow.ts';
import { type Graph, graphOf } from '../plan/graph.ts';
import { selectedSteps } from '../plan/selection.ts';
import { type Environment, environmentRoot } from './environment-root.ts';
import { conditionHolds } from './settle-step.ts';
import { settleWorkflowConfig } from './settle-workflow-config.ts';

/** Where a run begins: everything that is known before its first step. */
export interface Beginning {
  readonly runId: RunId;
  readonly at: number;
  readonly engine: string;
  readonly workflow: Workflow;
  readonly file: string;
  readonly definitionHash: string;
  readonly commit: string | null;
  readonly workspace: string;
  /** Settled parameters, and beside them the secret ones. */
  readonly parameters: JsonMap;
  readonly secretParameters: JsonMap;
  readonly task: Json;
  readonly github: Json;
  readonly env: { readonly [name: string]: string };
  readonly adapters: JsonMap;
  readonly selection: Selection;
  /** What `max_parallel` is where the definition and the door say nothing. */
  readonly cores: number;
  /** The door's own limit; null: none given. */
  readonly maxParallel: number | null;
  readonly now: () => string;
  readonly hashFiles: (patterns: readonly string[]) => Result<string, string>;
}

/** A value of the definition that cannot be settled at the start. `place` is its path. */
export interface BeginningFault {
  readonly place: string;
  readonly message: string;
}

/** Settles what the start settles, once: `config`, `enabled`, `max_parallel`, `timeout`, the selection. */
export function beginRun(from: Beginning): Result<RunStarted, readonly BeginningFault[]> {
  const config = settleWorkflowConfig(from.workflow.config, (settled) => startScope(from, settled));
  if (!config.ok) return err(config.error.map(({ key, message }) => ({ place: `config.${key}`, message })));

  const scope = startScope(from, config.value);
  const limits = settleLimits(from, scope);
  if (!limits.ok) return limits;
  return ok({
    kind: 'run-started',
    at: from.at,
    runId: from.runId,
    engine: from.engine,
    workflow: from.workflow,
    file: from.file,
    definitionHash: from.definitionHash,
    commit: from.commit,
    workspace: from.workspace,
    parameters: from.parameters,
    secretParameters: Object.keys(from.secretParameters).filter((name) => from.secretParameters[name] !== null),
    config: config.value,
    task: from.task,
    github: from.github,
    selection: from.selection,
    ...takingPart(graphOf(from.workflow), from.selection, scope),
    ...limits.value,
  });
}

/** Who takes part: the selection's steps, and those whose `enabled` keeps them out. */
export function takingPart(
  graph: Graph,
  selection: Selection,
  scope: Scope,
): Pick<RunStarted, 'selected' | 'disabled' | 'enabledFailures'> {
  const disabled: StepId[] = [];
  const enabledFailures: { [id: string]: Failure } = {};
  for (const { step } of graph.nodes) {
    const enabled = isEnabled(step, selection, scope);
    if (!enabled.ok) enabledFailures[step.id] = { kind: 'configuration', message: `enabled: ${enabled.error}` };
    else if (!enabled.value) disabled.push(step.id);
  }
  return { selected: selectedSteps(graph, selection), disabled, enabledFailures };
}

function isEnabled(step: Step, selection: Selection, scope: Scope): Result<boolean, string> {
  if (selection.enable.includes(step.id)) return ok(true);
  if (step.automatic) return ok(true);
  if (selection.disable.includes(step.id)) return ok(false);
  return typeof step.enabled === 'boolean' ? ok(step.enabled) : conditionHolds(step.enabled, scope);
}

/** What expressions read before any step: parameters, environment and context, and `config` as far as it is settled. */
export function startScope(
  from: Pick<
    Beginning,
    'parameters' | 'env' | 'task' | 'github' | 'adapters' | 'workflow' | 'runId' | 'now' | 'hashFiles'
  >,
  config: JsonMap,
): Scope {
  const { name, version } = from.workflow;
  const roots = {
    // What is settled here is recorded, so secret parameters cannot be read.
    parameters: from.parameters,
    trigger: from.parameters,
    config,
    env: from.env,
    task: from.task,
    github: from.github,
    adapter: from.adapters,
    workflow: { name, version, status: 'success', error: null, run_id: from.runId, attempt: 1 },
  };
  const more = { now: from.now, hashFiles: from.hashFiles };
  const env = environmentRoot(from.env, from.workflow.defaults.env, scopeOfRoots(roots, more), rootsForEnvironment);
  return scopeOfRoots({ ...roots, env }, more);
}

/** `config` may itself read `env`, so at the start `env` holds nothing that reads `config`. */
const rootsForEnvironment: ReadonlySet<string> = new Set([
  'parameters',
  'trigger',
  'env',
  'task',
  'github',
  'workflow',
]);

/** The root `env` as steps read it: `config` is settled by then. */
export function stepEnvironment(from: Parameters<typeof startScope>[0], config: JsonMap): Environment {
  const readable = new Set([...rootsForEnvironment, 'config', 'adapter']);
  return environmentRoot(from.env, from.workflow.defaults.env, startScope(from, config), readable);
}

function settleLimits(
  { workflow, maxParallel, cores }: Beginning,
  scope: Scope,
): Result<Pick<RunStarted, 'maxParallel' | 'timeoutMs'>, readonly BeginningFault[]> {
  const parallel = settleOne(workflow.maxParallel ?? cores, scope);
  if (!parallel.ok) return err([{ place: 'max_parallel', message: parallel.error }]);
  const places = parallel.value ?? cores;
  if (typeof places !== 'number' || !Number.isInteger(places) || places < 1) {
    return err([{ place: 'max_parallel', message: 'must be a whole number of 1 or more' }]);
  }
  const timeout = settleOne(workflow.timeout ?? null, scope);
  if (!timeout.ok) return err([{ place: 'timeout', message: timeout.error }]);
  const duration = timeout.value === null || timeout.value === undefined ? ok(null) : parseDuration(timeout.value);
  if (!duration.ok) return err([{ place: 'timeout', message: duration.error }]);
  return ok({ maxParallel: maxParallel ?? places, timeoutMs: duration.value });
}

function settleOne(value: Json, scope: Scope): Result<Json | undefined, string> {
  const settled = settleJson(value, scope);
  return settled.ok ? settled : err(describeFault(settled.error));
}
