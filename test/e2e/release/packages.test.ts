import { beforeEach, describe, expect, it } from 'vitest';
import { type ReleaseBench, releaseBench } from './release-rig.ts';

const names = ['core', 'cli'] as const;
type Name = (typeof names)[number];

let bench: ReleaseBench;
/** Two packages of version 1.0.0 with a tag each, both on the remote. */
beforeEach(() => {
  bench = releaseBench('main');
  for (const name of names) {
    bench.write(`packages/${name}/package.json`, `{ "name": "${name}", "version": "1.0.0" }\n`);
    bench.write(`packages/${name}/CHANGELOG.md`, '# Changelog\n');
  }
  bench.save('chore: packages');
  for (const name of names) tagged(`${name}@1.0.0`);
});

function tagged(tag: string): void {
  bench.git('tag', '--annotate', '--message', tag, tag);
  bench.git('push', '--quiet', 'origin', tag);
}

function work(name: Name, message: string): void {
  bench.write(`packages/${name}/${message.replaceAll(/\W/g, '-')}.txt`, message);
  bench.save(message);
}

/** Version 1.0.1 of one package, with a fix, as somebody released it by hand. */
function releasedAlone(name: Name): void {
  work(name, 'fix: a flag');
  bench.write(`packages/${name}/package.json`, `{ "name": "${name}", "version": "1.0.1" }\n`);
  bench.save('chore: a release by hand');
  tagged(`${name}@1.0.1`);
}

const changelog = (name: Name) => bench.read(`packages/${name}/CHANGELOG.md`);
const output = (name: Name, key: string) => `\${{ steps.bump-${name}.outputs.${key} }}`;

function bumps(): readonly object[] {
  return names.map((name) => ({
    id: `bump-${name}`,
    handler: 'release.version_bump',
    config: {
      version_file: `packages/${name}/package.json`,
      tag_template: `${name}@{version}`,
      paths: [`packages/${name}`],
      increment_type: 'auto',
    },
  }));
}

/** One step after another, none with a condition: each names the version or the tag of its package. */
function release(
  more: { readonly message?: string; readonly changelog?: string; readonly after?: readonly object[] } = {},
): object {
  const each = (step: (name: Name) => object) => names.map(step);
  return {
    steps: [
      ...bumps(),
      ...each((name) => ({
        id: `changelog-${name}`,
        handler: 'release.changelog_update',
        config: {
          main_changelog: more.changelog ?? `packages/${name}/CHANGELOG.md`,
          style: 'keep-a-changelog',
          item_template: '{subject}',
          paths: [`packages/${name}`],
          version: output(name, 'new_version'),
        },
      })),
      {
        id: 'commit',
        handler: 'git.commit',
        config: { message_template: more.message ?? 'chore(release): packages', written: true },
      },
      ...each((name) => ({
        id: `tag-${name}`,
        handler: 'git.create_tag',
        config: { tag_template: output(name, 'tag_name') },
      })),
      { id: 'push', handler: 'git.push' },
      ...(more.after ?? []),
    ],
  };
}

/** An entry for each package, and a detailed changelog for some. */
function entriesAndDetails(detailed: readonly Name[]): readonly object[] {
  const step = (handler: string, name: Name, more: object) => ({
    id: `${handler}-${name}`,
    handler: `release.${handler}`,
    config: { version: output(name, 'new_version'), changelog_dir: `packages/${name}/changes`, ...more },
  });
  return [
    ...bumps(),
    ...detailed.map((name) => step('changelog_create', name, {})),
    ...names.map((name) => step('changelog_update', name, { main_changelog: `packages/${name}/CHANGELOG.md` })),
  ];
}

const tagsOfHead = () => bench.git('tag', '--points-at', 'HEAD').split('\n').sort();

