import { Script } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { scriptForm } from '../../../scripts/script-form.ts';

interface World {
  readonly require?: unknown;
  readonly importModule?: unknown;
  readonly moduleUrl?: string;
}

/** Runs the script form of a module; the module leaves its results in `seen`. */
async function run(code: string, world: World = {}): Promise<unknown[]> {
  const seen: unknown[] = [];
  const script = new Script(scriptForm(`const seen = globalThis.seenByScript;\n${code}`));
  Object.assign(globalThis, { seenByScript: seen });
  await script.runInThisContext()(world.require, world.importModule, world.moduleUrl);
  return seen;
}

describe('scriptForm', () => {
  it('takes `require` for what the bundler makes of createRequire', async () => {
    const code =
      'import { createRequire as made } from "module";\nseen.push(made(import.meta.url)("fs"), made(0)("path"));';
    expect(await run(code, { require: (name: string) => `<${name}>` })).toEqual(['<fs>', '<path>']);
  });

  it('hands dynamic imports over, in strings and comments it changes nothing', async () => {
    const code =
      '/* import("a") */ const text = "import(x) import.meta.url";\nseen.push(await import("./" + "b"), text);';
    expect(await run(code, { importModule: async (name: string) => `<${name}>` })).toEqual([
      '<./b>',
      'import(x) import.meta.url',
    ]);
  });

  it('gives the address of the module', async () => {
    expect(await run('seen.push(new URL(".", import.meta.url).href);', { moduleUrl: 'file:///dist/cli.js' })).toEqual([
      'file:///dist/',
    ]);
  });

  it('keeps every line where it is, so that stack traces tell the truth', () => {
    const code = 'import { createRequire as made } from "module";\n\nlet one = 1;\nawait import("x");\n';
    expect(scriptForm(code).split('\n').slice(1, 4)).toEqual(['', 'let one = 1;', 'await importModule("x");']);
  });

  it.each([
    ['import { readFileSync } from "node:fs";', 'a script cannot import "node:fs"'],
    ['import module from "module";', 'a script cannot import "module"'],
    ['export const one = 1;', 'a script cannot hold an ExportNamedDeclaration'],
    ['export default 1;', 'a script cannot hold an ExportDefaultDeclaration'],
  ])('refuses %s', (code, message) => {
    expect(() => scriptForm(code)).toThrow(message);
  });
});
