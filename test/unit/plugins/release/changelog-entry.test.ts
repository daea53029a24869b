import { describe, expect, it } from 'vitest';
import { type EntryPlace, insertEntry } from '../../../../plugins/release/changelog/insert-entry.ts';
import { sectionOf } from '../../../../plugins/release/changelog/section-of.ts';
import { hostLinks } from '../../../../plugins/release/notes/host-links.ts';

const entry = { version: '1.3.0', date: '20-11-25', summary: 'What is new', link: '[file](KB/a.md)' };
const place: EntryPlace = { tag: 'v1.3.0', previousTag: 'v1.2.0', links: null };
const text = 'What is new\n\n[file](KB/a.md)\n';
const block = '## v1.3.0 - 20-11-25\n\nWhat is new\n\n[file](KB/a.md)\n';

describe('an entry in the main changelog', () => {
  it.each([
    ['no file', null, `# Changelog\n\n${block}`],
    ['an empty file', '', `# Changelog\n\n${block}`],
    ['a title alone', '# Changelog\n', `# Changelog\n\n${block}`],
    ['a title without a line end', '# Changelog', `# Changelog\n\n${block}`],
    ['a title and an introduction', '# Changelog\n\nAll of it.\n', `# Changelog\n\nAll of it.\n\n${block}`],
    ['an older version', '# Changelog\n\n## v1.2.0 - old\n\nx\n', `# Changelog\n\n${block}\n## v1.2.0 - old\n\nx\n`],
    [
      'front matter that names a version',
      '---\ntitle: 1.0.0\n---\n\n# Changelog\n\n## v1.2.0\n',
      `---\ntitle: 1.0.0\n---\n\n# Changelog\n\n${block}\n## v1.2.0\n`,
    ],
    [
      'an unreleased section whose text names versions',
      '# Changelog\n\n## [Unreleased]\n\n### Added\n\n- 9.9.9 of a tool\n\n## v1.2.0\n',
      `# Changelog\n\n## [Unreleased]\n\n### Added\n\n- 9.9.9 of a tool\n\n${block}\n## v1.2.0\n`,
    ],
    [
      'an unreleased section and nothing after it but link definitions',
      '# Changelog\n\n## Unreleased\n\n- x\n\n[Unreleased]: https://example.invalid/compare/v1.2.0...HEAD\n',
      `# Changelog\n\n## Unreleased\n\n- x\n\n${block}\n[Unreleased]: https://example.invalid/compare/v1.3.0...HEAD\n[v1.3.0]: https://example.invalid/compare/v1.2.0...v1.3.0\n`,
    ],
    [
      'an example in a code fence and in a comment',
      '# Changelog\n\n<!--\n## v0.0.1\n-->\n\n```md\n## v0.0.1\n```\n\n## v1.2.0\n',
      `# Changelog\n\n<!--\n## v0.0.1\n-->\n\n\`\`\`md\n## v0.0.1\n\`\`\`\n\n${block}\n## v1.2.0\n`,
    ],
    [
      'versions without a leading v',
      '# Changelog\n\n### 1.2.0 (2025-01-01)\n',
      `# Changelog\n\n### 1.3.0 (20-11-25)\n\n${text}\n### 1.2.0 (2025-01-01)\n`,
    ],
    [
      'versions in brackets',
      '# Changelog\n\n## [1.2.0] - 2025-01-01\n',
      '# Changelog\n\n## [1.3.0] - 20-11-25\n\nWhat is new\n\n[file](KB/a.md)\n\n## [1.2.0] - 2025-01-01\n',
    ],
    [
      'underlined headings',
      'Changelog\n=========\n\nv1.2.0\n------\n\nx\n',
      `Changelog\n=========\n\nv1.3.0 - 20-11-25\n-----------------\n\n${text}\nv1.2.0\n------\n\nx\n`,
    ],
    [
      'first-level headings without a title',
      '# [1.2.0](https://example.invalid) (2025-01-01)\n\nx\n',
      `# 1.3.0 (20-11-25)\n\n${text}\n# [1.2.0](https://example.invalid) (2025-01-01)\n\nx\n`,
    ],
    [
      'a list of versions',
      '# Changelog\n\n* v1.2.0 - 01-01-25: old\n* v1.1.0 - 01-01-24: older\n',
      '# Changelog\n\n* v1.3.0 - 20-11-25: What is new ([file](KB/a.md))\n* v1.2.0 - 01-01-25: old\n* v1.1.0 - 01-01-24: older\n',
    ],
    [
      'a table of versions',
      '# Changelog\n\n| Version | Date | Summary | Link |\n|---|---|---|---|\n| v1.2.0 | 01-01-25 | old | |\n',
      '# Changelog\n\n| Version | Date | Summary | Link |\n|---|---|---|---|\n| v1.3.0 | 20-11-25 | What is new | [file](KB/a.md) |\n| v1.2.0 | 01-01-25 | old | |\n',
    ],
    [
      'a table of versions with a column for all that is to be said',
      '| Version | Notes |\n|---|---|\n| v1.2.0 | old |\n',
      '| Version | Notes |\n|---|---|\n| v1.3.0 | What is new ([file](KB/a.md)) |\n| v1.2.0 | old |\n',
    ],
    [
      'bold versions and a list that speaks of one',
      '# Changelog\n\n**1.2.0** (2025-01-01)\n\n- Fix login\n- 2.0.0-style files are read too\n',
      '# Changelog\n\n**1.3.0** (20-11-25)\n\nWhat is new\n\n[file](KB/a.md)\n\n**1.2.0** (2025-01-01)\n\n- Fix login\n- 2.0.0-style files are read too\n',
    ],
    [
      'a list of which one item begins with a version',
      '# Changelog\n\n- Fix login\n- 2.0.0: files of it are read too\n',
      `# Changelog\n\n- Fix login\n- 2.0.0: files of it are read too\n\n${block}`,
    ],
    [
      'versions in HTML',
      '<h2>1.2.0</h2>\n\n- x\n',
      '<h2>1.3.0 - 20-11-25</h2>\n\nWhat is new\n\n[file](KB/a.md)\n\n<h2>1.2.0</h2>\n\n- x\n',
    ],
    [
      'folded versions',
      '<details><summary>1.2.0</summary>\n\n- x\n\n</details>\n',
      '<details><summary>1.3.0 - 20-11-25</summary>\n\nWhat is new\n\n[file](KB/a.md)\n\n</details>\n\n<details><summary>1.2.0</summary>\n\n- x\n\n</details>\n',
    ],
    ['the oldest version first', '## v1.1.0\n\n- x\n\n## v1.2.0\n', `## v1.1.0\n\n- x\n\n## v1.2.0\n\n${block}`],
    ['anchors', '<a id="1.2.0"></a>\n\n## v1.2.0\n', `${block}\n<a id="1.2.0"></a>\n\n## v1.2.0\n`],
    [
      'a heading that speaks of versions',
      '# Changelog\n\n## Upgrading from 0.9.0 to 1.0.0\n\n## Unreleased\n\n- x\n\n## v1.2.0\n',
      `# Changelog\n\n## Upgrading from 0.9.0 to 1.0.0\n\n## Unreleased\n\n- x\n\n${block}\n## v1.2.0\n`,
    ],
    [
      'a section that waits for the version',
      '## 1.3.0 (Unreleased)\n\n- x\n\n## 1.2.0 (2025-01-01)\n',
      '## 1.3.0 (20-11-25)\n\n- x\n\nWhat is new\n\n[file](KB/a.md)\n\n## 1.2.0 (2025-01-01)\n',
    ],
    [
      'sections that are no versions',
      '# Changelog\n\nIntro.\n\n## How to read this\n\nx\n',
      `# Changelog\n\nIntro.\n\n${block}\n## How to read this\n\nx\n`,
    ],
  ])('stands in the right place of a changelog with %s', (_, content, expected) => {
    const once = insertEntry(content, entry, place);
    expect(once).toBe(expected);
    expect(insertEntry(once, { ...entry, summary: 'Something else' }, place)).toBe(once);
  });

  it.each([
    [
      'underlined, with its date in parentheses',
      '1.2.0 (2025-01-01)\n------------------',
      '1.3.0 (20-11-25)\n----------------',
    ],
    ['with a word', '## Version 1.2.0 (2025-01-01)', '## Version 1.3.0 (20-11-25)'],
    ['with the name of a package', '# mypkg 1.2.0', '# mypkg 1.3.0 - 20-11-25'],
    ['with a month by its name', '### 1.2.0 (January 5, 2025)', '### 1.3.0 (20-11-25)'],
    ['with its date first', '## 2025-01-01, v1.2.0', '## 20-11-25, v1.3.0'],
    ['in bold print', '## **1.2.0**', '## **1.3.0** - 20-11-25'],
    ['with an id', '## 1.2.0 {#v1-2-0}', '## 1.3.0 - 20-11-25 {#v1-3-0}'],
    ['that says something of its own', '## v1.2.0 - first steps', '## v1.3.0 - 20-11-25'],
    [
      'that links to a comparison',
      '## [1.2.0](https://h/o/r/compare/v1.1.0...v1.2.0) (2025-01-01)',
      '## [1.3.0](https://h/o/r/compare/v1.2.0...v1.3.0) (20-11-25)',
    ],
  ])('has a heading like one %s', (_, own, expected) => {
    const once = insertEntry(`${own}\n\nx\n`, entry, place);
    expect(once).toBe(`${expected}\n\n${text}\n${own}\n\nx\n`);
    expect(insertEntry(once, { ...entry, date: '21-11-25' }, place)).toBe(once);
  });

  it('has a definition where those before have one', () => {
    const before = '## [Unreleased]\n\n- x\n\n## [1.2.0]\n';
    const definitions = (unreleased: string, own: string) =>
      `[Unreleased]: https://github.com/o/r/compare/${unreleased}...HEAD\n${own}[1.2.0]: https://github.com/o/r/releases/tag/v1.2.0\n`;
    const links = hostLinks('https://github.com/o/r');
    const once = insertEntry(`${before}\n${definitions('v1.2.0', '')}`, entry, { ...place, links });
    expect(once).toBe(
      `${before.replace('## [1.2.0]', `## [1.3.0] - 20-11-25\n\n${text}\n## [1.2.0]`)}\n${definitions('v1.3.0', '[1.3.0]: https://github.com/o/r/compare/v1.2.0...v1.3.0\n')}`,
    );
    expect(insertEntry(once, entry, { ...place, links })).toBe(once);
  });

  it('stands above the line that parts the versions', () => {
    const before = '## 1.2.0 - 2025-01-01\n\nx\n\n---\n\n## 1.1.0 - 2024-01-01\n\ny\n';
    expect(insertEntry(before, entry, place)).toBe(`## 1.3.0 - 20-11-25\n\n${text}\n---\n\n${before}`);
  });

  it('keeps CRLF and the byte order mark', () => {
    const result = insertEntry('\uFEFF# Changelog\r\n\r\n## v1.2.0\r\n', entry, place);
    expect(result.startsWith('\uFEFF# Changelog\r\n\r\n## v1.3.0 - 20-11-25\r\n')).toBe(true);
    expect(result.replaceAll('\r\n', '')).not.toContain('\n');
  });

  it.each(['New:\n\n```\nfoo bar', 'New: <!-- x', '# New'])(
    'has a text that swallows nothing below it: %j',
    (summary) => {
      const after = insertEntry('# Changelog\n\n## v1.2.0\n\nx\n', { ...entry, summary, link: null }, place);
      expect(sectionOf(after, '1.2.0')).toBe('x');
      expect(after).not.toContain('\n# New');
    },
  );

  it.each(['## v1.3.0-rc.1', '## v1.3.0.1', '## v11.3.0', '## v1.3.01'])('is not taken for %s', (heading) => {
    expect(insertEntry(`# Changelog\n\n${heading}\n`, entry, place)).toContain('1.3.0 - 20-11-25');
  });

  it('is there already where a heading links to its file', () => {
    const there = '# Changelog\n\n## 19-11-25: [CHANGELOG_v1.3.0.md](a.md)\n';
    expect(insertEntry(there, entry, place)).toBe(there);
  });

  it('tells a build from another build', () => {
    const there = '# Changelog\n\n## v0.21.0.2+1\n';
    expect(insertEntry(there, { ...entry, version: '0.21.0.2+2' }, place)).toContain('## v0.21.0.2+2 - 20-11-25');
    expect(insertEntry(there, { ...entry, version: '0.21.0.2+1' }, place)).toBe(there);
  });
});
