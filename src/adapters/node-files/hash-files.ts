import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync, realpathSync } from 'node:fs';
import { err, ok, type Result } from '../../core/model/result.ts';
import { FileSearch } from './file-search.ts';
import { parseGlobs } from './glob-pattern.ts';

const followOption = '--follow-symbolic-links';

/**
 * What GitHub's `hashFiles` gives for the files of `workspace`: SHA-256, hexadecimal, over the SHA-256 digests of
 * the files that the patterns match, in the order in which GitHub finds them; empty where none matches. Links that
 * are broken or lead out of the workspace are passed over. The error is one sentence for people.
 */
export function hashFiles(workspace: string, patterns: readonly string[]): Result<string, string> {
  const follow = patterns[0] === followOption;
  const option = patterns.find((pattern, index) => pattern.startsWith('--') && !(follow && index === 0));
  if (option !== undefined)
    return err(`"${option}" is not an option; the only one is "${followOption}", as the first argument`);
  try {
    const root = realpathSync(workspace);
    const globs = parseGlobs(root, follow ? patterns.slice(1) : patterns);
    return globs.ok ? ok(hashMatches(new FileSearch(root, globs.value, follow))) : globs;
  } catch (error) {
    return err(`the files cannot be read: ${error instanceof Error ? error.message : error}`);
  }
}

function hashMatches(search: FileSearch): string {
  const total = createHash('sha256');
  let isEmpty = true;
  for (const file of search.files()) {
    total.update(digestOf(file));
    isEmpty = false;
  }
  return isEmpty ? '' : total.digest('hex');
}

function digestOf(file: string): Buffer {
  const hash = createHash('sha256');
  const chunk = Buffer.alloc(64 * 1024);
  const descriptor = openSync(file, 'r');
  try {
    for (let length = readSync(descriptor, chunk); length > 0; length = readSync(descriptor, chunk)) {
      hash.update(chunk.subarray(0, length));
    }
  } finally {
    closeSync(descriptor);
  }
  return hash.digest();
}
