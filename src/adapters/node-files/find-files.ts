import { realpathSync } from 'node:fs';
import { relative, sep } from 'node:path';
import { err, ok, type Result } from '../../core/model/result.ts';
import { FileSearch } from './file-search.ts';
import { parseGlobs } from './glob-pattern.ts';

/**
 * Files of the workspace that patterns match, relative to it, with `/`, sorted. The rules of the patterns are those of
 * `hashFiles`; links are not followed, and what git and the engine keep for themselves is left out. The error is one
 * sentence for people.
 */
export function findFiles(workspace: string, patterns: readonly string[]): Result<readonly string[], string> {
  try {
    const root = realpathSync(workspace);
    const globs = parseGlobs(root, patterns);
    if (!globs.ok) return globs;
    const found = [...new FileSearch(root, globs.value, false).files()];
    const paths = found.map((place) => relative(root, place).split(sep).join('/'));
    return ok(paths.filter((path) => !/^\.(?:git|vwmp)\//.test(path)).sort());
  } catch (error) {
    return err(`the files cannot be read: ${error instanceof Error ? error.message : error}`);
  }
}
