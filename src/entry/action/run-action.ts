import { type ActionInputs, readActionInputs, secretValues } from '../../adapters/github-runner/action-inputs.ts';
import { ActionLog } from '../../adapters/github-runner/action-log.ts';
import { actionWorkspace } from '../../adapters/github-runner/action-workspace.ts';
import { githubContext } from '../../adapters/github-runner/github-context.ts';
import {
  failsJob,
  type ReportTargets,
  reportDiagnostics,
  reportFileFaults,
  reportPlan,
  reportRun,
} from '../../adapters/github-runner/run-report.ts';
import { RunnerConsole, type Write } from '../../adapters/github-runner/runner-console.ts';
import { type RunnerEnvironment, RunnerFiles } from '../../adapters/github-runner/runner-files.ts';
import { RunnerMasker, RunnerMasks } from '../../adapters/github-runner/runner-masker.ts';
import { CommandNeutraliser } from '../../adapters/output/neutralise.ts';
import { loadWorkflow } from '../../app/load-workflow.ts';
import { planWorkflow } from '../../app/plan-workflow.ts';
import type { Platform } from '../../app/platform.ts';
import { nothingAsked, type RunRequest } from '../../app/run-request.ts';
import { type RunRefusal, runWorkflow } from '../../app/run-workflow.ts';
import { type Diagnostic, hasErrors } from '../../core/diagnostic/diagnostic.ts';
import type { JsonMap } from '../../core/model/json.ts';
import { unreachable } from '../../core/model/result.ts';
import type { RunView } from '../../core/model/run-view.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { Masker } from '../../core/ports/masker.ts';
import { runMarks } from '../../core/report/status-text.ts';
import { exitCodes } from '../exit-codes.ts';

/** What the action needs of the process it runs in. */
export interface ActionHost {
  readonly env: RunnerEnvironment;
  readonly cwd: string;
  /** To standard output, in the order of the calls. */
  readonly write: Write;
  readonly platform: (request: ActionPlatformRequest) => ActionPlatform;
  /** Calls back when the runner asks the action to end; `last`: it will be killed soon. */
  readonly onSignal: (listener: (last: boolean) => void) => void;
}

export interface ActionPlatform {
  readonly platform: Platform;
  /** Ends whatever of the run still lives. */
  close(): Promise<void>;
}

export interface ActionPlatformRequest {
  readonly workspace: string;
  readonly configFile: string | null;
  readonly github: JsonMap;
  /** Puts a step between the platform's masker and everybody who uses it. */
  readonly masker: (masker: Masker) => Masker;
}

/**
 * How long steps and `finally` get after a cancel. The runner kills what still runs 7.5 s after it asked first, and
 * outputs and report have to be written by then.
 */
const cancelGraceMs = 4500;

/** The action from its inputs to the report. Gives the exit code: the job fails unless it is 0. */
export async function runAction(host: ActionHost): Promise<number> {
  const console = new RunnerConsole(host.write, new CommandNeutraliser());
  const files = new RunnerFiles(host.env);
  const masks = new RunnerMasks(console);
  for (const secret of secretValues(host.env)) masks.tell(secret);
  const inputs = readActionInputs(host.env);
  const targets: ReportTargets = { console, files, summary: inputs.ok ? inputs.value.summary : 'full' };
  const exitCode = inputs.ok
    ? await act(host, inputs.value, masks, targets)
    : refuse(inputs.error, targets, refusedTitle('The inputs are wrong'));
  return reportFileFaults(targets) || exitCode !== exitCodes.success ? exitCode : exitCodes.failed;
}

async function act(
  host: ActionHost,
  inputs: ActionInputs,
  masks: RunnerMasks,
  targets: ReportTargets,
): Promise<number> {
  const workspace = actionWorkspace(host.env, inputs.workingDirectory, host.cwd);
  if (!workspace.ok) return refuse([workspace.error], targets, refusedTitle(inputs.workflow));
  const github = githubContext(host.env);
  if (!github.ok) return refuse([github.error], targets, refusedTitle(inputs.workflow));
  const built = host.platform({
    workspace: workspace.value,
    configFile: inputs.config,
    github: github.value,
    masker: (masker) => new RunnerMasker(masker, masks),
  });
  try {
    return await perform(host, built.platform, inputs, targets);
  } finally {
    await built.close();
  }
}

function perform(host: ActionHost, platform: Platform, inputs: ActionInputs, targets: ReportTargets): Promise<number> {
  switch (inputs.mode) {
    case 'run':
      return run(host, platform, inputs, targets);
    case 'plan':
      return plan(platform, inputs, targets);
    case 'validate':
      return validate(platform, inputs, targets);
    default:
      return unreachable(inputs.mode);
  }
}

