import { closeSync, constants, fstatSync, lstatSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Failure } from '../../core/model/failure.ts';
import { err, ok, type Result } from '../../core/model/result.ts';
import { parseOutputFile, type StepOutputs } from './parse-output-file.ts';

/** Beyond it the file is not even read: 16 outputs of the greatest size. */
const largestFile = 16 * 1024 * 1024;

/**
 * The output files of a run's processes. Making a file costs more than starting a short process should, and most
 * processes give no outputs: a file that is still empty at the end serves the next process.
 */
export class OutputFiles {
  readonly #folder: () => string;
  readonly #unused: string[] = [];
  #made = 0;

  constructor(folder: () => string) {
    this.#folder = folder;
  }

  /** An empty file that no other running process knows of. Throws what the file system says. */
  take(): string {
    const unused = this.#unused.pop();
    if (unused !== undefined) return unused;
    const path = join(this.#folder(), `${++this.#made}.output`);
    writeFileSync(path, '', { flag: 'wx', mode: 0o600 });
    return path;
  }

  /** What the process wrote; the file is used up. Failures are of kind `output`. */
  finish(path: string): Result<StepOutputs, Failure> {
    if (isEmptyFile(path)) {
      this.#unused.push(path);
      return ok({});
    }
    const content = readContent(path);
    rmSync(path, { recursive: true, force: true });
    return content.ok ? parseOutputFile(content.value ?? '') : content;
  }
}

/** Most are: one look is cheaper than opening. A link is no file. */
function isEmptyFile(path: string): boolean {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  return stat?.isFile() === true && stat.size === 0;
}

/**
 * `null` where the process took the file away, which means no outputs. It may have put anything in its place: links
 * are not followed, and a named pipe cannot make us wait.
 */
function readContent(path: string): Result<string | null, Failure> {
  let descriptor: number;
  try {
    descriptor = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    return codeOf(error) === 'ENOENT' ? ok(null) : refused(notOrdinary);
  }
  try {
    const stat = fstatSync(descriptor);
    if (!stat.isFile()) return refused(notOrdinary);
    if (stat.size > largestFile) {
      return refused(
        `The step's output file holds ${stat.size} bytes; at most ${largestFile} are read. Write large data to a file.`,
      );
    }
    return ok(stat.size === 0 ? '' : decode(readFileSync(descriptor)));
  } finally {
    closeSync(descriptor);
  }
}

const notOrdinary = "The step's output file is no ordinary file any more: append to it, do not replace it.";

/** PowerShell may write UTF-16; the byte order mark tells. */
function decode(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.toString('utf16le', 2);
  const text = bytes.toString('utf8');
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

function refused(message: string): Result<never, Failure> {
  return err({ kind: 'output', message });
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
