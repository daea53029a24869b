import type { ChildProcess } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Failure } from '../../core/model/failure.ts';
import { err, ok, type Result } from '../../core/model/result.ts';
import type { CancelSignal } from '../../core/ports/cancel.ts';
import type { Masker } from '../../core/ports/masker.ts';
import type { Processes, ProcessRequest, ProcessResult } from '../../core/ports/plugin.ts';
import { killOffspring } from './end-offspring.ts';
import type { Environment, Invocation } from './invocation.ts';
import { Offspring } from './offspring.ts';
import type { OffspringWatch } from './offspring-watch.ts';
import type { OutputFiles } from './output-file.ts';
import { PipeChannel } from './pipe-channel.ts';
import { type OutputNeutraliser, type OutputSink, ProcessOutput } from './process-output.ts';
import type { ProcessStarter } from './process-starter.ts';
import { ticksNow } from './process-table.ts';
import { RunningProcess } from './running-process.ts';
import { DirectProcess, type StartedProcess, startDirectly } from './started-process.ts';
import { StepLog } from './step-log.ts';
import type { Tether, Tethers } from './tethers.ts';
import { trackingVariable } from './tracking-variable.ts';
import { workingFolder } from './working-folder.ts';

/** What the processes of one handler call share. */
export interface StepSetting {
  readonly workspace: string;
  /** What all processes of the run get, and what those of this step get over it. */
  readonly sharedEnv: Environment;
  readonly env: Environment;
  readonly logPath: string | null;
  readonly signal: CancelSignal;
  readonly sink: OutputSink;
  readonly masker: Masker;
  readonly neutraliser: () => OutputNeutraliser;
  readonly graceMs: number;
  readonly cancelGraceMs: number;
  readonly nextToken: () => string;
  readonly outputFiles: OutputFiles;
  readonly starter: ProcessStarter;
  readonly tethers: Tethers;
  readonly watch: OffspringWatch;
  /** Outside the workspace, for this user alone. */
  readonly privateFolder: () => string;
}

/** Runs the processes of one handler call; their output shares the step's log. */
export class StepProcesses implements Processes {
  readonly #setting: StepSetting;
  readonly #log: StepLog | null;

  constructor(setting: StepSetting) {
    this.#setting = setting;
    this.#log = setting.logPath === null ? null : new StepLog(setting.logPath);
  }

