import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type ReleaseBench, releaseBench, seed, summary } from './release-rig.ts';
import { finished, StandardBench, standardRelease } from './standard-bench.ts';

const tag = 'v0.21.0.3+1';

/** Kills the process that starts this git command for the first time, before or after git does its work. */
function killAt(bench: ReleaseBench, command: string, moment: 'before' | 'after') {
  const work = moment === 'after' ? '"$real" "$@"' : ':';
  return bench.gitWrapper(`
case " $* " in *" ${command} "*)
  if [ ! -e "${bench.base}/killed" ]; then ${work}; touch "${bench.base}/killed"; kill -9 $PPID; exit 1; fi;;
esac
exec "$real" "$@"`);
}

describe('a release that was killed', () => {
  it.each([
    ['before', 'for-each-ref'],
    ['after', 'add'],
    ['after', 'commit'],
    ['after', 'tag'],
    ['before', 'push'],
    ['after', 'push'],
  ] as const)('%s git %s is resumed to one commit, one tag and one section', async (moment, command) => {
    const bench = releaseBench();
    const head = bench.git('rev-parse', 'HEAD');
    const env = killAt(bench, command, moment);

    const killed = await bench.vwmpProcess(['run', seed, '--json', '--summary', summary], { env });
    expect([killed.code, killed.stdout]).toEqual([-1, '']);
    const history = await bench.vwmp(['history', '--json']);
    const { runs } = JSON.parse(history.stdout) as { runs: readonly { run_id: string }[] };
    const { code, run } = await bench.resume(runs[0]?.run_id ?? '');

    expect([runs.length, code, run.status]).toEqual([1, 0, 'success']);
    expect(bench.commitsSince(head)).toBe(1);
    expect(bench.git('tag', '--list').split('\n')).toEqual(['v0.21.0.2+1', tag]);
    expect(bench.isReleased(tag)).toBe(true);
    expect(bench.read('CHANGELOG.md').match(/^## v0\.21\.0\.3\+1/gm)).toHaveLength(1);
    expect(bench.read('src/confidentia/version.py')).toContain('"0.21.0.3+1"');
    expect(bench.git('status', '--porcelain')).toBe('');
  });
});

describe('a release with a selection', () => {
  it('without its push is a success, and the push is made later by name', async () => {
    const bench = releaseBench();
    const refs = bench.refs(bench.remote);

    const first = await bench.release('--skip', 'step-10');
    expect([first.code, first.run.status, first.states['step-10']]).toEqual([0, 'success', 'not-selected']);
    expect(bench.refs(bench.remote)).toBe(refs);

    const nothing = await bench.resume(first.run.run_id);
    expect(nothing.code).toBe(0);
    expect(JSON.stringify(nothing.run.diagnostics)).toContain('nothing of it is left to do');
    expect(bench.refs(bench.remote)).toBe(refs);

    const pushed = await bench.resume(first.run.run_id, '--only', 'step-10');
    expect([pushed.code, pushed.states['step-10']]).toEqual([0, 'success']);
    expect(bench.isReleased(tag)).toBe(true);
    expect(bench.git('tag', '--list').split('\n')).toHaveLength(2);
  });

  it('cannot leave out a step that is automatic', async () => {
    const bench = releaseBench();
    const { code, refusal } = await bench.release('--skip', 'step-5');

    expect(code).toBe(2);
    expect(JSON.stringify(refusal)).toContain('step-5');
    expect(bench.git('status', '--porcelain')).toBe('');
  });
});

describe('a release whose first steps run again', () => {
  const { steps, ...release } = standardRelease({}) as { readonly steps: readonly object[] };
  const gate = { id: 'gate', run: 'test -e ready' };
  const definition = { ...release, steps: [...steps.slice(0, 2), gate, ...steps.slice(2)] };

  it('commits what both visits wrote, and is one release', async () => {
    const standard = new StandardBench();
    const first = await standard.run(definition);
    expect(first.states).toMatchObject({ bump: 'success', gate: 'failed', commit: 'blocked' });
    standard.bench.write('ready', '');

    const resumed = await standard.bench.resume(first.run.run_id, '--from', 'bump');

    expect([resumed.code, resumed.run.status]).toEqual([0, 'success']);
    expect(standard.released()).toEqual(finished);
    expect(standard.bench.git('status', '--porcelain')).toBe('?? ready');
  });

  it('is taken back to where it was before the first visit', async () => {
    const standard = new StandardBench();
    const files = () => ['package.json', 'HISTORY.md'].map((path) => standard.bench.read(path));
    const before = files();
    const first = await standard.run(definition);
    expect((await standard.bench.resume(first.run.run_id, '--from', 'bump')).code).toBe(1);
    expect(files()).not.toEqual(before);

    const rolled = await standard.bench.vwmp(['rollback', first.run.run_id, '--json']);

    expect(rolled.code).toBe(0);
    expect(files()).toEqual(before);
    expect(standard.bench.git('status', '--porcelain')).toBe('');
  });
});

describe('a release that was rolled back, with a script between its steps', () => {
  const { steps, ...release } = standardRelease({ onFailure: 'rollback' }) as { readonly steps: readonly object[] };
  const check = { id: 'check', run: 'grep 1.1.0 package.json' };
  const definition = { ...release, steps: [...steps.slice(0, 2), check, ...steps.slice(2)] };

  it('is resumed in the order of its steps, though the script has succeeded and does not run again', async () => {
    const standard = new StandardBench();
    standard.bench.hook('remote', 'pre-receive', 'exit 1');
    const first = await standard.run(definition);
    expect(first.states).toMatchObject({ bump: 'undone', check: 'success', tag: 'undone', push: 'failed' });
    standard.bench.hook('remote', 'pre-receive', 'exit 0');

    const resumed = await standard.bench.resume(first.run.run_id);

    expect([resumed.code, resumed.run.status]).toEqual([0, 'success']);
    expect(resumed.step('check').visits).toBe(1);
    expect(standard.released()).toEqual(finished);
    expect(standard.bench.git('status', '--porcelain')).toBe('');
  });
});

describe('releases one after another', () => {
  it('in the same clone raise the version once each, with a section and a tag each', async () => {
    const bench = releaseBench();
    await bench.release();
    bench.write('fix.txt', 'x');
    bench.save('fix: a thing');
    const { code } = await bench.release('--summary', 'Another release of it');

    expect(code).toBe(0);
    expect(bench.isReleased('v0.21.0.4+1')).toBe(true);
    expect(bench.git('tag', '--list').split('\n')).toEqual(['v0.21.0.2+1', tag, 'v0.21.0.4+1']);
    expect(bench.read('CHANGELOG.md').match(/^## v\S+/gm)).toEqual(['## v0.21.0.4+1', `## ${tag}`, '## v0.21.0.2+1']);
    const details = bench.read('KB/Changelog_and_Release_Notes/Changelog_Archive/CHANGELOG_v0.21.0.4+1.md');
    expect(details).toContain(`Since ${tag}:\n\n- fix: a thing (`);
  });

  it('that failed are not resumed with another summary unless that is wanted', async () => {
    const bench = releaseBench();
    bench.hook('remote', 'pre-receive', 'exit 1');
    const first = await bench.release();

    const changed = await bench.vwmp(['resume', first.run.run_id, '--json', '--summary', 'Another summary of it']);

    expect(changed.code).toBe(5);
    expect(changed.stdout).toContain('Parameter `summary` changed, and a finished step has read it.');
  });
});

describe('a whole release', () => {
  it('starts fewer than 20 git processes', async () => {
    const bench = releaseBench();
    const list = join(bench.base, 'started');
    const env = bench.gitWrapper(`echo "$@" >> "${list}"\nexec "$real" "$@"`);

    expect((await bench.releaseWith({ env })).run.status).toBe('success');
    const started = readFileSync(list, 'utf8').trimEnd().split('\n');
    expect(started.length).toBeLessThan(20);
    expect(started.filter((line) => line.includes(' push '))).toHaveLength(1);
  });
});
