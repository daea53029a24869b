import { afterEach, describe, expect, it } from 'vitest';
import gitPlugin from '../../../../plugins/git/index.ts';
import { updateBoard } from '../../../../plugins/project/kanban/board.ts';
import { addRelease } from '../../../../plugins/project/kanban/release-record.ts';
import type { JsonMap, Outcome } from '../../../../src/plugin-api/index.ts';
import { type ContextOptions, pluginContext } from '../../../rigs/plugin-context.ts';
import { findHandler } from '../../../rigs/step-driver.ts';
import { TempFolder } from '../../../rigs/temp-folder.ts';

const record = { version: '1.2.4', date: '2025-11-20', summary: 'What is new' };

describe('a release in the document of an epic', () => {
  it.each([
    [
      'a list',
      '# E\n\n## Releases\n\n* v1.2.3: old\n\n## Next\n',
      '# E\n\n## Releases\n\n* v1.2.4 (2025-11-20): What is new\n* v1.2.3: old\n\n## Next\n',
    ],
    [
      'an empty section',
      '# E\n\n## Releases\n\n## Next\n',
      '# E\n\n## Releases\n\n- v1.2.4 (2025-11-20): What is new\n\n## Next\n',
    ],
    [
      'an empty section at the end',
      '# E\n\n## Releases\n',
      '# E\n\n## Releases\n\n- v1.2.4 (2025-11-20): What is new\n',
    ],
    [
      'a text',
      '# E\n\n### Releases\nNone yet.\n\n## Next\n',
      '# E\n\n### Releases\nNone yet.\n\n- v1.2.4 (2025-11-20): What is new\n\n## Next\n',
    ],
    ['no section', '# E\n\nText', '# E\n\nText\n\n## Releases\n\n- v1.2.4 (2025-11-20): What is new\n'],
    ['an empty file', '', '## Releases\n\n- v1.2.4 (2025-11-20): What is new\n'],
    [
      'a table',
      '## Releases\n\n| Version | Date | Notes |\n|:--|--|--|\n| v1.2.3 | x | old |\n',
      '## Releases\n\n| Version | Date | Notes |\n|:--|--|--|\n| v1.2.4 | 2025-11-20 | What is new |\n| v1.2.3 | x | old |\n',
    ],
    [
      'another version of the same beginning',
      '## Releases\n\n- v1.2.40\n',
      '## Releases\n\n- v1.2.4 (2025-11-20): What is new\n- v1.2.40\n',
    ],
    [
      'CRLF',
      '## Releases\r\n\r\n- v1.2.3\r\n',
      '## Releases\r\n\r\n- v1.2.4 (2025-11-20): What is new\r\n- v1.2.3\r\n',
    ],
  ])('stands on top of %s', (_, content, expected) => {
    const once = addRelease(content, record);
    expect(once).toBe(expected);
    expect(addRelease(once, { ...record, summary: 'Else', date: '2026-01-01' })).toBe(once);
  });

  it.each([
    ['a list', '## Releases\n\n- v1.2.3\n'],
    ['a table', '## Releases\n\n| Version | Summary |\n|--|--|\n| v1.2.3 | old |\n'],
  ])('stands once beside that of a package of the same version in %s', (_, content) => {
    const other = addRelease(content, { ...record, summary: 'Of another package' });
    const both = addRelease(other, record, { isBeside: true });
    expect(both.match(/v1\.2\.4 .*(?:What is new|Of another package)/g)).toHaveLength(2);
    expect(addRelease(both, { ...record, date: '2026-01-01' }, { isBeside: true })).toBe(both);
  });

  it('makes pipes in a summary harmless in a table', () => {
    const table = '## Releases\n\n| Version | Summary |\n|--|--|\n';
    expect(addRelease(table, { ...record, summary: 'a | b\nc' })).toContain('| v1.2.4 | a \\| b c |\n');
  });
});