async function run(
  host: ActionHost,
  platform: Platform,
  inputs: ActionInputs,
  targets: ReportTargets,
): Promise<number> {
  const cancelling = new Cancelling(host, platform.clock);
  const finished = await runWorkflow(platform, inputs.workflow, requestOf(inputs), {
    observer: new ActionLog(targets.console),
    onCancel: (cancel) => cancelling.listen(cancel),
  });
  cancelling.end();
  if (!finished.ok) return refuseRun(finished.error, targets, refusedTitle(inputs.workflow));
  const view: RunView = { ...finished.value.view, diagnostics: finished.value.diagnostics };
  const logs = platform.logs(view.runId);
  reportRun(view, (address) => logs.tail(address), targets);
  return failsJob(view.status, inputs.failOn) ? exitCodes[view.status === 'partial' ? 'failed' : view.status] : 0;
}

/** Turns signals into requests to cancel: the first asks, the last one or the end of the grace forces. */
class Cancelling {
  readonly #clock: Clock;
  #asked = false;
  #forced = false;
  #cancel: ((message: string, force: boolean) => void) | null = null;
  #stopGrace: () => void = () => {};

  constructor(host: ActionHost, clock: Clock) {
    this.#clock = clock;
    host.onSignal((last) => this.#signalled(last));
  }

  /** A signal may have come before the run could hear of it. */
  listen(cancel: (message: string, force: boolean) => void): void {
    this.#cancel = cancel;
    if (this.#asked) cancel(cancelMessage, this.#forced);
  }

  /** A timer that is left would keep the process alive. */
  end(): void {
    this.#stopGrace();
    this.#cancel = null;
  }

  #signalled(last: boolean): void {
    if (this.#forced || (this.#asked && !last)) return;
    if (!this.#asked) this.#stopGrace = this.#clock.schedule(cancelGraceMs, () => this.#signalled(true));
    this.#asked = true;
    this.#forced = last;
    this.#cancel?.(cancelMessage, last);
  }
}

const cancelMessage = 'The job was cancelled or its time was over.';

async function plan(platform: Platform, inputs: ActionInputs, targets: ReportTargets): Promise<number> {
  const planned = await planWorkflow(platform, inputs.workflow, requestOf(inputs));
  if (!planned.ok) return refuse(planned.error.diagnostics, targets, refusedTitle(inputs.workflow));
  reportPlan(planned.value, targets);
  return exitCodes.success;
}

async function validate(platform: Platform, inputs: ActionInputs, targets: ReportTargets): Promise<number> {
  const loaded = await loadWorkflow(platform, inputs.workflow);
  if (!loaded.ok)
    return refuse(loaded.error.diagnostics, targets, `${runMarks.failed} ${inputs.workflow} is not valid`);
  const { workflow, diagnostics } = loaded.value;
  reportDiagnostics(
    `${runMarks.success} ${workflow.name} ${workflow.version} is valid`,
    diagnostics,
    'success',
    targets,
  );
  return exitCodes.success;
}

function refuseRun(refusal: RunRefusal, targets: ReportTargets, title: string): number {
  switch (refusal.kind) {
    case 'invalid':
      return refuse(refusal.diagnostics, targets, title);
    case 'state':
      refuse(refusal.diagnostics, targets, title);
      return exitCodes.stateRefused;
    default:
      return unreachable(refusal);
  }
}

function refuse(diagnostics: readonly Diagnostic[], targets: ReportTargets, title: string): number {
  reportDiagnostics(title, diagnostics, 'failed', targets);
  if (!hasErrors(diagnostics)) throw new Error('a refusal without an error');
  return exitCodes.wrong;
}

/** A job's page has a part for every step that uses the action: each names its workflow. */
function refusedTitle(what: string): string {
  return `${runMarks.failed} ${what}: nothing was started`;
}

/** Texts, as forms of the platform give them, are turned into the declared types; other values stand as they are. */
function requestOf(inputs: ActionInputs): RunRequest {
  const { only, from, skip, maxParallel, secrets, task } = inputs;
  const parameters = Object.fromEntries(
    Object.entries(inputs.parameters).map(([name, value]) => [
      name,
      { value, text: typeof value === 'string', origin: 'the input `parameters`' },
    ]),
  );
  return {
    ...nothingAsked,
    parameters,
    secrets,
    task,
    selection: { ...nothingAsked.selection, only, from, skip },
    maxParallel,
  };
}
