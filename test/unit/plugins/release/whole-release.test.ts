import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { ReleaseRepository, type ReleaseRepositoryOptions, releasePaths } from '../../../rigs/release-repository.ts';
import { type DrivenStep, StepDriver } from '../../../rigs/step-driver.ts';

const definition = join(import.meta.dirname, '../../../golden/seeds/000-release.yml');
const parameters = {
  summary: 'Workflows can be resumed',
  change_type: 'feature',
  detailed_changes: '- resume\n- journal',
  skip_readme: false,
};

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup();
});

function repository(options?: ReleaseRepositoryOptions): ReleaseRepository {
  const made = new ReleaseRepository(options);
  cleanups.push(() => made.remove());
  return made;
}

function release(made: ReleaseRepository, more: { readonly [name: string]: string | boolean } = {}) {
  return new StepDriver(made.root, definition, { ...parameters, ...more }).run();
}

function kinds(steps: readonly DrivenStep[]): readonly string[] {
  return steps.map((step) => `${step.id} ${step.outcome.kind}`);
}

const allDone = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((number) => `step-${number} success`);

describe('the sample release', () => {
  it('makes one commit, one annotated tag and one changelog section, and pushes both', async () => {
    const made = repository();
    const before = made.git('rev-parse', 'HEAD');

    expect(kinds(await release(made))).toEqual(allDone);

    expect(made.git('rev-parse', 'HEAD~1')).toBe(before);
    expect(made.git('log', '-1', '--format=%s')).toBe('0.21.0.3+1 - Workflows can be resumed');
    expect(made.git('cat-file', '-t', 'v0.21.0.3+1')).toBe('tag');
    expect(made.git('for-each-ref', '--format=%(contents)', 'refs/tags/v0.21.0.3+1')).toBe(
      'Release v0.21.0.3+1: Workflows can be resumed',
    );
    expect(made.git('status', '--porcelain')).toBe('');
    expect(made.remoteGit('rev-parse', made.branch)).toBe(made.git('rev-parse', 'HEAD'));
    expect(made.remoteGit('rev-parse', 'v0.21.0.3+1^{commit}')).toBe(made.git('rev-parse', 'HEAD'));
    expect(made.read(releasePaths.changelog).match(/^## v0\.21\.0\.3\+1/gm)).toHaveLength(1);
  });

  it('writes what the definition asks for into each document', async () => {
    const made = repository();
    await release(made);

    expect(made.read(releasePaths.version)).toBe('"""Version of the package."""\n\n__version__ = "0.21.0.3+1"\n');
    expect(made.read(releasePaths.changelog)).toBe(
      [
        '# Changelog',
        '',
        'All releases of the product.',
        '',
        '## v0.21.0.3+1 - 20-11-25',
        '',
        'Workflows can be resumed',
        '',
        `[CHANGELOG_v0.21.0.3+1.md](${releasePaths.changelogs}/CHANGELOG_v0.21.0.3+1.md)`,
        '',
        '## v0.21.0.2+1 - 19-11-25',
        '',
        'The release before',
        '',
        `[CHANGELOG_v0.21.0.2+1.md](${releasePaths.changelogs}/CHANGELOG_v0.21.0.2+1.md)`,
        '',
      ].join('\n'),
    );
    const hash = made.git('rev-parse', '--short=7', 'HEAD~1');
    expect(made.read(`${releasePaths.changelogs}/CHANGELOG_v0.21.0.3+1.md`)).toBe(
      [
        '# Changelog v0.21.0.3+1',
        '',
        '- **Version:** 0.21.0.3+1',
        '- **Release Date:** 2025-11-20 14:05:09 UTC',
        '- **Release Type:** Feature 🚀',
        '- **Epic:** 21',
        '- **Story:** 3',
        '',
        '## Summary',
        '',
        'Workflows can be resumed',
        '',
        '## Detailed Changes',
        '',
        '- resume',
        '- journal',
        '',
        '## Commits',
        '',
        'Since v0.21.0.2+1:',
        '',
        `- feat: an engine that runs \\<Steps> (${hash})`,
        '',
      ].join('\n'),
    );
    expect(made.read(releasePaths.readme)).toBe(
      [
        '# Confidentia',
        '',
        '![Version](https://img.shields.io/badge/version-0.21.0.3+1-blue)',
        '![Python](https://img.shields.io/badge/python-3.11-green)',
        '',
        `**Latest release:** [v0.21.0.3+1](${releasePaths.changelogs}/CHANGELOG_v0.21.0.3+1.md)`,
        '',
      ].join('\n'),
    );
    expect(made.read(releasePaths.epic)).toContain(
      '## Releases\n\n- v0.21.0.3+1 (2025-11-20): Workflows can be resumed\n- v0.21.0.2+1 (2025-11-19): The release before\n',
    );
    expect(made.read(releasePaths.board)).toContain(
      '| Epic 20 | Evaluation | Done | v0.20.5.0+3 |\n| [Epic 21](Epic%2021/Epic-21.md) | Workflows | Active | v0.21.0.3+1 |\n',
    );
  });

  it('releases the next version when it runs a second time', async () => {
    const made = repository();
    await release(made);
    made.write('src/confidentia/report.py', 'def report():\n    return 2\n');
    expect(kinds(await release(made, { summary: 'Another release of it' }))).toEqual(allDone);

    expect(made.git('tag', '--list').split('\n')).toEqual(['v0.21.0.2+1', 'v0.21.0.3+1', 'v0.21.0.4+1']);
    expect(made.read(releasePaths.changelog).match(/^## v.*$/gm)).toEqual([
      '## v0.21.0.4+1 - 20-11-25',
      '## v0.21.0.3+1 - 20-11-25',
      '## v0.21.0.2+1 - 19-11-25',
    ]);
  });

  it('makes nothing new when it runs a second time and nothing has changed', async () => {
    const made = repository();
    await release(made);
    const [head, refs] = [made.git('rev-parse', 'HEAD'), made.remoteRefs()];

    const steps = await release(made, { summary: 'Another release of it' });

    expect(kinds(steps).filter((line) => line.endsWith('failed'))).toEqual([]);
    expect(steps[0]?.outcome).toMatchObject({ outputs: { outcome: 'released', new_version: '0.21.0.3+1' } });
    expect(made.git('rev-parse', 'HEAD')).toBe(head);
    expect(made.git('status', '--porcelain')).toBe('');
    expect(made.remoteRefs()).toBe(refs);
  });

  it('leaves remote branch and tags as they were when the remote refuses, and says what to do', async () => {
    const made = repository();
    made.refusePushes('releases are frozen until Monday');
    const before = made.remoteRefs();

    const steps = await release(made);

    expect(kinds(steps).at(-1)).toBe('step-10 failed');
    expect(made.remoteRefs()).toBe(before);
    const outcome = steps.at(-1)?.outcome;
    const message = outcome?.kind === 'failed' ? outcome.failure.message : '';
    expect(message).toContain('releases are frozen until Monday');
    expect(message).toContain('nothing changed there');
    expect(message).toContain('resume the run');
    expect(made.git('rev-parse', 'v0.21.0.3+1^{commit}')).toBe(made.git('rev-parse', 'HEAD'));
  });

  it('does not bring back a tag that was deleted on the remote', async () => {
    const made = repository();
    made.remoteGit('tag', '--delete', 'v0.21.0.2+1');
    await release(made);
    expect(made.remoteGit('tag', '--list')).toBe('v0.21.0.3+1');
  });

  it('stops before the commit when a validator refuses', async () => {
    const made = repository();
    made.write(releasePaths.branchValidator, 'print("::warning::a warning is enough in strict mode")\n');
    const before = made.git('rev-parse', 'HEAD');

    const steps = await release(made);

    expect(kinds(steps).at(-1)).toBe('step-7 failed');
    expect(made.git('rev-parse', 'HEAD')).toBe(before);
  });

  it('skips README and planning documents where nothing asks for them', async () => {
    const made = repository({ branch: 'main' });
    const readme = made.read(releasePaths.readme);
    const steps = await release(made, { skip_readme: true });
    expect(kinds(steps)).toEqual(
      allDone.map((line) => (/^step-[45] /.test(line) ? line.replace('success', 'skipped') : line)),
    );
    expect(made.read(releasePaths.readme)).toBe(readme);
    const text = made.read(`${releasePaths.changelogs}/CHANGELOG_v0.21.0.3+1.md`);
    expect(text).not.toContain('Epic');
  });

  it('needs fewer than 20 git processes, those of the push included', async () => {
    const made = repository();
    made.write(releasePaths.branchValidator, 'print("fine")\n');
    const trace = mkdtempSync(join(tmpdir(), 'trace-'));
    cleanups.push(() => rmSync(trace, { recursive: true, force: true }));
    const driver = new StepDriver(made.root, definition, parameters, { env: { GIT_TRACE2_EVENT: trace } });

    expect(kinds(await driver.run())).toEqual(allDone);

    const commands = readdirSync(trace).map((name) => commandOf(readFileSync(join(trace, name), 'utf8')));
    expect(commands.length).toBeGreaterThan(0);
    expect(commands.length, commands.join('\n')).toBeLessThan(20);
  });

  it('shows every file and command beforehand and changes nothing', async () => {
    const made = repository();
    const previews = await new StepDriver(made.root, definition, parameters).preview();

    expect(made.git('status', '--porcelain')).toBe('');
    expect(previews).toHaveLength(10);
    const diffs = previews
      .flatMap((preview) => preview.diffs)
      .map(({ diff }) => diff)
      .join('\n');
    expect(diffs).toContain('-__version__ = "0.21.0.2+1"\n+__version__ = "0.21.0.3+1"\n');
    expect(diffs).toContain('+## v0.21.0.3+1 - 20-11-25\n');
    const commands = previews.flatMap((preview) => preview.commands);
    expect(commands).toContain("git commit --message '0.21.0.3+1 - Workflows can be resumed'");
    expect(commands).toContain(
      'git push --atomic origin refs/heads/epic/21-story-3:refs/heads/epic/21-story-3 refs/tags/v0.21.0.3+1',
    );
  });
});

function commandOf(events: string): string {
  return /"argv":(\[[^\]]*\])/.exec(events)?.[1] ?? events.slice(0, 80);
}