describe('the board', () => {
  const board = (rows: string) => `# Board\n\n| Epic | Title | Version | Status |\n|---|---|---|---|\n${rows}`;
  const plain = (rows: string) => `| Epic | Title | Status |\n|---|---|---|\n${rows}`;

  it.each([
    ['the version', board('| Epic 21 | a | v1.2.3 | x |\n'), board('| Epic 21 | a | v1.2.4 | x |\n')],
    ['no version in the column for it', board('| E21 | a | - | x |\n'), board('| E21 | a | v1.2.4 | x |\n')],
    ['an empty cell', board('| E21 | a || x |\n'), board('| E21 | a | v1.2.4 | x |\n')],
    [
      'a version in another column',
      plain('| Epic-021 | a 1.0.0 | Done in 1.2.3 |\n'),
      plain('| Epic-021 | a 1.0.0 | Done in 1.2.4 |\n'),
    ],
    ['no version at all', plain('| Epic 21 | a | Active |\n'), plain('| Epic 21 | a | Active v1.2.4 |\n')],
    ['no version and an empty last cell', plain('| Epic 21 | a |  |\n'), plain('| Epic 21 | a | v1.2.4 |\n')],
    ['a bare number', plain('| **21** | a | 1.2.3 |\n'), plain('| **21** | a | 1.2.4 |\n')],
    [
      'a link',
      board('| [Epic 21](Epic%2021/Epic-21.md) | a | [v1.2.3](log/v1.2.3.md) | x |\n'),
      board('| [Epic 21](Epic%2021/Epic-21.md) | a | [v1.2.4](log/v1.2.4.md) | x |\n'),
    ],
    [
      'rows of other epics around it',
      board(
        '| Epic 2 | a | 1.0.0 | x |\n| Epic 210 | a | 1.0.0 | x |\n| Epic 22 (after Epic 21) | a | 1.0.0 | x |\n| Epic 21 | a | 1.0.0 | x |\n',
      ),
      board(
        '| Epic 2 | a | 1.0.0 | x |\n| Epic 210 | a | 1.0.0 | x |\n| Epic 22 (after Epic 21) | a | 1.0.0 | x |\n| Epic 21 | a | 1.2.4 | x |\n',
      ),
    ],
    [
      'CRLF and no borders',
      'Epic | Version\r\n---|---\r\nEpic 21 | 1.0.0\r\n',
      'Epic | Version\r\n---|---\r\nEpic 21 | 1.2.4\r\n',
    ],
    ['an escaped pipe', plain('| Epic 21 | a \\| b | 1.0.0 |\n'), plain('| Epic 21 | a \\| b | 1.2.4 |\n')],
  ])('gets the version into a row with %s', (_, content, expected) => {
    const update = updateBoard(content, '21', '1.2.4');
    expect(update).toEqual({ kind: 'updated', content: expected });
    expect(updateBoard(expected, '21', '1.2.4')).toEqual({ kind: 'current' });
  });

  it.each([
    'no table here: Epic 21',
    board('| Epic 2 | a | 1 | x |\n'),
    '```\n| Epic | V |\n|---|---|\n| Epic 21 | 1.0.0 |\n```\n',
  ])('has no row in %j', (content) => {
    expect(updateBoard(content, '21', '1.2.4')).toEqual({ kind: 'no-row' });
  });
});

