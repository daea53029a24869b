import type { Failure } from '../../src/core/model/failure.ts';
import { type CancelSignal, CancelSource } from '../../src/core/ports/cancel.ts';
import type { Processes, ProcessRequest, ProcessResult } from '../../src/core/ports/plugin.ts';

/** What a scripted program sees of its start. */
export interface ScriptedCall {
  readonly args: readonly string[];
  readonly env: { readonly [name: string]: string };
  readonly cwd: string;
  readonly stdin: string;
}

/** What it does. `hangs`: it never ends by itself. */
export interface ScriptedEnd {
  readonly stdout?: string;
  readonly stderr?: string;
  readonly code?: number;
  readonly signal?: { readonly name: string; readonly number: number };
  readonly outputs?: { readonly [name: string]: string };
  readonly outputsFailure?: Failure;
  readonly hangs?: boolean;
}

export type ScriptedProgram = (call: ScriptedCall) => ScriptedEnd;

export interface ScriptedProcessesOptions {
  readonly programs: { readonly [name: string]: ScriptedProgram };
  readonly env?: { readonly [name: string]: string };
  /** Folders of the workspace that exist beside its top. */
  readonly folders?: readonly string[];
  readonly signal?: CancelSignal;
  readonly mask?: (text: string) => string;
  readonly sink?: (chunk: string, stream: 'stdout' | 'stderr') => void;
}

/** Processes whose programs are functions of the test. Nothing is started; a program that hangs takes no time. */
export class ScriptedProcesses implements Processes {
  readonly #options: ScriptedProcessesOptions;
  readonly #requests: ProcessRequest[] = [];

  constructor(options: ScriptedProcessesOptions) {
    this.#options = options;
  }

  /** All requests so far, in order. */
  get requests(): readonly ProcessRequest[] {
    return this.#requests;
  }

  async run(request: ProcessRequest): Promise<ProcessResult> {
    this.#requests.push(request);
    const signal = this.#options.signal ?? new CancelSource();
    if (signal.cancelled) return { ...nothing, end: { kind: 'cancelled' } };
    const refusal = this.#refusal(request);
    const program = this.#options.programs[request.command];
    if (refusal !== null) return { ...nothing, end: { kind: 'not-started', failure: refusal } };
    if (program === undefined) return { ...nothing, end: { kind: 'not-started', failure: missing(request.command) } };
    const did = program({
      args: request.script === undefined ? request.args : [...request.args, request.script.text],
      env: this.#environment(request),
      cwd: request.cwd ?? '.',
      stdin: request.stdin ?? '',
    });
    return this.#result(request, did, signal);
  }

  #refusal(request: ProcessRequest): Failure | null {
    const cwd = request.cwd ?? '.';
    if (cwd.startsWith('/') || cwd.split('/').includes('..')) {
      return { kind: 'configuration', message: `The working directory "${cwd}" leads out of the workspace.` };
    }
    if (cwd !== '.' && !this.#options.folders?.includes(cwd)) {
      return { kind: 'not-found', message: `The working directory "${cwd}" does not exist in the workspace.` };
    }
    return null;
  }

  #environment(request: ProcessRequest): { readonly [name: string]: string } {
    const all: { [name: string]: string | null } = { ...this.#options.env, ...request.env };
    if (request.outputFile === true) all.VWMP_OUTPUT = all.GITHUB_OUTPUT = '/outputs';
    return Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== null));
  }

  async #result(request: ProcessRequest, did: ScriptedEnd, signal: CancelSignal): Promise<ProcessResult> {
    const stdout = did.stdout ?? '';
    const stderr = did.stderr ?? '';
    const mask = this.#options.mask ?? ((text: string) => text);
    const tail = mask(stdout) + mask(stderr);
    if (request.output !== 'capture') {
      if (stdout !== '') this.#options.sink?.(mask(stdout), 'stdout');
      if (stderr !== '') this.#options.sink?.(mask(stderr), 'stderr');
    }
    const captures = request.output !== 'stream';
    const tooMuch = captures && Math.max(stdout.length, stderr.length) > (request.maxBytes ?? 10 * 1024 * 1024);
    return {
      end: tooMuch ? tooMuchOutput : await endOf(request, did, signal),
      stdout: captures && !tooMuch ? stdout : '',
      stderr: captures && !tooMuch ? stderr : '',
      tail,
      outputs: request.outputFile === true ? (did.outputs ?? {}) : {},
      outputsFailure: request.outputFile === true ? (did.outputsFailure ?? null) : null,
    };
  }
}

const nothing = { stdout: '', stderr: '', tail: '', outputs: {}, outputsFailure: null };

const tooMuchOutput: ProcessResult['end'] = {
  kind: 'too-much-output',
  failure: { kind: 'budget', message: 'The process wrote more than is taken.' },
};

function missing(command: string): Failure {
  return { kind: 'not-found', message: `The program "${command}" was not found.` };
}

async function endOf(request: ProcessRequest, did: ScriptedEnd, signal: CancelSignal): Promise<ProcessResult['end']> {
  if (did.hangs === true) {
    if (request.timeoutMs !== undefined) return { kind: 'timeout' };
    await new Promise<void>((resolve) => signal.onCancel(() => resolve()));
    return { kind: 'cancelled' };
  }
  if (did.signal !== undefined) return { kind: 'signal', signal: did.signal.name, code: 128 + did.signal.number };
  return { kind: 'exit', code: did.code ?? 0 };
}
