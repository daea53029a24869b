import { writeFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { StandardBench, standardRelease } from './standard-bench.ts';

let standard: StandardBench;
beforeEach(() => {
  standard = new StandardBench();
});

async function printed(command: 'run' | 'plan', definition: object): Promise<string> {
  writeFileSync(standard.bench.definition, JSON.stringify(definition));
  const { stdout, stderr } = await standard.bench.vwmp([command, standard.bench.definition]);
  return `${stdout}${stderr}`;
}

describe('a release warns where people look, on the terminal and in the plan before it', () => {
  it('of an edit in a version file that nobody has committed', async () => {
    const { bench } = standard;
    bench.write('package.json', bench.read('package.json').replace('sample', 'scratch'));
    const warning = 'package.json was changed and not committed before the release, and goes into it as it is';

    expect(await printed('plan', standardRelease({}))).toContain(`note: ${warning}`);
    expect(await printed('run', standardRelease({}))).toContain(warning);
  });

  it('of an edit in the changelog that nobody has committed, and not of what a failed run left there', async () => {
    const { bench } = standard;
    const warning = 'HISTORY.md was changed and not committed before the release, and goes into it as it is';
    bench.write('HISTORY.md', '# Changelog\n\n## [Unreleased]\n\n');
    bench.save('docs: a changelog');
    bench.hook('clone', 'pre-commit', 'exit 1');
    const byTags = standardRelease({ bump: { version_file: '' } });

    expect(await printed('run', byTags)).not.toContain(warning);
    const again = await printed('plan', byTags);
    expect(again).toContain('has an entry for this version already');
    expect(again).not.toContain(warning);
    bench.git('reset', '--quiet', '--hard');
    bench.write('HISTORY.md', `${bench.read('HISTORY.md')}- By hand.\n`);

    expect(await printed('plan', standardRelease({}))).toContain(`note: ${warning}`);
    expect(await printed('run', standardRelease({}))).toContain(warning);
    expect(bench.read('HISTORY.md')).toContain('- By hand.');
  });

  it('of a path that is not there, and says which paths no commit touches', async () => {
    const definition = standardRelease({ bump: { paths: ['packges/core'] } });

    const text = await printed('run', definition);

    expect(text).toContain('`paths` names packges/core, which is not there');
    expect(text).toContain('no commit since v1.0.0 touches packges/core, so there is nothing to release');
    expect(await printed('plan', definition)).toContain('note: `paths` names packges/core, which is not there');
  });

  it('of a tag that says another version than the file', async () => {
    const { bench } = standard;
    bench.git('tag', 'v9.0.0');
    const steps = [
      { id: 'bump', handler: 'release.version_bump', config: { from_tag: true, version_file: 'package.json' } },
    ];

    const plan = await printed('plan', { name: 'On tag', steps });

    expect(plan).toContain('would fail: the tag says 9.0.0, but package.json says 1.0.0');
  });

  it('of items under a heading that no release carries, where they came since the release before', async () => {
    const { bench } = standard;
    bench.write(
      'HISTORY.md',
      '# Changelog\n\n## Contents\n\n- old items\n\n## Ideas\n\n- a roof\n\n## [1.0.0]\n\n- a\n',
    );
    bench.save('docs: a changelog');
    bench.git('tag', '--force', 'v1.0.0');
    bench.git('push', '--quiet', '--force', 'origin', 'v1.0.0');
    bench.write('HISTORY.md', bench.read('HISTORY.md').replace('- a roof\n', '- a roof\n- a cellar\n'));
    bench.save('feat: a cellar');
    const warning = 'what came under "Ideas" (1 item) goes into no release: if 1.1.0 has it, move it there';

    const plan = await printed('plan', standardRelease({}));
    const run = await standard.run(standardRelease({}));

    expect(plan.match(/note: what came under .*/g)).toEqual([expect.stringContaining(warning)]);
    expect(run.run.diagnostics.map(({ message }) => message)).toEqual([expect.stringContaining(warning)]);
    expect(bench.read('HISTORY.md')).toContain('## Ideas\n\n- a roof\n- a cellar\n\n## [1.1.0]');
  });

  it('of what somebody wrote under a pre-release, and not of what its commits told', async () => {
    const { bench } = standard;
    const changelog = { item_template: '{subject}' };
    const unreleased = (text: string) => `# Changelog\n\n## [Unreleased]\n\n${text}`;
    bench.write('HISTORY.md', unreleased('### Added\n\n- A window, to try.\n\n### Fixed\n\n- The old lock.\n'));
    bench.save('docs: changes');
    const tried = { changelog, bump: { increment_type: 'auto', prerelease: 'rc' } };
    expect((await standard.run(standardRelease(tried))).outputs.version).toBe('1.1.0-rc.1');
    // What was told and taken back is no loss, and what somebody tells again is none.
    bench.git('revert', '--no-edit', 'HEAD~2');
    bench.write('HISTORY.md', bench.read('HISTORY.md').replace(/^## \[Unreleased\]\n/m, '$&\n- The old lock.\n'));
    bench.save('docs: again');
    const notice = '1.1.0-rc.1 holds 1 item that the commits since v1.0.0 do not tell: it is not repeated under 1.1.0';

    expect(await printed('plan', standardRelease({ changelog }))).toContain(`note: ${notice}`);
    const run = await standard.run(standardRelease({ changelog }));

    expect([run.code, run.outputs.version]).toEqual([0, '1.1.0']);
    expect(run.run.diagnostics.map(({ message }) => message)).toEqual([`${notice} (changelog-pre-release)`]);
    expect(bench.read('HISTORY.md').match(/^- (?:A window, to try\.|a bug)$/gm)).toHaveLength(2);
  });
});

describe('packages of one repository', () => {
  it('need a changelog each where headings name them', async () => {
    const { bench } = standard;
    bench.write('HISTORY.md', '# Changelog\n\n## core@1.0.0\n\n- first\n');
    bench.save('docs: a changelog');
    bench.git('tag', 'core@1.0.0', 'v1.0.0^{}');
    const steps = [
      { id: 'bump', handler: 'release.version_bump', config: bump('cli@{version}') },
      { id: 'log', handler: 'release.changelog_update', config: { main_changelog: 'HISTORY.md' } },
    ];
    const before = bench.read('HISTORY.md');

    const refused = await printed('run', { name: 'Release', steps });

    expect(refused).toContain(
      'HISTORY.md has entries of the package core, and this step enters cli@1.1.0: give each package a changelog of its own',
    );
    expect(bench.read('HISTORY.md')).toBe(before);
    bench.write('HISTORY.md', before.replace('core@', 'Former-name@'));
    const own = [{ ...steps[0], config: bump('@acme/core@{version}') }, steps[1]];
    expect(await printed('run', { name: 'Release', steps: own })).toContain('Release 1.0.0: success');
  });
});

function bump(tag: string): object {
  return { version_file: 'package.json', tag_template: tag, increment_type: 'minor' };
}
