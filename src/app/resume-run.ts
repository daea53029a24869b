import type { Diagnostic } from '../core/diagnostic/diagnostic.ts';
import { canonicalJson } from '../core/document/canonical-json.ts';
import type { RunResumed } from '../core/model/event.ts';
import { addressOf, type StepId } from '../core/model/ids.ts';
import { isoTime } from '../core/model/iso-time.ts';
import { type JsonMap, plainData } from '../core/model/json.ts';
import { err, ok, type Result } from '../core/model/result.ts';
import { graphOf } from '../core/plan/graph.ts';
import { downstreamOf } from '../core/plan/reachability.ts';
import { startScope, takingPart } from '../core/run/begin-run.ts';
import { settleWorkflowConfig } from '../core/run/settle-workflow-config.ts';
import type { RunState } from '../core/run/state.ts';
import { viewOf } from '../core/run/view.ts';
import { Blueprints } from './blueprints.ts';
import { checkSelection } from './check-selection.ts';
import { type LoadedWorkflow, loadWorkflow } from './load-workflow.ts';
import type { Platform } from './platform.ts';
import { hasEndedInSuccess, secretGivers, stepsReadBy } from './reads.ts';
import { withRecordedRun } from './recorded-run.ts';
import type { RunRequest } from './run-request.ts';
import { driveRun, type FinishedRun, type RunRefusal, type RunSession } from './run-workflow.ts';
import { type SettledRequest, settleRequest } from './settle-request.ts';

export interface ResumeRequest extends RunRequest {
  /** Go on although the definition, a parameter or the commit changed. */
  readonly acceptChanges: boolean;
}

/** Takes a recorded run up again: one that died goes on, one that ended is opened (LANGUAGE.md section 6). */
export async function resumeRun(
  platform: Platform,
  runId: string,
  request: ResumeRequest,
  session: RunSession,
): Promise<Result<FinishedRun, RunRefusal>> {
  return withRecordedRun(platform, runId, async ({ before, journal }) => {
    const prepared = await prepare(platform, before, request);
    if (!prepared.ok) return prepared;
    session.onRun?.(journal.runId);
    if (isDone(before, request)) return ok(asItStands(before, prepared.value.loaded));
    // A step that is started again must not meet itself.
    if (before.end === null) await platform.endLeftOvers(journal.runId);
    const { loaded, settled, event } = prepared.value;
    return ok(await driveRun(platform, { loaded, request, settled, session }, before, event, journal));
  });
}

/**
 * A run that ended in success is not opened, `finally` would run twice, unless steps of it were taken back or the caller asks for a part
 * of it.
 */
function isDone({ end, graph, steps }: RunState, { acceptChanges, selection }: ResumeRequest): boolean {
  const isUndone = graph.nodes.some(({ position }) => {
    const step = steps.at(position);
    return step.kind === 'ended' && step.undone;
  });
  const asked = acceptChanges || Object.values(selection).some((ids) => ids.length > 0);
  return end?.status === 'success' && !isUndone && !asked;
}

function asItStands(before: RunState, loaded: LoadedWorkflow): FinishedRun {
  const view = viewOf(before);
  const notice: Diagnostic = {
    code: 'state',
    severity: 'notice',
    message: `Run ${view.runId} ended in success: nothing of it is left to do.`,
    hint: 'Run a part of it again with --from STEP, or start a new run.',
  };
  return { view, diagnostics: [...loaded.diagnostics, ...view.diagnostics, notice], secretOutputs: {} };
}

interface Prepared {
  readonly loaded: LoadedWorkflow;
  readonly settled: SettledRequest;
  readonly event: RunResumed;
}

async function prepare(
  platform: Platform,
  before: RunState,
  request: ResumeRequest,
): Promise<Result<Prepared, RunRefusal>> {
  const loaded = await loadWorkflow(platform, before.facts.file, request.set);
  if (!loaded.ok) return err({ kind: 'invalid', diagnostics: loaded.error.diagnostics });
  const again = withRecordedParameters(before, request);
  const settled = settleRequest(platform, loaded.value, again);
  if (!settled.ok) return err({ kind: 'invalid', diagnostics: settled.error });
  const changes = await changesSince(platform, before, loaded.value, settled.value);
  if (changes.length > 0 && !request.acceptChanges) return err({ kind: 'state', diagnostics: changes });
  const missing = missingSecrets(before, settled.value);
  if (missing.length > 0) return err({ kind: 'invalid', diagnostics: missing });
  const event = resumption(platform, before, loaded.value, settled.value, again);
  if (!event.ok) return err({ kind: 'invalid', diagnostics: event.error });
  return ok({ loaded: loaded.value, settled: settled.value, event: event.value });
}

