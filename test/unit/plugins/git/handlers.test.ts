import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import gitPlugin from '../../../../plugins/git/index.ts';
import type { GitAdapter, Json, JsonMap, Outcome } from '../../../../src/plugin-api/index.ts';
import { type ContextOptions, pluginContext, quietEnvironment } from '../../../rigs/plugin-context.ts';
import { TempFolder } from '../../../rigs/temp-folder.ts';
import { failureOf, findHandler, outputsOf } from './git-bench.ts';

const adapters = gitPlugin.adapters ?? {};
const folders: TempFolder[] = [];
let work: TempFolder;
let remote: TempFolder;
let state: Map<string, Json>;

function folder(files: { readonly [path: string]: string } = {}): TempFolder {
  const made = new TempFolder(files);
  folders.push(made);
  return made;
}

beforeEach(() => {
  state = new Map();
  remote = folder();
  remote.git('init', '--quiet', '--bare');
  work = folder({ 'a.txt': 'a\n', '.gitignore': 'ignored/\n*.log\n' });
  work.git('init', '--quiet', '--initial-branch', 'main');
  work.git('add', '.');
  work.git('commit', '--quiet', '--message', 'first');
  work.git('remote', 'add', 'origin', remote.path);
  work.git('push', '--quiet', 'origin', 'main');
});

afterEach(() => {
  for (const made of folders.splice(0)) made.remove();
});

function contextFor(config: JsonMap, more: ContextOptions = {}) {
  return pluginContext(work.path, { adapters, config, state, ...more });
}

async function call(name: string, config: JsonMap, more: ContextOptions = {}): Promise<Outcome> {
  return findHandler(name)
    .execute(contextFor(config, more))
    .catch((error: { failure: Extract<Outcome, { kind: 'failed' }>['failure'] }) => ({
      kind: 'failed' as const,
      failure: error.failure,
    }));
}

function change(path = 'a.txt', text = 'changed\n'): void {
  work.write(path, text);
  work.git('add', '--all');
}

describe('git.stage_all', () => {
  const everything = { paths: ['*'] };

  it('stages changes, new files and deletions in all folders, hidden ones too', async () => {
    work.write('b.txt', 'b\n');
    work.git('add', '.');
    work.git('commit', '--quiet', '--message', 'second');
    work.git('rm', '--quiet', '--cached', 'b.txt');
    work.git('reset', '--quiet');
    work.write('a.txt', 'changed\n');
    work.write('deep/er/ü b.md', 'new\n');
    work.write('.github/x.yml', 'new\n');
    work.git('rm', '--quiet', 'b.txt');
    work.git('reset', '--quiet');
    const outputs = outputsOf(await call('git.stage_all', everything));
    expect(outputs).toEqual({ files: ['.github/x.yml', 'a.txt', 'b.txt', 'deep/er/ü b.md'], count: 4 });
  });

  it('leaves out the state folder and what git ignores', async () => {
    work.write('.vwmp/state.db', 'x');
    work.write('ignored/x', 'x');
    work.write('run.log', 'x');
    expect(outputsOf(await call('git.stage_all', everything))).toMatchObject({ files: [] });
    expect(outputsOf(await call('git.stage_all', { paths: ['.vwmp', '*'] }))).toMatchObject({ files: [] });
  });

  it('leaves out an ignored file that is named, with a word, and stages the rest', async () => {
    work.write('run.log', 'x');
    work.write('b.txt', 'b');
    const context = contextFor({ paths: ['run.log', 'b.txt'] });
    expect(outputsOf(await findHandler('git.stage_all').execute(context))).toMatchObject({ files: ['b.txt'] });
    expect(context.logged.join('\n')).toContain('left out because git ignores it: run.log');
  });

  it('takes patterns', async () => {
    for (const path of ['src/x/one.py', 'two.py', 'src/three.md']) work.write(path, 'x');
    expect(outputsOf(await call('git.stage_all', { paths: ['**/*.py'] }))).toMatchObject({
      files: ['src/x/one.py', 'two.py'],
    });
  });

  it('names a path that matches nothing', async () => {
    const failure = failureOf(await call('git.stage_all', { paths: ['docs/*.md'] }));
    expect(failure).toMatchObject({ kind: 'not-found', message: expect.stringContaining('docs/*.md') });
  });

  it.each(['../x', '/etc/passwd', 'a/../../b', ':(top)x', ':!a.txt', '-f/../..'])('refuses %s', async (path) => {
    expect(failureOf(await call('git.stage_all', { paths: [path] })).kind).toBe('permission');
  });

  it('takes a path that looks like an option as a path', async () => {
    work.write('--force', 'x');
    expect(outputsOf(await call('git.stage_all', { paths: ['--force'] }))).toMatchObject({ files: ['--force'] });
  });

  it('has nothing to stage in an empty repository', async () => {
    work = folder();
    work.git('init', '--quiet');
    expect(outputsOf(await call('git.stage_all', everything))).toMatchObject({ count: 0 });
  });

  it('says so outside a repository', async () => {
    work = folder();
    expect(failureOf(await call('git.stage_all', everything))).toMatchObject({
      kind: 'not-found',
      message: expect.stringContaining('not in a git repository'),
    });
  });

  it('stages only what the workspace holds where the workspace is a folder of the repository', async () => {
    const top = work;
    top.write('outside.txt', 'x');
    top.write('part/inside.txt', 'x');
    const context = pluginContext(join(top.path, 'part'), { adapters, config: everything });
    expect(outputsOf(await findHandler('git.stage_all').execute(context))).toMatchObject({ files: ['inside.txt'] });
    expect(top.git('diff', '--cached', '--name-only')).toBe('part/inside.txt');
  });
});