describe('of packages that are released one after another', () => {
  it('one with nothing to release keeps its changelog and gets no tag', async () => {
    work('cli', 'fix: a flag');

    const { code, states } = await bench.runDefinition(release());

    expect([code, states]).toEqual([
      0,
      {
        'bump-core': 'success',
        'bump-cli': 'success',
        'changelog-core': 'handler',
        'changelog-cli': 'success',
        commit: 'success',
        'tag-core': 'handler',
        'tag-cli': 'success',
        push: 'success',
      },
    ]);
    expect(changelog('core')).toBe('# Changelog\n');
    expect(tagsOfHead()).toEqual(['cli@1.0.1']);
    expect(bench.onRemote('refs/tags/v1.0.1')).toBe('');
  });

  it('the plan says so before', async () => {
    work('cli', 'fix: a flag');
    bench.write('workflows/release.json', JSON.stringify({ name: 'Release', ...release() }));

    const { stdout } = await bench.vwmp(['plan', 'workflows/release.json']);

    expect(stdout).not.toContain('packages/core/CHANGELOG.md');
    expect(stdout.match(/no commit since core@1\.0\.0 touches packages\/core/g)).toHaveLength(2);
    expect(stdout).toContain('pushes main and cli@1.0.1 to origin');
  });

  it('each lists what came since its own release, and none what another one has released', async () => {
    work('core', 'feat: an engine');
    releasedAlone('cli');
    work('cli', 'fix: a prompt');

    await bench.runDefinition(release());

    expect(changelog('core')).toContain('## [1.1.0]');
    expect(changelog('core')).toContain('- an engine');
    expect(changelog('cli')).toMatch(/## \[1\.0\.2\].*\n\n### Fixed\n\n- a prompt\n$/);
    expect(tagsOfHead()).toEqual(['cli@1.0.2', 'core@1.1.0']);
  });

  it('two of the same version are told apart by their paths', async () => {
    releasedAlone('cli');
    work('core', 'feat: an engine');
    work('cli', 'feat: a prompt');

    await bench.runDefinition(release());

    expect(tagsOfHead()).toEqual(['cli@1.1.0', 'core@1.1.0']);
    expect(changelog('cli')).toMatch(/## \[1\.1\.0\].*\n\n### Added\n\n- a prompt\n$/);
    expect(changelog('core')).toMatch(/## \[1\.1\.0\].*\n\n### Added\n\n- an engine\n$/);
  });

  it('a tag that was made and not pushed is pushed by the next start, where no file holds the version', async () => {
    bench.write('packages/core/go.mod', 'module core\n');
    work('core', 'feat: an engine');
    work('cli', 'fix: a flag');
    const open = (name: Name) => ['new', 'continued'].map((kind) => `steps.bump-${name}.outputs.outcome == '${kind}'`);
    const steps = (release() as { readonly steps: readonly (object & { readonly id: string })[] }).steps.map((step) => {
      const name = names.find((one) => step.id === `tag-${one}`);
      if (name !== undefined) return { ...step, condition: open(name).join(' || ') };
      if (step.id !== 'bump-core') return step;
      const config = { version_file: '', tag_template: 'core@{version}', paths: ['packages/core'] };
      return { ...step, config: { ...config, increment_type: 'auto' } };
    });
    bench.hook('remote', 'pre-receive', 'exit 1');
    expect((await bench.runDefinition({ steps })).code).toBe(1);
    bench.hook('remote', 'pre-receive', 'exit 0');

    const second = await bench.runDefinition({ steps });

    expect(second.step('bump-core').outputs).toMatchObject({ outcome: 'continued', new_version: '1.1.0' });
    expect(bench.onRemote('refs/tags/core@1.1.0')).toBe(bench.git('rev-parse', 'HEAD'));
    expect(bench.onRemote('refs/tags/cli@1.0.1')).toBe(bench.git('rev-parse', 'HEAD'));
    const third = await bench.runDefinition({ steps });
    expect(third.step('bump-core').outputs).toMatchObject({ outcome: 'released' });
  });

  it('the plan of a finished release makes no tag again', async () => {
    work('cli', 'fix: a flag');
    await bench.runDefinition(release());
    bench.write('release.json', JSON.stringify({ name: 'Release', ...release() }));

    const { stdout } = await bench.vwmp(['plan', 'release.json']);

    expect(stdout).toContain('leaves the tag cli@1.0.1, which is there already');
    expect(stdout).toContain('pushes main and cli@1.0.1 to origin, all or nothing, where it lacks them');
    expect(stdout).not.toContain('git tag');
  });

  it('two that would share a tag are refused before the second one is written, and in the plan', async () => {
    for (const name of names) work(name, 'feat: more');
    const steps = names.map((name) => ({
      id: `bump-${name}`,
      handler: 'release.version_bump',
      config: {
        version_file: `packages/${name}/package.json`,
        paths: [`packages/${name}`],
        increment_type: 'minor',
        tag_template: 'all-{version}',
      },
    }));
    const refusal =
      'the tag all-1.1.0 is that of another package of this run, too, whose commits touch packages/core: give each package a `tag_template` of its own, such as `NAME@{version}`';
    bench.write('release.json', JSON.stringify({ name: 'Release', steps }));
    expect((await bench.vwmp(['plan', 'release.json'])).stdout).toContain(`would fail: ${refusal}`);

    const { code, step } = await bench.runDefinition({ steps });

    expect([code, step('bump-cli').error?.message]).toEqual([1, refusal]);
    expect(bench.read('packages/cli/package.json')).toContain('1.0.0');
  });

  it('two of the same version share no changelog, in the plan neither', async () => {
    work('core', 'feat: an engine');
    work('cli', 'feat: a prompt');
    const shared = release({ changelog: 'HISTORY.md' });
    bench.write('workflows/release.json', JSON.stringify({ name: 'Release', ...shared }));
    const refusal =
      'core@1.1.0 and cli@1.1.0 would share one entry in HISTORY.md: give each package a changelog of its own with `main_changelog`';

    expect((await bench.vwmp(['plan', 'workflows/release.json'])).stdout).toContain(refusal);
    const { code, step } = await bench.runDefinition(shared);

    expect([code, step('changelog-cli').error?.message]).toEqual([1, refusal]);
    expect(bench.git('tag', '--list', '*1.1.0')).toBe('');
  });

  it('one that comes to the version of another has no entry of its own in the changelog of both, and says so', async () => {
    const shared = release({ changelog: 'HISTORY.md' });
    work('core', 'feat: an engine');
    expect((await bench.runDefinition(shared)).code).toBe(0);
    work('cli', 'fix: a flag');
    expect((await bench.runDefinition(shared)).code).toBe(0);
    work('cli', 'feat: a prompt');
    const before = bench.read('HISTORY.md');

    const { code, step } = await bench.runDefinition(shared);

    expect([code, step('changelog-cli').error?.message]).toEqual([
      1,
      'HISTORY.md has the entry of core@1.1.0 for 1.1.0, and this step enters cli@1.1.0: give each package a changelog of its own with `main_changelog`',
    ]);
    expect(bench.read('HISTORY.md')).toBe(before);
  });

  it('an entry that somebody wrote for the next version belongs to its own package', async () => {
    tagged('core@1.1.0');
    bench.write('packages/cli/CHANGELOG.md', '# Changelog\n\n## [1.1.0]\n\n- By hand.\n');
    bench.save('docs: what comes');
    work('cli', 'feat: a prompt');

    expect((await bench.runDefinition(release())).code).toBe(0);
    expect(changelog('cli')).toContain('- By hand.');
  });

  it('each entry leads to the detailed changelog of its own package', async () => {
    work('core', 'fix: an engine');
    work('cli', 'fix: a flag');

    await bench.runDefinition({ steps: entriesAndDetails(names) });

    for (const name of names) expect(changelog(name)).toContain('(changes/CHANGELOG_v1.0.1.md)');
  });

  it('an entry leads to no detailed changelog of another package, in the plan neither', async () => {
    work('core', 'fix: an engine');
    work('cli', 'fix: a flag');
    bench.write('workflows/release.json', JSON.stringify({ name: 'Release', steps: entriesAndDetails(['core']) }));

    const { stdout } = await bench.vwmp(['plan', 'workflows/release.json']);
    await bench.vwmp(['run', 'workflows/release.json']);

    expect(stdout.match(/\+\[CHANGELOG_v1\.0\.1\.md\]\(.*\)/g)).toEqual([
      '+[CHANGELOG_v1.0.1.md](changes/CHANGELOG_v1.0.1.md)',
    ]);
    expect(changelog('core')).toContain('(changes/CHANGELOG_v1.0.1.md)');
    expect(changelog('cli')).toMatch(/^# Changelog\n\n## v1\.0\.1 - [\d-]+\n$/);
  });

  it('each detailed changelog lists the commits of its own package, since the release before', async () => {
    releasedAlone('cli');
    work('core', 'feat: an engine');
    work('cli', 'feat: a prompt');
    const details = names.map((name) => ({
      id: `detail-${name}`,
      handler: 'release.changelog_create',
      config: {
        changelog_dir: `packages/${name}/changes`,
        paths: [`packages/${name}`],
        version: output(name, 'new_version'),
      },
    }));

    await bench.runDefinition({ steps: [...bumps(), ...details] });

    const commits = (name: Name) => bench.read(`packages/${name}/changes/CHANGELOG_v1.1.0.md`).split('## Commits\n')[1];
    expect(commits('core')).toMatch(/^\nSince core@1\.0\.0:\n\n- feat: an engine \(\w{7}\)\n$/);
    expect(commits('cli')).toMatch(/^\nSince cli@1\.0\.1:\n\n- feat: a prompt \(\w{7}\)\n$/);
  });

  it('a text that came out null does not take the version of another package', async () => {
    work('cli', 'fix: a flag');
    const message = output('core', 'new_version');

    const { code, step } = await bench.runDefinition(release({ message }));

    expect(code).toBe(1);
    expect(step('commit').error?.message).toBe(
      'config.message_template: what is written is null, and the default `{version} - {summary}` would take its place: `{version}` is given by the steps `bump-core` and `bump-cli` (give it another value with `??`, or the step a condition, such as `steps.ID.outputs.NAME != null`)',
    );
  });
});
