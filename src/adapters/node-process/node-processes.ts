import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { CancelSignal } from '../../core/ports/cancel.ts';
import type { Masker } from '../../core/ports/masker.ts';
import { killOffspring } from './end-offspring.ts';
import { monotonicMs } from './monotonic-ms.ts';
import { Offspring } from './offspring.ts';
import { OffspringWatch } from './offspring-watch.ts';
import { OutputFiles } from './output-file.ts';
import { lastProcessNumber, numbersLeftBy } from './process-numbers.ts';
import type { OutputNeutraliser, OutputSink } from './process-output.ts';
import { ProcessStarter, type SpawnerOptions } from './process-starter.ts';
import { ticksNow } from './process-table.ts';
import { StepProcesses } from './step-processes.ts';
import { Tethers } from './tethers.ts';

export interface NodeProcessesOptions {
  /** Absolute path of the workspace: no process starts outside it. */
  readonly workspace: string;
  /** What every process gets, see `scrubEnvironment`. */
  readonly baseEnv: { readonly [name: string]: string };
  /** A folder outside the workspace, for private files of steps; made where it is missing. */
  readonly temporaryFolder: string;
  /** Names the run in the environment of its processes, so that those which left their group are found. */
  readonly trackingId: string;
  readonly masker: Masker;
  /** A new one for every process. */
  readonly neutraliser: () => OutputNeutraliser;
  /** Between SIGTERM and SIGKILL; default 5 s. */
  readonly graceMs?: number;
  /** The same after a cancel; default 5 s, so that the engine ends within 7 s. */
  readonly cancelGraceMs?: number;
  /** A small process that starts the others in a run of many; absent: none is used. */
  readonly spawner?: SpawnerOptions;
}

export interface StepProcessesOptions {
  /** The step's own variables, over the base. */
  readonly env: { readonly [name: string]: string };
  /** File of the step's log, made with the first output; `null`: none is kept. */
  readonly logPath: string | null;
  readonly signal: CancelSignal;
  /** Gets the step's output, masked and neutralised. */
  readonly sink: OutputSink;
}

const defaultGraceMs = 5000;

/** The processes of one run. */
export class NodeProcesses {
  readonly #options: NodeProcessesOptions;
  readonly #workspace: string;
  readonly #outputFiles = new OutputFiles(() => this.#madePrivateFolder());
  readonly #starter: ProcessStarter;
  readonly #tethers = new Tethers(() => this.#madePrivateFolder());
  readonly #watch = new OffspringWatch();
  readonly #beganAt = ticksNow();
  readonly #beganAtMs = monotonicMs();
  /** The newest process of the machine when the run began; null where that is not known. */
  readonly #newestBefore = lastProcessNumber();
  #privateFolder: string | null = null;
  #started = 0;

  constructor(options: NodeProcessesOptions) {
    this.#options = options;
    this.#workspace = realpathSync(options.workspace);
    this.#starter = new ProcessStarter(options.baseEnv, options.spawner ?? null);
  }

  /** The process runner of one call of a handler. Its `close` ends the log. */
  forStep(step: StepProcessesOptions): StepProcesses {
    const { masker, neutraliser, graceMs, cancelGraceMs } = this.#options;
    return new StepProcesses({
      workspace: this.#workspace,
      sharedEnv: this.#options.baseEnv,
      env: step.env,
      logPath: step.logPath,
      signal: step.signal,
      sink: step.sink,
      masker,
      neutraliser,
      graceMs: graceMs ?? defaultGraceMs,
      cancelGraceMs: cancelGraceMs ?? defaultGraceMs,
      nextToken: () => `${this.#runToken()}${++this.#started}.`,
      outputFiles: this.#outputFiles,
      starter: this.#starter,
      tethers: this.#tethers,
      watch: this.#watch,
      privateFolder: () => this.#madePrivateFolder(),
    });
  }

  /** Kills whatever of the run still lives and takes its private files away. */
  async close(): Promise<void> {
    await this.#starter.close();
    if (this.#started > 0) await this.#killOffspring();
    this.#tethers.close();
    if (this.#privateFolder !== null) rmSync(this.#privateFolder, { recursive: true, force: true });
    this.#privateFolder = null;
  }

  async #killOffspring(): Promise<void> {
    const before = this.#newestBefore;
    const suspects = before === null ? null : numbersLeftBy(before, monotonicMs() - this.#beganAtMs);
    await killOffspring(this.#offspring(), suspects);
  }

  #offspring(): Offspring {
    const { openFiles } = this.#tethers;
    return new Offspring({ root: null, token: this.#runToken(), openFiles, bornSince: this.#beganAt });
  }

  /** The dot ends it: the token of process 1 must not be found in that of process 12. */
  #runToken(): string {
    return runToken(this.#options.trackingId);
  }

  #madePrivateFolder(): string {
    if (this.#privateFolder === null) {
      mkdirSync(this.#options.temporaryFolder, { recursive: true });
      this.#privateFolder = mkdtempSync(join(this.#options.temporaryFolder, 'steps-'));
    }
    return this.#privateFolder;
  }
}

function runToken(trackingId: string): string {
  return `vwmp:${trackingId}.`;
}

/** Kills what a run left alive whose engine died. Linux only; elsewhere it finds nothing. */
export async function killLeftOvers(trackingId: string): Promise<void> {
  await killOffspring(new Offspring({ root: null, token: runToken(trackingId), openFiles: [], bornSince: 0 }));
}
