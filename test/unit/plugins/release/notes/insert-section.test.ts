import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { insertSection } from '../../../../../plugins/release/changelog/insert-section.ts';
import { sectionOf } from '../../../../../plugins/release/changelog/section-of.ts';
import { isPreReleaseOf } from '../../../../../plugins/release/changelog/version-order.ts';
import { type NotesStyle, notesStyles } from '../../../../../plugins/release/notes/notes-model.ts';
import { goldenCases, goldenFolder, options, section } from './golden-cases.ts';

const cases = goldenCases();
/** Lines that go on from the new version. */
const unreleasedLink = /^(?:## )?\[unreleased\][:(]/i;

function linesOf(text: string): readonly string[] {
  return text.split('\n').filter((line) => line.trim() !== '');
}

/** Whether all of `some` stand in `all`, in their order. */
function inOrder(some: readonly string[], all: readonly string[]): boolean {
  let at = 0;
  for (const line of all) if (line === some[at]) at++;
  return at === some.length;
}

describe('changelogs as they are written in the world', () => {
  it('are many', () => {
    expect(cases.length).toBeGreaterThanOrEqual(30);
  });

  describe.each(cases)('$name', ({ name, before, section: own, options: how }) => {
    const after = readFileSync(new URL(`${name}.after.md`, goldenFolder), 'utf8');

    it('gets the section in its place and in its manner', () => {
      expect(insertSection(before, own, how)).toBe(after);
    });

    it('stays as it is on a second run', () => {
      expect(insertSection(after, { ...own, body: 'Something else', date: '2030-01-01' }, how)).toBe(after);
    });

    it('keeps CRLF and a byte order mark', () => {
      const foreign = (text: string) => `\uFEFF${text.replaceAll('\n', '\r\n')}`;
      // A file of one line without an end has no line end to keep.
      if (before.includes('\n')) expect(insertSection(foreign(before), own, how)).toBe(foreign(after));
    });

    it('loses no line', () => {
      const kept = insertSection(before, own, { ...how, unreleased: 'keep' });
      const lines = linesOf(before).filter((line) => !unreleasedLink.test(line));
      expect(inOrder(lines, linesOf(kept))).toBe(true);
      for (const line of lines) expect(linesOf(after)).toContain(line);
    });

    it('gives the text of the version back', () => {
      const text = sectionOf(after, own.version);
      if (name.startsWith('table') || name === 'list') expect(text).toBeNull();
      else for (const item of ['- a new door', '- the lock']) expect(text?.split('\n')).toContain(item);
    });
  });
});

describe('a changelog that does not exist yet', () => {
  it.each([null, '', '\n\n'])('begins as Keep a Changelog: %j', (content) => {
    expect(insertSection(content, { ...section, body: '- x' }, options)).toBe(
      [
        '# Changelog\n',
        '## [Unreleased]\n',
        '## [1.3.0] - 2026-01-02\n',
        '- x\n',
        '[Unreleased]: https://github.com/o/r/compare/v1.3.0...HEAD',
        '[1.3.0]: https://github.com/o/r/compare/v1.2.0...v1.3.0\n',
      ].join('\n'),
    );
  });

  it('begins without links where nobody knows the host', () => {
    expect(insertSection(null, { ...section, body: '- x' }, { ...options, links: null })).toBe(
      '# Changelog\n\n## [Unreleased]\n\n## [1.3.0] - 2026-01-02\n\n- x\n',
    );
    expect(insertSection(null, { ...section, body: '- x' }, { ...options, links: null, style: 'conventional' })).toBe(
      '# Changelog\n\n## 1.3.0 (2026-01-02)\n\n- x\n',
    );
  });

  it('begins in the conventional manner, or in that of the product', () => {
    expect(insertSection(null, { ...section, body: '' }, { ...options, style: 'conventional' })).toBe(
      '# Changelog\n\n## [1.3.0](https://github.com/o/r/compare/v1.2.0...v1.3.0) (2026-01-02)\n',
    );
    expect(insertSection(null, { ...section, body: 'New.' }, { ...options, style: 'seed' })).toBe(
      '# Changelog\n\n## v1.3.0 - 2026-01-02\n\nNew.\n',
    );
  });

  it('links a first version to its tag', () => {
    const first = { ...section, previousTag: null, body: '' };
    expect(insertSection(null, first, { ...options, style: 'conventional' })).toBe(
      '# Changelog\n\n## [1.3.0](https://github.com/o/r/releases/tag/v1.3.0) (2026-01-02)\n',
    );
  });
});

describe('a heading that leads to a page of its version', () => {
  it.each([
    ['https://h/o/r/releases/tag/v1.2.0', 'https://h/o/r/releases/tag/v1.3.0'],
    ['https://h/o/r/-/tags/v1.2.0', 'https://h/o/r/-/tags/v1.3.0'],
    ['https://h/o/r/compare/v1.1.0...v1.2.0', 'https://h/o/r/compare/v1.2.0...v1.3.0'],
  ])('is followed by one that does so too, on any host: %s', (url, next) => {
    const after = insertSection(`## [1.2.0](${url})\n`, { ...section, body: '- x' }, { ...options, links: null });
    expect(after).toBe(`## [1.3.0](${next})\n\n- x\n\n## [1.2.0](${url})\n`);
  });

  it('is followed by a plain one where the address does not name the version', () => {
    const after = insertSection('## [1.2.0](notes.md)\n', { ...section, body: '- x' }, { ...options, links: null });
    expect(after.split('\n')[0]).toBe('## 1.3.0');
  });
});

describe('a version that a changelog has already', () => {
  it.each([
    '## 1.3.0\n',
    '## v1.3.0 - 2026-01-02\n',
    '## [1.3.0] - 2026-01-02\n',
    '## [1.3.0](https://example.invalid) (2026-01-02)\n',
    '### [v1.3.0]\n',
    '1.3.0\n=====\n',
    '# Changelog\n\n## 1.4.0\n\n## Version 1.3.0\n',
    '# Changelog\r\n\r\n## 1.3.0 [YANKED]',
    '## <small>1.3.0 (2026-01-02)</small>\n',
    '## @scope/pkg@1.3.0\n',
    '# Changelog\n\n- 1.3.0 - 2026-01-02: x\n',
    '# Changelog\n\n| Version |\n|---|\n| 1.3.0 |\n',
  ])('is not written again: %j', (content) => {
    expect(insertSection(content, section, options)).toBe(content);
  });

  it.each([
    '## 1.3.0-rc.1\n',
    '## 1.3.0.1\n',
    '## 11.3.0\n',
    '## 1.3.01\n',
    '## 1.3.0+build\n',
    '## 1.2.0\n\n### Upgrading from 1.2.0 to 1.2.9\n',
    '## 1.2.0\n\nWait for 1.3.0.\n',
    '```\n## 1.3.0\n```\n\n## 1.2.0\n',
    '<!--\n## 1.3.0\n-->\n\n## 1.2.0\n',
    '---\n# 1.3.0\n---\n\n## 1.2.0\n',
    '## Unreleased (after 1.2.0)\n',
    '## 1.2.0 (replaced by 1.3.0)\n',
    '# Changelog up to 1.3.0\n\n## 1.2.0\n',
  ])('is not mistaken for another: %j', (content) => {
    expect(insertSection(content, section, options)).not.toBe(content);
  });

  it.each([
    ['1.4.0rc2', '## 1.4.0rc2\n'],
    ['1.4', '## [1.4] - 2026-01-02\n'],
    ['1!2.0', '## 1!2.0\n'],
    ['1.0.post1', '## v1.0.post1\n'],
    ['2026.01.02', '## 2026.01.02\n'],
    ['26.1', 'Version 26.1\n------------\n'],
    ['0.21.0.2+1', '## 0.21.0.2+1 - x\n'],
  ])('is found in every scheme: %s', (version, content) => {
    expect(insertSection(content, { ...section, version }, options)).toBe(content);
  });

  it.each([
    ['1.4.0rc2', '## 1.4.0rc1 (2026-01-01)\n'],
    ['1.5', '## 1.4\n'],
    ['2026.01.02', '## 2026.01.01\n'],
  ])('stands above the one before in every scheme: %s', (version, content) => {
    const after = insertSection(content, { ...section, version, body: '- x' }, options);
    expect(after.indexOf(version)).toBeLessThan(after.indexOf(content));
    expect(insertSection(after, { ...section, version }, options)).toBe(after);
  });
});

describe('what stands under Unreleased', () => {
  const unreleased = '# Changelog\n\n## [Unreleased]\n\n';

  it('stays where that is wanted', () => {
    const content = `${unreleased}- by hand\n\n## 1.2.0\n`;
    const after = insertSection(content, { ...section, body: '- x' }, { ...options, unreleased: 'keep' });
    expect(after).toBe(`${unreleased}- by hand\n\n## 1.3.0\n\n- x\n\n## 1.2.0\n`);
  });

  it('is not doubled where commits say the same', () => {
    const content = `${unreleased}### Fixed\n\n- the lock\n\n## 1.2.0\n`;
    const after = insertSection(content, { ...section, body: '### Fixed\n\n- the lock\n- the key' }, options);
    expect(after).toBe(`${unreleased}## 1.3.0\n\n### Fixed\n\n- the lock\n- the key\n\n## 1.2.0\n`);
  });

  it('keeps code with its own headings whole', () => {
    const code = '```md\n## 9.9.9\n\n### Added\n```';
    const after = insertSection(`${unreleased}### Changed\n\n${code}\n\n## 1.2.0\n`, { ...section, body: '' }, options);
    expect(after).toBe(`${unreleased}## 1.3.0\n\n### Changed\n\n${code}\n\n## 1.2.0\n`);
  });

  it('keeps its own line ends', () => {
    const content = '## Unreleased\r\n\r\n- a\r\n- c\n\r\n## 1.2.0\r\n';
    expect(insertSection(content, { ...section, body: '- b' }, options)).toBe(
      '## Unreleased\r\n\r\n## 1.3.0\r\n\r\n- a\r\n- c\n- b\r\n\r\n## 1.2.0\r\n',
    );
  });

  it('moves without any version below it, and without a final line end', () => {
    expect(insertSection('## Unreleased\n\n- a', { ...section, body: '' }, { ...options, style: 'seed' })).toBe(
      '## Unreleased\n\n## v1.3.0 - 2026-01-02\n\n- a\n',
    );
  });

  it('is left alone where it is empty', () => {
    const content = '## Unreleased\n\n\n## 1.2.0\n';
    expect(insertSection(content, { ...section, body: '- b' }, options)).toBe(
      '## Unreleased\n\n\n## 1.3.0\n\n- b\n\n## 1.2.0\n',
    );
  });
});

describe('a usual name for what comes', () => {
  const own = { ...section, body: '- from a commit' };

  it.each([
    ['# dplyr (development version)', '# dplyr 1.2.0'],
    ['## HEAD', '## 1.2.0'],
    ['## Main', '## 1.2.0'],
    ['## Next', '## 1.2.0'],
    ['## Next release', '## 1.2.0'],
    ['## In development', '## 1.2.0'],
    ['## Development', '## 1.2.0'],
    ['## _Development version_', '## 1.2.0'],
    ['vNext\n-----', '1.2.0\n-----'],
  ])('is one for what is unreleased above the newest version: %s', (next, version) => {
    const after = insertSection(`${next}\n\n- by hand\n\n${version}\n\n- old\n`, own, options);
    const released = version.replace('1.2.0', '1.3.0');
    expect(after).toBe(`${next}\n\n${released}\n\n- by hand\n- from a commit\n\n${version}\n\n- old\n`);
  });

  it('is one in a file without versions', () => {
    const after = insertSection('# pkg (development version)\n\n- by hand\n', own, options);
    expect(after.slice(after.indexOf('## '))).toContain('- by hand\n- from a commit\n');
  });

  it.each([
    ['below the newest version', '# Changes\n\n## 1.2.0\n\n## Next\n\n- by hand\n'],
    ['of another level', '# Changes\n\n### Main\n\n- by hand\n\n## 1.2.0\n\n- old\n'],
    ['beside "Unreleased"', '## Next\n\n- by hand\n\n## Unreleased\n\n## 1.2.0\n\n- old\n'],
    ['where the oldest stands first', '## Development\n\n- by hand\n\n## 1.1.0\n\n- a\n\n## 1.2.0\n\n- old\n'],
    ['above a list of versions', '## Main\n\n- 1.2.0 by hand\n- 1.1.0\n'],
  ])('is none %s', (_, content) => {
    const after = insertSection(content, own, options);
    expect(sectionOf(after, '1.3.0') ?? '').not.toContain('by hand');
  });

  it('leads on to what is newest where a definition has its name', () => {
    const address = 'https://git.example.org/o/r/compare';
    const content = `## [HEAD]\n\n- by hand\n\n## [1.2.0]\n\n- old\n\n[HEAD]: ${address}/v1.2.0...HEAD\n`;
    const after = insertSection(content, own, { ...options, links: null });
    expect(after).toContain(`[HEAD]: ${address}/v1.3.0...HEAD\n[1.3.0]: ${address}/v1.2.0...v1.3.0\n`);
  });
});

describe('sub-headings under Unreleased that hold only a comment', () => {
  const content = '## Unreleased\n\n### Added\n<!-- new features\nof all kinds -->\n\n## 1.2.0\n';

  it('stay and are not published', () => {
    const after = insertSection(content, { ...section, body: '- b' }, options);
    expect(after).toBe(content.replace('## 1.2.0', '## 1.3.0\n\n- b\n\n## 1.2.0'));
  });
});

describe('a section that waits for its version', () => {
  const older = '## [1.2.0] - 2025-12-01\n\n- a\n';
  const own = { ...section, body: '### Added\n\n- new' };
  const dated = '## [1.3.0] - 2026-01-02\n\n### Added\n\n- by hand\n- new\n\n';

  it.each([
    '## [1.3.0] - Unreleased',
    '## [1.3.0] - TBD',
    '## 1.3.0 (Unreleased)',
    '## 1.3.0 (not yet released)',
    '## v1.3.0 - in development',
    '## [1.3.0] - 2026-xx-xx',
    '## [1.3.0] - ????-??-??',
    '## [Unreleased] - 1.3.0',
    '1.3.0 (unreleased)\n------------------',
  ])('gets the date as the others have it, and the changes: %j', (heading) => {
    const after = insertSection(`${heading}\n\n### Added\n\n- by hand\n\n${older}`, own, options);
    expect(after).toBe(`${dated}${older}`);
    expect(insertSection(after, own, options)).toBe(after);
  });

  it('gets them too where the text of Unreleased is to stay', () => {
    const content = `## [1.3.0] - Unreleased\n\n### Added\n\n- by hand\n\n${older}`;
    expect(insertSection(content, own, { ...options, unreleased: 'keep' })).toBe(`${dated}${older}`);
  });

  it('has its date where the word for it stood, in a file without other versions', () => {
    expect(insertSection('## 1.3.0 (Unreleased)\n\n- by hand\n', { ...section, body: '' }, options)).toBe(
      '## 1.3.0 (2026-01-02)\n\n- by hand\n',
    );
  });

  it('keeps its place and the line between sections', () => {
    const content = `## 1.4.0 (Unreleased)\n\n- later\n\n---\n\n## [1.3.0] - TBD\n\n- by hand\n\n---\n\n${older}`;
    expect(insertSection(content, { ...section, body: '- new' }, options)).toBe(
      content.replace('TBD', '2026-01-02').replace('- by hand', '- by hand\n- new'),
    );
  });

  it('stays folded', () => {
    const content = '<details><summary>1.3.0 - TBD</summary>\n\n- by hand\n\n</details>\n';
    expect(insertSection(content, { ...section, body: '- new' }, options)).toBe(
      '<details><summary>1.3.0 - 2026-01-02</summary>\n\n- by hand\n- new\n\n</details>\n',
    );
  });

  it('is the text of its version before it has its date', () => {
    expect(sectionOf(`## 1.3.0 (Unreleased)\n\n- by hand\n\n${older}`, '1.3.0')).toBe('- by hand');
  });

  it.each(['1.2.1', '1.3.0-rc.1'])('that is earlier than the release, %s, is that of the release', (earlier) => {
    const content = `## [${earlier}] - Unreleased\n\n### Added\n\n- by hand\n\n${older}`;
    expect(insertSection(content, own, options)).toBe(`${dated}${older}`);
    const kept = insertSection(content, { ...own, body: '' }, { ...options, unreleased: 'keep' });
    expect(kept).toBe(`## [1.3.0] - 2026-01-02\n\n${content}`);
  });

  it('that is later than the release goes on waiting', () => {
    const content = `## 1.4.0 (Unreleased)\n\n- later\n\n${older}`;
    const after = insertSection(content, { ...section, body: '- new' }, options);
    expect(after).toBe(`## 1.4.0 (Unreleased)\n\n- later\n\n## [1.3.0] - 2026-01-02\n\n- new\n\n${older}`);
  });

  it.each(['## 1.2.0 - TBD\n\n- a\n\n## 1.1.0 - 2025-11-01\n', '## 1.2.0\n\n- a\n\n## 1.1.0 - TBD\n'])(
    'that is not later than the release before was only never given its date: %j',
    (content) => {
      const after = insertSection(content, { ...section, date: '', body: '- new' }, options);
      expect(after).toBe(`## 1.3.0\n\n- new\n\n${content}`);
    },
  );
});

describe('a heading that names a version', () => {
  it.each([
    ['## Flask 2.0.0', '## Flask 2.1.0'],
    ['## Version 2.0.0', '## Version 2.1.0'],
    ["## What's new in 2.0.0", "## What's new in 2.1.0"],
    ['## name@2.0.0 (2025-01-05)', '## name@2.1.0 (2026-01-02)'],
    ['## @scope/name2@2.0.0', '## @scope/name2@2.1.0'],
    ['# Release v2.0 "Silver Fox"', '# Release v2.1.0'],
    ['## 2.0.0 (replaced by 2.1.0)', '## 2.1.0'],
    ['## 2.0.0 [YANKED]', '## 2.1.0'],
  ])('%s is that of a version', (old, heading) => {
    const after = insertSection(`${old}\n`, { ...section, version: '2.1.0', body: '' }, options);
    expect(after).toBe(`${heading}\n\n${old}\n`);
  });

  it.each([
    '## Upgrading from 0.9.0 to 1.0.0',
    '## Migrating to 1.0.0',
    '## Migration guide for 1.0.0',
    '## Breaking changes since 1.0.0',
    '## Works with 1.0.0',
    '## Known issues in 1.2.0',
    '## Every one of these things holds for 1.0.0',
  ])('%s is prose beside those of versions', (prose) => {
    const content = `# Changelog\n\n${prose}\n\nx\n\n## [1.2.0]\n`;
    expect(insertSection(content, { ...section, body: '' }, options)).toBe(
      content.replace('## [1.2.0]', '## [1.3.0]\n\n## [1.2.0]'),
    );
  });
});

describe('the date of a heading', () => {
  it.each([
    ['## [1.2.0][] - 2025-01-05', '## [1.3.0][] - 2026-01-02'],
    ['## [1.2.0][1.2.0] - 2025-01-05', '## [1.3.0][1.3.0] - 2026-01-02'],
    ['## 2025-01-05 - 1.2.0', '## 2026-01-02 - 1.3.0'],
    ['## 2025-01-05, Version 1.2.0 (Current), @ada', '## 2026-01-02, Version 1.3.0'],
    ['## v1.2.0 "Silver Fox" - 5 January 2025', '## v1.3.0 - 2026-01-02'],
    ['## 1.2.0 (Jan 5, 2025)', '## 1.3.0 (2026-01-02)'],
    ['## 1.2.0, released on 05.01.2025', '## 1.3.0, released on 2026-01-02'],
    ['## 1.2.0 - _2025-01-05_', '## 1.3.0 - _2026-01-02_'],
    ['## **1.2.0** [2025-01-05]', '## **1.3.0** [2026-01-02]'],
    ['## 1.2.0 <small>2025-01-05</small>', '## 1.3.0 <small>2026-01-02</small>'],
    ['## <small>1.2.0 (2025-01-05)</small>', '## <small>1.3.0 (2026-01-02)</small>'],
    ['## 1.2.0 / 2025-01-05 {#v1-2-0}', '## 1.3.0 / 2026-01-02 {#v1-3-0}'],
    ['## 1.2.0 {#v1.2.0}', '## 1.3.0 {#v1.3.0}'],
    ['## 1.2.0 {#latest}', '## 1.3.0'],
    ['## 1.2.0 - The 3 hinges', '## 1.3.0'],
    ['**1.2.0 - 2025-01-05**', '**1.3.0 - 2026-01-02**'],
  ])('%s has its place and its signs', (old, heading) => {
    expect(insertSection(`${old}\n`, { ...section, body: '' }, options)).toBe(`${heading}\n\n${old}\n`);
  });
});

describe('the order of versions', () => {
  const own = { ...section, body: '' };

  it.each([
    ['## 1.0.0\n\n## 1.2.0\n', '## 1.0.0\n\n## 1.2.0\n\n## 1.3.0\n'],
    ['## 1.9.0\n\n## 1.10.0\n\n## Unreleased\n', '## 1.9.0\n\n## 1.10.0\n\n## 1.3.0\n\n## Unreleased\n'],
    ['## 1.0.9 - 2025-03-01\n\n## 1.2.0 - 2025-02-01\n', null],
    ['## Unreleased\n\n## 1.0.0\n\n## 1.2.0\n', null],
    ['## 1.0.9\n\n## 1.2.0\n\n## 1.1.0\n', null],
  ])('of %j says where the newest stands', (content, expected) => {
    const after = insertSection(content, own, options);
    if (expected !== null) expect(after).toBe(expected);
    else expect(after.indexOf('1.3.0')).toBeLessThan(after.indexOf('1.0.'));
  });
});

describe('a pre-release', () => {
  it.each([
    ['1.5.0-rc.1', '1.5.0', true],
    ['1.5.0rc1', '1.5', true],
    ['1.5.0-rc.1', '1.5.0-rc.2', false],
    ['1.5.0', '1.5.0', false],
    ['1.5.0.post1', '1.5.0', false],
    ['1.4.0-rc.1', '1.5.0', false],
  ])('%s of %s: %j', (one, version, expected) => {
    expect(isPreReleaseOf(one, version)).toBe(expected);
  });
});

describe('a list or a table of versions', () => {
  const own = { ...section, summary: '', link: null };

  it('gets the changes where there is no summary', () => {
    expect(insertSection('* 1.2.0 - 2025-12-01: A handle\n', own, options)).toBe(
      '* 1.3.0 - 2026-01-02\n  * a new door\n  * the lock\n* 1.2.0 - 2025-12-01: A handle\n',
    );
    const table = '| Version | Summary |\n|---|---|\n';
    expect(insertSection(`${table}| 1.2.0 | A handle |\n`, own, options)).toBe(
      `${table}| 1.3.0 | a new door; the lock |\n| 1.2.0 | A handle |\n`,
    );
  });

  it.each([
    ['| Version | Notes |', '| 1.3.0 | a new door; the lock |'],
    ['| Version | Remarks | Date |', '| 1.3.0 | a new door; the lock | 2026-01-02 |'],
    ['| Version | Author | Notes |', '| 1.3.0 |  | a new door; the lock |'],
    ['| Version | Author | Comment |', '| 1.3.0 |  | a new door; the lock |'],
    ['| Version | Details | Link |', '| 1.3.0 | a new door; the lock |  |'],
    ['| Version | Notes | Changes |', '| 1.3.0 |  | a new door; the lock |'],
    ['| | |', '| 1.3.0 | a new door; the lock |'],
  ])('gets the changes below the header %s', (header, row) => {
    const table = `${header}\n${header.replace(/[^|]+/g, '---')}\n`;
    const old = header.replace(/[^|]+/g, ' x ').replace('x', '1.2.0');
    const once = insertSection(`${table}${old}\n`, own, options);
    expect(once).toBe(`${table}${row}\n${old}\n`);
    expect(insertSection(once, own, options)).toBe(once);
  });

  it('gets the text of a template that lists nothing, and pipes that part no cells', () => {
    const table = '| Version | Notes |\n|---|---|\n';
    const texts = { ...own, body: '### New\n\nA door | a lock,\nand more.\n\nThanks.' };
    expect(insertSection(`${table}| 1.2.0 | first |\n`, texts, options)).toBe(
      `${table}| 1.3.0 | A door \\| a lock, and more.; Thanks. |\n| 1.2.0 | first |\n`,
    );
    expect(insertSection('- 1.2.0: first\n', texts, options)).toBe(
      '- 1.3.0 - 2026-01-02\n  - A door | a lock, and more.\n  - Thanks.\n- 1.2.0: first\n',
    );
  });

  it('goes on at its end where the oldest stands first', () => {
    const list = '- 1.1.0: The colour\n- 1.2.0: A handle\n  of brass\n';
    expect(insertSection(`${list}\nEnd.\n`, section, options)).toBe(
      `${list}- 1.3.0 - 2026-01-02: A new door ([all](all.md))\n\nEnd.\n`,
    );
  });
});

describe('the level of a heading', () => {
  const mixed = '### [1.2.1](u) (2025-12-02)\n\n### Bug Fixes\n\n* a\n\n## [1.2.0](u) (2025-12-01)\n';

  it.each([
    ['1.2.2', '### [1.2.2](https://github.com/o/r/compare/v1.2.1...v1.2.2) (2026-01-02)'],
    ['1.3.0', '## [1.3.0](https://github.com/o/r/compare/v1.2.1...v1.3.0) (2026-01-02)'],
  ])('of %s is that of the newest release of its weight', (version, heading) => {
    const own = { ...section, version, tag: `v${version}`, previousTag: 'v1.2.1' };
    expect(insertSection(mixed, own, options).split('\n')[0]).toBe(heading);
  });
});

describe('the text of a section', () => {
  const content = '# Changelog\n\n## 1.2.0\n';
  const under = (body: string) => insertSection(content, { ...section, body }, options);

  it('has headings below that of its version', () => {
    expect(under('# A\n\n## B\n\ntext')).toBe('# Changelog\n\n## 1.3.0\n\n### A\n\n#### B\n\ntext\n\n## 1.2.0\n');
    expect(under('A\n---\n\ntext')).toBe('# Changelog\n\n## 1.3.0\n\n### A\n\ntext\n\n## 1.2.0\n');
  });

  it.each(['```\ncode', '~~~~\ncode\n```', '<!-- never closed', 'text <!-- never closed', '```\n<!--'])(
    'swallows nothing below it: %j',
    (body) => {
      const after = under(body);
      expect(sectionOf(after, '1.2.0')).toBe('');
      expect(insertSection(after, section, options)).toBe(after);
    },
  );

  it('is one line end and nothing else where it is empty', () => {
    expect(under('')).toBe('# Changelog\n\n## 1.3.0\n\n## 1.2.0\n');
  });
});

describe('link definitions', () => {
  it.each([
    [
      '[Unreleased]: https://h/o/r/compare/v1.2.0...HEAD',
      ['[Unreleased]: https://h/o/r/compare/v1.3.0...HEAD', '[1.3.0]: https://h/o/r/compare/v1.2.0...v1.3.0'],
    ],
    [
      '[unreleased]: https://h/o/r/-/compare/v1.2.0...main',
      ['[unreleased]: https://h/o/r/-/compare/v1.3.0...main', '[1.3.0]: https://h/o/r/-/compare/v1.2.0...v1.3.0'],
    ],
    [
      '[1.2.0]: https://h/o/r/compare/v1.1.0...v1.2.0',
      ['[1.3.0]: https://h/o/r/compare/v1.2.0...v1.3.0', '[1.2.0]: https://h/o/r/compare/v1.1.0...v1.2.0'],
    ],
    [
      '[Unreleased]: https://h/o/r/branches/compare/HEAD..v1.2.0',
      [
        '[Unreleased]: https://h/o/r/branches/compare/HEAD..v1.3.0',
        '[1.3.0]: https://h/o/r/branches/compare/v1.3.0..v1.2.0',
      ],
    ],
    [
      '[1.2.0]: https://h/o/r/branches/compare/v1.2.0%0Dv1.1.0#diff',
      [
        '[1.3.0]: https://h/o/r/branches/compare/v1.3.0%0Dv1.2.0',
        '[1.2.0]: https://h/o/r/branches/compare/v1.2.0%0Dv1.1.0#diff',
      ],
    ],
    [
      '[Unreleased]: https://h/o/p/_git/r/branchCompare?baseVersion=GTv1.2.0&targetVersion=GBmain&_a=files',
      [
        '[Unreleased]: https://h/o/p/_git/r/branchCompare?baseVersion=GTv1.3.0&targetVersion=GBmain&_a=files',
        '[1.3.0]: https://h/o/p/_git/r/branchCompare?baseVersion=GTv1.2.0&targetVersion=GTv1.3.0&_a=files',
      ],
    ],
    [
      '[Unreleased]: https://h/p/_git/r/branchCompare?baseVersion=GTv1.2.0',
      [
        '[Unreleased]: https://h/p/_git/r/branchCompare?baseVersion=GTv1.3.0',
        '[1.3.0]: https://h/p/_git/r/branchCompare?baseVersion=GTv1.2.0&targetVersion=GTv1.3.0',
      ],
    ],
    ['[1.2.0]: https://h/o/r/releases/tag/v1.2.0', ['[1.2.0]: https://h/o/r/releases/tag/v1.2.0']],
    ['[other]: https://h', ['[other]: https://h']],
  ])('%s go on as they were', (line, expected) => {
    const after = insertSection(
      `# C\n\n## [1.2.0]\n\n${line}\n`,
      { ...section, body: '' },
      { ...options, links: null },
    );
    expect(after).toBe(`# C\n\n## [1.3.0]\n\n## [1.2.0]\n\n${expected.join('\n')}\n`);
  });

  it.each([
    ['## [Unreleased](https://h/o/r/compare/v1.2.0...HEAD)', '## [Unreleased](https://h/o/r/compare/v1.3.0...HEAD)'],
    [
      '## [Unreleased](<https://h/o/r/-/compare/v1.2.0...main> "to come") soon',
      '## [Unreleased](<https://h/o/r/-/compare/v1.3.0...main> "to come") soon',
    ],
    [
      '[Unreleased](https://h/o/r/compare/v1.2.0..HEAD)\n-------------',
      '[Unreleased](https://h/o/r/compare/v1.3.0..HEAD)\n-------------',
    ],
    ['## [Unreleased](https://h/o/r/commits/main)', '## [Unreleased](https://h/o/r/commits/main)'],
  ])('go on in the heading %j, too', (before, after) => {
    const content = (heading: string, own: string) => `# C\n\n${heading}\n\n- x\n\n${own}## 1.2.0\n`;
    const once = insertSection(
      content(before, ''),
      { ...section, body: '- y' },
      { ...options, links: null, unreleased: 'keep' },
    );
    expect(once).toBe(content(after, '## 1.3.0\n\n- y\n\n'));
    expect(insertSection(once, section, options)).toBe(once);
  });

  it('in code are none', () => {
    const content = '# C\n\n## [1.2.0]\n\n```\n[Unreleased]: https://h/compare/v1.2.0...HEAD\n```\n';
    expect(insertSection(content, { ...section, body: '' }, options)).toBe(
      content.replace('## [1.2.0]', '## [1.3.0]\n\n## [1.2.0]'),
    );
  });
});

describe('the section of a version', () => {
  const text =
    '# C\r\n\r\n## 1.3.0\r\n\r\n### Added\r\n\r\n- a\r\n\r\n```\r\n## 1.2.0\r\n```\r\n\r\n## 1.2.0\r\n- b\r\n\r\n[1.3.0]: x\r\n';

  it('is its text without heading, blank lines and definitions', () => {
    expect(sectionOf(text, '1.3.0')).toBe('### Added\n\n- a\n\n```\n## 1.2.0\n```');
    expect(sectionOf(text, '1.2.0')).toBe('- b');
  });

  it.each(['1.1.0', '1.3', '3.0', '', 'x'])('is none for %j', (version) => {
    expect(sectionOf(text, version)).toBeNull();
  });

  it('holds headings of its own level, as some tools write them', () => {
    const content = '## v1.3.0\n\n## What is new\n\n- a\n\n## v1.2.0\n\n## What is new\n\n- b\n\n## Older\n\n- c\n';
    expect(sectionOf(content, '1.3.0')).toBe('## What is new\n\n- a');
    expect(sectionOf('### [1.3.1]\n\n### Bug Fixes\n\n- a\n\n## [1.3.0]\n', '1.3.1')).toBe('### Bug Fixes\n\n- a');
  });

  it.each(['---', '***', '___'])('leaves out the line %s between versions', (line) => {
    const content = `# C\n\n## 1.3.0\n\n- a\n\n${line}\n\n- b\n\n${line}\n\n## 1.2.0\n\n- c\n\n${line}\n`;
    expect(sectionOf(content, '1.3.0')).toBe(`- a\n\n${line}\n\n- b`);
    expect(sectionOf(content, '1.2.0')).toBe('- c');
    expect(sectionOf(`## 1.3.0\n\n${line}\n\n## 1.2.0\n`, '1.3.0')).toBe('');
  });

  it('has the definitions that its text uses, from wherever they stand', () => {
    const content = [
      '## [1.3.0]\n\n- a [#12], [the guide][Guide], [own], [page](https://x)\n\n[own]: https://own\n',
      '## [1.2.0]\n\n- b [#12]\n\n```\n[guide]: https://code\n```\n',
      '[1.3.0]: https://1\n[guide]: https://guide "The\u00a0guide"\n[guide]: https://second\n[#12]: <https://12>\n[page]: https://p',
    ].join('\n');
    expect(sectionOf(content, '1.3.0')).toBe(
      '- a [#12], [the guide][Guide], [own], [page](https://x)\n\n[own]: https://own\n\n[guide]: https://guide "The\u00a0guide"\n[#12]: <https://12>',
    );
    expect(sectionOf(content, '1.2.0')).toBe('- b [#12]\n\n```\n[guide]: https://code\n```\n\n[#12]: <https://12>');
  });

  it('ends before what is not a version any more', () => {
    expect(sectionOf('## 1.3.0\n\n- a\n\n## Older releases\n\n- b\n', '1.3.0')).toBe('- a');
  });
});

describe('any changelog', () => {
  const line = fc.constantFrom(
    '# Changelog',
    '## [Unreleased]',
    '## Unreleased',
    '## Next',
    '# pkg (development version)',
    '## [Unreleased](https://h/compare/v1.2.0...HEAD)',
    '## [1.2.0] - 2025-01-01',
    '### [1.1.9]',
    '## v1.1.0',
    '# 1.0.0',
    '### Added',
    '### Fixed',
    '- item',
    '* item',
    '  more',
    'text',
    '',
    '',
    '',
    '```',
    '~~~',
    '<!--',
    '-->',
    '---',
    '===',
    '- 1.0.0: x',
    '| Version | Date |',
    '|---|---|',
    '| 1.0.0 | x |',
    '[1.2.0]: https://h/compare/v1.1.0...v1.2.0',
    '[Unreleased]: https://h/compare/v1.2.0...HEAD',
    '<a name="1.2.0"></a>',
    '2.0.0',
    'a 1.3.0 b',
    '**1.2.0** (2025-01-01)',
    '<h2>1.1.0</h2>',
    '<details><summary>1.0.0</summary>',
    '</details>',
    '## Upgrading from 0.9.0 to 1.0.0',
    '## 1.4.0 (Unreleased)',
    '(v1-2-0)=',
    '+++',
  );
  const anyText = fc
    .record({
      lines: fc.array(line, { maxLength: 25 }),
      eol: fc.constantFrom('\n', '\r\n'),
      end: fc.boolean(),
      bom: fc.boolean(),
    })
    .map(({ lines, eol, end, bom }) => `${bom ? '\uFEFF' : ''}${lines.join(eol)}${end ? eol : ''}`);
  const words = (text: string) =>
    linesOf(text.replaceAll('\r', '').replace('\uFEFF', '')).filter((one) => !unreleasedLink.test(one));

  it('is the same after a second run, where sections wait for the version too', () => {
    const waiting = fc.tuple(anyText, fc.constantFrom('## 1.3.0 - TBD', '## 1.2.1 (Unreleased)'), anyText);
    fc.assert(
      fc.property(waiting, ([above, heading, below]) => {
        const once = insertSection(`${above}\n${heading}\n${below}`, section, options);
        expect(insertSection(once, section, options)).toBe(once);
      }),
      { numRuns: 2000 },
    );
  });

  it('is the same after a second run', () => {
    const manner = fc.record({
      style: fc.constantFrom<NotesStyle>(...notesStyles),
      unreleased: fc.constantFrom<'carry' | 'keep'>('carry', 'keep'),
    });
    fc.assert(
      fc.property(anyText, manner, (content, { style, unreleased }) => {
        const once = insertSection(content, section, { ...options, style, unreleased });
        expect(insertSection(once, section, { ...options, style, unreleased })).toBe(once);
      }),
      { numRuns: 2000 },
    );
  });

  it('keeps every line in its order, where Unreleased stays', () => {
    fc.assert(
      fc.property(anyText, (content) => {
        const after = insertSection(content, section, { ...options, unreleased: 'keep' });
        expect(inOrder(words(content), words(after))).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('keeps every line somewhere, as often as it was there, where Unreleased moves', () => {
    fc.assert(
      fc.property(anyText, (content) => {
        const after = words(insertSection(content, { ...section, body: '' }, options));
        const count = (all: readonly string[], one: string) => all.filter((other) => other === one).length;
        for (const one of new Set(words(content)))
          expect(count(after, one)).toBeGreaterThanOrEqual(count(words(content), one));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a changelog of thousands of versions', () => {
  it('gets its section as any other', () => {
    const versions = Array.from({ length: 5000 }, (_, at) => `## 1.2.${5000 - at}\n\n- a\n- b\n`.padEnd(60, 'x'));
    const content = `# Changelog\n\n${versions.join('\n')}\n`;
    const after = insertSection(content, section, options);
    expect(after.length).toBeGreaterThan(content.length);
    expect(sectionOf(after, '1.3.0')).toContain('- a new door');
  });
});
