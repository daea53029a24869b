import { FileFailure } from './file-failure.ts';
import { readBytes } from './read-bytes.ts';

/** Beyond it a file is data, not text that a step or a definition is made of. */
const maxBytes = 64 * 1024 * 1024;

/**
 * The text of the regular file at `place`, UTF-8 with its byte order mark; `path` is how people know it. Rejects
 * with a `FileFailure`. Bytes that are not UTF-8 are refused: written back, they would be something else.
 */
export async function readText(place: string, path: string): Promise<string> {
  const bytes = await readBytes(place, path, maxBytes);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw new FileFailure('handler', `"${path}" is not UTF-8 text: save it as UTF-8.`, error);
  }
}
