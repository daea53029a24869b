import type { GitChange, GitStatus } from '../../../src/plugin-api/index.ts';
import type { Repository } from './repository.ts';

/** Head, branch, upstream and changes: all that `git status` tells. */
export async function readStatus(repository: Repository): Promise<GitStatus> {
  const [{ prefix }, toWorkspace] = await Promise.all([repository.checkout(), repository.workspacePaths()]);
  const args = ['--no-optional-locks', 'status', '--porcelain=v2', '--branch', '-z', '--untracked-files=all'];
  // Paths are matched one by one, so none are given where all of the repository is meant.
  const places = prefix === '' ? [] : ['--', '.'];
  const output = await repository.git.require({ args: [...args, '--no-renames', ...places] });
  const isState = (path: string) => path === `${prefix}.vwmp` || path.startsWith(`${prefix}.vwmp/`);
  const records = output.split('\0');
  const header = new Map(records.flatMap(headerOf));
  const [ahead, behind] = countsOf(header.get('branch.ab'));
  const branch = header.get('branch.head') ?? '(detached)';
  const head = header.get('branch.oid') ?? '(initial)';
  return {
    head: head === '(initial)' ? null : head,
    branch: branch === '(detached)' ? null : branch,
    upstream: header.get('branch.upstream') ?? null,
    ahead,
    behind,
    changes: records
      .flatMap(changesOf)
      .filter(({ path }) => !isState(path))
      .map((change) => ({ ...change, path: toWorkspace(change.path) })),
  };
}

function headerOf(record: string): readonly [string, string][] {
  const match = /^# (branch\.[a-z]+) (.*)$/.exec(record);
  return match ? [[match[1] ?? '', match[2] ?? '']] : [];
}

function countsOf(text: string | undefined): readonly [number, number] | readonly [null, null] {
  const match = /^\+(\d+) -(\d+)$/.exec(text ?? '');
  return match ? [Number(match[1]), Number(match[2])] : [null, null];
}

/** One record of `git status --porcelain=v2 -z`; a path can be staged and changed again since. */
function changesOf(record: string): readonly GitChange[] {
  if (record.startsWith('? ')) return [{ path: record.slice(2), state: 'untracked' }];
  const ordinary = /^1 (.)(.) (?:\S+ ){6}([\s\S]+)$/.exec(record);
  const unmerged = /^u .. (?:\S+ ){8}([\s\S]+)$/.exec(record);
  if (unmerged?.[1]) return [{ path: unmerged[1], state: 'unstaged' }];
  if (!ordinary) return [];
  const [, index = '.', work = '.', path = ''] = ordinary;
  const changes: GitChange[] = [];
  if (index !== '.') changes.push({ path, state: 'staged' });
  if (work !== '.') changes.push({ path, state: 'unstaged' });
  return changes;
}
