import { PluginFailure } from '../../../src/plugin-api/index.ts';
import { type GitCommand, gitFailure, lastWords } from './git-process.ts';
import { pathspecs } from './pathspec.ts';
import type { Repository } from './repository.ts';

/** Paths whose staged state differs from head. */
export async function stagedPaths(
  repository: Repository,
  patterns: readonly string[] = [],
): Promise<readonly string[]> {
  const listing = ['diff', '--cached', '--name-only', '-z', '--no-renames', '--no-ext-diff', '--relative'];
  const args = patterns.length === 0 ? listing : [...listing, '--', ...pathspecs(patterns)];
  const names = (await repository.git.require({ args })).split('\0').filter((name) => name !== '');
  return names.map((name) => repository.base + name);
}

/**
 * Stages what the patterns match, deletions too; gives the staged paths. Git itself lists what it changes in the index,
 * and where nothing was staged before, that is all that is staged now.
 */
export async function stage(
  repository: Repository,
  patterns: readonly string[],
  options: { readonly literal?: boolean; readonly clean?: boolean },
): Promise<readonly string[]> {
  const literal = options.literal === true;
  const answer = await repository.git.run(literal ? addPaths(repository, patterns) : addMatches(patterns));
  if (answer.code !== 0) acceptStaging(repository, answer.stderr, () => gitFailure('add', answer));
  const changed = options.clean === true ? await listedChanges(repository, answer.stdout) : null;
  return changed ?? stagedPaths(repository);
}

function addMatches(patterns: readonly string[]): GitCommand {
  return { args: ['add', '--all', '--verbose', '--', ...pathspecs(patterns)] };
}

function addPaths(repository: Repository, paths: readonly string[]): GitCommand {
  const listing = ['--pathspec-from-file=-', '--pathspec-file-nul'];
  return { args: ['--literal-pathspecs', 'add', '--all', '--verbose', ...listing], stdin: listed(repository, paths) };
}

/** What `git add --verbose` says it did; `null` where a name holds a line break, so that it cannot be read. */
async function listedChanges(repository: Repository, stdout: string): Promise<readonly string[] | null> {
  const toWorkspace = await repository.workspacePaths();
  const paths = new Set<string>();
  for (const line of stdout.split('\n')) {
    if (line === '') continue;
    const path = /^(?:add|remove) '(.*)'$/.exec(line)?.[1];
    if (path === undefined) return null;
    paths.add(toWorkspace(path));
  }
  return [...paths].sort();
}

/** Puts the staged state of paths back to that of a tree, or of head. A path that neither knows is no fault. */
export async function unstage(repository: Repository, paths: readonly string[], tree: string | null): Promise<void> {
  if (paths.length === 0) return;
  const from = tree === null ? [] : [tree];
  const args = ['--literal-pathspecs', 'reset', '--quiet', ...from, '--pathspec-from-file=-', '--pathspec-file-nul'];
  await repository.git.require({ args, stdin: listed(repository, paths) });
}

export async function indexTree(repository: Repository): Promise<string> {
  return (await repository.git.require({ args: ['write-tree'] })).trim();
}

/** Makes the index that of a tree; files stay as they are. */
export async function readIndex(repository: Repository, tree: string): Promise<void> {
  await repository.git.require({ args: ['read-tree', tree] });
}

function listed(repository: Repository, paths: readonly string[]): string {
  return paths.map((path) => `${repository.insidePath(path)}\0`).join('');
}

/** Ignored files that a path names are left out with a word; a path that matches nothing is a failure. */
function acceptStaging(repository: Repository, stderr: string, failure: () => PluginFailure): void {
  if (/paths are ignored by one of your/.test(stderr)) {
    // The state folder of the engine nobody has asked for.
    const names = lastWords(stderr)
      .split('\n')
      .slice(1)
      .filter((name) => !/(?:^|\/)\.vwmp$/.test(name));
    if (names.length > 0) repository.context.log('warning', `left out because git ignores it: ${names.join(', ')}`);
    return;
  }
  const unmatched = /pathspec '(.*)' did not match any file/.exec(stderr)?.[1]?.replace(/^:\(glob\)/, '');
  if (unmatched === undefined) throw failure();
  if (unmatched === '*' || unmatched === '.') return;
  throw new PluginFailure('not-found', `the path \`${unmatched}\` matches no file of the repository`, {
    retryable: false,
  });
}
