import type { RunEvent } from '../../core/model/event.ts';
import type { Address } from '../../core/model/ids.ts';
import type { LogLevel, Observer } from '../../core/ports/observer.ts';
import { LineSplitter } from './line-splitter.ts';
import { noteLine } from './note-line.ts';
import type { Palette } from './palette.ts';
import { RunningSteps } from './running-steps.ts';

/** Prints a text; a promise resolves when more is welcome. */
export type Write = (text: string) => undefined | Promise<void>;

type OutputEnd = Extract<RunEvent, { kind: 'step-ended' | 'attempt-failed' | 'step-undone' | 'undo-failed' }>;

function endsOutput(event: RunEvent): event is OutputEnd {
  return ['step-ended', 'attempt-failed', 'step-undone', 'undo-failed'].includes(event.kind);
}

/** A run as plain lines, for pipes and files: every line of a step's output behind the step's id. */
export class LineObserver implements Observer {
  readonly #write: Write;
  readonly #palette: Palette;
  readonly #steps = new RunningSteps();
  readonly #outputs = new Map<string, { readonly address: Address; readonly lines: LineSplitter }>();

  constructor(write: Write, palette: Palette) {
    this.#write = write;
    this.#palette = palette;
  }

  event(event: RunEvent): void {
    if (endsOutput(event)) this.#flush(event.address);
    const note = this.#steps.note(event);
    if (note) void this.#write(`${noteLine(note, this.#palette)}\n`);
  }

  output(address: Address, chunk: string, stream: 'stdout' | 'stderr'): undefined | Promise<void> {
    const key = `${address} ${stream}`;
    const output = this.#outputs.get(key) ?? { address, lines: new LineSplitter() };
    this.#outputs.set(key, output);
    const lines = output.lines.pushText(chunk);
    if (lines === '') return undefined;
    return this.#write(this.#prefixed(address, lines.slice(0, -1).replaceAll('\n', `\n${this.#prefix(address)}`)));
  }

  log(address: Address, level: LogLevel, message: string): void {
    if (level === 'debug') return;
    const mark = level === 'info' ? '' : `${level}: `;
    for (const line of message.split('\n')) void this.#write(this.#prefixed(address, `${mark}${line}`));
  }

  #flush(address: Address): void {
    for (const [key, output] of this.#outputs) {
      if (output.address !== address) continue;
      const rest = output.lines.end();
      if (rest !== null) void this.#write(this.#prefixed(address, rest));
      this.#outputs.delete(key);
    }
  }

  #prefixed(address: Address, line: string): string {
    return `${this.#prefix(address)}${line}\n`;
  }

  #prefix(address: Address): string {
    return `${this.#palette.dim(`[${address}]`)} `;
  }
}
