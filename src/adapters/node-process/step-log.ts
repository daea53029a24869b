import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * The log file of one step, made with its first output: a silent step costs no file. Writes are synchronous, so that
 * the log is complete when the process is, and nothing piles up in memory.
 */
export class StepLog {
  readonly path: string;
  #descriptor: number | null = null;

  constructor(path: string) {
    this.path = path;
  }

  /** Throws what the file system says, a full disk for one. */
  write(text: string): void {
    this.#descriptor ??= this.#open();
    writeWhole(this.#descriptor, text);
  }

  close(): void {
    if (this.#descriptor !== null) closeSync(this.#descriptor);
    this.#descriptor = null;
  }

  #open(): number {
    try {
      return openSync(this.path, 'a', 0o600);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
      mkdirSync(dirname(this.path), { recursive: true });
      return openSync(this.path, 'a', 0o600);
    }
  }
}

// One buffer for all logs, because writes end before anything else runs: a buffer for each write would fill the
// memory of a fast stream with garbage.
const scratch = Buffer.alloc(256 * 1024);
const encoder = new TextEncoder();

function writeWhole(descriptor: number, text: string): void {
  for (let from = 0; from < text.length; ) {
    const { read, written } = encoder.encodeInto(from === 0 ? text : text.slice(from), scratch);
    // The system may take a part only, just before the disk is full.
    for (let done = 0; done < written; ) done += writeSync(descriptor, scratch, done, written - done);
    from += read;
  }
}
