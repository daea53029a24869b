import fc from 'fast-check';
import semver from 'semver';
import { describe, expect, it } from 'vitest';
import type { RaiseRequest, SchemeConfig, VersionScheme } from '../../../../../plugins/release/scheme/scheme.ts';
import { schemeFor, versionOf } from './scheme-tables.ts';

// Small numbers, so that versions often differ in one place only.
const number = fc.oneof(fc.integer({ min: 0, max: 3 }), fc.constant(10), fc.constant(99_999_999_999_999));
const optional = (text: fc.Arbitrary<string>): fc.Arbitrary<string> => fc.oneof(fc.constant(''), text);
const joined = (...parts: readonly fc.Arbitrary<string | number>[]): fc.Arbitrary<string> =>
  fc.tuple(...parts).map((texts) => texts.join(''));
const dots = (item: fc.Arbitrary<string | number>, min: number, max: number): fc.Arbitrary<string> =>
  fc.array(item, { minLength: min, maxLength: max }).map((items) => items.join('.'));
const text = (...texts: readonly string[]): fc.Arbitrary<string> => fc.constantFrom(...texts);

const identifier = fc.oneof(number, text('a', 'rc', 'rc1', 'beta', '-', '0a', 'A'));
const semverTexts = joined(
  dots(number, 3, 3),
  optional(joined(text('-'), dots(identifier, 1, 3))),
  optional(joined(text('+'), dots(fc.oneof(identifier, text('007')), 1, 2))),
);
const pep440Texts = joined(
  text('', '', '1!'),
  dots(number, 1, 4),
  optional(joined(text('a', 'b', 'rc', '-Alpha.', '_preview'), number)),
  optional(joined(text('.post', '-r', '-'), number)),
  optional(joined(text('.dev', 'DEV'), number)),
  optional(joined(text('+'), dots(fc.oneof(number, text('a', 'b1', 'ubuntu')), 1, 3))),
);
const modifier = optional(joined(text('-rc', '-rc.', '-beta', '-dev.'), number));
const month = fc.integer({ min: 1, max: 12 });
const padded = (from: fc.Arbitrary<number>): fc.Arbitrary<string> =>
  from.map((value) => String(value).padStart(2, '0'));
const year = fc.constantFrom(2025, 2026);
const patternConfig: SchemeConfig = {
  scheme: 'pattern',
  pattern: '(?<major>\\d+)\\.(?<minor>\\d+)(?:-(?<stage>alpha|beta)(?<n>\\d+))?(?:@(?<who>[a-z]+))?',
  format: '{major}.{minor:02}[-{stage}{n}][@{who}]',
  values: { stage: ['alpha', 'beta', ''] },
  reset: { stage: 'alpha', n: 1 },
  texts: ['who'],
};

const schemes: readonly { readonly config: SchemeConfig; readonly texts: fc.Arbitrary<string> }[] = [
  { config: { scheme: 'semver' }, texts: semverTexts },
  { config: { scheme: 'pep440' }, texts: pep440Texts },
  { config: { scheme: 'parts' }, texts: joined(dots(number, 4, 4), optional(joined(text('+'), number))) },
  {
    config: { scheme: 'calver', format: 'YYYY.MM.MICRO-MODIFIER' },
    texts: joined(year, text('.'), month, text('.'), number, modifier),
  },
  {
    config: { scheme: 'calver', format: 'YY.MINOR.MICRO-MODIFIER' },
    texts: joined(fc.constantFrom(25, 26), text('.'), number, text('.'), number, modifier),
  },
  {
    config: { scheme: 'calver', format: 'YYYY.0M.0D.MICRO' },
    texts: joined(
      year,
      text('.'),
      padded(month),
      text('.'),
      padded(fc.integer({ min: 1, max: 28 })),
      text('.'),
      number,
    ),
  },
  {
    config: { scheme: 'calver', format: 'MAJOR.0Y.0W-MODIFIER' },
    texts: joined(number, text('.25.', '.26.'), padded(fc.integer({ min: 1, max: 53 })), modifier),
  },
  {
    config: patternConfig,
    texts: joined(
      number,
      text('.'),
      number,
      optional(joined(text('-alpha', '-beta'), number)),
      text('', '@ann', '@bob'),
    ),
  },
];

