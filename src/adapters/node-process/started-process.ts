import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import type { Failure } from '../../core/model/failure.ts';
import { err, ok, type Result } from '../../core/model/result.ts';
import { checkInvocation, environmentOf, type Invocation } from './invocation.ts';
import { openFileOf } from './process-table.ts';
import { startFailure } from './start-failure.ts';
import { type Tether, withTether } from './tethers.ts';

/** What one of a process's output streams gives. It begins to flow when somebody listens. */
export interface ProcessStream {
  onData(listener: (bytes: Buffer) => void): void;
  pause(): void;
  resume(): void;
  /** Nothing more is read, and what is held is dropped. */
  destroy(): void;
}

/** How a process ended. `lost`: it was given up, because what held it has died; it may still be running. */
export type ProcessExit =
  | { readonly kind: 'ended'; readonly code: number | null; readonly signal: NodeJS.Signals | null }
  | { readonly kind: 'lost'; readonly failure: Failure };

/** A process in a group of its own, whoever its parent is. Listeners are called once, and never at once. */
export interface StartedProcess {
  readonly pid: number;
  /** Its ends of its outputs, as the kernel names them. */
  readonly outputs: readonly string[];
  readonly stdout: ProcessStream;
  readonly stderr: ProcessStream;
  onExit(listener: (exit: ProcessExit) => void): void;
  /** When it has ended and all of its output was given. */
  onClose(listener: () => void): void;
}

/** A process that this one started. */
export class DirectProcess implements StartedProcess {
  readonly child: ChildProcess;
  readonly pid: number;
  readonly outputs: readonly string[];
  readonly stdout: ProcessStream;
  readonly stderr: ProcessStream;

  constructor(child: ChildProcess, pid: number) {
    this.child = child;
    this.pid = pid;
    this.outputs = outputsOf(pid);
    this.stdout = new PipeStream(child.stdout);
    this.stderr = new PipeStream(child.stderr);
  }

  onExit(listener: (exit: ProcessExit) => void): void {
    this.child.once('exit', (code, signal) => listener({ kind: 'ended', code, signal }));
  }

  onClose(listener: () => void): void {
    this.child.once('close', () => listener());
  }
}

class PipeStream implements ProcessStream {
  readonly #pipe: Readable | null;

  constructor(pipe: Readable | null) {
    this.#pipe = pipe;
    // Nobody holds the other end any more: `close` follows and says all there is to say.
    pipe?.on('error', () => {});
  }

  onData(listener: (bytes: Buffer) => void): void {
    this.#pipe?.on('data', listener);
  }

  pause(): void {
    this.#pipe?.pause();
  }

  resume(): void {
    this.#pipe?.resume();
  }

  destroy(): void {
    this.#pipe?.destroy();
  }
}

/** Asked right after its start: one that has ended by then has none. Only pipes of Node, which are sockets, are ours. */
export function outputsOf(pid: number): readonly string[] {
  return [1, 2].flatMap((descriptor) => openFileOf(pid, descriptor) ?? []).filter((file) => file.startsWith('socket:'));
}

/** What a process is given beside its two outputs. */
export interface FurtherFiles {
  readonly input: boolean;
  /** A two-way pipe at its descriptor 3. */
  readonly channel: boolean;
  readonly tether: Tether | null;
}

function stdioOf({ input, channel }: FurtherFiles): readonly ('pipe' | 'ignore')[] {
  return [input ? 'pipe' : 'ignore', 'pipe', 'pipe', ...(channel ? (['pipe'] as const) : [])];
}

/** Starts a process from this one, in a process group of its own, so that one signal reaches all that comes from it. */
export async function startDirectly(
  invocation: Invocation,
  cwd: string,
  files: FurtherFiles,
): Promise<Result<DirectProcess, Failure>> {
  const checked = checkInvocation(invocation);
  if (!checked.ok) return checked;
  try {
    const child = spawn(invocation.command, invocation.args, {
      cwd,
      env: environmentOf(invocation),
      detached: true,
      stdio: [...withTether(stdioOf(files), files.tether?.descriptor ?? null)],
    });
    // Some refusals are thrown and others are told a moment later, through `error`.
    const { pid } = child;
    if (pid === undefined) throw await new Promise((resolve) => child.once('error', resolve));
    return ok(new DirectProcess(child, pid));
  } catch (error) {
    return err(startFailure(error instanceof Error ? error : new Error(String(error)), invocation));
  }
}