describe('project.kanban_update', () => {
  const folders: TempFolder[] = [];
  afterEach(() => {
    for (const made of folders.splice(0)) made.remove();
  });

  function repository(branch: string, files: { readonly [path: string]: string }): TempFolder {
    const made = new TempFolder(files);
    folders.push(made);
    made.git('init', '--quiet', '--initial-branch', branch);
    return made;
  }

  const pattern = (...parts: readonly string[]) => ({
    template: parts.map((part) => (part === 'epic' || part === 'story' ? { name: part, otherwise: null } : part)),
  });
  const defaults = {
    branch_pattern: '(?i)(?:^|[^a-z])e(?:pic)?[-_/ ]?(\\d+)(?:(?:.*?[^a-z])?s(?:tory)?[-_/ ]?(\\d+))?',
    version: '1.2.4',
    summary: 'What is new',
  };

  async function call(at: TempFolder, config: JsonMap, more: ContextOptions = {}): Promise<Outcome> {
    const adapters = gitPlugin.adapters ?? {};
    const context = pluginContext(at.path, { adapters, config: { ...defaults, ...config }, ...more });
    return findHandler('project.kanban_update')
      .execute(context)
      .catch((error: { failure: Extract<Outcome, { kind: 'failed' }>['failure'] }) => ({
        kind: 'failed' as const,
        failure: error.failure,
      }));
  }

  it.each([
    ['epic/1-story-3', 'docs/Epic 01.md'],
    ['E01S02', 'docs/Epic 01.md'],
    ['E01S02', 'docs/Epic 1.md'],
    ['epic-001', 'docs/Epic 1.md'],
    ['epic-001', 'docs/Epic 01.md'],
    ['epic-001', 'docs/Epic 001.md'],
  ])('finds for the branch %s the document %s', async (branch, path) => {
    const at = repository(branch, { [path]: '# Epic\n' });
    const outcome = await call(at, { epic_doc_pattern: pattern('docs/Epic ', 'epic', '.md') });
    expect(outcome).toMatchObject({ kind: 'success', outputs: { epic_document: path, changed: [path] } });
    expect(at.read(path)).toContain('- v1.2.4 (2025-11-20): What is new');
  });

  it('notes the release of each package that has the version', async () => {
    const at = repository('epic-1', { 'Epic 1.md': '' });
    const document = { epic_doc_pattern: pattern('Epic ', 'epic', '.md') };
    const first = await call(at, { ...document, summary: 'Of one' });
    if (first.kind !== 'success') throw new Error(JSON.stringify(first));
    const upstream = { 'project.kanban_update': [{ id: 'first', outputs: first.outputs }] };

    await call(at, { ...document, summary: 'Of another' }, { upstream });
    await call(at, { ...document, summary: 'Of one, started anew' });

    expect(at.read('Epic 1.md').match(/: Of .*/g)).toEqual([': Of another', ': Of one']);
  });

  it('prefers the document as the branch writes the epic', async () => {
    const at = repository('epic-1', { 'Epic 1.md': '', 'Epic 01.md': '' });
    const outcome = await call(at, { epic_doc_pattern: pattern('Epic ', 'epic', '.md') });
    expect(outcome).toMatchObject({ outputs: { epic_document: 'Epic 1.md' } });
  });

  it('takes the story into the path', async () => {
    const at = repository('E01S02', { 'e1/s02.md': '' });
    const outcome = await call(at, { epic_doc_pattern: pattern('e', 'epic', '/s', 'story', '.md') });
    expect(outcome).toMatchObject({ outputs: { epic_document: 'e1/s02.md' } });
  });

  it.each(['release2', 'main', 'feature/re-21', 'prose/21'])(
    'is skipped on the branch %s, with the reason',
    async (branch) => {
      const outcome = await call(repository(branch, {}), { kanban_board: 'board.md' });
      expect(outcome).toEqual({ kind: 'skipped', reason: `the branch \`${branch}\` names no epic` });
    },
  );

  it('is skipped on a detached head and where nothing is configured', async () => {
    const at = repository('epic-1', { a: 'a' });
    expect((await call(at, {})).kind).toBe('skipped');
    at.git('add', '.');
    at.git('commit', '--quiet', '--message', 'x');
    at.git('checkout', '--quiet', '--detach');
    expect(await call(at, { kanban_board: 'board.md' })).toEqual({
      kind: 'skipped',
      reason: 'there is no branch to read an epic from',
    });
  });

  it('names every path that it looked for, and changes nothing then', async () => {
    const at = repository('E01', { 'board.md': '| Epic | V |\n|---|---|\n| Epic 1 | 1.0.0 |\n' });
    const outcome = await call(at, { epic_doc_pattern: pattern('Epic ', 'epic', '.md'), kanban_board: 'board.md' });
    expect(outcome).toMatchObject({
      kind: 'failed',
      failure: { kind: 'not-found', message: 'epic 01 has no document: looked for Epic 01.md, Epic 1.md' },
    });
    expect(at.read('board.md')).toContain('1.0.0');
  });

  it('warns when the board has no row for the epic', async () => {
    const at = repository('E01', { 'board.md': '# Board\n' });
    const outcome = await call(at, { kanban_board: 'board.md' });
    expect(outcome).toMatchObject({ kind: 'success', findings: [{ level: 'warning', rule: 'kanban-row' }] });
    expect(at.read('board.md')).toBe('# Board\n');
  });

  it('changes nothing the second time', async () => {
    const at = repository('E01', { 'board.md': '| Epic | V |\n|---|---|\n| Epic 1 | 1.0.0 |\n', 'e.md': '# E\n' });
    const config = { kanban_board: 'board.md', epic_doc_pattern: pattern('e.md') };
    await call(at, config);
    const first = [at.read('board.md'), at.read('e.md')];
    expect(await call(at, { ...config, summary: 'Else' })).toMatchObject({ outputs: { changed: [] } });
    expect([at.read('board.md'), at.read('e.md')]).toEqual(first);
  });

  it('does not leave the workspace by what an epic is called', async () => {
    const at = repository('main', {});
    const outcome = await call(at, { epic_detection: '../../../etc', epic_doc_pattern: pattern('epic', '/passwd') });
    expect(outcome).toMatchObject({ kind: 'failed', failure: { kind: 'permission' } });
  });
});
