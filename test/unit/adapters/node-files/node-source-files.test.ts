import { mkdirSync, symlinkSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { NodeSourceFiles } from '../../../../src/adapters/node-files/node-source-files.ts';
import { TemporaryFolder } from './temporary-folder.ts';

let folder: TemporaryFolder;
let sources: NodeSourceFiles;
beforeEach(() => {
  folder = new TemporaryFolder();
  mkdirSync(folder.at('ws'));
  sources = new NodeSourceFiles(folder.at('ws'));
});
afterEach(() => folder.dispose());

it('reads relative paths from the workspace and absolute ones from anywhere', async () => {
  folder.put('ws/workflows/a.yml', 'name: a\r\n');
  const outside = folder.put('b.yml', '\ufeffname: b');
  expect(await sources.read('workflows/a.yml')).toEqual({ ok: true, value: 'name: a\r\n' });
  expect(await sources.read(outside)).toEqual({ ok: true, value: '\ufeffname: b' });
});

it('says in one sentence why a text cannot be read', async () => {
  folder.put('b.yml', 'name: b');
  symlinkSync('../b.yml', folder.at('ws/link.yml'));
  folder.put('ws/binary.yml', new Uint8Array([0x80]));
  expect(await sources.read('gone.yml')).toEqual({ ok: false, error: '"gone.yml" does not exist in the workspace.' });
  expect(await sources.read('../b.yml')).toEqual({ ok: false, error: '"../b.yml" leads out of the workspace.' });
  expect(await sources.read('link.yml')).toEqual({ ok: false, error: '"link.yml" leads out of the workspace.' });
  expect(await sources.read('.')).toEqual({ ok: false, error: '"." is a folder, not a file.' });
  expect(await sources.read('binary.yml')).toEqual({
    ok: false,
    error: '"binary.yml" is not UTF-8 text: save it as UTF-8.',
  });
  expect(await sources.read('/a\0b')).toEqual({ ok: false, error: 'A path never holds a NUL character.' });
});

it('lists the files of a folder without its folders', async () => {
  folder.put('ws/w/b.yml');
  folder.put('ws/w/a.yml');
  folder.put('ws/w/sub/c.yml');
  symlinkSync('a.yml', folder.at('ws/w/link.yml'));
  symlinkSync('sub', folder.at('ws/w/folder-link'));
  symlinkSync('circle', folder.at('ws/w/circle'));
  expect(await sources.list('w')).toEqual(['a.yml', 'b.yml', 'link.yml']);
  expect(await sources.list(folder.at('ws/w/sub'))).toEqual(['c.yml']);
  expect(await sources.list('gone')).toEqual([]);
  expect(await sources.list('w/a.yml')).toEqual([]);
});
