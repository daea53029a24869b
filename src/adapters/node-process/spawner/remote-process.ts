import type { ProcessExit, ProcessStream, StartedProcess } from '../started-process.ts';
import type { StreamName, StreamRequest } from './messages.ts';

/** Most that is held for a paused stream before the spawner is asked to read no further. */
const mostHeldBytes = 256 * 1024;

/** A process that the spawner started. What becomes known before anybody listens is kept for the listener. */
export class RemoteProcess implements StartedProcess {
  readonly pid: number;
  readonly outputs: readonly string[];
  readonly stdout: RemoteStream;
  readonly stderr: RemoteStream;
  readonly #exited = new Once<ProcessExit>();
  readonly #closed = new Once<void>();
  #noMoreOutput = false;

  constructor(
    { pid, outputs }: Pick<StartedProcess, 'pid' | 'outputs'>,
    ask: (stream: StreamName, request: StreamRequest) => void,
  ) {
    this.pid = pid;
    this.outputs = outputs;
    const onEmpty = () => this.#closeWhereEmpty();
    this.stdout = new RemoteStream((request) => ask('stdout', request), onEmpty);
    this.stderr = new RemoteStream((request) => ask('stderr', request), onEmpty);
  }

  onExit(listener: (exit: ProcessExit) => void): void {
    this.#exited.listen(listener);
  }

  onClose(listener: () => void): void {
    this.#closed.listen(listener);
  }

  exit(exit: ProcessExit): void {
    this.#exited.happen(exit);
  }

  /** The spawner gives nothing more of it; what a paused stream holds is still to be given. */
  close(): void {
    this.#noMoreOutput = true;
    this.#closeWhereEmpty();
  }

  #closeWhereEmpty(): void {
    if (this.#noMoreOutput && this.stdout.isEmpty && this.stderr.isEmpty) this.#closed.happen();
  }
}

export class RemoteStream implements ProcessStream {
  readonly #ask: (request: StreamRequest) => void;
  readonly #onEmpty: () => void;
  #listener: ((bytes: Buffer) => void) | null = null;
  #held: Buffer[] = [];
  #heldBytes = 0;
  #paused = false;
  #askedToPause = false;
  #destroyed = false;

  constructor(ask: (request: StreamRequest) => void, onEmpty: () => void) {
    this.#ask = ask;
    this.#onEmpty = onEmpty;
  }

  get isEmpty(): boolean {
    return this.#held.length === 0;
  }

  push(bytes: Buffer): void {
    if (this.#destroyed) return;
    if (this.#listener !== null && !this.#paused && this.isEmpty) return this.#listener(bytes);
    this.#held.push(bytes);
    this.#heldBytes += bytes.length;
    if (this.#heldBytes < mostHeldBytes || this.#askedToPause) return;
    this.#askedToPause = true;
    this.#ask('pause');
  }

  onData(listener: (bytes: Buffer) => void): void {
    this.#listener = listener;
    if (!this.isEmpty) queueMicrotask(() => this.#giveHeld());
  }

  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
    if (!this.isEmpty || this.#askedToPause) this.#giveHeld();
  }

  destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    this.#held = [];
    this.#ask('destroy');
    this.#onEmpty();
  }

  #giveHeld(): void {
    const held = this.#held;
    let given = 0;
    while (given < held.length && !this.#paused && !this.#destroyed) {
      const bytes = held[given++];
      if (bytes === undefined) break;
      this.#heldBytes -= bytes.length;
      this.#listener?.(bytes);
    }
    held.splice(0, given);
    if (!this.isEmpty || this.#paused || this.#destroyed) return;
    if (this.#askedToPause) {
      this.#askedToPause = false;
      this.#ask('resume');
    }
    this.#onEmpty();
  }
}

/** Something that happens once, for one listener, whichever of the two comes first. */
class Once<T> {
  #listener: ((value: T) => void) | null = null;
  #happened: { readonly value: T } | null = null;

  happen(value: T): void {
    if (this.#happened !== null) return;
    this.#happened = { value };
    this.#listener?.(value);
  }

  listen(listener: (value: T) => void): void {
    this.#listener = listener;
    const happened = this.#happened;
    if (happened !== null) queueMicrotask(() => listener(happened.value));
  }
}
