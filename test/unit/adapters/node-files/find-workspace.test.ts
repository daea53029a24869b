import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findWorkspace } from '../../../../src/adapters/node-files/find-workspace.ts';
import { headCommit } from '../../../../src/adapters/node-files/head-commit.ts';
import { TemporaryFolder } from './temporary-folder.ts';

let folder: TemporaryFolder;
beforeEach(() => {
  folder = new TemporaryFolder();
});
afterEach(() => folder.dispose());

function git(cwd: string, ...args: readonly string[]): string {
  const identity = ['-c', 'user.name=A', '-c', 'user.email=a@example.org', '-c', 'init.defaultBranch=main'];
  const env = { PATH: process.env.PATH, HOME: folder.path, GIT_CONFIG_NOSYSTEM: '1' };
  return execFileSync('git', [...identity, '-c', 'commit.gpgsign=false', ...args], {
    cwd,
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();
}

function repository(): string {
  const path = folder.at('repo');
  mkdirSync(`${path}/sub/deep`, { recursive: true });
  git(path, 'init');
  return path;
}

function commit(path: string): string {
  git(path, 'commit', '--allow-empty', '-m', 'change');
  return git(path, 'rev-parse', 'HEAD');
}

describe('the workspace', () => {
  it('is what the option names before anything else, relative to the current folder', () => {
    mkdirSync(folder.at('chosen'));
    const env = { GITHUB_WORKSPACE: folder.at('elsewhere') };
    expect(findWorkspace({ option: 'chosen', env, cwd: folder.path })).toEqual({
      ok: true,
      value: folder.at('chosen'),
    });
  });

  it('is GITHUB_WORKSPACE where that is set', () => {
    mkdirSync(folder.at('gh'));
    const repo = repository();
    expect(findWorkspace({ option: null, env: { GITHUB_WORKSPACE: folder.at('gh') }, cwd: repo })).toEqual({
      ok: true,
      value: folder.at('gh'),
    });
    expect(findWorkspace({ option: null, env: { GITHUB_WORKSPACE: '' }, cwd: repo })).toEqual({
      ok: true,
      value: repo,
    });
  });

  it('is the top of the checkout around the current folder', () => {
    const repo = repository();
    expect(findWorkspace({ option: null, env: {}, cwd: `${repo}/sub/deep` })).toEqual({ ok: true, value: repo });
  });

  it('is the top of a worktree, whose .git is a file', () => {
    const repo = repository();
    commit(repo);
    git(repo, 'worktree', 'add', folder.at('tree'));
    mkdirSync(folder.at('tree/sub'));
    expect(findWorkspace({ option: null, env: {}, cwd: folder.at('tree/sub') })).toEqual({
      ok: true,
      value: folder.at('tree'),
    });
  });

  it('is the current folder outside of git, and where .git is none', () => {
    mkdirSync(folder.at('plain/.git'), { recursive: true });
    expect(findWorkspace({ option: null, env: {}, cwd: folder.at('plain') })).toEqual({
      ok: true,
      value: folder.at('plain'),
    });
  });

  it('is given without links', () => {
    mkdirSync(folder.at('real'));
    symlinkSync('real', folder.at('link'));
    expect(findWorkspace({ option: folder.at('link'), env: {}, cwd: '/' })).toEqual({
      ok: true,
      value: folder.at('real'),
    });
  });

  it('is refused in one sentence where it is no folder', () => {
    folder.put('file');
    expect(findWorkspace({ option: 'gone', env: {}, cwd: folder.path })).toEqual({
      ok: false,
      error: '--workspace names "gone", which does not exist.',
    });
    expect(findWorkspace({ option: 'file', env: {}, cwd: folder.path })).toMatchObject({
      ok: false,
      error: expect.stringContaining('is a file'),
    });
    expect(
      findWorkspace({ option: null, env: { GITHUB_WORKSPACE: folder.at('gone') }, cwd: folder.path }),
    ).toMatchObject({ ok: false, error: expect.stringContaining('GITHUB_WORKSPACE') });
  });
});

describe('the commit that is checked out', () => {
  it('is none outside of git and before the first commit', () => {
    expect(headCommit(folder.path)).toBeNull();
    expect(headCommit(repository())).toBeNull();
  });

  it('is found on a branch, from a folder below, after packing, and on a detached head', () => {
    const repo = repository();
    const first = commit(repo);
    expect(headCommit(repo)).toBe(first);
    git(repo, 'checkout', '-b', 'feature/with/slashes');
    const second = commit(repo);
    expect(headCommit(`${repo}/sub/deep`)).toBe(second);
    git(repo, 'pack-refs', '--all');
    expect(headCommit(repo)).toBe(second);
    expect(headCommit(repo)).toBe(git(repo, 'rev-parse', 'HEAD'));
    git(repo, 'checkout', '--detach', first);
    expect(headCommit(repo)).toBe(first);
  });

  it('is that of a loose ref where a packed one is older', () => {
    const repo = repository();
    commit(repo);
    git(repo, 'pack-refs', '--all');
    const second = commit(repo);
    expect(headCommit(repo)).toBe(second);
  });

  it("is a worktree's own", () => {
    const repo = repository();
    const first = commit(repo);
    git(repo, 'worktree', 'add', '-b', 'side', folder.at('tree'));
    const side = commit(folder.at('tree'));
    expect(side).not.toBe(first);
    expect(headCommit(folder.at('tree'))).toBe(side);
    expect(headCommit(repo)).toBe(first);
  });

  it('is found with the longer object names', () => {
    mkdirSync(folder.at('long'));
    git(folder.at('long'), 'init', '--object-format=sha256');
    const made = commit(folder.at('long'));
    expect(made).toHaveLength(64);
    expect(headCommit(folder.at('long'))).toBe(made);
  });

  it('is not looked for where a hostile head points', () => {
    const repo = repository();
    folder.put('loot', 'a'.repeat(40));
    folder.put('repo/.git/HEAD', 'ref: refs/../../../loot\n');
    expect(headCommit(repo)).toBeNull();
    folder.put('repo/.git/HEAD', 'ref: refs/heads/a\n');
    folder.put('repo/.git/refs/heads/a', 'ref: refs/heads/a\n');
    expect(headCommit(repo)).toBeNull();
  });
});
