import { Socket } from 'node:net';
import type { Failure } from '../../../core/model/failure.ts';
import type { Json } from '../../../core/model/json.ts';
import { CancelSource } from '../../../core/ports/cancel.ts';
import type { LogLevel } from '../../../core/ports/observer.ts';
import { HostedFailure } from '../hosted-failure.ts';
import { MessageLines } from '../message-lines.ts';
import { encodeMessage, type FromHost, type HostTask, mostLogged, type ToHost } from '../wire.ts';

interface Waiting {
  readonly resolve: (value: Json) => void;
  readonly reject: (error: Error) => void;
}

/** The plugin process's end of the pipe to the engine. */
export class ParentLink {
  /** Cancelled when the engine wants the step to end. */
  readonly signal = new CancelSource();
  /** What the process is for. */
  readonly task: Promise<HostTask>;
  /** Called with each method that the engine wants of the adapter held here. */
  onInvoke: (id: number, method: string, args: readonly Json[]) => void = () => {};
  /** Called once, when the engine wants nothing more or is gone. */
  onEnd: () => void = () => {};
  readonly #pipe: Socket;
  readonly #lines = new MessageLines(Number.POSITIVE_INFINITY);
  readonly #waiting = new Map<number, Waiting>();
  readonly #takeTask: (task: HostTask) => void;
  #asked = 0;
  #logged = 0;

  constructor(descriptor: number) {
    const { promise, resolve } = Promise.withResolvers<HostTask>();
    this.task = promise;
    this.#takeTask = resolve;
    this.#pipe = new Socket({ fd: descriptor, readable: true, writable: true });
    this.#pipe.setEncoding('utf8');
    this.#pipe.on('data', (text: string) => {
      for (const line of this.#lines.push(text) ?? []) this.#hear(readParentMessage(line));
    });
    // Without the engine nothing here has a purpose.
    this.#pipe.on('close', () => this.onEnd());
    this.#pipe.on('error', () => this.onEnd());
  }

  ask(member: string, args: readonly Json[]): Promise<Json> {
    const id = ++this.#asked;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.send({ kind: 'ask', id, member, args });
    });
  }

  /** Throws past the limit: a loop that never waits would fill this process before the engine hears a word. */
  log(level: LogLevel, message: string): void {
    this.#logged += message.length;
    if (this.#logged > mostLogged) {
      throw this.makeError({ kind: 'output', message: `The plugin logged more than ${mostLogged} characters.` });
    }
    this.send({ kind: 'log', level, message });
  }

  send(message: FromHost): void {
    this.#pipe.write(encodeMessage(message));
  }

  /** Resolves when the message has left this process. */
  sendLast(message: FromHost): Promise<void> {
    return new Promise((resolve) => this.#pipe.write(encodeMessage(message), () => resolve()));
  }

  #hear(message: ToHost): void {
    switch (message.kind) {
      case 'task':
        return this.#takeTask(message.task);
      case 'reply':
        return this.#settle(message.id, ({ resolve }) => resolve(message.value));
      case 'refused':
        return this.#settle(message.id, ({ reject }) => reject(this.makeError(message.failure)));
      case 'cancel':
        return this.signal.cancel(message.reason);
      case 'invoke':
        return this.onInvoke(message.id, message.method, message.args);
      case 'end':
        return this.onEnd();
    }
  }

  /** What handlers catch where the engine refuses something; replaced by the error class of the plugin interface. */
  makeError: (failure: Failure) => Error = (failure) => new HostedFailure(failure);

  #settle(id: number, settle: (waiting: Waiting) => void): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (waiting) settle(waiting);
  }
}

/** The other end is the engine, of the same version as this code: what it writes is known to fit. */
function readParentMessage(line: string): ToHost {
  return JSON.parse(line) as ToHost;
}
