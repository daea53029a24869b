import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { PlanJson } from '../../../src/core/report/plan-json.ts';
import { releasePaths } from '../../rigs/release-repository.ts';
import { releaseBench } from './release-rig.ts';
import { finished, StandardBench, standardRelease } from './standard-bench.ts';

const tag = 'v0.21.0.3+1';
const released = [
  'CHANGELOG.md',
  `${releasePaths.changelogs}/CHANGELOG_${tag}.md`,
  releasePaths.epic,
  releasePaths.board,
  'README.md',
  releasePaths.version,
];

describe('the release commit', () => {
  it('waits for a hook that refuses: mended, a resume makes the same commit', async () => {
    const bench = releaseBench();
    const head = bench.git('rev-parse', 'HEAD');
    bench.hook('clone', 'pre-commit', 'echo "lint is red" >&2; exit 1');

    const first = await bench.release();
    expect([first.code, first.run.status]).toEqual([1, 'failed']);
    expect(first.step('step-8').error).toMatchObject({ kind: 'exit', exit_code: 1 });
    expect(first.step('step-8').error?.message).toContain('lint is red');
    expect(bench.commitsSince(head)).toBe(0);
    expect(bench.git('diff', '--cached', '--name-only', '-z').split('\0').filter(Boolean)).toEqual(released);

    bench.hook('clone', 'pre-commit', 'exit 0');
    expect((await bench.resume(first.run.run_id)).run.status).toBe('success');
    expect(bench.commitsSince(head)).toBe(1);
    expect(bench.isReleased(tag)).toBe(true);
  });

  it('does not hold what a hook changed after the staging, and the log says so', async () => {
    const bench = releaseBench();
    bench.hook('clone', 'pre-commit', 'echo late >> README.md; echo new > new.txt');
    bench.write('seed.yml', readFileSync(join(import.meta.dirname, '../../golden/seeds/000-release.yml')));
    bench.save('the definition');

    const { code, stdout } = await bench.vwmp(['run', 'seed.yml', '--summary', 'Workflows can be resumed']);

    expect(code).toBe(0);
    expect(stdout).toContain('not in the commit, although changed: README.md, new.txt');
    expect(bench.git('show', '--format=', '--name-only', '-z', 'HEAD').split('\0').filter(Boolean)).toEqual(released);
    expect(bench.git('status', '--porcelain')).toBe(' M README.md\n?? new.txt');
  });

  it('says what to set where git does not know who is committing', async () => {
    const bench = releaseBench();
    bench.git('config', 'user.useConfigOnly', 'true');

    const { run, step } = await bench.releaseWith({ env: { HOME: '/nonexistent' } });

    expect(run.status).toBe('failed');
    expect(step('step-8').error?.message).toMatch(/git config user\.name.*git config user\.email/);
  });

  it('leaves out what git ignores, and the state folder wherever it is', async () => {
    const bench = releaseBench();
    bench.write('.gitignore', '*.log\nKB/Changelog_and_Release_Notes/\n');
    bench.save('ignore');
    bench.write('build.log', 'x\n');

    const { code } = await bench.release('--state-dir', 'my state');

    expect(code).toBe(0);
    const names = bench.git('show', '--format=', '--name-only', '-z', 'HEAD').split('\0').filter(Boolean);
    expect(names).toEqual(released.filter((path) => !path.startsWith('KB/Changelog')));
    expect(bench.has('my state/state.db')).toBe(true);
    expect(bench.git('status', '--porcelain')).toBe('');
  });

  it('holds only the paths that are named, and names a path that matches nothing or leads outside', async () => {
    const bench = releaseBench();
    const stage = (id: string, path: string) => ({ id, handler: 'git.stage_all', config: { paths: [path] } });

    const { code } = await bench.release('--set', 'step-6.paths=["CHANGELOG.md", "*.py"]');
    expect(code).toBe(0);
    expect(bench.git('show', '--format=', '--name-only', 'HEAD').split('\n')).toEqual([
      'CHANGELOG.md',
      releasePaths.version,
    ]);

    const { run } = await bench.runEach([stage('a', 'nope'), stage('b', '../x'), stage('c', ':(top)*')]);
    expect(run.steps.map(({ error }) => [error?.kind, error?.message])).toEqual([
      ['not-found', 'the path `nope` matches no file of the repository'],
      ['permission', expect.stringContaining('`../x` cannot be staged')],
      ['permission', expect.stringContaining('`:(top)*` cannot be staged')],
    ]);
  });

  it('is passed over where nothing is staged; tag and push go on', async () => {
    const bench = releaseBench();
    const head = bench.git('rev-parse', 'HEAD');
    const { code, states, step } = await bench.runDefinition({
      steps: [
        { id: 'stage', handler: 'git.stage_all' },
        { id: 'commit', handler: 'git.commit', config: { message_template: 'x' } },
        { id: 'tag', handler: 'git.create_tag', config: { tag_template: 'v1' } },
        { id: 'push', handler: 'git.push' },
      ],
    });

    expect([code, states]).toEqual([0, { stage: 'success', commit: 'handler', tag: 'success', push: 'success' }]);
    expect(step('commit').skipped_message).toBe('nothing is staged, so there is nothing to commit');
    expect([bench.git('rev-parse', 'HEAD'), bench.onRemote('refs/tags/v1')]).toEqual([head, head]);
  });

  it('is the first one of a repository that has none', async () => {
    const bench = releaseBench('main');
    bench.delete('.git');
    bench.git('init', '--quiet', '--initial-branch', 'main');
    bench.git('init', '--quiet', '--bare', '../new.git');
    bench.git('remote', 'add', 'origin', '../new.git');

    const { code, run } = await bench.release();

    expect([code, run.status]).toEqual([0, 'success']);
    expect(bench.git('rev-list', '--count', 'HEAD')).toBe('1');
    expect(bench.refs(join(bench.base, 'new.git'))).toContain(`refs/tags/${tag}`);
  });
});

