import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findPlaces, readsBack } from '../../../../../plugins/release/writers/find-places.ts';
import { replacePlaces } from '../../../../../plugins/release/writers/text-place.ts';
import type { VersionTarget } from '../../../../../plugins/release/writers/version-target.ts';

const version = fc
  .tuple(fc.nat(99), fc.nat(99), fc.nat(99), fc.constantFrom('', '-rc.1', '-beta.2', '+5'))
  .map(([major, minor, patch, rest]) => `${major}.${minor}.${patch}${rest}`);

/** Text that says nothing in any format, as it stands in comments and texts. */
const noise = fc.string({ unit: fc.constantFrom(...'version: = 0.1.2 ä🚀[]{}#&*,'), maxLength: 30 });
const lineEnd = fc.constantFrom('\n', '\r\n');

interface Sample {
  readonly target: VersionTarget;
  readonly before: string;
  readonly after: string;
}

function samples(
  target: VersionTarget,
  shape: (noises: readonly [string, string, string, string], eol: string) => readonly [string, string],
) {
  return fc
    .tuple(fc.tuple(noise, noise, noise, noise), lineEnd, fc.constantFrom('', '\uFEFF'))
    .map(([noises, eol, bom]): Sample => {
      const [before, after] = shape(noises, eol);
      return { target, before: bom + before, after };
    });
}

const anySample = fc.oneof(
  samples({ path: 'a.json' }, ([a, b, c, d], eol) => [
    `// ${a}${eol}{ ${JSON.stringify(`x${b}`)}: { "version": ${JSON.stringify(c)} },${eol}"version": "`,
    `", "y": [${JSON.stringify(d)}] }${eol}`,
  ]),
  samples({ path: 'Cargo.toml' }, ([a, b, c, d], eol) => [
    `# ${a}${eol}[x.${JSON.stringify(b)}]${eol}version = '${c}'${eol}[package]${eol}version = "`,
    `" # ${d}${eol}z = """${a}${eol}[package]${eol}version = "0"${eol}"""`,
  ]),
  samples({ path: 'a.yaml' }, ([a, b, c, d], eol) => [
    `# ${a}${eol}x: |${eol}  x${b}${eol}  version: 0${eol}${JSON.stringify(`y${c}`)}:${eol}  version: 1${eol}version: `,
    ` # ${d}${eol}z: '${a}'${eol}`,
  ]),
  samples({ path: 'pom.xml' }, ([a, b, c, d], eol) => [
    `<!-- ${a} --><project a="${b.replaceAll('&', '')}">${eol}<![CDATA[${c}]]><version>`,
    `</version><x><version>${d.replaceAll('&', '')}</version></x></project>${eol}`,
  ]),
  samples({ path: 'a.py' }, ([a, b, c, d], eol) => [
    `# ${a}${eol}x = """${b}${eol}__version__ = "0"${eol}"""${eol}y = '${c}'${eol}__version__ = "`,
    `"  # ${d}${eol}`,
  ]),
  samples({ path: 'setup.cfg' }, ([a, b, c, d], eol) => [
    `# ${a}${eol}[x]${eol}version = ${b}${eol}[metadata]${eol}; ${c}${eol}version = `,
    ` ; ${d}${eol}`,
  ]),
  samples({ path: 'build.gradle' }, ([a, b, c, d], eol) => [
    `// ${a}${eol}/* ${b.replaceAll('*', '')} */ x { version = '${c}' }${eol}version = '`,
    `' // ${d}${eol}`,
  ]),
);

describe('writing a version', () => {
  it('changes nothing but the version, whatever stands around it', async () => {
    await fc.assert(
      fc.asyncProperty(anySample, version, version, async ({ target, before, after }, old, next) => {
        const content = before + old + after;
        const found = await findPlaces(target, content);
        expect(found).toMatchObject({ kind: 'found', places: [{ start: before.length, text: old }] });
        if (found.kind === 'refused') return;
        const written = replacePlaces(content, found.places, next);
        expect(written).toBe(before + next + after);
        expect(await readsBack(target, written, next)).toBe(true);
      }),
      { numRuns: 700 },
    );
  });

  it('gives an answer to any text, and only places that hold what they say', async () => {
    const paths = [
      'a.json',
      'Cargo.toml',
      'a.yaml',
      'pom.xml',
      'a.py',
      'setup.cfg',
      'a.properties',
      'build.gradle',
      'README.md',
      'VERSION',
      'mix.exs',
    ];
    const pieces = [
      'version',
      '__version__',
      ':',
      ' ',
      '=',
      '"',
      "'",
      '\n',
      '\r',
      '\t',
      '1.2.3',
      '[',
      ']',
      '{',
      '}',
      '<',
      '>',
      '/',
      '!',
      '-',
      '#',
      '|',
      '*',
      '&',
      '\\',
      ',',
      '(',
      ')',
      '$',
      '"""',
      '---',
      'project',
      '\uFEFF',
      '🚀',
    ];
    const text = fc.array(fc.constantFrom(...pieces), { maxLength: 30 }).map((parts) => parts.join(''));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...paths), text, async (path, content) => {
        const found = await findPlaces({ path }, content);
        if (found.kind === 'refused') {
          expect(found.message).toContain(path);
          return;
        }
        for (const place of found.places.filter(({ badge }) => badge === undefined)) {
          expect(content.slice(place.start, place.end)).toBe(place.text);
        }
        expect(replacePlaces(content, found.places, found.places[0]?.text ?? '')).toBe(content);
      }),
      { numRuns: 3000 },
    );
  });
});
