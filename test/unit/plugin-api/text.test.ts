import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cells,
  findVersions,
  formatText,
  headings,
  insertLines,
  mentionsVersion,
  parseText,
  unifiedDiff,
} from '../../../src/plugin-api/index.ts';
import { TempFolder } from '../../rigs/temp-folder.ts';

const line = fc.constantFrom('a', 'b', '', '# x', 'long line');
const text = fc
  .array(fc.tuple(line, fc.constantFrom('\n', '\r\n')))
  .map((lines) => lines.map(([content, end]) => content + end).join(''));

describe('a text document', () => {
  it('gives back exactly what it was read from', () => {
    fc.assert(
      fc.property(text, line, fc.constantFrom('', '\uFEFF'), (body, last, mark) => {
        expect(formatText(parseText(mark + body + last))).toBe(mark + body + last);
      }),
    );
  });

  it('ends the last line before something follows it', () => {
    const document = parseText('one\r\ntwo');
    expect(formatText(insertLines(document, 2, ['three']))).toBe('one\r\ntwo\r\nthree\r\n');
  });
});

describe('headings', () => {
  it('are found in both styles and not in code, comments or front matter', () => {
    const document = parseText(
      '---\n# no\n---\n# One #\n\nTwo\n---\n\n~~~\n# no\n```\n~~~\n<!-- # no\n# no\n-->\n###### Six\n####### no\n#no\n- item\n---\n',
    );
    expect(headings(document).map(({ level, text: title }) => `${level} ${title}`)).toEqual([
      '1 One',
      '2 Two',
      '6 Six',
    ]);
  });

  it.each([
    ['## Two ##', 'Two'],
    ['## Two ## \t', 'Two'],
    ['## C#', 'C#'],
    ['## a # b #', 'a # b'],
    ['## ##', ''],
    ['##', ''],
    ['   #\ttabs\t#', 'tabs'],
    [`## wide${' '.repeat(50_000)}gap ${'#'.repeat(50_000)}`, `wide${' '.repeat(50_000)}gap`],
  ])('have the text between their marks: %#', (line, title) => {
    expect(headings(parseText(`${line}\n`)).map(({ text: found }) => found)).toEqual([title]);
  });
});

describe('a line over a rule', () => {
  it.each(['* item', '+ item', '1. item', '12) item', '* item\n  that goes on', '- item\nthat goes on lazily'])(
    'is no heading in a list: %j',
    (item) => {
      expect(headings(parseText(`${item}\n---\n`))).toEqual([]);
    },
  );

  it.each(['**bold**', '+1 for it', '1.2.0', '* item\n\ntext', '* item\n---\ntext', '# One\ntext'])(
    'is one outside of lists: %j',
    (text) => {
      expect(headings(parseText(`${text}\n---\n`)).at(-1)?.level).toBe(2);
    },
  );
});

describe('front matter', () => {
  it.each(['---\n# no\n---\n', '---\n# no\n...\n', '+++\n# no\n+++\n'])('holds no heading: %j', (matter) => {
    expect(headings(parseText(`${matter}# yes\n`)).map((heading) => heading.text)).toEqual(['yes']);
  });

  it.each(['+++\n# yes\n---\n', '+++\n# yes\n'])('ends as it begins: %j', (matter) => {
    expect(headings(parseText(matter)).map((heading) => heading.text)).toContain('yes');
  });
});

describe('HTML comments', () => {
  it.each([
    ['a comment over several lines', '<!--\n# no\n-->\n# yes'],
    ['a comment that opens behind text', 'text <!-- goes on\n# no\n-->\n# yes'],
    ['an escaped opening, which is text', 'say \\<!-- so\n\n# yes'],
    ['an opening in a code span', 'say `<!--` or ``a ` <!--`` so\n\n# yes'],
  ])('hide what is in them: %s', (_, text) => {
    expect(headings(parseText(text)).map((heading) => heading.text)).toEqual(['yes']);
  });
});

describe('cells of a table row', () => {
  it.each([
    ['| a | b |', ['a', 'b']],
    ['a | b', ['a', 'b']],
    ['| a \\| b | `c | d` ||', ['a \\| b', '`c | d`', '']],
    ['  |a|', ['a']],
  ])('of %s', (row, expected) => {
    expect(cells(row).map((cell) => cell.text)).toEqual(expected);
  });
});

describe('versions in a text', () => {
  it.each([
    ['v1.2.3', ['1.2.3']],
    ['CHANGELOG_v1.2.3-rc.1.md', ['1.2.3-rc.1']],
    ['0.21.0.2+1, then 0.21.0.3', ['0.21.0.2+1', '0.21.0.3']],
    ['1.4.0rc2, v1.4.0.post1.dev3', ['1.4.0rc2', '1.4.0.post1.dev3']],
    ['20.11.2025 and 2025.11.20 and 1.2', []],
    ['1.2.3.4.5 and a1.2.3', []],
  ])('of %s', (content, expected) => {
    expect(findVersions(content).map(({ version }) => version)).toEqual(expected);
  });

  it('are told from longer ones', () => {
    expect(mentionsVersion('1.2.30 1.2.3.1 1.2.3-rc.1 1.2.3+4 11.2.3 1.2.3rc1 1.2.3.dev4 1.2.3.post1', '1.2.3')).toBe(
      false,
    );
    expect(mentionsVersion('(v1.2.3).', '1.2.3')).toBe(true);
  });

  it('are found however the scheme writes them', () => {
    for (const version of ['1.4', '1.4.0rc2', '2026.09.01', '0.21.0.2+1', '1!2.0.post1']) {
      expect(mentionsVersion(`## [v${version}] - today`, version), version).toBe(true);
      expect(mentionsVersion(`${version}`, version), version).toBe(true);
      expect(mentionsVersion(`## ${version}.`, version), version).toBe(true);
      for (const other of [`${version}1`, `${version}.1`, `1${version}`, `1.${version}`, `x-${version}-beta`]) {
        expect(mentionsVersion(`## ${other} -`, version), other).toBe(false);
      }
    }
  });
});

describe('a unified diff', () => {
  it('is what git needs to make the new text from the old', () => {
    const lines = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 30 });
    const whole = (list: readonly string[]) => list.map((content) => `${content}\n`).join('');
    const folder = new TempFolder();
    try {
      fc.assert(
        fc.property(lines, lines, (before, after) => {
          const diff = unifiedDiff('f.txt', whole(before), whole(after));
          folder.write('f.txt', whole(before));
          if (diff !== '') execFileSync('git', ['apply', '-'], { cwd: folder.path, input: diff, stdio: 'pipe' });
          expect(folder.has('f.txt') ? folder.read('f.txt') : '').toBe(whole(after));
        }),
        { numRuns: 40 },
      );
    } finally {
      folder.remove();
    }
  });

  it('shows a new file as coming from nothing, and nothing where nothing changes', () => {
    expect(unifiedDiff('f', null, 'x\n')).toBe('--- /dev/null\n+++ b/f\n@@ -0,0 +1 @@\n+x\n');
    expect(unifiedDiff('f', 'x\n', 'x\n')).toBe('');
  });
});
