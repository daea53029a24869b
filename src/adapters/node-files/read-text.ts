import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { FileFailure, fileFailure } from './file-failure.ts';

/** Beyond it a file is data, not text that a step or a definition is made of. */
const maxBytes = 64 * 1024 * 1024;

/**
 * The text of the regular file at `place`, UTF-8 with its byte order mark; `path` is how people know it. Rejects
 * with a `FileFailure`. Bytes that are not UTF-8 are refused: written back, they would be something else.
 */
export async function readText(place: string, path: string): Promise<string> {
  try {
    // A pipe that nobody writes to would be waited for without the flag.
    const file = await open(place, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const stat = await file.stat();
      if (stat.isDirectory()) throw new FileFailure('handler', `"${path}" is a folder, not a file.`);
      if (!stat.isFile()) throw new FileFailure('handler', `"${path}" is not a regular file.`);
      if (stat.size > maxBytes) {
        throw new FileFailure(
          'budget',
          `"${path}" has ${stat.size} bytes, more than the ${maxBytes} that are read as text.`,
        );
      }
      return decode(await file.readFile(), path);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw fileFailure(error, path);
  }
}

function decode(bytes: Uint8Array, path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw new FileFailure('handler', `"${path}" is not UTF-8 text: save it as UTF-8.`, error);
  }
}
