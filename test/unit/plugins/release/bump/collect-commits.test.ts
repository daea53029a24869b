import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import gitPlugin from '../../../../../plugins/git/index.ts';
import { collectCommits } from '../../../../../plugins/release/bump/collect-commits.ts';
import type { CollectedCommits } from '../../../../../plugins/release/commits/commit-collector.ts';
import type { GitAdapter, JsonMap } from '../../../../../src/plugin-api/index.ts';
import { pluginContext } from '../../../../rigs/plugin-context.ts';
import { TempFolder } from '../../../../rigs/temp-folder.ts';

let work: TempFolder;
beforeEach(() => {
  work = new TempFolder({ 'a.txt': 'a\n' });
  work.git('init', '--quiet', '--initial-branch', 'main');
  save('feat: released');
  work.git('tag', 'v1');
});
afterEach(() => work.remove());

/** Commits a change of a file; each gets one of its own where none is named. */
function save(message: string, path = `${message.replace(/\W+/g, '-')}.txt`): string {
  work.write(path, message);
  work.git('add', '--all');
  work.git('commit', '--quiet', '--message', message);
  return work.git('rev-parse', 'HEAD');
}

/** Makes the commits on a branch and merges it. Gives the merge. */
function merge(message: string, branch: string, commits: () => void): string {
  work.git('switch', '--quiet', '--create', branch);
  commits();
  work.git('switch', '--quiet', '-');
  work.git('merge', '--quiet', '--no-ff', '--message', message, branch);
  return work.git('rev-parse', 'HEAD');
}

function revert(commit: string, subject?: string): string {
  const isMerge = work.git('rev-list', '--parents', '--max-count=1', commit).split(' ').length > 2;
  work.git('revert', '--no-edit', ...(isMerge ? ['--mainline', '1'] : []), commit);
  if (subject === undefined) return work.git('rev-parse', 'HEAD');
  const body = work.git('log', '-1', '--format=%b');
  work.git('commit', '--quiet', '--amend', '--message', `${subject}\n\n${body}`);
  return work.git('rev-parse', 'HEAD');
}

async function collect(config: JsonMap = {}, since = 'v1'): Promise<CollectedCommits> {
  const context = pluginContext(work.path, { adapters: gitPlugin.adapters ?? {}, config });
  return collectCommits(context, await context.adapter<GitAdapter>('git'), { since, until: null });
}

/** What would be listed, by type. */
async function listed(config: JsonMap = {}, since = 'v1'): Promise<{ readonly [type: string]: readonly string[] }> {
  const { groups } = await collect(config, since);
  return Object.fromEntries(groups.map(({ type, shown }) => [type, shown.map(({ subject }) => subject)]));
}

const door = 'Merge pull request #5 from o/door\n\nfeat: a door';

describe('a range whose merges count by their title', () => {
  const merges = 'title';

  it('lists pull requests and not their commits, and what was committed beside them', async () => {
    merge(door, 'door', () => {
      save('feat: a first try');
      save('fix: a typo of my own');
    });
    save('fix: beside');
    expect(await listed({ merges })).toEqual({ fix: ['beside'], feat: ['a door'] });
    expect(await listed()).toEqual({ fix: ['beside', 'a typo of my own'], feat: ['a first try'] });
  });

  it('holds the pull requests that touched the paths', async () => {
    merge(door, 'door', () => save('feat: x', 'door/x.txt'));
    merge('Merge pull request #6 from o/lock\n\nfix: a lock', 'lock', () => save('fix: y', 'lock/y.txt'));
    expect(await listed({ merges, paths: ['door'] })).toEqual({ feat: ['a door'] });
    expect(await listed({ merges, paths: ['lock'] })).toEqual({ fix: ['a lock'] });
  });

  it('holds what merges without a title brought, each change once', async () => {
    merge("Merge branch 'side'", 'side', () => {
      save('fix: on the side');
      merge(door, 'door', () => save('feat: a first try'));
      work.git('switch', '--quiet', 'main');
      save('perf: on main');
      work.git('switch', '--quiet', 'side');
      work.git('merge', '--quiet', '--no-ff', '--message', "Merge branch 'main' into side", 'main');
    });
    expect(await listed({ merges })).toEqual({ perf: ['on main'], feat: ['a door'], fix: ['on the side'] });
  });

  it('holds the pull requests of the branch that somebody pulled into his own', async () => {
    work.git('switch', '--quiet', '--create', 'own');
    save('fix: my own');
    work.git('switch', '--quiet', 'main');
    merge(door, 'door', () => save('feat: a first try'));
    work.git('switch', '--quiet', 'own');
    work.git('merge', '--quiet', '--no-ff', '--message', "Merge branch 'main' of github.com:o/r", 'main');
    expect(await listed({ merges })).toEqual({ fix: ['my own'], feat: ['a door'] });
  });

  it('takes a pull request back where another one reverts it', async () => {
    const merged = merge(door, 'door', () => save('feat: a first try'));
    save('fix: beside');
    merge('Merge pull request #6 from o/revert-5-door\n\nRevert "feat: a door"', 'revert-5-door', () => {
      revert(merged, 'Revert "feat: a door"');
    });
    expect(await listed({ merges })).toEqual({ fix: ['beside'] });
    expect(await listed()).toEqual({ fix: ['beside'] });
  });
});

