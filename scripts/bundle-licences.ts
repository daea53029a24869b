import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The licences of all packages that stand in bundles, found by their source maps: a list that is made from the
 * modules themselves knows chunks too. Throws for a package that states none.
 */
export function licencesOf(maps: readonly string[], root: string): string {
  const folders = [...new Set(maps.flatMap(packageFolders))].sort();
  return folders.map((folder) => licenceOf(join(root, folder))).join(`\n${'-'.repeat(80)}\n\n`);
}

/** `node_modules/a/node_modules/@b/c`, relative to the checkout. */
function packageFolders(map: string): readonly string[] {
  const parsed: unknown = JSON.parse(map);
  const sources = typeof parsed === 'object' && parsed !== null && 'sources' in parsed ? parsed.sources : null;
  if (!Array.isArray(sources) || sources.length === 0) throw new Error('a source map names no sources');
  return sources.flatMap((source) => {
    const found = /(?:^|\/)((?:node_modules\/(?:@[^/]+\/)?[^/]+\/)+)/.exec(String(source));
    return found?.[1] ? [found[1].replace(/\/$/, '')] : [];
  });
}

function licenceOf(folder: string): string {
  const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const { name, version, license } = textFields(manifest);
  const file = readdirSync(folder).find((candidate) => /^licen[cs]e(\.|-|$)/i.test(candidate));
  if (license === undefined && file === undefined) throw new Error(`${folder} states no licence`);
  const text = file && existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8').trim() : '';
  return `${name} ${version}\nLicence: ${license ?? 'see below'}\n${text === '' ? '' : `\n${text.replace(/\r\n/g, '\n')}\n`}`;
}

function textFields(manifest: unknown): { readonly name: string; readonly version: string; readonly license?: string } {
  if (typeof manifest !== 'object' || manifest === null) throw new Error('a package.json holds no map');
  const field = (key: string) => {
    const value: unknown = Reflect.get(manifest, key);
    return typeof value === 'string' ? value : undefined;
  };
  const license = field('license');
  return { name: field('name') ?? '', version: field('version') ?? '', ...(license === undefined ? {} : { license }) };
}
