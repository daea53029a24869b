import { describe, expect, it } from 'vitest';
import { StandardBench, standardRelease } from './standard-bench.ts';

/** A commit as a squash merge writes it, after the feature and the fix of the bench. */
function squashed(standard: StandardBench): void {
  standard.bench.write('squashed.txt', 'x\n');
  standard.bench.save('chore: several things (#7)\n\n* feat!: the format changes\n\n* fix(api): a wrong answer\n');
}

describe('what a release is made of', () => {
  it('counts the changes in the body of a squash merge where squash_bodies says so', async () => {
    const standard = new StandardBench();
    squashed(standard);
    const plain = await standard.run(standardRelease({}), '--only', 'bump');
    expect(plain.run.outputs.version).toBe('1.1.0');
    standard.bench.git('checkout', '--quiet', '--', '.');

    const { run } = await standard.run(
      standardRelease({ bump: { squash_bodies: true }, changelog: { squash_bodies: true, links: 'off' } }),
    );

    expect(run.outputs.version).toBe('2.0.0');
    expect(standard.bench.read('HISTORY.md')).toContain('a wrong answer');
  });

  it('counts no commit that a release made, however its subject names packages', async () => {
    const standard = new StandardBench();
    const subjects = [
      'chore(release): a@1.0.0',
      'Release a@1.0.0, b@2.0.0',
      'Release @x/a/v1.2.0',
      'release tool-3.1.0',
      'Release 2',
    ];
    for (const subject of [...subjects, 'Release the door']) {
      standard.bench.write('more.txt', `${subject}\n`);
      standard.bench.save(subject);
    }
    const { step } = await standard.run(standardRelease({ bump: { rules: { '*': 'patch' } } }), '--only', 'bump');
    expect(step('bump').outputs.why).toContain('1 feature, 1 fix and 1 other');
  });

  it('warns of what somebody changed in a version file and did not commit', async () => {
    const standard = new StandardBench();
    const [file = ''] = ['package.json', 'VERSION'].filter((path) => standard.bench.has(path));
    standard.bench.write(file, `${standard.bench.read(file)}\n`);
    const { run } = await standard.run(standardRelease({}), '--only', 'bump');
    expect(run.diagnostics).toContainEqual(
      expect.objectContaining({
        severity: 'warning',
        message: expect.stringContaining(`${file} was changed and not committed`),
      }),
    );
  });

  it('keeps build metadata where keep_build says so', async () => {
    const standard = new StandardBench('1.0.0+linux.5');
    const keeping = standardRelease({ bump: { keep_build: true, increment_type: 'minor' } });
    const kept = await standard.run(keeping, '--only', 'bump');
    expect(kept.run.outputs.version).toBe('1.1.0+linux.5');
    standard.bench.git('checkout', '--quiet', '--', '.');
    const dropped = await standard.run(standardRelease({ bump: { increment_type: 'minor' } }), '--only', 'bump');
    expect(dropped.run.outputs.version).toBe('1.1.0');
  });

  it('lists each change as item_template says, in the changelog and in the notes', async () => {
    const standard = new StandardBench();
    const item = '{subject}!';
    const { run, step } = await standard.run(
      standardRelease({
        changelog: { item_template: item },
        after: [{ id: 'notes', handler: 'release.notes', config: { main_changelog: '', item_template: item } }],
      }),
    );
    expect(run.status, JSON.stringify(run.diagnostics)).toBe('success');
    for (const text of [standard.bench.read('HISTORY.md'), String(step('notes').outputs.notes)]) {
      expect(text).toMatch(/^[-*] a feature!$/m);
      expect(text).toMatch(/^[-*] a bug!$/m);
    }
  });

  it('can be followed by the next development version in the same run and the same push', async () => {
    const standard = new StandardBench();
    const steps = [
      { id: 'bump', handler: 'release.version_bump', config: { version_file: 'package.json' } },
      commit('commit', 'chore(release): ${{ steps.bump.outputs.new_version }}'),
      { id: 'tag', handler: 'git.create_tag' },
      { id: 'next', handler: 'release.version_bump', config: { version_file: 'package.json', version: '1.1.0-dev.0' } },
      commit('commit-next', 'chore: the next version'),
      { id: 'push', handler: 'git.push' },
    ];

    const { code, states, run } = await standard.bench.runDefinition({ steps });

    expect(run.diagnostics).toEqual([]);
    expect([code, new Set(Object.values(states))]).toEqual([0, new Set(['success'])]);
    expect(standard.bench.read('package.json')).toContain('"version": "1.1.0-dev.0"');
    expect(standard.bench.git('log', '--format=%s', '-2', 'origin/main').split('\n')).toEqual([
      'chore: the next version',
      'chore(release): 1.0.1',
    ]);
    expect(standard.bench.onRemote('refs/tags/v1.0.1')).toBe(standard.bench.git('rev-parse', 'HEAD~1'));
  });

  it('that was made with the next version and not pushed is told of by the next start', async () => {
    const standard = new StandardBench();
    const { bench } = standard;
    bench.write('package.json', bench.read('package.json').replace('1.0.0', '1.1.0'));
    bench.git('commit', '--quiet', '--all', '--message', 'chore(release): 1.1.0');
    bench.git('tag', '--annotate', '--message', 'v1.1.0', 'v1.1.0');
    bench.write('package.json', bench.read('package.json').replace('1.1.0', '1.2.0-dev.0'));
    bench.git('commit', '--quiet', '--all', '--message', 'chore(release): open the next version');

    const { outputs, run } = await standard.run(standardRelease({}));

    expect(outputs).toMatchObject({ outcome: 'nothing' });
    expect(run.diagnostics.map(({ message }) => message)).toContainEqual(
      expect.stringContaining('the tag v1.1.0 of the release before is not on origin: push it, too'),
    );
  });
});

function commit(id: string, message: string): object {
  return { id, handler: 'git.commit', config: { message_template: message, written: true } };
}
