import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { RunResult } from '../../rigs/cli.ts';
import { nextTag, StandardBench, standardRelease } from './standard-bench.ts';

let standard: StandardBench;
beforeEach(() => {
  standard = new StandardBench();
});

const stepOf = ({ run }: RunResult, id: string) => run.steps.find((step) => step.id === id);

const messagesOf = ({ run }: RunResult) => run.diagnostics.map(({ message }) => message).join();

/** A release that ends before its commit, because a hook refuses it. */
async function refusedAtCommit(definition = standardRelease({})): Promise<RunResult> {
  standard.bench.hook('clone', 'pre-commit', 'exit 1');
  const refused = await standard.run(definition);
  expect([refused.code, stepOf(refused, 'commit')?.status]).toEqual([1, 'failed']);
  rmSync(join(standard.bench.root, '.git/hooks/pre-commit'));
  return refused;
}

/** A commit of this file alone, where what a run has staged stays staged, or `together` with that. */
function mend(message: string, how: 'alone' | 'together' = 'alone'): void {
  const { bench } = standard;
  bench.write('mended.txt', message);
  bench.git('add', 'mended.txt');
  bench.git('commit', '--quiet', '--message', message, ...(how === 'alone' ? ['--', 'mended.txt'] : []));
}

describe('a release that is started again after its cause was mended in a commit', () => {
  it('has that commit in the changelog', async () => {
    await refusedAtCommit();
    mend('fix: mend');

    const again = await standard.run(standardRelease({}));

    expect([again.code, again.outputs.version]).toEqual([0, '1.1.0']);
    const history = standard.bench.read('HISTORY.md');
    expect(history.match(/^## \[1\.1\.0\]/gm)).toHaveLength(1);
    expect(history.match(/^- (?:a feature|a bug|mend)\b/gm)).toHaveLength(3);
    expect(messagesOf(again)).toMatch(/it is written anew with what came since: mend/);
  });

  it('has it where the run was on another day, and a checkout has other line ends than the commit', async () => {
    const { bench } = standard;
    bench.git('config', 'core.autocrlf', 'true');
    bench.write('HISTORY.md', bench.read('HISTORY.md').replaceAll('\n', '\r\n'));
    await refusedAtCommit();
    bench.write('HISTORY.md', bench.read('HISTORY.md').replace(/(\[1\.1\.0\] - )[\d-]+/, '$12026-01-02'));
    bench.git('add', 'HISTORY.md');
    mend('fix: mend');

    const again = await standard.run(standardRelease({}));

    expect(again.code).toBe(0);
    expect(bench.read('HISTORY.md')).toContain('- mend');
    expect(bench.read('HISTORY.md')).not.toMatch(/[^\r]\n/);
  });

  it('has what is left after a commit that takes another one back', async () => {
    await refusedAtCommit();
    const { bench } = standard;
    bench.git('stash', '--quiet');
    bench.git('revert', '--no-edit', 'HEAD');
    bench.git('stash', 'pop', '--index', '--quiet');

    const again = await standard.run(standardRelease({}));

    expect(again.code).toBe(0);
    expect(bench.read('HISTORY.md')).not.toContain('a bug');
  });

  it('says what the entry lacks where somebody has committed it together with something else', async () => {
    await refusedAtCommit();
    mend('fix: mend', 'together');

    const again = await standard.run(standardRelease({}));

    expect([again.code, again.outputs.version]).toEqual([0, '1.1.0']);
    expect(messagesOf(again)).toMatch(/the entry for 1\.1\.0 was there before .* it would say, too: mend/);
  });

  it('warns of the entry where that commit asks for another version', async () => {
    await refusedAtCommit();
    mend('feat!: a new beginning', 'together');

    const again = await standard.run(standardRelease({}));

    expect([again.code, again.outputs.version]).toEqual([0, '2.0.0']);
    expect(messagesOf(again)).toContain('there is an entry for 1.1.0 and no tag, and this run releases 2.0.0');
  });

  it.each([
    ['changed', (text: string) => text.replace('a feature', 'a very fine feature')],
    ['given another heading', (text: string) => text.replace(/^(## \[1\.1\.0\].*)$/m, '$1 words of somebody')],
    ['shortened', (text: string) => text.replace(/^- a bug.*\n/m, '')],
    ['shortened by its newest commit', (text: string) => text.replace(/^### Fixed\n\n- a bug.*\n\n?/m, '')],
    ['corrected elsewhere', (text: string) => text.replace('What has changed.', 'What has changed:')],
  ])('leaves an entry as somebody has %s it, and says what it lacks', async (_, change) => {
    await refusedAtCommit();
    const { bench } = standard;
    const changed = change(bench.read('HISTORY.md'));
    bench.write('HISTORY.md', changed);
    mend('fix: mend');

    const again = await standard.run(standardRelease({}));

    expect(again.code).toBe(0);
    expect(bench.read('HISTORY.md')).toBe(changed);
    expect(messagesOf(again)).toMatch(/stays as it is; made now it would say, too: .*mend/);
  });

  it('says what the detailed changelog lacks', async () => {
    const { steps, ...rest } = standardRelease({ written: true }) as { readonly steps: readonly object[] };
    const create = { id: 'create', handler: 'release.changelog_create', config: { changelog_dir: 'logs' } };
    const definition = { ...rest, steps: [...steps.slice(0, 1), create, ...steps.slice(1)] };
    await refusedAtCommit(definition);
    expect(messagesOf(await refusedAtCommit(definition))).not.toContain('exists already');
    mend('fix: mend');

    const again = await standard.run(definition);

    expect(again.code).toBe(0);
    expect(messagesOf(again)).toMatch(
      /logs\/CHANGELOG_v1\.1\.0\.md exists already .*, without fix: mend \(\w{7}\); delete/,
    );
  });

  it('says that the tag of the release before never left this clone', async () => {
    const { bench } = standard;
    bench.hook('remote', 'pre-receive', 'exit 1');
    expect((await standard.run(standardRelease({}))).code).toBe(1);
    rmSync(join(bench.remote, 'hooks/pre-receive'));
    mend('fix: mend');

    const again = await standard.run(standardRelease({}));

    expect([again.code, again.outputs.version]).toEqual([0, '1.1.1']);
    expect(messagesOf(again)).toContain(`the tag ${nextTag} of the release before is not on origin`);
  });
});

describe('a release that is another version when it is started again', () => {
  /** Tags alone say which version there is: where a file does, the next run stops at it. */
  const byTags = (more: Parameters<typeof standardRelease>[0] = {}) =>
    standardRelease({ ...more, bump: { version_file: '', ...more.bump } });
  const sections = () => standard.bench.read('HISTORY.md').match(/^## \[.*?\]/gm);

  it.each([
    ['staged', false],
    ['written', true],
  ])('has no entry for the version that a run had %s and nobody released', async (_, written) => {
    await refusedAtCommit(byTags({ written }));
    expect(sections()).toEqual(['## [1.1.0]']);
    mend('feat!: a new beginning');

    const again = await standard.run(byTags({ written }));

    expect([again.code, again.outputs.version]).toEqual([0, '2.0.0']);
    const history = standard.bench.read('HISTORY.md');
    expect(sections()).toEqual(['## [2.0.0]']);
    expect(history.match(/a feature|a bug|a new beginning/g)).toHaveLength(3);
    expect(history).not.toContain('v1.1.0');
    expect(messagesOf(again)).toContain(
      'the entry for 1.1.0 is in no commit, and this run releases 2.0.0: it is taken out',
    );
    expect(standard.bench.git('status', '--porcelain')).toBe('');
  });

  it.each([
    ['a list', '# Changelog\n\n- 1.0.0 - 2020-01-01\n'],
    ['a table', '# Changelog\n\n| Version | Date |\n| --- | --- |\n| 1.0.0 | 2020-01-01 |\n'],
  ])('has no entry in %s of versions either', async (_, changelog) => {
    const { bench } = standard;
    bench.write('HISTORY.md', changelog);
    bench.save('docs: a changelog');
    const definition = byTags({ changelog: { style: 'entry' } });
    await refusedAtCommit(definition);
    expect(bench.read('HISTORY.md')).toContain('1.1.0');
    mend('feat!: a new beginning');

    const again = await standard.run(definition);

    expect([again.code, again.outputs.version]).toEqual([0, '2.0.0']);
    expect(bench.read('HISTORY.md')).toMatch(/2\.0\.0[\s\S]*1\.0\.0/);
    expect(bench.read('HISTORY.md')).not.toContain('1.1.0');
  });

  it.each([
    ['without versions', '# Changelog\n'],
    ['with underlined headings', '# Changelog\n\n1.0.0 (2020-01-01)\n------------------\n\n- x\n'],
    [
      'with definitions of links',
      '# Changelog\n\n## [1.0.0]\n\n- x\n\n[1.0.0]: https://example.invalid/compare/v0.9.0...v1.0.0\n',
    ],
  ])('has no entry in the style of summary and link either, in a changelog %s', async (_, before) => {
    const { bench } = standard;
    bench.write('HISTORY.md', before);
    bench.save('docs: a changelog');
    const changelog = {
      style: 'entry',
      link_template: '[What is new in {version}](https://example.invalid/{version})',
      summary: 'Better.',
    };
    await refusedAtCommit(byTags({ changelog }));
    expect(bench.read('HISTORY.md')).toContain('[What is new in 1.1.0]');
    mend('feat!: a new beginning');

    const again = await standard.run(byTags({ changelog }));

    expect([again.code, again.outputs.version]).toEqual([0, '2.0.0']);
    expect(bench.read('HISTORY.md')).toContain('[What is new in 2.0.0]');
    expect(bench.read('HISTORY.md')).not.toContain('1.1.0');
  });

  it.each([
    ['its text', 'a feature', 'a very fine feature'],
    ['its heading', /^(## \[1\.1\.0\].*)$/m, '$1 words of somebody'],
  ])(
    'keeps an entry of which somebody has changed %s, and says so in every run until it is gone',
    async (_, from, to) => {
      const { bench } = standard;
      await refusedAtCommit(byTags());
      const changed = bench.read('HISTORY.md').replace(from, to);
      bench.write('HISTORY.md', changed);
      mend('feat!: a new beginning');
      const stays = 'it stays, because the changelog is not just as a run like this one leaves it';
      expect(messagesOf(await refusedAtCommit(byTags()))).toContain(stays);

      const again = await standard.run(byTags());

      expect([again.code, sections()]).toEqual([0, ['## [2.0.0]', '## [1.1.0]']]);
      expect(bench.read('HISTORY.md')).toContain(changed.slice(changed.indexOf('## [1.1.0]')));
      expect(messagesOf(again)).toContain(stays);
    },
  );

  it('says nothing of committed entries that people wrote', async () => {
    const { bench } = standard;
    const entry = (version: string) => `\n## [${version}]\n\n- by hand\n`;
    bench.write('HISTORY.md', `${bench.read('HISTORY.md')}${['3.0.0', '1.0.5', '1.0.0'].map(entry).join('')}`);
    bench.save('docs: entries by hand');

    const run = await standard.run(byTags());

    expect([run.code, sections()]).toEqual([0, ['## [1.1.0]', '## [3.0.0]', '## [1.0.5]', '## [1.0.0]']]);
    expect(run.run.diagnostics).toEqual([]);
  });

  it('keeps an entry of which somebody has staged more than the file says', async () => {
    const { bench } = standard;
    await refusedAtCommit(byTags());
    const text = bench.read('HISTORY.md');
    bench.write('HISTORY.md', `${text}\nwords of somebody\n`);
    bench.git('add', 'HISTORY.md');
    bench.write('HISTORY.md', text);
    mend('feat!: a new beginning');

    expect(messagesOf(await standard.run(byTags()))).toContain('it stays, because');
  });

  it('says nothing of an entry that the same run wrote for another package', async () => {
    standard.bench.git('tag', 'b@1.0.0', 'v1.0.0^{}');
    const release = {
      name: 'Release',
      steps: [
        { id: 'bump-a', handler: 'release.version_bump', config: bump('', 'v{version}') },
        { id: 'log-a', handler: 'release.changelog_update', config: changelog },
        { id: 'bump-b', handler: 'release.version_bump', config: bump('', 'b@{version}', '2.0.0') },
        { id: 'log-b', handler: 'release.changelog_update', config: { ...changelog, version: '2.0.0' } },
      ],
    };

    const run = await standard.run(release);

    expect([run.code, sections()]).toEqual([0, ['## [2.0.0]', '## [1.1.0]']]);
    expect(messagesOf(run)).not.toContain('is in no commit');
  });
});

describe('somebody pushes', () => {
  it('after a run that ended before its commit: the next one says what to take back, and then has it all', async () => {
    const refused = await refusedAtCommit();
    standard.pushFromElsewhere('feat: late');

    const stopped = await standard.run(standardRelease({ onFailure: 'rollback' }));

    expect([stopped.code, stepOf(stopped, 'bump')?.status]).toEqual([1, 'failed']);
    const { message } = stepOf(stopped, 'bump')?.error ?? {};
    expect(message).toMatch(/^behind: .* package\.json says 1\.1\.0, .* take it back \(`vwmp rollback` of the run/);
    expect((await standard.bench.vwmp(['rollback', refused.run.run_id])).code).toBe(0);
    const last = await standard.run(standardRelease({}));
    expect([last.code, last.outputs.version]).toEqual([0, '1.1.0']);
    expect(standard.bench.read('HISTORY.md')).toContain('late');
  });

  it('after a release by tags alone was committed: it is made anew on top', async () => {
    const byTags = standardRelease({ bump: { version_file: '' } });
    standard.bench.hook('remote', 'pre-receive', 'exit 1');
    expect((await standard.run(byTags)).code).toBe(1);
    rmSync(join(standard.bench.remote, 'hooks/pre-receive'));
    standard.pushFromElsewhere('feat: late');

    const again = await standard.run(byTags);

    expect([again.code, again.outputs.version]).toEqual([0, '1.1.0']);
    expect(standard.bench.read('HISTORY.md').match(/^- late|^## \[.*?\]/gm)).toEqual(['## [1.1.0]', '- late']);
    expect(standard.released()).toMatchObject({ tagIsMain: true, sections: 1, releaseCommits: 1 });
  });

  it.each([
    ['by tags alone', { bump: { version_file: '' } }],
    ['with a version file', {}],
  ])('after people made a release commit %s, with work in it: nothing of theirs is taken back', async (_, more) => {
    const { bench } = standard;
    bench.write('parser.txt', 'words of somebody');
    if (!('bump' in more)) bench.write('package.json', bench.read('package.json').replace('1.0.0', '1.1.0'));
    bench.git('add', '--all');
    bench.git('commit', '--quiet', '--message', 'Release 1.1.0: a parser');
    bench.git('tag', '--annotate', '--message', 'notes', 'v1.1.0');
    const before = bench.git('rev-parse', 'HEAD', 'v1.1.0');
    standard.pushFromElsewhere('feat: late');

    const stopped = await standard.run(standardRelease(more));

    expect([stopped.code, stepOf(stopped, 'bump')?.status]).toEqual([1, 'failed']);
    expect(stepOf(stopped, 'bump')?.error?.message).toMatch(
      /^behind: .*more than a run .*: it changes parser\.txt\. Take/,
    );
    expect(bench.git('rev-parse', 'HEAD', 'v1.1.0')).toBe(before);
    expect(bench.read('parser.txt')).toBe('words of somebody');
  });

  it('the same version, released in a clone of their own: the release here gives way to it', async () => {
    const { bench } = standard;
    bench.hook('remote', 'pre-receive', 'exit 1');
    expect((await standard.run(standardRelease({}))).code).toBe(1);
    rmSync(join(bench.remote, 'hooks/pre-receive'));
    const other = new StandardBench();
    other.bench.git('remote', 'set-url', 'origin', bench.remote);
    other.bench.git('fetch', '--quiet', '--tags', '--force', 'origin');
    other.bench.git('reset', '--quiet', '--hard', 'origin/main');
    other.bench.git('config', 'user.name', 'Somebody Else');
    expect((await other.run(standardRelease({}))).code).toBe(0);

    const again = await standard.run(standardRelease({}));

    expect([again.code, again.outputs]).toEqual([0, { version: '1.1.0', outcome: 'released' }]);
    expect(standard.released()).toMatchObject({ tagIsMain: true, sections: 1, releaseCommits: 1 });
    expect(bench.git('rev-parse', 'v1.1.0^{}', 'HEAD').split('\n')).toEqual(
      Array(2).fill(bench.onRemote('refs/heads/main')),
    );
  });

  it('where a file is changed here: the stop names the file', async () => {
    standard.bench.write('feature.txt', 'changed and not committed\n');
    standard.pushFromElsewhere('feature');

    const stopped = await standard.run(standardRelease({}));

    const { message } = stepOf(stopped, 'bump')?.error ?? {};
    expect(message).toMatch(/^behind: .* cannot go forward to them: .*feature\.txt/);
  });

  it.each([
    ['commit', { handler: 'git.commit', config: { message_template: 'chore: release', written: true } }],
    ['operation', { handler: 'git.operation', config: { operation: 'commit', message: 'chore: release' } }],
    ['tag', { handler: 'git.create_tag', config: { tag_template: 'v1.1.0' } }],
  ])('between the versions of two packages: no %s with a version that knows nothing of it', async (id, step) => {
    const { bench } = standard;
    bench.write('b/package.json', '{ "name": "b", "version": "2.0.0" }\n');
    bench.save('feat: another package');
    const clone = join(bench.base, 'colleague');
    const colleague = [
      `git clone --quiet "file://${bench.remote}" "${clone}"`,
      `cd "${clone}"`,
      'git commit --quiet --allow-empty --message "feat: late"',
      'git push --quiet origin HEAD:main',
    ].join('\n');
    const files = () => [bench.read('package.json'), bench.read('b/package.json'), bench.git('status', '--porcelain')];
    const before = files();
    const release = (between: readonly object[]) => ({
      name: 'Release',
      on_failure: 'rollback',
      steps: [
        { id: 'bump-a', handler: 'release.version_bump', config: bump('package.json', 'v{version}') },
        ...between,
        { id: 'bump-b', handler: 'release.version_bump', config: bump('b/package.json', 'b@{version}') },
        { id, ...step },
        { id: 'push', handler: 'git.push' },
      ],
    });

    const stopped = await standard.run(release([{ id: 'between', run: colleague }]));

    expect([stopped.code, stepOf(stopped, id)?.status]).toEqual([1, 'failed']);
    expect(stepOf(stopped, id)?.error?.message).toMatch(/^behind: .*v1\.1\.0 knows nothing of what came after/);
    expect(files()).toEqual(before);
    const last = await standard.run(release([]));
    expect([last.code, stepOf(last, 'push')?.status]).toEqual([0, 'success']);
  });
});

const changelog = { main_changelog: 'HISTORY.md', style: 'keep-a-changelog' };

function bump(file: string, tag: string, version?: string): object {
  return { version_file: file, tag_template: tag, increment_type: 'minor', ...(version !== undefined && { version }) };
}
