import { describe, expect, it } from 'vitest';
import { needsQuotes } from '../../../../../plugins/release/writers/needs-quotes.ts';
import { expectWrites, inAllForms, textsAt, written } from './marked-text.ts';

const cases = inAllForms([
  {
    title: 'a chart, and its other version left alone',
    target: { path: 'charts/a/Chart.yaml' },
    marked:
      'apiVersion: v2\nappVersion: "9.9.9"\nname: a\nversion: «1.2.3» # now\ndependencies:\n  - name: b\n    version: 0.1.0\n',
  },
  {
    title: 'the version of the application where it is named',
    target: { path: 'Chart.yaml', key: 'appVersion' },
    marked: "version: 0.1.0\nappVersion: 'v«1.2.3»'\n",
  },
  {
    title: 'double quotes',
    target: { path: 'a.yaml' },
    marked: '"version" : "«1.2.3»"\n',
  },
  {
    title: 'a deeper map',
    target: { path: 'openapi.yml' },
    marked:
      'openapi: 3.1.0\nversion: 3\ninfo:\n\n  # version: 1\n  title: a\n  x:\n    version: 0\n  version:   «1.2.3»\n',
  },
  {
    title: 'a list at the column of its key',
    target: { path: 'a.yaml', key: 'a[1].version' },
    marked: 'version: 0\na:\n- version: 0.1.0\n- name: b\n  version: «1.2.3»\n-\n  version: 0.2.0\nb: 1\n',
  },
  {
    title: 'lists in lists',
    target: { path: 'a.yaml', key: 'a[0][1].v' },
    marked: 'a:\n  - - v: 0\n    - v: «1.2.3»\n  - - v: 1\n    - v: 2\n',
  },
  {
    title: 'flow style over several lines',
    target: { path: 'a.yaml', key: 'a.b[1].version' },
    marked:
      'a: { version: 0, # one\n  b: [ {version: 0.1.0}, { "version":\'«1.2.3»\', x: [a, b: c] }, version: 2 ] }\nversion: 3\n',
  },
  {
    title: 'blocks of text that look like it',
    target: { path: 'a.yaml' },
    marked:
      'a: |\n  version: 0\n\n    version: 1\nb: >-\n   version: 2\n# c\nc:\n  d: |2+\n      version: 3\n    version: 4\n\nversion: «1.2.3»\n',
  },
  {
    title: 'texts over several lines that look like it',
    target: { path: 'a.yaml' },
    marked:
      "a: \"x\n  version: 0 \\\" # '\n  y\"\nb: 'it''s\n\n  version: 1'\nc: one\n  two # three\nversion: «1.2.3»\n",
  },
  {
    title: 'anchors and tags',
    target: { path: 'a.yaml', key: 'b.version' },
    marked:
      '%YAML 1.2\n--- !!map\na: &base\n  version: 0\nb: !thing &b\n  &k version: !!str &v «1.2.3»\n  <<: *base\n*x : y\n',
  },
  {
    title: 'addresses, colons and signs in texts',
    target: { path: 'a.yaml' },
    marked: 'a: http://x:80/#y\nb:c: d\n-e: -f\n? g: 1\nversion: «1.2.3»\n'.replace('? g: 1\n', '?g: 1\n'),
  },
  {
    title: 'documents of which one has it',
    target: { path: 'a.yaml' },
    marked: '---\nkind: a\nversion: «1.2.3»\n...\n---\nkind: b\nspec:\n  version: 0\n',
  },
  {
    title: 'as many documents as are asked for',
    target: { path: 'a.yaml', count: 2 },
    marked: 'version: «1.2.3»\n---\nversion: "«1.2.2»"\n',
  },
]);

