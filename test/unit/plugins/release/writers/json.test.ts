import { describe, expect, it } from 'vitest';
import { expectWrites, inAllForms, textsAt } from './marked-text.ts';

const cases = inAllForms([
  {
    title: 'the key of the outermost map',
    target: { path: 'package.json' },
    marked: '{\n  "name": "version",\n  "version": "«1.2.3»",\n  "engines": { "version": "9.9.9" }\n}\n',
  },
  {
    title: 'an odd order, odd blanks and tabs',
    target: { path: 'composer.json' },
    marked: '{"require":{"version":"0.0.1"}\n\t,\t"version"  :\n"«1.2.3-rc.1»" , "z":[ ]}\n',
  },
  {
    title: 'comments and commas behind the last item',
    target: { path: 'deno.jsonc' },
    marked:
      '// "version": "0"\n{\n  /* "version": "0.0.1", */\n  "list": [1, 2,],\n  "version": "«1.2.3»", // "x"\n}\n',
  },
  {
    title: 'a leading v',
    target: { path: 'a.json' },
    marked: '{ "version": "v«1.2.3»" }\n',
  },
  {
    title: 'a path through maps and lists',
    target: { path: 'a.json', key: 'a.b[1].c' },
    marked: '{ "c": "0.1.0", "a": { "b": [ { "c": "1.0.0" }, { "x": {}, "c": "«1.2.3»" }, { "c": "2.0.0" } ] } }\n',
  },
  {
    title: 'names with dots in quotes',
    target: { path: 'a.json', key: 'a."b.c".d' },
    marked: '{ "a": { "b": { "c": { "d": "0.1.0" } }, "b.c": { "d": "«1.2.3»" } } }\n',
  },
  {
    title: 'a key that is written with an escape',
    target: { path: 'a.json' },
    marked: '{ "v\\u0065rsion": "«1.2.3»" }\n',
  },
  {
    title: 'texts that look like structure',
    target: { path: 'a.json' },
    marked: '{ "a": "\\"version\\": \\"1\\" }", "b": "{[,", "version": "«1.2.3»" }\n',
  },
  {
    title: 'the version of an API description',
    target: { path: 'api/openapi.json' },
    marked: '{ "openapi": "3.1.0", "version": "3.0.0", "info": { "version": "«1.2.3»" } }\n',
  },
]);

describe('a version in JSON', () => {
  it.each(cases)('is written with $title, $form', async (each) => {
    await expectWrites(each, '2.0.0');
  });

  it.each([
    ['{ "name": "a" }', 'a.json has no `version`'],
    ['{ "version": 1.2 }', '`version` in a.json is a number, and it must be a text on one line'],
    ['{ "version": null }', '`version` in a.json is `null`, and it must be a text on one line'],
    ['{ "version": {} }', '`version` in a.json is a map, and it must be a text on one line'],
    ['{ "version": ["1.2.3"] }', '`version` in a.json is a list, and it must be a text on one line'],
    ['{ "version": "1.2\\u002e3" }', '`version` in a.json is a text with escapes, and it must be a text on one line'],
    [
      '{ "version": "1.2.3", "version": "1.2.3" }',
      'a.json has the key `version` twice, so it is not clear which `version` counts',
    ],
    [
      '{ "version": "1.2.3", "v\\u0065rsion": "1.2.3" }',
      'a.json has the key `version` twice, so it is not clear which `version` counts',
    ],
    ['{ "version": "" }', '`` in a.json is not a version: it must be one word'],
    ['{ "version": "one two" }', '`one two` in a.json is not a version: it must be one word'],
    ['', 'a.json cannot be read as JSON: it is empty (line 1)'],
    ['{\n"version": "1.2.3"', 'a.json cannot be read as JSON: it ends inside a map or list (line 2)'],
    ['{ "version": "1.2.3 }', 'a.json cannot be read as JSON: a text is not closed on its line (line 1)'],
    ['{ "version" "1.2.3" }', 'a.json cannot be read as JSON: a colon is missing behind the key (line 1)'],
    ['{ version: "1.2.3" }', 'a.json cannot be read as JSON: a key in double quotes is missing (line 1)'],
    [
      '{ "a": 1 "version": "1.2.3" }',
      'a.json cannot be read as JSON: a comma or the end of the collection is missing (line 1)',
    ],
    ['{ "a": 01, "version": "1.2.3" }', 'a.json cannot be read as JSON: a value is missing (line 1)'],
    ['{ "version": "1.2.3" } {}', 'a.json cannot be read as JSON: something follows the end (line 1)'],
    ['{ "version": "1.2.3" /* }', 'a.json cannot be read as JSON: a comment is not closed (line 1)'],
  ])('is refused in %s', async (content, message) => {
    expect(await textsAt({ path: 'a.json' }, content)).toBe(message);
  });

  it('is not looked for in a map that stands twice', async () => {
    const content = '{ "info": { "version": "1.2.3" }, "info": {} }';
    expect(await textsAt({ path: 'openapi.json' }, content)).toBe(
      'openapi.json has the key `info` twice, so it is not clear which `info.version` counts',
    );
  });

  it.each(['a..b', 'a[', 'a[-1]', '.a', 'a"b"', 'a.'])('has no key like %s', async (key) => {
    expect(await textsAt({ path: 'a.json', key }, '{ "a": "1.2.3" }')).toBe(
      `the key \`${key}\` cannot be read: write names with dots, \`a.b[0]."c.d"\``,
    );
  });
});
