/**
 * GitHub takes letters, digits and a few signs in the name of an asset and writes a dot for everything else, by rules
 * that it does not publish. The name that is sent keeps clear of them.
 */
export function sentName(name: string): string {
  return name
    .replace(/[^A-Za-z0-9_.+@-]+/g, '.')
    .replace(/\.{2,}/g, '.')
    .replace(/^\.|\.$/g, '');
}

/** Two names that GitHub may take for one have the same key. */
export function nameKey(name: string): string {
  return sentName(name.replace(/[+@]/g, '.'));
}