describe('git.commit', () => {
  it('keeps every line of the message and gives the name of the commit', async () => {
    change();
    const message = '-m "1.2.3" $(x) - summary\n\n#21 is fixed\n\nlast';
    const parent = work.git('rev-parse', 'HEAD');
    const outputs = outputsOf(await call('git.commit', { message_template: message }));
    const commit = work.git('rev-parse', 'HEAD');
    expect(outputs).toEqual({ commit, parent, branch: 'main', message, file_count: 1, created: true });
    expect(work.git('log', '-1', '--format=%B')).toBe(message);
  });

  it('is skipped with a reason when nothing is staged', async () => {
    work.write('a.txt', 'not staged\n');
    expect(await call('git.commit', { message_template: 'x' })).toEqual({
      kind: 'skipped',
      reason: 'nothing is staged, so there is nothing to commit',
    });
  });

  it('says how to set an identity that is missing', async () => {
    change();
    const nobody = { GIT_AUTHOR_NAME: '', GIT_AUTHOR_EMAIL: '', GIT_COMMITTER_NAME: '', GIT_COMMITTER_EMAIL: '' };
    const failure = failureOf(await call('git.commit', { message_template: 'x' }, { env: nobody }));
    expect(failure.message).toContain('git config user.name');
    expect(failure.retryable).toBe(false);
  });

  it('runs hooks and gives their words when they refuse', async () => {
    work.write('.git/hooks/pre-commit', '#!/bin/sh\necho "no debug prints, please"\nexit 1\n', 0o755);
    change();
    const failure = failureOf(await call('git.commit', { message_template: 'x' }));
    expect(failure).toMatchObject({ kind: 'exit', exitCode: 1, retryable: false });
    expect(failure.message).toContain('no debug prints, please');
    expect(work.git('log', '--format=%s')).toBe('first');
  });

  it('has staged afterwards what was staged before, whatever a hook that refused has staged besides', async () => {
    const script = '#!/bin/sh\necho x > made.txt; git add made.txt; exit 1\n';
    work.write('.git/hooks/pre-commit', script, 0o755);
    change();
    const before = work.git('diff', '--cached', '--name-status');
    failureOf(await call('git.commit', { message_template: 'x' }));
    expect([work.git('diff', '--cached', '--name-status'), work.read('made.txt')]).toEqual([before, 'x\n']);
  });

  it('opens no editor, whatever the settings say', async () => {
    work.git('config', 'core.editor', 'false');
    work.git('config', 'commit.verbose', 'true');
    change();
    expect((await call('git.commit', { message_template: 'x' })).kind).toBe('success');
  });

  it('refuses an empty message', async () => {
    change();
    expect(failureOf(await call('git.commit', { message_template: '  \n' })).message).toContain('is empty');
  });

  it('makes the first commit of a repository', async () => {
    work = folder({ x: 'x' });
    work.git('init', '--quiet', '--initial-branch', 'trunk');
    work.git('add', '.');
    expect(outputsOf(await call('git.commit', { message_template: 'x' }))).toMatchObject({ branch: 'trunk' });
  });

  it('knows after a crash whether the commit was made', async () => {
    const config = { message_template: '1.2.3 - summary\n\nbody' };
    const probe = () => findHandler('git.commit').probe?.(contextFor(config));
    change();
    expect(await probe()).toEqual({ kind: 'not-done' });
    const outputs = outputsOf(await call('git.commit', config));
    expect(await probe()).toEqual({ kind: 'done', outputs });
  });
});