describe('a version in YAML', () => {
  it.each(cases)('is written with $title, $form', async (each) => {
    await expectWrites(each, '2.0.0-rc.1');
  });

  it.each([
    ['version: 1.9.0', '1.10.0', 'version: 1.10.0'],
    ['version: 1.9 # x', '1.10', 'version: "1.10" # x'],
    ['version: "1.9"', '1.10', 'version: "1.10"'],
    ["version: '1.9'", '1.10', "version: '1.10'"],
    ['version: v1.9', '1.10', 'version: v1.10'],
    ['version: 2026.10.1', '2026-11-28', 'version: "2026-11-28"'],
    ['version: 1.9.0', '20261128', 'version: "20261128"'],
    ['{ version: 1.9 }', '2', '{ version: "2" }'],
  ])('stays a text: %s with %s becomes %s', async (before, version, after) => {
    expect(await written({ path: 'a.yaml' }, before, version)).toBe(after);
    expect(await textsAt({ path: 'a.yaml' }, after)).toEqual([version]);
  });

  it.each([
    ['version: 1.2.3+45', '1.3.0', 'version: 1.3.0+45'],
    ['version: 1.2.3+45', '1.3.0+46', 'version: 1.3.0+46'],
    ['version: 1.2.3', '1.3.0+1', 'version: 1.3.0+1'],
    ['version: "1.2.3+45"', '1.3.0', 'version: "1.3.0+45"'],
  ])('keeps the build number of a pubspec: %s with %s becomes %s', async (before, version, after) => {
    expect(await written({ path: 'app/pubspec.yaml' }, before, version)).toBe(after);
  });

  it('has no build number to keep in other files', async () => {
    expect(await written({ path: 'a.yaml' }, 'version: 1.2.3+45', '1.3.0')).toBe('version: 1.3.0');
  });

  it.each([
    ['name: a', 'a.yaml has no `version`'],
    ['', 'a.yaml has no `version`'],
    ['a:\n  version: 1.2.3', 'a.yaml has no `version`'],
    ['a: |\n  version: 1.2.3', 'a.yaml has no `version`'],
    ['version:', '`version` in a.yaml is nothing, and it must be a text on one line'],
    ['version: ~', '`version` in a.yaml is nothing, and it must be a text on one line'],
    ['version: true', '`version` in a.yaml is `true`, and it must be a text on one line'],
    ['a: &v 1.2.3\nversion: *v', '`version` in a.yaml is an alias, and it must be a text on one line'],
    ['version: |\n  1.2.3', '`version` in a.yaml is a block of text, and it must be a text on one line'],
    ['version: 1.2.3\n  more', '`version` in a.yaml is a text over several lines, and it must be a text on one line'],
    ['version: "1.2.3\n  more"', '`version` in a.yaml is a text over several lines, and it must be a text on one line'],
    ['version: "1.2\\x2e3"', '`version` in a.yaml is a text with escapes, and it must be a text on one line'],
    ['version: [1.2.3]', '`version` in a.yaml is a list, and it must be a text on one line'],
    ['version:\n  a: 1.2.3', '`version` in a.yaml is a map, and it must be a text on one line'],
    ['version: 1.2.3\nversion: 1.2.3', 'a.yaml has the key `version` twice, so it is not clear which `version` counts'],
    [
      'version: 1.2.3\n"version": 1.2.3',
      'a.yaml has the key `version` twice, so it is not clear which `version` counts',
    ],
    [
      '{ version: 1.2.3, version: 1.2.3 }',
      'a.yaml has the key `version` twice, so it is not clear which `version` counts',
    ],
    [
      'version: 1.2.3\n---\nversion: 1.2.3',
      'a.yaml has 2 instead of 1 places of `version`: name the place more exactly or set `count`',
    ],
    ['version: 1.2.3 x', '`1.2.3 x` in a.yaml is not a version: it must be one word'],
    ['version: "1.2.3', 'a.yaml cannot be read as YAML: a text is not closed (line 1)'],
    ['a: [1, 2\nversion: 1.2.3', 'a.yaml cannot be read as YAML: a bracket is not closed (line 2)'],
    ['version: 1.2.3: 4', 'a.yaml cannot be read as YAML: a value has a key in it (line 1)'],
    ['a: 1\n\tversion: 1.2.3', 'a.yaml cannot be read as YAML: a line is indented by a tab (line 2)'],
    ['a: 1\n  version: 1.2.3', 'a.yaml cannot be read as YAML: a value has a key in it (line 2)'],
    ['  a: 1\nversion: 1.2.3', 'a.yaml cannot be read as YAML: a line is not indented like those before it (line 2)'],
    ['version: 1.2.3\n- a', 'a.yaml cannot be read as YAML: a line is not indented like those before it (line 2)'],
    ['version: 1.2.3\nrest', 'a.yaml cannot be read as YAML: a line is neither a key nor the value of one (line 2)'],
    ['version: "1.2.3" x', 'a.yaml cannot be read as YAML: something follows the value on its line (line 1)'],
    ['"version\n": 1.2.3', 'a.yaml cannot be read as YAML: something follows the value on its line (line 2)'],
    [
      'a: |\n    x\n  y: 1\nversion: 1.2.3',
      'a.yaml cannot be read as YAML: a line is not indented like those before it (line 3)',
    ],
    ['version: - 1.2.3', 'a.yaml cannot be read as YAML: a value is missing (line 1)'],
    ['? version\n: 1.2.3', 'a.yaml cannot be read as YAML: keys that begin with a question mark are not read (line 1)'],
    ['version: %1', 'a.yaml cannot be read as YAML: a value is missing (line 1)'],
  ])('is refused in %j', async (content, message) => {
    expect(await textsAt({ path: 'a.yaml' }, content)).toBe(message);
  });

  it('is not looked for below an alias', async () => {
    expect(await textsAt({ path: 'a.yaml', key: 'b.version' }, 'a: &a\n  version: 1.2.3\nb: *a\n')).toBe(
      '`b.version` in a.yaml is below an alias, and it must be a text on one line',
    );
  });
});

describe('a text without quotes', () => {
  it.each(['1.2.3', '1.2.3-rc.1', '1.2.3+4', '0.21.0.2+1', '1.2.3a1', '2026.11.28', 'latest', '1.0.0-0x1', '1_a'])(
    'may stay %s',
    (text) => {
      expect(needsQuotes(text)).toBe(false);
    },
  );

  it.each([
    '1',
    '1.10',
    '010',
    '0x1F',
    '0o17',
    '0b11',
    '1e3',
    '1.5e-3',
    '.5',
    '1_000',
    '-1',
    '+1.0',
    '1:30',
    '.inf',
    '.nan',
    '2026-11-28',
    '2026-1-2',
    '',
    '~',
    'null',
    'true',
    'No',
    'on',
    'y',
    ' 1.2.3',
    '1.2.3 #a',
    'a: b',
    'a:',
    '*a',
    '&a',
    '!a',
    '- a',
    '---',
    '[1]',
    'a,b',
    '"a"',
    '@a',
    'a\tb\n',
  ])('may not stay %j', (text) => {
    expect(needsQuotes(text)).toBe(true);
  });
});
