import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JsonMap } from '../../../../../src/plugin-api/index.ts';
import { findingsOf, Review, rowOf, said } from './review.ts';

const changelog = `# Changelog

## [Unreleased]

### Added

- A window.

## [1.0.0] - 2026-01-02

- A door.

\`\`\`md
## [Unreleased]
\`\`\`
`;

let review: Review;
let base: string;
beforeEach(() => {
  review = new Review();
  base = review.commit('docs: a changelog', { 'CHANGELOG.md': changelog });
});
afterEach(() => review.remove());

const check = (options: JsonMap = {}, change: JsonMap = {}) =>
  review.rule({ rule: 'changelog-entry', ...options }, { base, ...change });
const withText = (from: string, to: string) => ({ 'CHANGELOG.md': changelog.replace(from, to) });

describe('changelog-entry', () => {
  it('finds a new entry under Unreleased', async () => {
    review.commit('feat: a roof', withText('- A window.', '- A window.\n- A roof.'));
    expect(await check()).toMatchObject({ kind: 'success', outputs: { passed: 1 } });
  });

  it('finds the first entry of a new heading Unreleased', async () => {
    base = review.commit('chore: release', { 'CHANGELOG.md': '# Changelog\n\n## 1.0.0\n\n- A door.\n' });
    review.commit('feat: x', {
      'CHANGELOG.md': '# Changelog\n\n## Unreleased\n\n- A roof.\n\n## 1.0.0\n\n- A door.\n',
    });
    expect(said(await check())).toEqual([]);
  });

  it('misses it where the change does not touch the changelog', async () => {
    review.commit('feat: a roof', { 'src/roof': 'x' });
    const outcome = await check();
    expect(said(outcome)).toEqual(['error: the change has no entry in the changelog']);
    expect(findingsOf(outcome)[0]?.hint).toContain('under Unreleased of CHANGELOG.md');
  });

  it('refuses a change to versions that are out, a bare heading, and an example in code', async () => {
    review.commit('fix: history', withText('- A door.', '- A big door.'));
    expect(findingsOf(await check())).toMatchObject([{ level: 'error', file: 'CHANGELOG.md', line: 11 }]);
    review.work.git('reset', '--quiet', '--hard', base);
    review.commit('fix: heading', withText('### Added', '### Added\n\n### Fixed'));
    expect(said(await check())).toHaveLength(1);
    review.work.git('reset', '--quiet', '--hard', base);
    review.commit('fix: example', withText('## [Unreleased]\n```', '## [Unreleased]\n- A roof.\n```'));
    expect(said(await check())).toHaveLength(1);
  });

  it('takes a release, which moves the entries, and any line where there is no heading Unreleased', async () => {
    review.commit('chore!: release', withText('### Added', '## [1.1.0] - 2026-02-03\n\n### Added'));
    expect(said(await check())).toEqual([]);
    base = review.commit('chore: another', { 'CHANGELOG.md': '# Changes\n\n## 1.0.0\n\n- A door.\n' });
    review.commit('feat: roof', { 'CHANGELOG.md': '# Changes\n\n## 1.1.0\n\n- A roof.\n\n## 1.0.0\n\n- A door.\n' });
    expect(said(await check())).toEqual([]);
  });

  it('takes no heading for a release that was there before', async () => {
    review.commit('fix: the date', withText('2026-01-02', '2026-01-03'));
    expect(findingsOf(await check())).toMatchObject([{ level: 'error', file: 'CHANGELOG.md', line: 9 }]);
  });

  it('asks of a change that only deletes what it asks of others', async () => {
    base = review.commit('chore: more files', { 'src/old': 'x\n', 'changes/1.md': 'A roof.\n' });
    review.work.git('rm', '--quiet', 'src/old', 'changes/1.md');
    review.commit('feat!: drop the old one');
    expect(said(await check())).toEqual(['error: the change has no entry in the changelog']);
    expect(rowOf(await check({}, { title: 'chore: clean up' })).status).toBe('skipped');
    review.work.git('reset', '--quiet', '--hard', base);
    review.commit('feat: nothing');
    expect(rowOf(await check()).reason).toBe('the change touches no files');
  });

  it.each([
    ['changes/12.md', true],
    ['.changeset/brave-dogs-run.md', true],
    ['changelog.d/12.feature', true],
    ['newsfragments/12.bugfix.rst', true],
    ['changes/README.md', false],
    ['.changeset/config.json', false],
    ['changes.md', false],
    ['src/changes/12.md', false],
  ])('counts %s as an entry: %s', async (path, counts) => {
    review.commit('feat: x', { [path]: 'A roof.\n' });
    expect(said(await check())).toHaveLength(counts ? 0 : 1);
  });

  it('takes another file and other folders', async () => {
    review.commit('feat: x', { 'HISTORY.md': '# History\n\nA roof.\n' });
    expect(said(await check({ file: './HISTORY.md' }))).toEqual([]);
    expect(said(await check({ folders: [] }))).toHaveLength(1);
    review.commit('feat: x', { 'notes/1.md': 'A roof.\n' });
    expect(said(await check({ folders: ['./notes/'] }))).toEqual([]);
  });

  it.each([
    ['docs: x', {}, 'skipped'],
    ['chore(deps): x', {}, 'skipped'],
    ['chore!: x', {}, 'failed'],
    ['feat: x', {}, 'failed'],
    ['A door', {}, 'failed'],
    ['docs: x', { unless_types: ['chore'] }, 'failed'],
    ['chore: x', { unless_types: [] }, 'failed'],
  ])('with the title %j and %j is %s', async (title, options, status) => {
    review.commit('feat: x', { x: 'x' });
    expect(rowOf(await check(options, { title })).status).toBe(status);
  });

  it('goes by the commits where there is no title: all of them have to need none', async () => {
    review.commit('docs: x', { x: 'x' });
    expect(rowOf(await check()).status).toBe('skipped');
    review.commit('fix: y', { y: 'y' });
    expect(rowOf(await check()).status).toBe('failed');
  });

  it('is silenced by a label', async () => {
    review.commit('feat: x', { x: 'x' });
    expect(rowOf(await check({}, { labels: ['bug', 'skip-changelog'] })).status).toBe('skipped');
    expect(rowOf(await check({ unless_labels: ['internal'] }, { labels: ['skip-changelog'] })).status).toBe('failed');
  });

  it('has nothing to look at without a changelog or without a base', async () => {
    const other = new Review();
    try {
      other.commit('feat: x', { x: 'x' });
      expect(rowOf(await other.rule({ rule: 'changelog-entry' })).reason).toContain('there is no CHANGELOG.md');
    } finally {
      other.remove();
    }
    expect(rowOf(await review.run({ validators: ['changelog-entry'] })).reason).toContain('no `change.base`');
  });
});