/** Parameters of the run stand unless the caller gives others; secret ones are given again. */
export function withRecordedParameters({ facts }: RunState, request: RunRequest): RunRequest {
  const recorded = Object.entries(facts.parameters)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => [name, { value, text: false, origin: 'the recorded run' }] as const);
  return {
    ...request,
    parameters: { ...Object.fromEntries(recorded), ...request.parameters },
    task: request.task ?? facts.task,
  };
}

/** What is not as it was: going on needs `--accept-changes`. */
async function changesSince(
  platform: Platform,
  before: RunState,
  loaded: LoadedWorkflow,
  settled: SettledRequest,
): Promise<readonly Diagnostic[]> {
  const { facts } = before;
  const changes: Diagnostic[] = [];
  if (loaded.definitionHash !== facts.definitionHash) {
    changes.push(
      changed(`The definition ${loaded.file} is not the one that the run started with${whatDiffers(before, loaded)}.`),
    );
  }
  const commit = await platform.commit();
  const expected = expectedCommit(before);
  if (expected !== undefined && commit !== expected) {
    changes.push(changed(`The commit is ${commit ?? 'none'}, but the run left ${expected ?? 'none'}.`));
  }
  const read = parametersReadByFinished(before);
  for (const [name, value] of Object.entries(settled.parameters.values)) {
    if (canonicalJson(value) === canonicalJson(facts.parameters[name] ?? null) || !read.has(name)) continue;
    changes.push(changed(`Parameter \`${name}\` changed, and a finished step has read it.`));
  }
  return changes;
}

/** Values of secrets are not recorded: what the run was given, a resume must be given again. */
function missingSecrets({ facts }: RunState, { parameters }: SettledRequest): readonly Diagnostic[] {
  return facts.secretParameters
    .filter((name) => (parameters.secretValues[name] ?? null) === null)
    .map((name) => ({
      code: 'parameter-value',
      severity: 'error',
      message: `The run was given the secret parameter \`${name}\`, and it is not recorded.`,
      path: `parameters.${name}`,
      hint: `Give it again, as with \`-p ${name}=…\`.`,
    }));
}

function changed(message: string): Diagnostic {
  return {
    code: 'changed',
    severity: 'error',
    message,
    hint: 'Go on all the same with --accept-changes, or start a new run.',
  };
}

function whatDiffers({ facts }: RunState, { workflow }: LoadedWorkflow): string {
  const then = new Map(
    facts.workflow.steps.concat(facts.workflow.finally).map((step) => [step.id, canonicalJson(plainData(step))]),
  );
  const now = new Map(workflow.steps.concat(workflow.finally).map((step) => [step.id, canonicalJson(plainData(step))]));
  const added = [...now.keys()].filter((id) => !then.has(id));
  const removed = [...then.keys()].filter((id) => !now.has(id));
  const different = [...now].filter(([id, text]) => then.has(id) && then.get(id) !== text).map(([id]) => id);
  const parts = [
    ...(added.length > 0 ? [`new steps: ${added.join(', ')}`] : []),
    ...(removed.length > 0 ? [`removed steps: ${removed.join(', ')}`] : []),
    ...(different.length > 0 ? [`changed steps: ${different.join(', ')}`] : []),
  ];
  return parts.length > 0 ? ` (${parts.join('; ')})` : '';
}

interface CommitMover {
  /** The output that says which commit is checked out afterwards. */
  readonly output: string;
  /** Whether an undo of the step moves back. */
  readonly movesBack: boolean;
}

/** Handlers that may move the commit which is checked out. */
const commitMovers: { readonly [handler: string]: CommitMover } = {
  'git.commit': { output: 'commit', movesBack: true },
  'git.operation': { output: 'commit', movesBack: true },
  // It goes forward to the remote's newest commits before it raises the version.
  'release.version_bump': { output: 'base_commit', movesBack: false },
};

