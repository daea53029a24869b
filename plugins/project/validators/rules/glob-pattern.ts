import { compilePattern, type LinearPattern } from '../../../../src/plugin-api/index.ts';

const signs: { readonly [sign: string]: string } = { '**/': '(?:.*/)?', '**': '.*', '*': '[^/]*', '?': '[^/]' };

/** A path pattern for whole paths: `*` and `?` stay within a folder, `**` crosses folders. */
export function compileGlob(glob: string): Promise<LinearPattern> {
  const source = glob
    .replace(/^(?:\.\/+)+/, '')
    .replace(/\*\*\/|\*\*|[*?]|[^*?]+/g, (part) => signs[part] ?? part.replace(/[\\^$.|+()[\]{}]/g, '\\$&'));
  return compilePattern(`(?s)^(?:${source})$`);
}