describe('the remote of a release', () => {
  const definition = standardRelease({});

  it('is the only one there is, whatever it is called', async () => {
    const standard = new StandardBench();
    standard.bench.git('remote', 'rename', 'origin', 'upstream');
    const { run, step } = await standard.run(definition);
    expect(run.status).toBe('success');
    expect(step('push').outputs).toMatchObject({ remote: 'upstream' });
    expect(standard.released()).toEqual(finished);
  });

  it('of several is `origin`; where none has that name, the plan says so before anything is written', async () => {
    const standard = new StandardBench();
    standard.bench.git('remote', 'add', 'mirror', standard.bench.remote);
    expect((await standard.run(definition)).step('push').outputs).toMatchObject({ remote: 'origin' });
    standard.work('fix: another', 'other.txt');
    standard.bench.git('remote', 'rename', 'origin', 'upstream');
    const plan = JSON.parse(
      (await standard.bench.vwmp(['plan', standard.bench.definition, '--json'])).stdout,
    ) as PlanJson;
    expect(plan.steps.find(({ id }) => id === 'push')?.preview?.summary).toMatch(
      /^would fail: the repository has no remote `origin`: add it .*, or set `remote`$/,
    );
  });
});

describe('a tag that is there already', () => {
  it('made by hand stops the release before anything is written; deleted, a second start makes it', async () => {
    const bench = releaseBench();
    const old = bench.git('rev-parse', 'HEAD');
    bench.git('tag', tag);

    const first = await bench.release();
    expect([first.code, first.run.status]).toEqual([1, 'failed']);
    const message = first.step('step-1').error?.message ?? '';
    for (const part of [old, `git tag --delete ${tag}`]) expect(message).toContain(part);
    expect(bench.git('status', '--porcelain')).toBe('');
    expect(bench.git('rev-parse', tag)).toBe(old);
    expect(bench.onRemote(`refs/tags/${tag}`)).toBe('');

    bench.git('tag', '--delete', tag);
    expect((await bench.release()).code).toBe(0);
    expect(bench.isReleased(tag)).toBe(true);
  });

  it('on this commit stays as it is and is pushed', async () => {
    const bench = releaseBench();
    bench.git('tag', 'v1');
    const { code, step } = await bench.runDefinition({
      steps: [
        { id: 'tag', handler: 'git.create_tag', config: { tag_template: 'v1' } },
        { id: 'push', handler: 'git.push' },
      ],
    });

    expect([code, step('tag').outputs.created]).toEqual([0, false]);
    expect(bench.git('cat-file', '-t', 'v1')).toBe('commit');
    expect(bench.onRemote('refs/tags/v1')).toBe(bench.git('rev-parse', 'HEAD'));
  });
});

