import type { TemplateContext } from '../../../../src/plugin-api/index.ts';
import { compareNumbers } from '../../scheme/compare.ts';
import { findPlaces } from '../../writers/find-places.ts';
import type { VersionTarget } from '../../writers/version-target.ts';
import { requirementsIn } from './cargo.ts';
import { textOf } from './file-text.ts';
import { fieldOf, jsonOf } from './json-fields.ts';
import { keyPart } from './toml-table.ts';

/** A package that others may ask for. */
export interface AskedFor {
  readonly name: string;
  readonly folder: string;
  readonly version: string;
}

/** `peerDependencies` say what a package works with, which a release of the other does not change. */
const npmTables = ['dependencies', 'devDependencies', 'optionalDependencies'];

/**
 * Places where other parts of the repository ask for the package by a range that its version is in, and by which they
 * get it from here: after a release they should ask for the new version. What asks for an older one means another.
 */
export async function dependentPlaces(
  context: TemplateContext,
  asked: AskedFor,
  folders: readonly string[],
): Promise<readonly VersionTarget[]> {
  const others = ['', ...folders.filter((folder) => folder !== asked.folder)];
  const places = await Promise.all(
    others.map(async (folder) => [
      ...(await inNpmManifest(context, asked, folder)),
      ...(await inCargoManifest(context, asked, folder)),
    ]),
  );
  return places.flat();
}

async function inNpmManifest(
  context: TemplateContext,
  { name, version }: AskedFor,
  folder: string,
): Promise<readonly VersionTarget[]> {
  const path = below(folder, 'package.json');
  const manifest = jsonOf((await textOf(context, path)) ?? '');
  const tables = npmTables.filter((table) => {
    const range = fieldOf(fieldOf(manifest, table), name);
    return typeof range === 'string' && isIn(version, range, '');
  });
  const places = tables.flatMap((table): readonly VersionTarget[] => {
    const key = `${table}.${keyPart(name)}`;
    const importer = keyPart(folder === '' ? '.' : folder);
    return [
      { path, key, range: true },
      { path: 'package-lock.json', format: 'json', key: `packages.${keyPart(folder)}.${key}`, range: true },
      { path: 'pnpm-lock.yaml', key: `importers.${importer}.${key}.specifier`, range: true },
    ];
  });
  const found = await Promise.all(places.map((place) => isThere(context, place)));
  return places.filter((_, at) => found[at]);
}

async function inCargoManifest(
  context: TemplateContext,
  asked: AskedFor,
  folder: string,
): Promise<readonly VersionTarget[]> {
  const path = below(folder, 'Cargo.toml');
  const content = (await textOf(context, path)) ?? '';
  return requirementsIn(content)
    .filter(({ name, range }) => name === asked.name && isIn(asked.version, range, '^'))
    .map(({ key }) => ({ path, key, range: true }));
}

async function isThere(context: TemplateContext, target: VersionTarget): Promise<boolean> {
  const content = await textOf(context, target.path);
  return content !== null && (await findPlaces(target, content)).kind === 'found';
}

/** Whether a range with one version holds another: `bare` is what a range without an operator means. */
function isIn(version: string, range: string, bare: '' | '^'): boolean {
  const [, operator = '', wanted = ''] = /^(?:workspace:)?(\^|~|=|)[ \t]?v?(\d[\w.+-]*)$/.exec(range) ?? [];
  if (wanted === '') return false;
  const [least, own] = [numbersOf(wanted), numbersOf(version)];
  switch (operator === '' ? bare : operator) {
    case '^':
      return compareNumbers(own, least) >= 0 && sameUpTo(own, least, firstThatCounts(least));
    case '~':
      return compareNumbers(own, least) >= 0 && sameUpTo(own, least, 1);
    default:
      return wanted === version || (least.length < own.length && sameUpTo(own, least, least.length - 1));
  }
}

function numbersOf(version: string): readonly number[] {
  return (/^[\d.]+/.exec(version)?.[0] ?? '').split('.').filter(Boolean).map(Number);
}

/** Of `^0.3.1` the second, of `^1.3.1` the first. */
function firstThatCounts(numbers: readonly number[]): number {
  const first = numbers.findIndex((number) => number > 0);
  return first === -1 ? numbers.length - 1 : first;
}

function sameUpTo(own: readonly number[], wanted: readonly number[], last: number): boolean {
  return wanted.slice(0, last + 1).every((number, at) => own[at] === number);
}

function below(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}
