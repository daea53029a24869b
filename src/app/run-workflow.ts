import type { Diagnostic } from '../core/diagnostic/diagnostic.ts';
import type { RunEvent, RunStarted } from '../core/model/event.ts';
import { makeRunId, type RunId } from '../core/model/ids.ts';
import { isoTime } from '../core/model/iso-time.ts';
import { err, ok, type Result } from '../core/model/result.ts';
import type { RunView } from '../core/model/run-view.ts';
import type { Observer } from '../core/ports/observer.ts';
import type { Journal, StateRefusal } from '../core/ports/run-store.ts';
import { beginRun, stepEnvironment } from '../core/run/begin-run.ts';
import { HandlerPerformer } from '../core/run/handler-performer.ts';
import { runLoop } from '../core/run/loop.ts';
import type { RunState } from '../core/run/state.ts';
import { viewOf } from '../core/run/view.ts';
import { Blueprints } from './blueprints.ts';
import { checkSelection } from './check-selection.ts';
import { type LoadedWorkflow, loadWorkflow } from './load-workflow.ts';
import type { Platform } from './platform.ts';
import { parametersReadBy, stepsReadBy } from './reads.ts';
import type { RunRequest } from './run-request.ts';
import { type SettledRequest, settleRequest } from './settle-request.ts';

/** Why a run did not start: what was written is wrong (exit 2), or the state cannot be used (exit 5). */
export type RunRefusal =
  | { readonly kind: 'invalid'; readonly diagnostics: readonly Diagnostic[] }
  | { readonly kind: 'state'; readonly diagnostics: readonly Diagnostic[] };

/** A refused state as a diagnostic. */
export function stateRefused({ message }: Pick<StateRefusal, 'message'>): RunRefusal {
  return { kind: 'state', diagnostics: [{ code: 'state', severity: 'error', message }] };
}

export interface FinishedRun {
  readonly view: RunView;
  /** Of the definition and of the run. */
  readonly diagnostics: readonly Diagnostic[];
  /** Values of the run's secret outputs: for the door that may pass them on, never for a report. */
  readonly secretOutputs: { readonly [name: string]: string };
}

/** Who watches the run, and how it is cancelled. */
export interface RunSession {
  readonly observer: Observer;
  /** Calls back on each request to cancel; a second one, or `force`, ends `finally` too. */
  onCancel(listener: (message: string, force: boolean) => void): void;
  /** Called with the run's id before its first event. */
  onRun?(runId: RunId): void;
}

/** Reads, checks and runs a workflow to its end. */
export async function runWorkflow(
  platform: Platform,
  reference: string,
  request: RunRequest,
  session: RunSession,
): Promise<Result<FinishedRun, RunRefusal>> {
  const loaded = await loadWorkflow(platform, reference, request.set);
  if (!loaded.ok) return err({ kind: 'invalid', diagnostics: loaded.error.diagnostics });
  const started = await startOf(platform, loaded.value, request);
  if (!started.ok) return err({ kind: 'invalid', diagnostics: [...loaded.value.diagnostics, ...started.error] });

  const store = await platform.openStore();
  if (!store.ok) return err(stateRefused(store.error));
  const { event, settled } = started.value;
  const journal = await store.value.create(event.runId);
  if (!journal.ok) return err(stateRefused(journal.error));
  try {
    session.onRun?.(event.runId);
    return ok(
      await driveRun(platform, { loaded: loaded.value, request, settled, session }, null, event, journal.value),
    );
  } finally {
    await journal.value.close();
    await store.value.close();
  }
}

/** What a new run starts with, or everything that keeps it from starting. */
export async function startOf(
  platform: Platform,
  loaded: LoadedWorkflow,
  request: RunRequest,
): Promise<Result<{ readonly event: RunStarted; readonly settled: SettledRequest }, readonly Diagnostic[]>> {
  const { workflow } = loaded;
  const blueprints = new Blueprints(platform, loaded, workflow, request.set);
  const settled = settleRequest(platform, loaded, request);
  const selection = checkSelection(workflow, request.selection, {
    reads: stepsReadBy(loaded, blueprints),
    known: () => false,
  });
  const faults = [...(settled.ok ? [] : settled.error), ...(selection.ok ? [] : selection.error)];
  if (!settled.ok || !selection.ok || faults.length > 0) return err(faults);

  const at = platform.clock.now();
  const started = beginRun({
    runId: makeRunId(isoTime(at), platform.random.token(6)),
    at,
    engine: platform.version,
    workflow,
    file: loaded.file,
    definitionHash: loaded.definitionHash,
    commit: await platform.commit(),
    workspace: platform.workspace,
    parameters: settled.value.parameters.values,
    secretParameters: settled.value.parameters.secretValues,
    task: request.task,
    github: platform.github,
    env: settled.value.env,
    adapters: settled.value.adapters,
    selection: selection.value,
    cores: platform.cores,
    maxParallel: request.maxParallel,
    now: () => isoTime(platform.clock.now()),
    hashFiles: (patterns) => platform.hashFiles(patterns),
  });
  if (started.ok) return ok({ event: masked(platform, started.value), settled: settled.value });
  return err(
    started.error.map(({ place, message }) => ({
      code: 'expression',
      severity: 'error',
      message: `\`${place}\`: ${platform.masker.mask(message)}.`,
      span: loaded.source.at(...place.split('.')).span,
      path: place,
    })),
  );
}

