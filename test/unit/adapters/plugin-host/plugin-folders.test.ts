import { rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { contentHash } from '../../../../src/adapters/plugin-host/content-hash.ts';
import { candidatesIn, moduleCandidate } from '../../../../src/adapters/plugin-host/plugin-folders.ts';
import { TempFolder } from '../../../rigs/temp-folder.ts';

let folder: TempFolder;

beforeEach(() => {
  folder = new TempFolder();
});

afterEach(() => folder.remove());

describe('a plugin folder', () => {
  test('holds plugins as folders and as files; what is neither is passed over', () => {
    for (const path of [
      'a/index.ts',
      'b/index.js',
      'c/plugin.yml',
      'd/config.yaml',
      'e.mjs',
      'f.ts',
      'README.md',
      'lib/part.ts',
      'g.d.ts',
      'h.test.ts',
      '.hidden/index.js',
      'node_modules/x/index.js',
    ]) {
      folder.write(path, '');
    }
    const found = candidatesIn(folder.path).map(({ name, code, declaration, configuration }) => [
      name,
      [code, declaration, configuration].map((path) => path !== null),
    ]);
    expect(found).toEqual([
      ['a', [true, false, false]],
      ['b', [true, false, false]],
      ['c', [false, true, false]],
      ['d', [false, false, true]],
      ['e', [true, false, false]],
      ['f', [true, false, false]],
    ]);
  });

  test('that does not exist holds none', () => {
    expect(candidatesIn(join(folder.path, 'nowhere'))).toEqual([]);
  });
});

describe('a module', () => {
  test('is found with the YAML files beside it, and without code too', () => {
    folder.write('modules/m/index.ts', '');
    folder.write('modules/m/notes.yml', '');
    folder.write('modules/only.yml', '');
    expect(moduleCandidate(folder.path, 'm')).toMatchObject({
      code: join(folder.path, 'modules/m/index.ts'),
      yaml: [join(folder.path, 'modules/m/notes.yml')],
    });
    expect(moduleCandidate(folder.path, 'only')).toMatchObject({ code: null });
    expect(moduleCandidate(folder.path, 'none')).toBeNull();
  });
});

describe('the hash of a content', () => {
  test('changes with bytes, names and places, and with nothing else', () => {
    folder.write('p/a.js', 'one');
    folder.write('p/sub/b.js', 'two');
    const path = join(folder.path, 'p');
    const first = contentHash(path);
    folder.write('p/node_modules/x/index.js', 'three');
    expect(contentHash(path)).toBe(first);
    folder.write('p/sub/b.js', 'tow');
    const second = contentHash(path);
    expect(second).not.toBe(first);
    folder.write('p/sub/b.js', 'two');
    expect(contentHash(path)).toBe(first);
    rmSync(join(path, 'sub'), { recursive: true });
    folder.write('p/b.js', 'two');
    expect(contentHash(path)).not.toBe(first);
  });

  test('takes a link by its target, so that nothing outside is read', () => {
    folder.write('p/a.js', 'one');
    symlinkSync('/dev/zero', join(folder.path, 'p/link'));
    expect(contentHash(join(folder.path, 'p'))).toMatch(/^[0-9a-f]{64}$/);
  });
});