describe('a checkout of another kind', () => {
  it('may be a worktree', async () => {
    const bench = releaseBench();
    const tree = join(bench.base, 'another tree');
    bench.git('worktree', 'add', '--quiet', '-b', 'epic/21-x', tree);

    const { code, run } = await bench.releaseWith({ cwd: tree });

    expect([code, run.status]).toEqual([0, 'success']);
    expect(bench.gitIn(tree, 'status', '--porcelain')).toBe('');
    expect(bench.onRemote('refs/heads/epic/21-x')).toBe(bench.gitIn(tree, 'rev-parse', 'HEAD'));
    expect(bench.git('status', '--porcelain')).toBe('');
  });

  it('may be a submodule', async () => {
    const bench = releaseBench();
    const top = join(bench.base, 'top');
    mkdirSync(top);
    bench.gitIn(top, 'init', '--quiet');
    bench.gitIn(top, 'submodule', '--quiet', 'add', '-b', bench.branch, bench.remote, 'a module');

    const { code, run } = await bench.releaseWith({ cwd: join(top, 'a module') });

    expect([code, run.status]).toEqual([0, 'success']);
    expect(bench.onRemote(`refs/tags/${tag}`)).toBe(bench.gitIn(join(top, 'a module'), 'rev-parse', 'HEAD'));
  });

  it('may hold a submodule with changes of its own, which are not touched', async () => {
    const bench = releaseBench();
    bench.gitIn(bench.remote, 'symbolic-ref', 'HEAD', `refs/heads/${bench.branch}`);
    bench.git('submodule', '--quiet', 'add', bench.remote, 'vendor');
    bench.save('a submodule');
    writeFileSync(bench.path('vendor/README.md'), 'changed\n');

    const { code } = await bench.release();

    expect(code).toBe(0);
    expect(bench.git('show', '--format=', '--name-only', 'HEAD')).not.toContain('vendor');
    expect(bench.read('vendor/README.md')).toBe('changed\n');
  });

  it('may be shallow and without tags: what is missing is fetched first, and the release is whole', async () => {
    const bench = releaseBench();
    const clone = join(bench.base, 'shallow');
    const args = ['--depth', '1', '--no-tags', '--branch', bench.branch, `file://${bench.remote}`, clone];
    bench.gitIn(bench.base, 'clone', '--quiet', ...args);
    const seed = join(import.meta.dirname, '../../golden/seeds/000-release.yml');

    const { code, stdout } = await bench.vwmp(['run', seed, '--summary', 'Workflows can be resumed'], { cwd: clone });

    expect(code).toBe(0);
    expect(stdout).toContain('this clone is shallow: fetching what is missing');
    expect(bench.gitIn(clone, 'tag', '--list').split('\n')).toContain('v0.21.0.2+1');
    expect(bench.onRemote(`refs/tags/${tag}`)).toBe(bench.gitIn(clone, 'rev-parse', 'HEAD'));
  });

  it('is the one around the current folder', async () => {
    const bench = releaseBench();
    expect((await bench.releaseWith({ cwd: 'src/confidentia' })).run.status).toBe('success');
    expect(bench.has('.vwmp/state.db')).toBe(true);
  });

  it('is not there: the failure says so, once git is needed', async () => {
    const bench = releaseBench();
    bench.delete('.git');

    const { code, step } = await bench.release();

    expect(code).toBe(1);
    expect(step('step-6').error).toMatchObject({ kind: 'not-found' });
    expect(step('step-6').error?.message).toContain('the workspace is not in a git repository');
  });
});
