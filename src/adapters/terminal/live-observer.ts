import type { RunEvent } from '../../core/model/event.ts';
import type { Address } from '../../core/model/ids.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { LogLevel, Observer } from '../../core/ports/observer.ts';
import { durationText } from '../../core/report/duration-text.ts';
import { cutText, plainLine } from '../../core/report/plain-text.ts';
import { LineSplitter } from './line-splitter.ts';
import { noteLine } from './note-line.ts';
import type { Palette } from './palette.ts';
import { RunningSteps } from './running-steps.ts';

export interface Terminal {
  write(text: string): void;
  readonly columns: number;
  readonly rows: number;
}

/** How often the running steps are drawn anew. */
const frameMs = 100;
const spinner = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

/**
 * A run on a terminal: what has ended scrolls away above, the running steps stand below with their time and the last
 * line they printed. Only the lower part is drawn again, so the scroll-back stays a true log.
 */
export class LiveObserver implements Observer {
  readonly #terminal: Terminal;
  readonly #palette: Palette;
  readonly #clock: Clock;
  readonly #steps = new RunningSteps();
  readonly #lastLines = new Map<Address, { readonly lines: LineSplitter; text: string }>();
  #drawn = 0;
  #frame = 0;
  #stopTimer: (() => void) | null = null;

  constructor(terminal: Terminal, palette: Palette, clock: Clock) {
    this.#terminal = terminal;
    this.#palette = palette;
    this.#clock = clock;
  }

  event(event: RunEvent): void {
    const note = this.#steps.note(event);
    if (event.kind === 'step-ended') this.#lastLines.delete(event.address);
    if (note && note.kind !== 'started') this.#print(`${noteLine(note, this.#palette)}\n`);
    if (event.kind === 'run-ended') this.#stop();
    else if (this.#steps.running.size > 0) this.#keepDrawing();
  }

  output(address: Address, chunk: string): undefined {
    const last = this.#lastLines.get(address) ?? { lines: new LineSplitter(), text: '' };
    this.#lastLines.set(address, last);
    last.text = last.lines.push(chunk).findLast((line) => line.trim() !== '') ?? last.text;
  }

  log(address: Address, level: LogLevel, message: string): void {
    if (level === 'warning' || level === 'error') {
      const paint = level === 'error' ? this.#palette.bad : this.#palette.warn;
      this.#print(`${paint(level)} ${this.#steps.nameOf(address)}: ${message}\n`);
    } else if (level === 'info') this.output(address, `${message}\n`);
  }

  #keepDrawing(): void {
    if (this.#stopTimer) return;
    this.#stopTimer = this.#clock.schedule(frameMs, () => {
      this.#stopTimer = null;
      this.#frame++;
      this.#print('');
      if (this.#steps.running.size > 0) this.#keepDrawing();
    });
  }

  #stop(): void {
    this.#stopTimer?.();
    this.#stopTimer = null;
    this.#terminal.write(this.#erased());
  }

  /** Writes permanent text above the running steps and draws those again. */
  #print(text: string): void {
    const erased = this.#erased();
    const lines = this.#runningLines();
    this.#drawn = lines.length;
    this.#terminal.write(`${erased}${text}${lines.map((line) => `${line}\n`).join('')}`);
  }

  #erased(): string {
    const codes = this.#drawn === 0 ? '' : `\u001b[${this.#drawn}A\u001b[J`;
    this.#drawn = 0;
    return codes;
  }

  #runningLines(): readonly string[] {
    const room = Math.max(1, Math.min(10, this.#terminal.rows - 2));
    const running = [...this.#steps.running];
    const shown = running.slice(0, running.length > room ? room - 1 : room);
    const lines = shown.map(([address, step]) => this.#runningLine(address, step));
    if (shown.length < running.length) lines.push(this.#palette.dim(`  and ${running.length - shown.length} more`));
    return lines;
  }

  #runningLine(address: Address, { name, since }: { readonly name: string; readonly since: number }): string {
    const mark = spinner[this.#frame % spinner.length] ?? '';
    const time = durationText(this.#clock.now() - since);
    const left = `${mark} ${plainLine(name)}  ${time}`;
    const room = this.#terminal.columns - left.length - 4;
    const last = room > 10 ? cutText(plainLine(this.#lastLines.get(address)?.text ?? ''), room) : '';
    return `${this.#palette.info(mark)} ${plainLine(name)}  ${this.#palette.dim(time)}${last ? `  ${this.#palette.dim(last)}` : ''}`;
  }
}