  async run(request: ProcessRequest): Promise<ProcessResult> {
    if (this.#setting.signal.cancelled) return notRun({ kind: 'cancelled' });
    const { cwd = '.' } = request;
    // The workspace was looked up when the run began.
    const folder = cwd === '.' ? ok(this.#setting.workspace) : workingFolder(this.#setting.workspace, cwd);
    if (!folder.ok) return notRun({ kind: 'not-started', failure: folder.error });
    const token = this.#setting.nextToken();
    const files = this.#makeFiles(request, token);
    if (!files.ok) return notRun({ kind: 'not-started', failure: files.error });
    const tether = this.#setting.tethers.take();
    const place = { folder: folder.value, token, files: files.value, tether, bornSince: ticksNow() };
    const ran = await this.#runWith(request, place);
    if (tether !== null) this.#setting.tethers.giveBack(tether);
    return { ...ran, ...this.#finish(files.value) };
  }

  /** Ends the step's log. */
  close(): void {
    this.#log?.close();
  }

  async #runWith(request: ProcessRequest, place: Place): Promise<ProcessResult> {
    const invocation = this.#invocation(request, place);
    const started = await this.#start(request, invocation, place);
    if (!started.ok) return notRun({ kind: 'not-started', failure: started.error });
    const process = started.value;
    const child = process instanceof DirectProcess ? process.child : null;
    const channel =
      request.channel === undefined || child === null ? null : new PipeChannel(child, this.#setting.signal);
    const output = new ProcessOutput(request, {
      masker: this.#setting.masker,
      neutraliser: this.#setting.neutraliser(),
      log: this.#log,
      sink: this.#setting.sink,
    });
    const running = new RunningProcess(process, {
      output,
      signal: channel?.signal ?? this.#setting.signal,
      timeoutMs: request.timeoutMs ?? null,
      graceMs: request.graceMs ?? this.#setting.graceMs,
      cancelGraceMs: request.graceMs ?? this.#setting.cancelGraceMs,
      offspring: offspringOf(place, process),
      watch: this.#setting.watch,
    });
    if (request.stdin !== undefined && child !== null) feed(child, request.stdin);
    if (channel !== null) request.channel?.(channel);
    const end = await running.end();
    channel?.close();
    return { end, ...capturedOf(request, output), tail: output.tail(), ...noOutputs };
  }

  /** With pipes beside the two outputs it can only be this process that starts it. */
  async #start(
    request: ProcessRequest,
    invocation: Invocation,
    place: Place,
  ): Promise<Result<StartedProcess, Failure>> {
    const { folder, tether } = place;
    const files = { input: request.stdin !== undefined, channel: request.channel !== undefined, tether };
    if (files.input || files.channel) return startDirectly(invocation, folder, files);
    const started = await this.#setting.starter.start(invocation, folder, tether);
    // It may run all the same, and nobody would ever hear of it.
    if (!started.ok && started.error.kind === 'crashed') await killOffspring(offspringOf(place, null));
    return started;
  }

  #invocation(request: ProcessRequest, { token, files }: Place): Invocation {
    const shared = this.#setting.sharedEnv;
    const changes: { [name: string]: string | null } = { ...this.#setting.env, ...request.env };
    // An engine inside a step keeps our token beside its own: what it leaves behind is ours to end.
    const around = changes[trackingVariable] ?? shared[trackingVariable];
    changes[trackingVariable] = around === undefined ? token : `${around},${token}`;
    if (files.output !== null) {
      changes.VWMP_OUTPUT = files.output;
      changes.GITHUB_OUTPUT = files.output;
    }
    const args = files.script === null ? request.args : [...request.args, files.script];
    return { command: request.command, args, shared, changes };
  }

  #makeFiles(request: ProcessRequest, token: string): Result<PrivateFiles, Failure> {
    if (request.outputFile !== true && request.script === undefined) return ok(noFiles);
    try {
      return ok({
        script: request.script === undefined ? null : this.#writeScript(request.script, token),
        output: request.outputFile === true ? this.#setting.outputFiles.take() : null,
      });
    } catch (error) {
      const cause = error instanceof Error ? error.message : String(error);
      return err({
        kind: 'budget',
        message: `A private file for the step cannot be written: ${cause}. Free some disk space.`,
        cause,
      });
    }
  }

  #writeScript(script: { readonly text: string; readonly extension: string }, token: string): string {
    const path = join(this.#setting.privateFolder(), `${token.replace(/[^\w-]/g, '-')}${script.extension}`);
    writeFileSync(path, script.text, { flag: 'wx', mode: 0o600 });
    return path;
  }

  #finish(files: PrivateFiles): Pick<ProcessResult, 'outputs' | 'outputsFailure'> {
    if (files.script !== null) rmSync(files.script, { force: true, recursive: true });
    if (files.output === null) return noOutputs;
    const read = this.#setting.outputFiles.finish(files.output);
    return read.ok ? { outputs: read.value, outputsFailure: null } : { outputs: {}, outputsFailure: read.error };
  }
}

const noOutputs = { outputs: {}, outputsFailure: null };

interface Place {
  readonly folder: string;
  readonly token: string;
  readonly files: PrivateFiles;
  readonly tether: Tether | null;
  readonly bornSince: number;
}

function offspringOf({ token, tether, bornSince }: Place, started: StartedProcess | null): Offspring {
  const openFiles = [...(started?.outputs ?? []), ...(tether === null ? [] : [tether.openFile])];
  return new Offspring({ root: started?.pid ?? null, token, openFiles, bornSince });
}

interface PrivateFiles {
  readonly output: string | null;
  readonly script: string | null;
}

const noFiles: PrivateFiles = { output: null, script: null };

/** A process may end without reading its input: that is its own affair, not an error. */
function feed(child: ChildProcess, text: string): void {
  child.stdin?.on('error', () => {});
  // Even a write of nothing fails where the process has ended, and making that error costs milliseconds.
  if (text === '') child.stdin?.end();
  else child.stdin?.end(text);
}

function capturedOf(request: ProcessRequest, output: ProcessOutput): Pick<ProcessResult, 'stdout' | 'stderr'> {
  if (request.output === 'stream') return { stdout: '', stderr: '' };
  return { stdout: output.captured('stdout'), stderr: output.captured('stderr') };
}

function notRun(end: ProcessResult['end']): ProcessResult {
  return { end, stdout: '', stderr: '', tail: '', ...noOutputs };
}
