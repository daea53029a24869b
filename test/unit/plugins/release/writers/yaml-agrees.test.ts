import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { findPlaces } from '../../../../../plugins/release/writers/find-places.ts';
import { needsQuotes } from '../../../../../plugins/release/writers/needs-quotes.ts';
import { replacePlaces } from '../../../../../plugins/release/writers/text-place.ts';

const line = fc
  .tuple(
    fc.constantFrom('', '  ', '    ', '      '),
    fc.constantFrom('', '- ', '- - '),
    fc.constantFrom('a: ', 'a:', 'version: ', '"version": ', 'b: ', ''),
    fc.constantFrom(
      '1.2.3',
      'x',
      '"x y"',
      "'it''s'",
      '|',
      '>-',
      '{version: 1, a: [x]}',
      '[a, {version: 2}]',
      '# c',
      '',
      'x # c',
      '"x',
    ),
  )
  .map((parts) => parts.join(''));
const lines = (maxLength: number) =>
  fc.array(line, { maxLength }).map((all) => all.map((each) => `${each}\n`).join(''));
const ownLine = fc.constantFrom(
  '',
  'version: 1.2.3\n',
  '"version": x1 # x\n',
  '{ a: "}", version: \'1.0\' }\n',
  '  version: 1\n',
);
const document = fc.tuple(lines(3), ownLine, lines(3)).map((parts) => parts.join(''));

/** What a whole reader of YAML makes of it: the version's text, or `null` where there is none that could be written. */
function versionOf(content: string, uniqueKeys: boolean): string | null {
  const parsed = parseDocument(content, { schema: 'failsafe', uniqueKeys, logLevel: 'silent' });
  if (parsed.errors.length > 0) return null;
  const value: unknown = parsed.get('version');
  return typeof value === 'string' ? value : null;
}

describe('the search in YAML', () => {
  it('finds nothing where a whole reader finds nothing, and writes what that reader then reads', async () => {
    let written = 0;
    await fc.assert(
      fc.asyncProperty(document, async (content) => {
        const found = await findPlaces({ path: 'a.yaml' }, content);
        if (found.kind === 'refused') return;
        expect(versionOf(content, false)).toBe(found.places[0]?.text);
        expect(versionOf(replacePlaces(content, found.places, '2.0'), false)).toBe('2.0');
        written++;
      }),
      { numRuns: 1500, seed: 7 },
    );
    expect(written).toBeGreaterThan(50);
  });

  it('finds what a whole reader finds', async () => {
    let found = 0;
    await fc.assert(
      fc.asyncProperty(document, async (content) => {
        const text = versionOf(content, true);
        if (text === null || !/^[\w.]+$/.test(text) || /version:? *[|>]|^ *x$/m.test(content)) return;
        const search = await findPlaces({ path: 'a.yaml' }, content);
        expect(search).toMatchObject({ kind: 'found', places: [{ text }] });
        found++;
      }),
      { numRuns: 1500, seed: 8 },
    );
    expect(found).toBeGreaterThan(50);
  });

  it('quotes each text that would not stay one', () => {
    const text = fc.string({
      unit: fc.constantFrom(...'0123456789.-+:_eExXoObBaAfFnulltruyYNOofinat~ #\'"[]{},&*!|>%@`'),
      maxLength: 8,
    });
    fc.assert(
      fc.property(text, (each) => {
        if (needsQuotes(each)) return;
        for (const yamlVersion of ['1.1', '1.2'] as const) {
          const parsed = parseDocument(`version: ${each}\n`, { version: yamlVersion, logLevel: 'silent' });
          expect([each, parsed.errors, parsed.get('version')]).toEqual([each, [], each]);
        }
      }),
      { numRuns: 5000 },
    );
  });
});
