import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type { Address, RunId } from '../../core/model/ids.ts';
import type { StepLogs } from '../../core/ports/step-logs.ts';

const tailBytes = 64 * 1024;
const tailLines = 100;

/** The log files of runs: one a step, made with its first output. They hold masked text. */
export class NodeStepLogs {
  readonly #folderOf: (runId: RunId) => string;

  constructor(folderOf: (runId: RunId) => string) {
    this.#folderOf = folderOf;
  }

  pathOf(runId: RunId, address: Address): string {
    return join(this.#folderOf(runId), `${fileNameOf(address)}.log`);
  }

  of(runId: RunId): StepLogs & { read(address: string): string | null } {
    const path = (address: string) => join(this.#folderOf(runId), `${fileNameOf(address)}.log`);
    return {
      tail: (address) => tailOf(path(address)),
      read: (address) => readOrNull(path(address)),
    };
  }
}

/** Addresses of instances hold characters that file systems refuse; each becomes its code, so that names stay apart. */
function fileNameOf(address: string): string {
  return address.replace(/[^A-Za-z0-9_.-]/g, (character) => `%${character.charCodeAt(0).toString(16)}`);
}

function tailOf(path: string): string {
  let descriptor: number;
  try {
    descriptor = openSync(path, 'r');
  } catch {
    // A step that printed nothing has no log.
    return '';
  }
  try {
    const { size } = fstatSync(descriptor);
    const buffer = Buffer.alloc(Math.min(size, tailBytes));
    readSync(descriptor, buffer, 0, buffer.length, size - buffer.length);
    const lines = buffer.toString('utf8').replace(/\n$/, '').split('\n');
    // The first line may have been cut in its middle.
    return (size > buffer.length ? lines.slice(1) : lines).slice(-tailLines).join('\n');
  } finally {
    closeSync(descriptor);
  }
}

function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
