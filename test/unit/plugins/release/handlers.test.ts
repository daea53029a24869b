import { statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import gitPlugin from '../../../../plugins/git/index.ts';
import type { JsonMap, Outcome } from '../../../../src/plugin-api/index.ts';
import { type ContextOptions, pluginContext } from '../../../rigs/plugin-context.ts';
import { findHandler } from '../../../rigs/step-driver.ts';
import { TempFolder } from '../../../rigs/temp-folder.ts';

const folders: TempFolder[] = [];
afterEach(() => {
  for (const made of folders.splice(0)) made.remove();
});

function folder(files: { readonly [path: string]: string } = {}): TempFolder {
  const made = new TempFolder(files);
  folders.push(made);
  return made;
}

const adapters = gitPlugin.adapters ?? {};

async function call(name: string, at: TempFolder, config: JsonMap, more: ContextOptions = {}): Promise<Outcome> {
  const context = pluginContext(at.path, { adapters, config, ...more });
  return findHandler(name)
    .execute(context)
    .catch((error: { failure: Extract<Outcome, { kind: 'failed' }>['failure'] }) => ({
      kind: 'failed' as const,
      failure: error.failure,
    }));
}

function failureOf(outcome: Outcome) {
  if (outcome.kind !== 'failed') throw new Error(`expected a failure, got ${JSON.stringify(outcome)}`);
  return outcome.failure;
}

function outputsOf(outcome: Outcome): JsonMap {
  if (outcome.kind !== 'success') throw new Error(`expected success, got ${JSON.stringify(outcome)}`);
  return outcome.outputs;
}

describe('release.version_bump', () => {
  const bump = { version_file: 'VERSION', increment_type: 'patch' };

  it('gives the new and the old version and the file', async () => {
    const at = folder({ VERSION: 'v1.2.3\n' });
    expect(outputsOf(await call('release.version_bump', at, bump))).toEqual({
      outcome: 'new',
      why: '`increment_type: patch` asks for it',
      new_version: '1.2.4',
      current_version: '1.2.4',
      old_version: '1.2.3',
      previous_version: '1.2.3',
      previous_tag: null,
      paths: [],
      tag_name: 'v1.2.4',
      version_file: 'VERSION',
      version_paths: ['VERSION'],
      increment_type: 'patch',
      base_commit: null,
      moved_from: null,
      remote_head: null,
      release_commit: null,
      is_prerelease: false,
      edited_files: [],
    });
    expect(at.read('VERSION')).toBe('v1.2.4\n');
  });

  it('says which parts fit when the part does not', async () => {
    const at = folder({ VERSION: '0.21.0.2+1\n' });
    const failure = failureOf(await call('release.version_bump', at, { ...bump, increment_type: 'minor' }));
    expect(failure.message).toContain('major, feature_set, feature, patch, build or auto');
    expect(at.read('VERSION')).toBe('0.21.0.2+1\n');
  });

  it('names a file that is missing', async () => {
    const failure = failureOf(await call('release.version_bump', folder(), bump));
    expect(failure.kind).toBe('not-found');
    expect(failure.message).toContain('VERSION');
  });

  it('refuses a folder and a path that leaves the workspace', async () => {
    const at = folder({ 'VERSION/x': '' });
    expect(failureOf(await call('release.version_bump', at, bump)).message).toContain('is a folder');
    const outside = await call('release.version_bump', at, { ...bump, version_file: '../VERSION' });
    expect(failureOf(outside).kind).toBe('permission');
    symlinkSync('/etc/hostname', join(at.path, 'link'));
    const linked = await call('release.version_bump', at, { ...bump, version_file: 'link' });
    expect(failureOf(linked).kind).toBe('permission');
  });

  it('writes every place that is named in one file', async () => {
    const at = folder({
      'package.json': '{ "version": "1.9.9", "config": { "release": "1.9.9" }, "other": "1.9.9" }\n',
    });
    const targets = [{ path: 'package.json' }, { path: 'package.json', key: 'config.release' }];
    await call('release.version_bump', at, { version_files: targets, increment_type: 'patch' });
    expect(at.read('package.json')).toBe(
      '{ "version": "1.9.10", "config": { "release": "1.9.10" }, "other": "1.9.9" }\n',
    );
  });

  it('writes every place of a file that is named by two paths', async () => {
    const at = folder({ 'a.json': '{ "version": "1.2.3", "x": { "version": "1.2.3" } }\n' });
    const targets = [{ path: 'a.json' }, { path: './a.json', key: 'x.version' }];
    const outcome = await call('release.version_bump', at, { version_files: targets, increment_type: 'patch' });
    expect(at.read('a.json')).toBe('{ "version": "1.2.4", "x": { "version": "1.2.4" } }\n');
    expect(outputsOf(outcome).version_paths).toEqual(['a.json']);
  });

  it.each([
    [{ name: 'semver', format: 'x', count: 7 }, '`format` and `count` mean nothing for the scheme semver'],
    [{ name: 'calver', format: 'YYYY.MM.MICRO', pattern: 'x' }, '`pattern` means nothing for the scheme calver'],
    [{ name: 'auto', names: ['a'] }, '`names` means nothing for the scheme auto'],
  ])('refuses what means nothing for the scheme in %j', async (scheme, message) => {
    const at = folder({ VERSION: '1.2.3\n' });
    const failure = failureOf(await call('release.version_bump', at, { ...bump, scheme }));
    expect(failure).toMatchObject({ kind: 'configuration', message: expect.stringContaining(message) });
  });

  it('takes the version from a tag where the files spell it otherwise', async () => {
    const cases = [
      { tag: 'v1.2.3+7', path: 'pubspec.yaml', content: 'version: 1.2.3+7\n', agrees: true },
      { tag: 'v1.2.3', path: 'pubspec.yaml', content: 'version: 1.2.3+7\n', agrees: true },
      { tag: 'v1.2.3+8', path: 'pubspec.yaml', content: 'version: 1.2.3+7\n', agrees: false },
      {
        tag: 'v1.4.0-rc.2',
        path: 'pyproject.toml',
        content: '[project]\nversion = "1.4.0-rc.2"\n',
        scheme: 'pep440',
        agrees: true,
      },
    ];
    for (const { tag, path, content, scheme = 'auto', agrees } of cases) {
      const at = folder({ [path]: content });
      at.git('init', '--quiet');
      at.git('add', '.');
      at.git('commit', '--quiet', '--message', 'first');
      at.git('tag', tag);
      const outcome = await call('release.version_bump', at, {
        ...bump,
        from_tag: true,
        version_files: [path],
        scheme,
      });
      expect(outcome.kind, JSON.stringify(outcome)).toBe(agrees ? 'success' : 'failed');
    }
  });

  it('keeps the mode of the file', async () => {
    const at = folder();
    at.write('VERSION', '1.2.3\n', 0o755);
    await call('release.version_bump', at, bump);
    expect(statSync(join(at.path, 'VERSION')).mode & 0o777).toBe(0o755);
  });

  it('knows after a crash whether the file was raised already', async () => {
    const at = folder({ VERSION: '1.2.3\n' });
    at.git('init', '--quiet');
    at.git('add', '.');
    at.git('commit', '--quiet', '--message', 'first');
    const probe = () => findHandler('release.version_bump').probe?.(pluginContext(at.path, { adapters, config: bump }));

    expect(await probe()).toEqual({ kind: 'not-done' });
    await call('release.version_bump', at, bump);
    expect(await probe()).toMatchObject({ kind: 'done', outputs: { new_version: '1.2.4', old_version: '1.2.3' } });
    at.write('VERSION', '7.0.0\n');
    expect(await probe()).toEqual({ kind: 'unknown' });
  });
});

describe('release.changelog_create', () => {
  const config = {
    changelog_dir: 'log',
    version: 'v1.2.4',
    summary: 'A summary',
    branch_pattern: '(?i)epic-(?P<epic>\\d+)',
  };

  function repository(branch: string): TempFolder {
    const at = folder({ a: 'a' });
    at.git('init', '--quiet', '--initial-branch', branch);
    at.git('add', '.');
    at.git('commit', '--quiet', '--message', 'first');
    return at;
  }

  it('reads the epic with a pattern of the user and lists all commits where there is no tag', async () => {
    const at = repository('feature/epic-7-login');
    const outputs = outputsOf(await call('release.changelog_create', at, config));
    expect(outputs).toMatchObject({ path: 'log/CHANGELOG_v1.2.4.md', created: true, epic: '7', commit_count: 1 });
    expect(at.read('log/CHANGELOG_v1.2.4.md')).toContain('- first (');
  });

  it('has details and subjects that change nothing around them', async () => {
    const at = repository('main');
    for (const subject of ['# heading', '- dash', '1. number']) {
      at.git('commit', '--quiet', '--allow-empty', '--cleanup=verbatim', '--message', subject);
    }
    await call('release.changelog_create', at, { ...config, details: '# Big\n\n```\nopen' });
    const text = at.read('log/CHANGELOG_v1.2.4.md');
    expect(text).toContain('## Detailed Changes\n\n### Big\n\n```\nopen\n```\n\n## Commits\n');
    for (const item of ['- \\# heading (', '- \\- dash (', '- 1\\. number (']) expect(text).toContain(item);
  });

  it('takes epic and story that the step writes, and none where it says off', async () => {
    const at = repository('epic-7');
    const written = { ...config, epic_detection: 12, story_detection: 'S4' };
    expect(outputsOf(await call('release.changelog_create', at, written))).toMatchObject({ epic: '12', story: 'S4' });
    const off = { ...config, version: '1.2.5', epic_detection: 'off' };
    expect(outputsOf(await call('release.changelog_create', at, off))).toMatchObject({ epic: null });
  });

  it('leaves a file that exists as it is and says so', async () => {
    const at = folder({ 'log/CHANGELOG_v1.2.4.md': 'by hand\n' });
    const outcome = await call('release.changelog_create', at, config);
    expect(outputsOf(outcome)).toMatchObject({ created: false, path: 'log/CHANGELOG_v1.2.4.md' });
    expect(outcome.findings).toMatchObject([{ level: 'warning', file: 'log/CHANGELOG_v1.2.4.md' }]);
    expect(at.read('log/CHANGELOG_v1.2.4.md')).toBe('by hand\n');
  });

  it('writes without commits in a folder that is no repository', async () => {
    const at = folder();
    expect(outputsOf(await call('release.changelog_create', at, config))).toMatchObject({ commit_count: 0 });
    expect(at.read('log/CHANGELOG_v1.2.4.md')).not.toContain('## Commits');
  });

  it('warns of a shallow clone without tags', async () => {
    const source = repository('main');
    source.git('commit', '--quiet', '--allow-empty', '--message', 'second');
    const at = folder();
    at.git('clone', '--quiet', '--depth', '1', `file://${source.path}`, '.');
    const outcome = await call('release.changelog_create', at, config);
    expect(outcome.findings).toMatchObject([{ level: 'warning', rule: 'shallow-clone' }]);
  });

  it('refuses a pattern that cannot be read, and a version that is a path', async () => {
    const at = repository('main');
    const broken = failureOf(await call('release.changelog_create', at, { ...config, branch_pattern: '(' }));
    expect(broken.message).toContain('the pattern `(` cannot be read');
    const path = failureOf(await call('release.changelog_create', at, { ...config, version: '../1' }));
    expect(path.message).toContain('cannot be part of a file name');
  });

  it('says what is missing where nothing gives a version', async () => {
    const version = { template: [{ name: 'version', otherwise: null }] };
    const failure = failureOf(await call('release.changelog_create', folder(), { ...config, version }));
    expect(failure.message).toContain('release.version_bump');
  });
});

describe('release.changelog_update', () => {
  const config = {
    main_changelog: 'docs/CHANGELOG.md',
    date_format: 'YYYY/MM/DD HH:mm:ss',
    changelog_dir: 'KB/log dir',
    version: '1.2.4',
  };
  const link = (otherwise: string | null) => ({
    template: ['[CHANGELOG_v', { name: 'version', otherwise: null }, '.md](', { name: 'path', otherwise }, ')'],
  });

  it('links from the folder of the changelog to what the step before wrote', async () => {
    const at = folder();
    const outputs = outputsOf(
      await call('release.changelog_update', at, { ...config, link_template: link('KB/log dir/CHANGELOG_v1.2.4.md') }),
    );
    expect(outputs).toEqual({
      main_changelog: 'docs/CHANGELOG.md',
      changed: true,
      entry_version: '1.2.4',
      date: '2025/11/20 14:05:09',
      link: '[CHANGELOG_v1.2.4.md](../KB/log%20dir/CHANGELOG_v1.2.4.md)',
      notes: '[CHANGELOG_v1.2.4.md](../KB/log%20dir/CHANGELOG_v1.2.4.md)',
    });
  });

  it('finds a detailed changelog in its folder when no step wrote one', async () => {
    const at = folder({ 'KB/log dir/CHANGELOG_v1.2.4.md': 'x' });
    const outputs = outputsOf(await call('release.changelog_update', at, { ...config, link_template: link(null) }));
    expect(outputs.link).toBe('[CHANGELOG_v1.2.4.md](../KB/log%20dir/CHANGELOG_v1.2.4.md)');
  });

  it('leaves the link out with a warning where there is no such file', async () => {
    const outcome = await call('release.changelog_update', folder(), { ...config, link_template: link(null) });
    expect(outputsOf(outcome).link).toBeNull();
    expect(outcome.findings).toMatchObject([{ level: 'warning', rule: 'changelog-link' }]);
  });

  it('shows a link before the run only where a step will write such a file', async () => {
    const shown = async (upstream: ContextOptions['upstream'] = {}) => {
      const context = pluginContext(folder().path, {
        adapters,
        config: { ...config, link_template: link(null) },
        upstream,
      });
      const preview = await findHandler('release.changelog_update').preview?.(context);
      return preview?.diffs.map(({ diff }) => diff).join('') ?? '';
    };
    expect(await shown()).not.toContain('{path}');
    const step = { id: 'detailed', status: 'success', outputs: {} } as const;
    expect(await shown({ 'release.changelog_create': [step] })).toContain('[CHANGELOG_v1.2.4.md]({path})');
  });

  it('changes nothing the second time', async () => {
    const at = folder({ 'docs/CHANGELOG.md': '# Log\r\n\r\n## 1.2.3\r\n' });
    await call('release.changelog_update', at, { ...config, summary: 'Once' });
    const once = at.read('docs/CHANGELOG.md');
    const again = await call('release.changelog_update', at, { ...config, summary: 'Twice' });
    expect(outputsOf(again).changed).toBe(false);
    expect(at.read('docs/CHANGELOG.md')).toBe(once);
  });

  it.each([
    ['1.2.3 (2025-01-01)\n------------------\n', '1.2.4 (2025-11-20)\n------------------\n'],
    [
      '## [1.2.3](https://github.com/o/r/compare/v1.2.2...v1.2.3) (2025-01-01)\n',
      '## [1.2.4](https://github.com/o/r/compare/v1.2.3...v1.2.4) (2025-11-20)\n',
    ],
    [
      '## [1.2.3] - 2025-01-01\n\n[1.2.3]: https://github.com/o/r/compare/v1.2.2...v1.2.3\n',
      '[1.2.4]: https://github.com/o/r/compare/v1.2.3...v1.2.4\n[1.2.3]: ',
    ],
  ])('has entries that look like %j, and changes nothing the second time', async (before, expected) => {
    const at = folder({ 'docs/CHANGELOG.md': before });
    at.git('init', '--quiet');
    at.git('remote', 'add', 'origin', 'https://github.com/o/r.git');
    at.git('commit', '--quiet', '--allow-empty', '--message', 'first');
    at.git('tag', 'v1.2.3');
    const entry = { ...config, date_format: 'YYYY-MM-DD', summary: 'Once' };
    await call('release.changelog_update', at, entry);
    const once = at.read('docs/CHANGELOG.md');
    expect(once).toContain(expected);
    expect(outputsOf(await call('release.changelog_update', at, entry)).changed).toBe(false);
    expect(at.read('docs/CHANGELOG.md')).toBe(once);
  });

  it('says which section goes on waiting for a later version', async () => {
    const at = folder({ 'docs/CHANGELOG.md': '## 1.3.0 (Unreleased)\n\n- later\n\n## 1.2.3\n' });
    const outcome = await call('release.changelog_update', at, config);
    expect(outcome.findings).toMatchObject([{ rule: 'changelog-unreleased', file: 'docs/CHANGELOG.md', line: 1 }]);
    expect(at.read('docs/CHANGELOG.md')).toContain('## 1.3.0 (Unreleased)\n\n- later\n\n## 1.2.4 - ');
  });

  it.each(['DD MMM YY', 'YYY', 'D.M.YYYY', 'hh:mmm H'])('refuses the date format %j', async (format) => {
    const failure = failureOf(await call('release.changelog_update', folder(), { ...config, date_format: format }));
    expect(failure.message).toContain('is no part of a date');
  });
});

describe('release.notes', () => {
  function tagged(): TempFolder {
    const at = folder();
    at.git('init', '--quiet', '--initial-branch', 'main');
    const messages = ['feat: first', 'feat: a door', 'fix: its lock', 'fix: later'];
    for (const [number, message] of messages.entries()) {
      at.git('commit', '--quiet', '--allow-empty', '--message', message);
      if (number < 3) at.git('tag', number === 0 ? 'v1.0.0' : number === 1 ? '1.1.0' : 'v1.1.1');
    }
    // As it follows the newest release of a major version.
    at.git('tag', 'v1', 'v1.1.1');
    return at;
  }

  it.each([
    ['1.2.0', 'HEAD', '### Bug Fixes\n\n* later'],
    ['1.1.1', 'HEAD', '### Bug Fixes\n\n* its lock'],
    ['1.1.1', 'v1.1.1', '### Bug Fixes\n\n* its lock'],
    ['1.1.0', 'HEAD', '### Features\n\n* a door'],
    ['1.0.0', 'HEAD', '### Features\n\n* first'],
  ])('of %s at %s are the changes since the release before', async (version, head, expected) => {
    const at = tagged();
    at.git('checkout', '--quiet', '--detach', head);
    const config = {
      version,
      date_format: 'YYYY',
      item_template: { template: [{ name: 'subject', otherwise: null }] },
    };
    const outputs = outputsOf(await call('release.notes', at, config));
    expect(outputs).toEqual({ notes: expected, source: 'commits', commit_count: 1 });
  });
});

describe('release.readme_update', () => {
  const config = { readme_file: 'README.md', version: '1.2.4' };
  const badge = '![v](https://x/badge/version-1.2.3-blue)\n';

  it('warns when one of the two places is missing', async () => {
    const at = folder({ 'README.md': badge });
    const outcome = await call('release.readme_update', at, config);
    expect(outputsOf(outcome)).toMatchObject({ badge_updated: true, latest_release_updated: false, changed: true });
    expect(outcome.findings?.map(({ message }) => message)).toEqual([
      'README.md has no version after "Latest release"',
    ]);
  });

  it('is skipped when both are missing, and says what was looked for', async () => {
    const outcome = await call('release.readme_update', folder({ 'README.md': '# Hello\n' }), config);
    expect(outcome).toMatchObject({
      kind: 'skipped',
      reason: 'README.md has no badge `version-…-colour` and no version after "Latest release"',
    });
  });

  it('is skipped when the only place it may update is missing', async () => {
    const at = folder({ 'README.md': badge });
    const outcome = await call('release.readme_update', at, { ...config, update_badge: false });
    expect(outcome.kind).toBe('skipped');
    expect(at.read('README.md')).toBe(badge);
  });

  it('is skipped when the parameter says so, before it looks at the file', async () => {
    const outcome = await call('release.readme_update', folder(), { ...config, skip: true });
    expect(outcome).toMatchObject({ kind: 'skipped', reason: expect.stringContaining('skip_readme') });
  });

  it('leaves examples in code alone', async () => {
    const text = `${badge}\n\`\`\`md\n${badge}\`\`\`\n`;
    const at = folder({ 'README.md': text });
    await call('release.readme_update', at, config);
    expect(at.read('README.md')).toBe(text.replace('1.2.3', '1.2.4'));
  });

  it('names a README that is missing', async () => {
    expect(failureOf(await call('release.readme_update', folder(), config)).kind).toBe('not-found');
  });
});
