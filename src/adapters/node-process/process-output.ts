import { TextDecoder } from 'node:util';
import type { Failure } from '../../core/model/failure.ts';
import type { Masker, MaskStream } from '../../core/ports/masker.ts';
import type { ProcessRequest } from '../../core/ports/plugin.ts';
import { OutputTail } from './output-tail.ts';
import type { StepLog } from './step-log.ts';

export type StreamName = 'stdout' | 'stderr';

/** Takes runner commands out of two streams that are printed into one log. */
export interface OutputNeutraliser {
  push(chunk: string, stream: StreamName): string;
}

/** Takes what a step prints, masked and neutralised. While a returned promise is open, nothing more is read. */
export type OutputSink = (chunk: string, stream: StreamName) => undefined | Promise<void>;

export interface OutputTargets {
  readonly masker: Masker;
  readonly neutraliser: OutputNeutraliser;
  readonly log: StepLog | null;
  readonly sink: OutputSink;
}

const defaultMaxBytes = 10 * 1024 * 1024;

/**
 * The way of a process's output: bytes → text, however chunks cut characters → masked, however chunks cut secrets →
 * tail; → neutralised → log file and observer. Of the output only the tail and what is captured stay in memory.
 */
export class ProcessOutput {
  readonly #targets: OutputTargets;
  readonly #streams: boolean;
  readonly #captures: boolean;
  readonly #onStdout: ProcessRequest['onStdout'];
  /** Of `onStdout` alone: what it gets is not masked. */
  readonly #plain = new TextDecoder('utf-8', { ignoreBOM: true });
  readonly #maxBytes: number;
  readonly #title: () => string;
  /** Made with the first output: most short processes print nothing. */
  readonly #begun = new Map<StreamName, StreamState>();
  readonly #tail = new OutputTail();
  #failure: Failure | null = null;

  constructor(request: ProcessRequest, targets: OutputTargets) {
    this.#targets = targets;
    this.#streams = request.output !== 'capture';
    this.#captures = request.output !== 'stream';
    this.#onStdout = request.onStdout;
    this.#maxBytes = request.maxBytes ?? defaultMaxBytes;
    this.#title = () => targets.masker.mask(request.title ?? [request.command, ...request.args].join(' '));
  }

  /** Set when more came than may be captured, or when the log cannot be written: the process must end. */
  get failure(): Failure | null {
    return this.#failure;
  }

  /** The sink's promise where it wants a pause. */
  write(bytes: Buffer, name: StreamName): undefined | Promise<void> {
    const stream = this.#of(name);
    const taken = this.#handOver(bytes, name);
    if (taken === null) this.#capture(stream, bytes);
    const shown = this.#show(stream, stream.mask.push(stream.decoder.decode(bytes, { stream: true })));
    if (taken === null || taken === undefined) return shown;
    return shown === undefined ? taken : Promise.all([shown, taken]).then(() => undefined);
  }

  /** `null`: nobody asked for the standard output as it comes. */
  #handOver(bytes: Buffer, name: StreamName): null | undefined | Promise<void> {
    if (this.#onStdout === undefined || name !== 'stdout') return null;
    return this.#onStdout(this.#plain.decode(bytes, { stream: true }));
  }

  /** Gives out what the decoder and the masker still hold. */
  end(): undefined | Promise<void> {
    const waits = [...this.#begun.values()].map((stream) =>
      this.#show(stream, stream.mask.push(stream.decoder.decode()) + stream.mask.end()),
    );
    const open = waits.filter((wait) => wait !== undefined);
    return open.length === 0 ? undefined : Promise.all(open).then(() => undefined);
  }

  captured(name: StreamName): string {
    return Buffer.concat(this.#begun.get(name)?.captured ?? []).toString('utf8');
  }

  tail(): string {
    return this.#tail.text();
  }

  #of(name: StreamName): StreamState {
    const begun = this.#begun.get(name) ?? startStream(name, this.#targets.masker);
    this.#begun.set(name, begun);
    return begun;
  }

  #capture(stream: StreamState, bytes: Buffer): void {
    if (!this.#captures || this.#failure !== null) return;
    if (stream.size + bytes.length > this.#maxBytes) {
      this.#failure = {
        kind: 'budget',
        message: `${this.#title()} wrote more than ${this.#maxBytes} bytes to ${stream.name}, which is all that is taken.`,
      };
      return;
    }
    stream.size += bytes.length;
    stream.captured.push(bytes);
  }

  #show(stream: StreamState, text: string): undefined | Promise<void> {
    if (text === '') return undefined;
    this.#tail.add(text);
    if (!this.#streams) return undefined;
    const safe = this.#targets.neutraliser.push(text, stream.name);
    this.#log(safe);
    return this.#targets.sink(safe, stream.name);
  }

  #log(text: string): void {
    if (this.#targets.log === null || this.#failure !== null) return;
    try {
      this.#targets.log.write(text);
    } catch (error) {
      this.#failure = {
        kind: 'budget',
        message: `The log of the step cannot be written to ${this.#targets.log.path}. Free some disk space, or check the folder.`,
        cause: error instanceof Error ? error.message : String(error),
      };
    }
  }
}

interface StreamState {
  readonly name: StreamName;
  readonly decoder: TextDecoder;
  readonly mask: MaskStream;
  readonly captured: Buffer[];
  size: number;
}

function startStream(name: StreamName, masker: Masker): StreamState {
  return { name, decoder: new TextDecoder('utf-8', { ignoreBOM: true }), mask: masker.stream(), captured: [], size: 0 };
}
