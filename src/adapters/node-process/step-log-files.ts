import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type { StepLogs } from '../../core/ports/step-logs.ts';
import { OutputTail, tailBytes } from './output-tail.ts';

/** The log files of one run: one for each visit of a step, to which its attempts append. */
export class StepLogFiles implements StepLogs {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Where the visit's log stands, or would stand: a silent visit has none. */
  pathOf(address: string, visit: number): string {
    return join(this.#folder, `${stemOf(address)}.${visit}.log`);
  }

  tail(address: string): string {
    const path = this.#newest(address);
    if (path === null) return '';
    const tail = new OutputTail();
    tail.add(endOf(path));
    return tail.text();
  }

  /** The whole log of the newest visit that printed anything; `null` where none did. */
  read(address: string): string | null {
    const path = this.#newest(address);
    return path === null ? null : readFileSync(path, 'utf8');
  }

  #newest(address: string): string | null {
    const visits = this.#names()
      .filter((name) => name.startsWith(`${stemOf(address)}.`))
      .map((name) => Number(/^\d+(?=\.log$)/.exec(name.slice(stemOf(address).length + 1))?.[0] ?? 0));
    const newest = Math.max(0, ...visits);
    return newest === 0 ? null : this.pathOf(address, newest);
  }

  #names(): readonly string[] {
    try {
      return readdirSync(this.#folder);
    } catch {
      // The folder is made with the first log.
      return [];
    }
  }
}

const longestStem = 150;

/** Addresses hold brackets and the keys of items: characters that file systems may refuse are written as numbers. */
function stemOf(address: string): string {
  const safe = address.replace(/[^\w.-]/gu, (character) => `~${character.codePointAt(0)?.toString(16) ?? ''}~`);
  if (safe.length <= longestStem) return safe;
  return `${safe.slice(0, longestStem)}~${createHash('sha256').update(address).digest('hex').slice(0, 16)}`;
}

/** One character more than a tail holds, so that its first line is known to be whole or not. */
function endOf(path: string): string {
  const descriptor = openSync(path, 'r');
  try {
    const start = Math.max(0, fstatSync(descriptor).size - tailBytes - 4);
    const bytes = Buffer.alloc(tailBytes + 4);
    const size = readSync(descriptor, bytes, 0, bytes.length, start);
    return bytes.toString('utf8', 0, size);
  } finally {
    closeSync(descriptor);
  }
}