describe('git.create_tag', () => {
  const config = { tag_template: 'v1', message_template: 'Release v1', annotated: true };

  it('makes an annotated tag with its own name in the message', async () => {
    const template = { template: ['#1: ', { name: 'tag', otherwise: null }] };
    const outputs = outputsOf(await call('git.create_tag', { ...config, message_template: template }));
    const [target, object] = [work.git('rev-parse', 'HEAD'), work.git('rev-parse', 'refs/tags/v1')];
    expect(outputs).toEqual({ tag: 'v1', target, object, created: true });
    expect(work.git('cat-file', '-t', 'v1')).toBe('tag');
    expect(work.git('for-each-ref', '--format=%(contents)', 'refs/tags/v1')).toBe('#1: v1');
  });

  it('makes a lightweight tag without an editor where settings sign tags', async () => {
    work.git('config', 'tag.gpgSign', 'true');
    expect((await call('git.create_tag', { ...config, annotated: false })).kind).toBe('success');
    expect(work.git('cat-file', '-t', 'v1')).toBe('commit');
  });

  it('is a success without a change where the tag is here already', async () => {
    work.git('tag', 'v1');
    expect(outputsOf(await call('git.create_tag', config))).toMatchObject({ created: false });
    expect(work.git('cat-file', '-t', 'v1')).toBe('commit');
  });

  it('names both commits where the tag is elsewhere', async () => {
    work.git('tag', '--annotate', '--message', 'x', 'v1');
    const tagged = work.git('rev-parse', 'HEAD');
    change();
    work.git('commit', '--quiet', '--message', 'second');
    const failure = failureOf(await call('git.create_tag', config));
    expect(failure.message).toContain(tagged);
    expect(failure.message).toContain(work.git('rev-parse', 'HEAD'));
    expect(work.git('rev-parse', 'v1^{commit}')).toBe(tagged);
  });

  it.each(['a b', '-x', 'a..b', 'x.lock'])('refuses the name %j', async (name) => {
    expect((await call('git.create_tag', { ...config, tag_template: name })).kind).toBe('failed');
    expect(work.git('tag')).toBe('');
  });

  it('refuses a name with a placeholder that has no value', async () => {
    const template = { template: ['v', { name: 'version', otherwise: null }] };
    const failure = failureOf(await call('git.create_tag', { ...config, tag_template: template }));
    expect(failure.message).toContain('{version}');
    expect(work.git('tag')).toBe('');
  });

  it('wants a commit first', async () => {
    work = folder();
    work.git('init', '--quiet');
    expect(failureOf(await call('git.create_tag', config)).message).toContain('commit first');
  });
});

