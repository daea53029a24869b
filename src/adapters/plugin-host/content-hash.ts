import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

/** Folders whose content is not the author's own, and too much to be read. */
const passedOver = new Set(['node_modules', '.git']);

/**
 * SHA-256, hexadecimal, over names and bytes of files and of all files in folders, in order of their names. Links
 * count by what they point to, so that nothing outside is read.
 */
export function contentHash(...paths: readonly string[]): string {
  const hash = createHash('sha256');
  for (const path of paths) addTo(hash, path, '');
  return hash.digest('hex');
}

function addTo(hash: ReturnType<typeof createHash>, path: string, name: string): void {
  const stat = lstatSync(path);
  if (stat.isDirectory()) {
    for (const entry of readdirSync(path).sort()) {
      if (!passedOver.has(entry)) addTo(hash, join(path, entry), `${name}/${entry}`);
    }
    return;
  }
  const content = stat.isSymbolicLink() ? readlinkSync(path) : stat.isFile() ? readFileSync(path) : '';
  // Lengths keep the end of one name or file from passing for the beginning of the next.
  hash.update(`${Buffer.byteLength(name)}:${name}${Buffer.byteLength(content)}:`).update(content);
}