const request = (scheme: VersionScheme): fc.Arbitrary<RaiseRequest> =>
  fc.record({
    increment: fc.constantFrom(...scheme.increments),
    prerelease: fc.constantFrom(null, null, null, null, 'a', 'beta', 'rc', 'dev'),
    build: fc.constantFrom(null, null, null, null, '7'),
    keepBuild: fc.constantFrom(false, false, false, true),
    today: fc.record({ year, month, day: fc.integer({ min: 1, max: 28 }) }),
  });

for (const { config, texts } of schemes) {
  describe(`versions of ${JSON.stringify(config)}`, async () => {
    const scheme = await schemeFor(config);
    const versions = texts.map((written) => versionOf(scheme, written));

    it('read back from their canonical text as they were', () => {
      fc.assert(
        fc.property(versions, (version) => {
          expect(scheme.parse(version.text)).toStrictEqual(version);
        }),
      );
    });

    it('have one order', () => {
      fc.assert(
        fc.property(versions, versions, versions, (a, b, c) => {
          expect(scheme.compare(a, a)).toBe(0);
          expect(Math.sign(scheme.compare(a, b)) + Math.sign(scheme.compare(b, a))).toBe(0);
          const [x, y, z] = [a, b, c].sort(scheme.compare);
          if (x === undefined || y === undefined || z === undefined) throw new Error('sorting lost a version');
          expect(scheme.compare(x, z)).toBeLessThanOrEqual(0);
          if (scheme.compare(x, y) < 0 || scheme.compare(y, z) < 0) expect(scheme.compare(x, z)).toBeLessThan(0);
        }),
        { numRuns: 500 },
      );
    });

    it('are followed by what they are raised to, which reads back', () => {
      let raisedCount = 0;
      fc.assert(
        fc.property(versions, request(scheme), (version, asked) => {
          const raised = scheme.raise(version, asked);
          if (!raised.ok) {
            expect(raised.error).not.toBe('');
            return;
          }
          raisedCount++;
          expect(scheme.compare(raised.value, version)).toBeGreaterThan(0);
          expect(scheme.parse(raised.value.text)).toStrictEqual(raised.value);
        }),
        { numRuns: 1000 },
      );
      expect(raisedCount).toBeGreaterThan(80);
    });

    it('are asked of any text without a throw', () => {
      const alphabet = fc.constantFrom(...'0123456789.-+_!abrcdevpost@ \n');
      const noise = fc.oneof(fc.string(), fc.string({ unit: alphabet, maxLength: 300 }));
      fc.assert(
        fc.property(noise, (anything) => {
          const version = scheme.parse(anything);
          if (version !== null) expect(scheme.parse(version.text)).toStrictEqual(version);
        }),
        { numRuns: 500 },
      );
    });
  });
}

describe('plain raises', () => {
  it.each([
    { config: { scheme: 'semver' }, increments: ['major', 'minor', 'patch'], texts: semverTexts },
    { config: { scheme: 'pep440' }, increments: ['major', 'minor', 'patch', 'micro'], texts: pep440Texts },
    {
      config: { scheme: 'parts' },
      increments: ['major', 'feature_set', 'feature', 'patch', 'build'],
      texts: dots(number, 4, 4),
    },
  ] as const)('of $config never fail', async ({ config, increments, texts }) => {
    const scheme = await schemeFor(config);
    const today = { year: 2026, month: 11, day: 20 };
    fc.assert(
      fc.property(texts, fc.constantFrom(...increments), (written, increment) => {
        expect(scheme.raise(versionOf(scheme, written), { increment, today })).toMatchObject({ ok: true });
      }),
    );
  });
});

describe('semantic versions beside the reference library', () => {
  it('have the same order', async () => {
    const scheme = await schemeFor({ scheme: 'semver' });
    fc.assert(
      fc.property(semverTexts, semverTexts, (a, b) => {
        const order = Math.sign(scheme.compare(versionOf(scheme, a), versionOf(scheme, b)));
        expect(order).toBe(semver.compare(a, b));
      }),
      { numRuns: 1000 },
    );
  });

  it('are raised to the same release', async () => {
    const scheme = await schemeFor({ scheme: 'semver' });
    const today = { year: 2026, month: 11, day: 20 };
    fc.assert(
      fc.property(semverTexts, fc.constantFrom('major', 'minor', 'patch'), (written, increment) => {
        const raised = scheme.raise(versionOf(scheme, written), { increment, today });
        expect(raised.ok ? raised.value.text : raised.error).toBe(semver.inc(written, increment));
      }),
    );
  });
});