describe('a merge that is taken back', () => {
  it('takes back with it what it brought', async () => {
    const merged = merge("Merge branch 'door'", 'door', () => {
      save('feat: a door');
      save('fix!: its lock');
    });
    save('fix: beside');
    revert(merged);
    const collected = await collect();
    expect(await listed()).toEqual({ fix: ['beside'] });
    expect(collected).toMatchObject({ total: 5, ignored: { reverted: 4 }, decisive: { increment: 'patch' } });
    expect(await listed({ merges: 'title' })).toEqual({ fix: ['beside'] });
  });

  it('is found in a package too, where git shows commits of its paths alone', async () => {
    const merged = merge("Merge branch 'door'", 'door', () => save('feat: a door', 'door/x.txt'));
    save('fix: a window', 'door/y.txt');
    revert(merged);
    expect(await listed({ paths: ['door'] })).toEqual({ fix: ['a window'] });
  });

  it('leaves what was on main already', async () => {
    work.git('switch', '--quiet', '--create', 'door');
    save('feat: a door');
    work.git('switch', '--quiet', 'main');
    save('feat: on main');
    work.git('switch', '--quiet', 'door');
    work.git('merge', '--quiet', '--no-ff', '--message', "Merge branch 'main' into door", 'main');
    work.git('switch', '--quiet', 'main');
    work.git('merge', '--quiet', '--no-ff', '--message', "Merge branch 'door'", 'door');
    revert(work.git('rev-parse', 'HEAD'));
    expect(await listed()).toEqual({ feat: ['on main'] });
  });

  it('counts again where the revert is taken back', async () => {
    const merged = merge("Merge branch 'door'", 'door', () => save('feat: a door'));
    revert(revert(merged));
    expect(await listed()).toEqual({ feat: ['a door'] });
  });

  it('is a change of its own where it was released before', async () => {
    const merged = merge("Merge branch 'door'", 'door', () => save('feat: a door'));
    work.git('tag', 'v2');
    revert(merged);
    expect(await listed({}, 'v2')).toEqual({ revert: ["Merge branch 'door'"] });
  });

  it('has to be in the history: a message can name anything', async () => {
    const merged = merge("Merge branch 'door'", 'door', () => save('feat: a door'));
    work.git('branch', 'elsewhere');
    work.git('reset', '--quiet', '--hard', 'v1');
    save(`Revert "x"\n\nThis reverts commit ${merged}, reversing\nchanges made to ${'1'.repeat(40)}.`, 'x.txt');
    save(`Revert "y"\n\nThis reverts commit ${'2'.repeat(40)}, reversing\nchanges made to 1.`, 'y.txt');
    expect(await listed()).toEqual({ revert: ['y', 'x'] });
  });
});

describe('a shallow clone', () => {
  it('is read again after a fetch brought the rest, though both ends of the range are the same', async () => {
    save('feat: x');
    save('fix: y');
    const shallow = new TempFolder({});
    try {
      shallow.git('clone', '--quiet', '--depth', '1', `file://${work.path}`, '.');
      const context = pluginContext(shallow.path, { adapters: gitPlugin.adapters ?? {} });
      const git = await context.adapter<GitAdapter>('git');
      const total = async () => (await collectCommits(context, git, { since: null, until: null })).total;
      expect(await total()).toBe(1);
      shallow.git('fetch', '--quiet', '--unshallow');
      expect(await total()).toBe(3);
    } finally {
      shallow.remove();
    }
  });
});