describe('git.push', () => {
  async function releaseHere(): Promise<void> {
    change();
    work.git('commit', '--quiet', '--message', 'second');
    await call('git.create_tag', { tag_template: 'v1', message_template: 'x', annotated: true });
  }

  const refsThere = () => remote.git('for-each-ref', '--format=%(refname) %(objectname)');

  it('pushes the branch and the tags of this run only, in one push', async () => {
    work.git('tag', 'stale');
    const before = { 'refs/heads/main': work.git('rev-parse', 'HEAD'), 'refs/tags/v1': null };
    await releaseHere();
    const context = contextFor({ push_tags: true });
    const outcome = await findHandler('git.push').execute(context);
    expect(outputsOf(outcome)).toEqual({
      remote: 'origin',
      remote_branch: 'main',
      tags: ['v1'],
      pushed: ['refs/heads/main', 'refs/tags/v1'],
      status: 'pushed',
      before,
      after: { 'refs/heads/main': work.git('rev-parse', 'HEAD'), 'refs/tags/v1': work.git('rev-parse', 'v1') },
    });
    expect(remote.git('tag')).toBe('v1');
    expect(context.started.filter(({ args }) => args.includes('push'))).toHaveLength(1);
  });

  it('leaves other tags here even where settings let them follow', async () => {
    work.git('config', 'push.followTags', 'true');
    work.git('tag', '--annotate', '--message', 'x', 'other');
    await releaseHere();
    await call('git.push', {});
    expect(remote.git('tag')).toBe('v1');
  });

  it('pushes no tags where the step says so', async () => {
    await releaseHere();
    await call('git.push', { push_tags: false });
    expect(remote.git('tag')).toBe('');
    expect(remote.git('rev-parse', 'main')).toBe(work.git('rev-parse', 'HEAD'));
  });

  it('is a success where the remote has everything', async () => {
    await releaseHere();
    await call('git.push', {});
    expect(outputsOf(await call('git.push', {}))).toMatchObject({ pushed: [], tags: ['v1'] });
  });

  it('changes nothing there and names the way out when somebody else was first', async () => {
    const other = folder();
    other.git('clone', '--quiet', remote.path, '.');
    other.git('checkout', '--quiet', '-B', 'main', 'origin/main');
    other.git('commit', '--quiet', '--allow-empty', '--message', 'theirs');
    other.git('push', '--quiet', 'origin', 'main');
    await releaseHere();
    const before = refsThere();
    const failure = failureOf(await call('git.push', {}));
    expect(failure).toMatchObject({ kind: 'handler', retryable: false, details: { reason: 'behind' } });
    expect(failure.message).toContain('git pull --rebase origin main');
    expect(refsThere()).toBe(before);
  });

  it('does not move the branch when only the tag is taken there', async () => {
    const other = folder();
    other.git('clone', '--quiet', remote.path, '.');
    other.git('tag', '--annotate', '--message', 'theirs', 'v1', 'origin/main');
    other.git('push', '--quiet', 'origin', 'v1');
    await releaseHere();
    const before = refsThere();
    const failure = failureOf(await call('git.push', {}));
    expect(failure).toMatchObject({ details: { reason: 'exists' } });
    expect(refsThere()).toBe(before);
  });

  it('repeats what a hook of the remote says, and tells rules of a branch from other refusals', async () => {
    remote.write('hooks/pre-receive', '#!/bin/sh\necho "GH006: Protected branch update failed" >&2\nexit 1\n', 0o755);
    await releaseHere();
    const before = refsThere();
    const failure = failureOf(await call('git.push', {}));
    expect(failure).toMatchObject({ details: { reason: 'protected' }, retryable: false });
    expect(failure.message).toContain('GH006: Protected branch update failed');
    expect(refsThere()).toBe(before);
  });

  it('names a remote that does not exist', async () => {
    const failure = failureOf(await call('git.push', { remote: 'upstream' }));
    expect(failure).toMatchObject({ kind: 'not-found', message: expect.stringContaining('git remote add upstream') });
  });

  it('says that a detached head has no branch', async () => {
    work.git('checkout', '--quiet', '--detach');
    const failure = failureOf(await call('git.push', {}, { env: { GITHUB_HEAD_REF: 'topic' } }));
    expect(failure.message).toContain('the head is detached');
  });

  it('pushes a detached head to the branch that the configuration of the adapter names', async () => {
    work.git('checkout', '--quiet', '--detach');
    work.git('commit', '--quiet', '--allow-empty', '--message', 'x');
    const outcome = await call('git.push', {}, { adapterConfig: { git: { branch: 'main' } } });
    expect(outputsOf(outcome)).toMatchObject({ remote_branch: 'main', pushed: ['refs/heads/main'] });
    expect(remote.git('rev-parse', 'main')).toBe(work.git('rev-parse', 'HEAD'));
  });

  it('takes the remote of the adapter where the step names none', async () => {
    work.git('remote', 'rename', 'origin', 'mirror');
    const outcome = await call('git.push', {}, { adapterConfig: { git: { remote: 'mirror' } } });
    expect(outputsOf(outcome)).toMatchObject({ remote: 'mirror' });
  });

  it('takes the only remote, in whatever file of the settings it stands', async () => {
    work.git('remote', 'remove', 'origin');
    work.git('config', '--file', '.git/more', 'remote.mirror.url', remote.path);
    work.git('config', 'include.path', 'more');
    expect(outputsOf(await call('git.push', {}))).toMatchObject({ remote: 'mirror' });
  });

  it('says that there is nothing to push before the first commit', async () => {
    work = folder();
    work.git('init', '--quiet', '--initial-branch', 'main');
    work.git('remote', 'add', 'origin', remote.path);
    expect(failureOf(await call('git.push', {})).kind).toBe('not-found');
  });

  it('may be tried again when the remote cannot be reached, and never shows a password', async () => {
    work.git('remote', 'set-url', 'origin', 'https://user:s3cret-token@127.0.0.1:1/x.git');
    const failure = failureOf(await call('git.push', {}));
    expect(failure.retryable).toBe(true);
    expect(JSON.stringify(failure)).not.toContain('s3cret-token');
    expect(failure.message).toContain('https://127.0.0.1:1/x.git');
  });

  it('refuses a remote that is an option', async () => {
    const failure = failureOf(await call('git.push', { remote: '--receive-pack=touch pwned' }));
    expect(failure.message).toContain('is no name of a remote');
  });

  it('never lets git ask anybody', async () => {
    const context = contextFor({});
    await findHandler('git.push').execute(context);
    for (const request of context.started) {
      expect(request.env).toMatchObject({ GIT_TERMINAL_PROMPT: '0', GIT_ASKPASS: '', SSH_ASKPASS_REQUIRE: 'never' });
    }
  });

  it('knows after a crash whether the push arrived', async () => {
    await releaseHere();
    const probe = () => findHandler('git.push').probe?.(contextFor({}));
    expect(await probe()).toEqual({ kind: 'not-done' });
    await call('git.push', {});
    expect(await probe()).toMatchObject({ kind: 'done', outputs: { tags: ['v1'] } });
  });
});