/** Everything a drive needs that the journal does not hold. */
export interface Drive {
  readonly loaded: LoadedWorkflow;
  readonly request: RunRequest;
  readonly settled: SettledRequest;
  readonly session: RunSession;
}

/** From an event to the end of the run. `state` is what the journal holds; null for a new run. */
export async function driveRun(
  platform: Platform,
  { loaded, request, settled, session }: Drive,
  state: RunState | null,
  first: RunEvent,
  journal: Journal,
): Promise<FinishedRun> {
  const { observer } = session;
  const runner = loaded.plugins.runner({
    runId: journal.runId,
    observer,
    adapters: settled.adapters,
    configuration: loaded.configuration,
    env: request.env,
    secrets: request.secrets,
  });
  const blueprintsAt = blueprintsOf(platform, loaded, request);
  const env = environmentOfRun(platform, settled, factsAfter(state, first));
  const performers: HandlerPerformer[] = [];
  const end = await runLoop(
    state,
    first,
    {
      journal,
      observer,
      alwaysFull: request.durability === 'full',
      breathe: () => new Promise((resolve) => platform.clock.schedule(0, resolve)),
      rollbackClass: (handler) => loaded.catalog.find(handler)?.rollback ?? 'none',
      performer: (answer, current) => {
        const performer = new HandlerPerformer(
          {
            clock: platform.clock,
            random: platform.random,
            catalog: loaded.catalog,
            runner,
            masker: platform.masker,
            logs: platform.logs(journal.runId),
            surroundings: {
              env,
              secrets: request.secrets,
              secretParameters: settled.parameters.secretValues,
              adapters: settled.adapters,
              hashFiles: (patterns) => platform.hashFiles(patterns),
            },
            blueprint: (node) => blueprintsAt(current()).of(node),
            parametersRead: (node) => parametersReadBy(current().facts.workflow, blueprintsAt(current()))(node),
          },
          answer,
          current,
        );
        performers.push(performer);
        return performer;
      },
    },
    (answer) => {
      let asked = 0;
      session.onCancel((message, force) => {
        asked++;
        const at = platform.clock.now();
        answer({ kind: 'cancel-requested', at, message, force: force || asked > 1 });
      });
    },
  );
  const view = viewOf(end);
  return {
    view,
    diagnostics: [...loaded.diagnostics, ...view.diagnostics],
    secretOutputs: performers[0]?.secretRunOutputs ?? {},
  };
}

function factsAfter(state: RunState | null, first: RunEvent): RunStarted {
  if (first.kind === 'run-started') return first;
  if (state === null) throw new Error(`a run cannot begin with ${first.kind}`);
  return first.kind === 'run-resumed' ? { ...state.facts, ...first.changes } : state.facts;
}

function environmentOfRun(platform: Platform, { env, adapters }: SettledRequest, facts: RunStarted) {
  const { workflow, parameters, task, github, runId, config } = facts;
  const now = () => isoTime(platform.clock.now());
  const hashFiles = (patterns: readonly string[]) => platform.hashFiles(patterns);
  return stepEnvironment({ env, workflow, parameters, task, github, adapters, runId, now, hashFiles }, config);
}

/** The definition may change on a resume, so blueprints follow the state; they are made once for each definition. */
function blueprintsOf(platform: Platform, loaded: LoadedWorkflow, request: RunRequest) {
  let made: { readonly workflow: object; readonly blueprints: Blueprints } | null = null;
  return ({ facts: { workflow } }: RunState): Blueprints => {
    if (made?.workflow !== workflow) {
      made = { workflow, blueprints: new Blueprints(platform, loaded, workflow, request.set) };
    }
    return made.blueprints;
  };
}

/** A value that holds a secret by accident (a default that repeats one) must not reach the journal either. */
function masked(platform: Platform, event: RunStarted): RunStarted {
  const { parameters, config, task, github } = event;
  const clean = platform.masker.maskJson({ parameters, config, task, github });
  return { ...event, ...(clean as Pick<RunStarted, 'parameters' | 'config' | 'task' | 'github'>) };
}
