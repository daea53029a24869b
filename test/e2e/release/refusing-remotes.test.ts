import { describe, expect, it } from 'vitest';
import { releaseBench, summary } from './release-rig.ts';

const tag = 'v0.21.0.3+1';

describe('a remote that refuses', () => {
  it.each([
    ['everything', 'pre-receive', 'echo "frozen until Monday" >&2; exit 1', 'frozen until Monday'],
    ['the branch', 'update', 'case "$1" in refs/heads/*) echo "no branch today" >&2; exit 1;; esac', 'no branch today'],
    ['the tag', 'update', 'case "$1" in refs/tags/*) echo "no tag today" >&2; exit 1;; esac', 'no tag today'],
  ])('%s stays as it was, the run is partial, and a resume pushes the same release', async (_, hook, script, words) => {
    const bench = releaseBench();
    const head = bench.git('rev-parse', 'HEAD');
    const refs = bench.refs(bench.remote);
    bench.hook('remote', hook, script);

    const first = await bench.release();
    expect([first.code, first.run.status]).toEqual([0, 'partial']);
    expect(bench.refs(bench.remote)).toBe(refs);
    const message = first.step('step-10').error?.message;
    expect(message).toContain(words);
    expect(message).toContain('nothing changed there');
    expect(message).toContain(`vwmp resume ${first.run.run_id}`);
    expect(first.step('step-10').attempts).toBe(1);

    bench.hook('remote', hook, 'exit 0');
    const second = await bench.resume(first.run.run_id);
    expect([second.code, second.run.status]).toEqual([0, 'success']);
    expect(bench.commitsSince(head)).toBe(1);
    expect(bench.isReleased(tag)).toBe(true);
    expect(bench.read('CHANGELOG.md').match(/^## v0\.21\.0\.3\+1/gm)).toHaveLength(1);
  });

  it('makes the exit code 1 where partial is not good enough', async () => {
    const bench = releaseBench();
    bench.hook('remote', 'pre-receive', 'exit 1');

    expect((await bench.release('--strict')).code).toBe(1);
  });

  it('because it has the tag on another commit is left alone, branch and all', async () => {
    const bench = releaseBench();
    bench.git('push', '--quiet', 'origin', `HEAD~1:refs/tags/${tag}`);
    const refs = bench.refs(bench.remote);

    const { run, step } = await bench.release();

    expect(run.status).toBe('failed');
    expect(step('step-1').error?.message).toContain(`the tag \`${tag}\` exists already on the remote`);
    expect(bench.git('status', '--porcelain')).toBe('');
    expect(bench.refs(bench.remote)).toBe(refs);
  });

  it('because somebody was faster gets the same release after the commands that the failure names', async () => {
    const bench = releaseBench();
    const head = bench.git('rev-parse', 'HEAD');
    bench.write('other.txt', 'from somebody else\n');
    bench.save('somebody was faster');
    const faster = bench.git('rev-parse', 'HEAD');
    const refs = bench.refs(bench.remote);
    bench.git('reset', '--quiet', '--hard', head);
    bench.git('push', '--quiet', '--force', 'origin', `${head}:${bench.branch}`);
    // Between the look at the remote and the push.
    bench.hook('clone', 'pre-commit', `git push --quiet origin ${faster}:refs/heads/${bench.branch}`);

    const first = await bench.release();
    bench.hook('clone', 'pre-commit', 'exit 0');
    expect(first.run.status).toBe('partial');
    expect(bench.refs(bench.remote)).toBe(refs);
    const message = first.step('step-10').error?.message ?? '';
    const resume = `resume ${first.run.run_id} --from step-9 --accept-changes`;
    for (const command of [`git pull --rebase origin ${bench.branch}`, `git tag --delete ${tag}`, `vwmp ${resume}`]) {
      expect(message).toContain(command);
    }

    bench.git('pull', '--quiet', '--rebase', 'origin', bench.branch);
    const tooEarly = await bench.resume(first.run.run_id, '--accept-changes');
    expect(tooEarly.step('step-10').error?.message).toContain(`the tag \`${tag}\` of this run does not stand on`);
    expect(bench.refs(bench.remote)).toBe(refs);

    bench.git('tag', '--delete', tag);
    const { code } = await bench.vwmp(resume.split(' '));
    expect(code).toBe(0);
    expect(bench.isReleased(tag)).toBe(true);
    expect(bench.commitsSince(head)).toBe(2);
    expect(bench.read('CHANGELOG.md').match(/^## v0\.21\.0\.3\+1/gm)).toHaveLength(1);
  });

  it('is told apart from a hook of the clone that lets nothing out', async () => {
    const bench = releaseBench();
    const refs = bench.refs(bench.remote);
    bench.hook('clone', 'pre-push', 'echo "tests are red" >&2; exit 1');

    const first = await bench.release();

    const { error, attempts } = first.step('step-10');
    expect([first.run.status, attempts]).toEqual(['partial', 1]);
    expect(error?.message).toMatch(/^the hook pre-push of this clone.* refused .*: tests are red\. /);
    expect(bench.refs(bench.remote)).toBe(refs);
    bench.hook('clone', 'pre-push', 'exit 0');
    expect((await bench.resume(first.run.run_id)).run.status).toBe('success');
    expect(bench.isReleased(tag)).toBe(true);
  });

  it('is told apart from a remote that is not there', async () => {
    const bench = releaseBench();
    bench.git('remote', 'remove', 'origin');

    const { run, step } = await bench.release();

    expect(run.status).toBe('partial');
    expect(step('step-10').error).toMatchObject({ kind: 'not-found' });
    expect(step('step-10').error?.message).toContain('git remote add origin');
  });

  it('by not answering is asked again, and the secret of its URL stands nowhere', async () => {
    const bench = releaseBench();
    const secret = 's3cr3t-t0ken';
    bench.git('remote', 'set-url', 'origin', `https://ada:${secret}@localhost:1/x.git`);
    const step = {
      handler: 'git.push',
      retry: { max_attempts: 2, delay: '10ms', jitter: 0 },
      required: false,
    };

    const run = await bench.runDefinition({ steps: [{ ...step, id: 'by-name' }] });

    expect(run.step('by-name')).toMatchObject({ status: 'failed', attempts: 2 });
    expect(run.step('by-name').error?.message).toContain('origin (https://localhost:1/x.git) cannot be reached');
    const plan = await bench.vwmp(['plan', bench.definition, '--json']);
    const logs = await bench.vwmp(['logs', run.run.run_id]);
    expect([run.stdout, run.stderr, plan.stdout, logs.stdout].filter((text) => text.includes(secret))).toEqual([]);
    expect(bench.stateFilesWith(secret)).toEqual([]);
  });

  it('written as a URL is named without its credentials in messages and outputs', async () => {
    const bench = releaseBench();
    const remote = 'https://ada:s3cr3t-t0ken@localhost:1/x.git';
    const { step } = await bench.runDefinition({
      steps: [{ id: 'p', handler: 'git.push', config: { remote }, retry: { max_attempts: 1 } }],
    });

    expect(step('p').error?.message).toContain('https://localhost:1/x.git cannot be reached');
    expect(JSON.stringify(step('p'))).not.toContain('s3cr3t');
  });
});

describe('a push', () => {
  it('takes no tags along where push_tags is false', async () => {
    const bench = releaseBench();
    const { code } = await bench.release('--set', 'step-10.push_tags=false');

    expect(code).toBe(0);
    expect(bench.onRemote(`refs/heads/${bench.branch}`)).toBe(bench.git('rev-parse', 'HEAD'));
    expect(bench.onRemote(`refs/tags/${tag}`)).toBe('');
  });

  it('leaves other tags of the clone where they are, whatever the settings of git say', async () => {
    const bench = releaseBench();
    bench.git('tag', '--annotate', '--message', 'private', 'private');
    bench.git('config', 'push.followTags', 'true');

    await bench.release();

    expect(bench.isReleased(tag)).toBe(true);
    expect(bench.onRemote('refs/tags/private')).toBe('');
  });

  it('goes to the remote that the configuration of the adapter names, where the step names none', async () => {
    const bench = releaseBench();
    bench.git('remote', 'rename', 'origin', 'upstream');
    bench.write('vwmp_config.yaml', 'integration_adapters:\n  git:\n    config: { remote: upstream }\n');
    bench.git('add', '--all');
    bench.git('commit', '--quiet', '--message', summary);

    const { run, step } = await bench.runDefinition({ steps: [{ id: 'p', handler: 'git.push' }] });

    expect(run.status).toBe('success');
    expect(step('p').outputs).toMatchObject({ remote: 'upstream', remote_branch: bench.branch });
    expect(bench.onRemote(`refs/heads/${bench.branch}`)).toBe(bench.git('rev-parse', 'HEAD'));
  });
});