describe('the git adapter', () => {
  const adapter = (env: { readonly [name: string]: string } = {}, at = work.path, config: JsonMap = {}) =>
    pluginContext(at, { adapters, env, adapterConfig: { git: config } }).adapter<GitAdapter>('git');

  it('knows the branch of the checkout before that of the event', async () => {
    expect(await (await adapter({ GITHUB_HEAD_REF: 'topic' })).branch()).toBe('main');
  });

  it.each([
    [{ GITHUB_HEAD_REF: 'epic/21', GITHUB_REF: 'refs/pull/3/merge' }, 'epic/21'],
    [{ GITHUB_REF: 'refs/heads/E01S02' }, 'E01S02'],
    [{ GITHUB_REF: 'refs/tags/v1' }, null],
    [{}, null],
  ])('on a detached head takes the branch of the event %j', async (env, expected) => {
    work.git('checkout', '--quiet', '--detach');
    const git = await adapter(env);
    expect(await git.branch()).toBe(expected);
    expect(await git.checkedOutBranch()).toBeNull();
  });

  it('knows the branch in a linked working tree and in a folder of the repository', async () => {
    const linked = folder();
    linked.remove();
    work.git('worktree', 'add', '--quiet', '-b', 'side', linked.path);
    expect(await (await adapter({}, linked.path)).branch()).toBe('side');
    mkdirSync(join(work.path, 'part'));
    expect(await (await adapter({}, join(work.path, 'part'))).branch()).toBe('main');
  });

  it('works in a repository below the workspace, with paths of the workspace', async () => {
    const outer = folder();
    mkdirSync(join(outer.path, 'repo'));
    outer.git('init', '--quiet', '--initial-branch', 'inner', 'repo');
    outer.write('repo/x.txt', 'x');
    const git = await adapter({}, outer.path, { workspace_root: './repo/' });
    expect(await git.branch()).toBe('inner');
    expect(await git.changes()).toEqual([{ path: 'repo/x.txt', state: 'untracked' }]);
    expect(await git.stage(['*'])).toEqual(['repo/x.txt']);
    await git.commit('x');
    expect(await git.fileAt('HEAD', 'repo/x.txt')).toBe('x');
  });

  it('lists changes with their state', async () => {
    work.write('a.txt', 'one\n');
    work.git('add', 'a.txt');
    work.write('a.txt', 'two\n');
    work.write('new file', 'x');
    expect(await (await adapter()).changes()).toEqual([
      { path: 'a.txt', state: 'staged' },
      { path: 'a.txt', state: 'unstaged' },
      { path: 'new file', state: 'untracked' },
    ]);
  });

  it('reads commits since the last tag, bodies with odd lines too', async () => {
    work.git('tag', '--annotate', '--message', 'x', 'v1');
    work.git('commit', '--quiet', '--allow-empty', '--message', 'two\n\nbody\n\n--- \0'.replace('\0', 'x'));
    work.git('commit', '--quiet', '--allow-empty', '--message', 'three');
    const git = await adapter();
    expect(await git.lastTag()).toBe('v1');
    work.git('tag', 'v2');
    expect(await git.lastTag(work.git('rev-parse', 'HEAD'))).toBe('v1');
    expect(await git.lastTag(work.git('rev-list', '--max-parents=0', 'HEAD'))).toBeNull();
    expect((await git.commits('v1', 10)).map(({ subject, body }) => [subject, body])).toEqual([
      ['three', ''],
      ['two', 'body\n\n--- x'],
    ]);
    expect(await git.commits('v1', 1)).toHaveLength(1);
  });

  it('has neither head nor tags nor commits in a new repository', async () => {
    work = folder();
    work.git('init', '--quiet', '--initial-branch', 'trunk');
    const git = await adapter();
    expect(await git.head()).toBeNull();
    expect(await git.lastTag()).toBeNull();
    expect(await git.commits(null, 5)).toEqual([]);
    expect(await git.branch()).toBe('trunk');
  });

  it('speaks English to itself, whatever language the machine speaks', async () => {
    const git = await adapter({ LANG: 'de_DE.UTF-8', LC_ALL: 'de_DE.UTF-8', LANGUAGE: 'de' });
    expect(await git.lastTag()).toBeNull();
    expect(quietEnvironment()).not.toHaveProperty('LC_ALL');
  });
});
