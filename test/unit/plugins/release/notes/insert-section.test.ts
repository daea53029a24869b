import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { insertSection } from '../../../../../plugins/release/changelog/insert-section.ts';
import { sectionOf } from '../../../../../plugins/release/changelog/section-of.ts';
import { goldenCases, goldenFolder, options, section } from './golden-cases.ts';

const cases = goldenCases();
const definition = /^\[unreleased\]:/i;

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
      const lines = linesOf(before).filter((line) => !definition.test(line));
      expect(inOrder(lines, linesOf(kept))).toBe(true);
      for (const line of lines) expect(linesOf(after)).toContain(line);
    });

    it('gives the text of the version back', () => {
      const text = sectionOf(after, own.version);
      if (name === 'table' || name === 'list') expect(text).toBeNull();
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

  it('ends before what is not a version any more', () => {
    expect(sectionOf('## 1.3.0\n\n- a\n\n## Older releases\n\n- b\n', '1.3.0')).toBe('- a');
  });
});

describe('any changelog', () => {
  const line = fc.constantFrom(
    '# Changelog',
    '## [Unreleased]',
    '## Unreleased',
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
    linesOf(text.replaceAll('\r', '').replace('\uFEFF', '')).filter((one) => !definition.test(one));

  it('is the same after a second run', () => {
    fc.assert(
      fc.property(anyText, fc.constantFrom<'carry' | 'keep'>('carry', 'keep'), (content, unreleased) => {
        const once = insertSection(content, section, { ...options, unreleased });
        expect(insertSection(once, section, { ...options, unreleased })).toBe(once);
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
