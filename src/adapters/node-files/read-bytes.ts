import { closeSync, constants, fstatSync, openSync, readFile, readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { FileFailure, fileFailure } from './file-failure.ts';
import { loopTurn } from './loop-turn.ts';

/**
 * Up to here a file is read at once. Its way through the pool of threads, there and back for each of open, stat, read
 * and close, would take many times as long as the reading.
 */
const atOnceBytes = 1024 * 1024;

/** As much as Node reads into one buffer. */
const mostBytes = 2 ** 31 - 1;

/**
 * The content of the regular file at `place`; `path` is how people know it. Rejects with a `FileFailure`, of kind
 * `budget` beyond `most` bytes.
 */
export async function readBytes(place: string, path: string, most = mostBytes): Promise<Uint8Array> {
  await loopTurn();
  try {
    // A pipe that nobody writes to would be waited for without the flag.
    const file = openSync(place, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const stat = fstatSync(file);
      if (stat.isDirectory()) throw new FileFailure('handler', `"${path}" is a folder, not a file.`);
      if (!stat.isFile()) throw new FileFailure('handler', `"${path}" is not a regular file.`);
      if (stat.size > most) {
        throw new FileFailure('budget', `"${path}" has ${stat.size} bytes, more than the ${most} that are read.`);
      }
      return stat.size > atOnceBytes ? await promisify(readFile)(file) : readFileSync(file);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw fileFailure(error, path);
  }
}