/** The commit that the run started at or moved to last; undefined where nobody saw whether it moved. */
function expectedCommit({ graph, steps, facts }: RunState): string | null | undefined {
  let newest: { readonly commit: string; readonly at: number } | null = null;
  for (const { step, position } of graph.nodes) {
    const mover = commitMovers[step.handler];
    if (mover === undefined) continue;
    const made = steps.at(position);
    if (made.kind === 'running') return undefined;
    if (made.kind !== 'ended' || made.result.kind !== 'success' || (made.undone && mover.movesBack)) continue;
    const { [mover.output]: commit, operation } = made.result.outputs;
    // What was pushed need not be what is checked out.
    if (operation === 'push') continue;
    if (typeof commit === 'string' && made.endedAt >= (newest?.at ?? 0)) newest = { commit, at: made.endedAt };
  }
  return newest?.commit ?? facts.commit;
}

function parametersReadByFinished({ graph, steps }: RunState): ReadonlySet<string> {
  const read = new Set<string>();
  for (const node of graph.nodes) {
    const step = steps.at(node.position);
    if (step.kind === 'ended' && step.result.kind === 'success') for (const name of step.parametersRead) read.add(name);
  }
  return read;
}

function resumption(
  platform: Platform,
  before: RunState,
  loaded: LoadedWorkflow,
  settled: SettledRequest,
  request: RunRequest,
): Result<RunResumed, readonly Diagnostic[]> {
  const { workflow } = loaded;
  const blueprints = new Blueprints(platform, loaded, workflow, request.set);
  const asked = Object.values(request.selection).some((ids) => ids.length > 0);
  const selection = asked
    ? checkSelection(workflow, request.selection, {
        reads: stepsReadBy(loaded, blueprints),
        known: (id) => hasEndedInSuccess(before, id),
      })
    : ok(before.facts.selection);
  if (!selection.ok) return selection;

  const from = {
    runId: before.facts.runId,
    workflow,
    parameters: settled.parameters.values,
    secretParameters: settled.parameters.secretValues,
    env: settled.env,
    task: before.facts.task,
    github: platform.github,
    adapters: settled.adapters,
    now: () => isoTime(platform.clock.now()),
    hashFiles: (patterns: readonly string[]) => platform.hashFiles(patterns),
  };
  const sameDefinition = loaded.definitionHash === before.facts.definitionHash;
  const config = sameDefinition
    ? ok(before.facts.config)
    : settleWorkflowConfig(workflow.config, (partial) => startScope(from, partial));
  if (!config.ok) {
    return err(config.error.map(({ key, message }) => changed(`\`config.${key}\` cannot be settled: ${message}.`)));
  }
  const part = takingPart(graphOf(workflow), selection.value, startScope(from, config.value));
  return ok({
    kind: 'run-resumed',
    at: platform.clock.now(),
    attempt: before.attempt + 1,
    changes: {
      ...(sameDefinition ? {} : { workflow, definitionHash: loaded.definitionHash, config: config.value }),
      ...(asked || !sameDefinition ? { selection: selection.value, ...part } : {}),
      ...(request.maxParallel === null ? {} : { maxParallel: request.maxParallel }),
      parameters: platform.masker.maskJson(settled.parameters.values) as JsonMap,
    },
    keepsOrder: true,
    again: [...runsAgain(before, loaded, blueprints, asked ? selection.value.from : [])].map((id) => addressOf(id)),
  });
}

/** `--from` is the one case in which a finished step runs again; givers of lost secrets are the other reason. */
function runsAgain(
  before: RunState,
  loaded: LoadedWorkflow,
  blueprints: Blueprints,
  from: readonly StepId[],
): ReadonlySet<StepId> {
  const graph = graphOf(loaded.workflow);
  const again = new Set(secretGivers(before, loaded, blueprints));
  const starts = from.flatMap((id) => graph.positionOf(id) ?? []);
  for (const position of [...starts, ...downstreamOf(graph, starts)]) {
    const id = graph.nodes[position]?.step.id;
    if (id !== undefined) again.add(id);
  }
  return again;
}
