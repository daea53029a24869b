import type { ChildProcess } from 'node:child_process';
import { Duplex } from 'node:stream';
import type { CancelSignal } from '../../core/ports/cancel.ts';
import { CancelSource } from '../../core/ports/cancel.ts';
import type { ProcessChannel } from '../../core/ports/plugin.ts';

/** The descriptor at which the process finds its end of the pipe. */
const descriptor = 3;

/** A pipe to a child that was started with a fourth one, and the signal that its `stop` raises. */
export class PipeChannel implements ProcessChannel {
  /** Follows the step's signal; what the process listens to. */
  readonly signal = new CancelSource();
  readonly #pipe: Duplex | null;
  readonly #stopListening: () => void;

  constructor(child: ChildProcess, outer: CancelSignal) {
    const pipe = child.stdio[descriptor];
    this.#pipe = pipe instanceof Duplex ? pipe : null;
    this.#pipe?.setEncoding('utf8');
    // The other end is gone: the end of the process, which follows, says all there is to say.
    this.#pipe?.on('error', () => {});
    this.#stopListening = outer.onCancel((reason) => this.signal.cancel(reason));
  }

  send(text: string): Promise<void> {
    const pipe = this.#pipe;
    if (pipe === null || !pipe.writable) return Promise.resolve();
    // The pipe calls back in any case: with an error where it is gone before the text is.
    return new Promise((resolve) => pipe.write(text, () => resolve()));
  }

  onText(listener: (text: string) => undefined | Promise<void>): void {
    const pipe = this.#pipe;
    pipe?.on('data', (text: string) => {
      const wait = listener(text);
      if (wait === undefined) return;
      pipe.pause();
      void wait.finally(() => pipe.resume());
    });
  }

  stop(): void {
    this.signal.cancel('the process is no longer needed');
  }

  /** The process is gone: nothing more is read. */
  close(): void {
    this.#stopListening();
    this.#pipe?.destroy();
  }
}
