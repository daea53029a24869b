import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
} from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NodeWorkspaceFiles } from '../../../../src/adapters/node-files/node-workspace-files.ts';
import { TemporaryFolder } from './temporary-folder.ts';

let folder: TemporaryFolder;
let files: NodeWorkspaceFiles;
beforeEach(() => {
  folder = new TemporaryFolder();
  mkdirSync(folder.at('ws'));
  folder.put('outside/secret.txt', 'secret');
  files = new NodeWorkspaceFiles(folder.at('ws'));
});
afterEach(() => folder.dispose());

const failsWith = (kind: string, message: RegExp) => ({ failure: { kind, message: expect.stringMatching(message) } });

describe('paths that lead out of the workspace', () => {
  beforeEach(() => {
    symlinkSync(folder.at('outside'), folder.at('ws/absolute-link'));
    symlinkSync('../outside', folder.at('ws/relative-link'));
    symlinkSync('../outside/secret.txt', folder.at('ws/file-link'));
    symlinkSync('relative-link', folder.at('ws/link-to-link'));
    symlinkSync('../outside/new.txt', folder.at('ws/dangling'));
    mkdirSync(folder.at('ws/a/b'), { recursive: true });
    symlinkSync('../../..', folder.at('ws/a/b/up'));
  });

  const ways = [
    '..',
    '../outside/secret.txt',
    'a/../../outside/secret.txt',
    'a/b/../../../outside/secret.txt',
    '/etc/passwd',
    '/',
    'absolute-link/secret.txt',
    'relative-link/secret.txt',
    'link-to-link/secret.txt',
    'file-link',
    'dangling',
    'a/b/up/outside/secret.txt',
    'a/b/up/ws/inside.txt',
    'missing/../../outside/secret.txt',
    './../outside/secret.txt',
    '../ws/inside.txt',
    'x\0y',
  ];

  it.each(ways)('are refused for every use: %j', async (path) => {
    const refused = failsWith('permission', /leads out|NUL/);
    await expect(files.read(path)).rejects.toMatchObject(refused);
    await expect(files.write(path, 'changed')).rejects.toMatchObject(refused);
    await expect(files.exists(path)).rejects.toMatchObject(refused);
    await expect(files.stat(path)).rejects.toMatchObject(refused);
    await expect(files.list(path)).rejects.toMatchObject(refused);
    expect(readFileSync(folder.at('outside/secret.txt'), 'utf8')).toBe('secret');
    expect(existsSync(folder.at('outside/new.txt'))).toBe(false);
  });
});

describe('paths that stay inside', () => {
  it('go through links, dots and back', async () => {
    folder.put('ws/real/file.txt', 'text');
    symlinkSync('real', folder.at('ws/link'));
    symlinkSync(folder.at('ws/real'), folder.at('ws/absolute'));
    mkdirSync(folder.at('ws/deep/er'), { recursive: true });
    symlinkSync('../../real/file.txt', folder.at('ws/deep/er/up'));
    for (const path of [
      'real/file.txt',
      './real//file.txt',
      'link/file.txt',
      'absolute/file.txt',
      'deep/er/up',
      'link/../real/file.txt',
      folder.at('ws/real/file.txt'),
    ]) {
      expect(await files.read(path), path).toBe('text');
    }
  });

  it('take names that only look like ways out', async () => {
    await files.write('..hidden', 'a');
    await files.write('a..b/c', 'b');
    await files.write('...', 'c');
    expect(await files.list('.')).toEqual(['...', '..hidden', 'a..b']);
  });

  it('end with a clear failure where links lead in a circle', async () => {
    symlinkSync('two', folder.at('ws/one'));
    symlinkSync('one', folder.at('ws/two'));
    await expect(files.read('one')).rejects.toMatchObject(failsWith('not-found', /circle/));
  });

  it('are those of the real folder when the workspace is named by a link', async () => {
    symlinkSync('ws', folder.at('ws-link'));
    const linked = new NodeWorkspaceFiles(folder.at('ws-link'));
    expect(linked.root).toBe(folder.at('ws'));
    await linked.write('a.txt', 'a');
    expect(await files.read('a.txt')).toBe('a');
  });
});

describe('reading', () => {
  it.each(['', 'line\r\nline\r\n', '\ufeffwith mark', 'ü ✓ 🎈', 'no newline at end'])(
    'gives the text as it is: %j',
    async (text) => {
      folder.put('ws/a.txt', text);
      expect(await files.read('a.txt')).toBe(text);
    },
  );

  it('names a file that does not exist', async () => {
    await expect(files.read('no/such.txt')).rejects.toMatchObject(
      failsWith('not-found', /"no\/such\.txt" does not exist/),
    );
    folder.put('ws/file', 'x');
    await expect(files.read('file/below')).rejects.toMatchObject(
      failsWith('not-found', /a part of the path is a file/),
    );
  });

  it('refuses a folder, a pipe, and what is not UTF-8', async () => {
    mkdirSync(folder.at('ws/folder'));
    execFileSync('mkfifo', [folder.at('ws/pipe')]);
    folder.put('ws/binary', new Uint8Array([0xff, 0xfe, 0x00]));
    await expect(files.read('folder')).rejects.toMatchObject(failsWith('handler', /is a folder/));
    await expect(files.read('')).rejects.toMatchObject(failsWith('handler', /is a folder/));
    await expect(files.read('pipe')).rejects.toMatchObject(failsWith('handler', /not a regular file/));
    await expect(files.read('binary')).rejects.toMatchObject(failsWith('handler', /not UTF-8/));
  });

  it.each([0, 10, 1024 * 1024, 1024 * 1024 + 1])('gives %i bytes as they are', async (size) => {
    const bytes = randomBytes(size);
    folder.put('ws/data', bytes);
    expect(Buffer.from(await files.readBytes('data')).equals(bytes)).toBe(true);
  });

  it.each(['one after the other', 'together'])('of very many files lets timers have their turn: %s', async (how) => {
    folder.put('ws/a.txt', 'x'.repeat(10_000));
    let fired = false;
    setTimeout(() => {
      fired = true;
    }, 1);
    let firedBetween = false;
    const look = async () => {
      await files.read('a.txt');
      firedBetween ||= fired;
    };
    const many = Array.from({ length: 5_000 }, () => look);
    if (how === 'together') await Promise.all(many.map((each) => each()));
    else for (const each of many) await each();
    expect(firedBetween).toBe(true);
  });

  it('refuses the bytes of a folder and of a pipe, and waits for nobody', async () => {
    mkdirSync(folder.at('ws/folder'));
    execFileSync('mkfifo', [folder.at('ws/pipe')]);
    await expect(files.readBytes('folder')).rejects.toMatchObject(failsWith('handler', /is a folder/));
    await expect(files.readBytes('pipe')).rejects.toMatchObject(failsWith('handler', /not a regular file/));
    await expect(files.readBytes('none')).rejects.toMatchObject(failsWith('not-found', /does not exist/));
  });

  it('refuses a file too large for a text', async () => {
    truncateSync(folder.put('ws/large'), 64 * 1024 * 1024 + 1);
    await expect(files.read('large')).rejects.toMatchObject(failsWith('budget', /67108865 bytes/));
  });
});

describe('writing', () => {
  it('makes missing folders', async () => {
    await files.write('a/b/c.txt', 'text\r\n');
    expect(readFileSync(folder.at('ws/a/b/c.txt'), 'utf8')).toBe('text\r\n');
  });

  it('keeps the mode of the file that it replaces', async () => {
    chmodSync(folder.put('ws/run.sh', 'old'), 0o751);
    await files.write('run.sh', 'new');
    expect(statSync(folder.at('ws/run.sh')).mode & 0o777).toBe(0o751);
    expect(readFileSync(folder.at('ws/run.sh'), 'utf8')).toBe('new');
  });

  it('writes through a link to a file inside and leaves the link', async () => {
    folder.put('ws/real.txt', 'old');
    symlinkSync('real.txt', folder.at('ws/link.txt'));
    await files.write('link.txt', 'new');
    expect(readFileSync(folder.at('ws/real.txt'), 'utf8')).toBe('new');
    expect(readdirSync(folder.at('ws'))).toEqual(['link.txt', 'real.txt']);
  });

  it('leaves nothing beside the file, not after a failure either', async () => {
    await files.write('a.txt', '1');
    mkdirSync(folder.at('ws/taken'));
    await expect(files.write('taken', 'x')).rejects.toMatchObject(failsWith('handler', /is a folder/));
    await expect(files.write('.', 'x')).rejects.toMatchObject(failsWith('handler', /is a folder/));
    await expect(files.write('a.txt/below', 'x')).rejects.toMatchObject(
      failsWith('handler', /a part of the path is a file/),
    );
    expect(readdirSync(folder.at('ws'))).toEqual(['a.txt', 'taken']);
  });

  it('takes names as long as the file system does', async () => {
    const name = `${'n'.repeat(251)}.txt`;
    await files.write(name, 'x');
    expect(await files.read(name)).toBe('x');
    await expect(files.write('n'.repeat(256), 'x')).rejects.toMatchObject(failsWith('handler', /too long/));
  });

  it('shows the old text or the new one, never a part, to those who read meanwhile', async () => {
    const texts = ['a', 'b'].map((character) => character.repeat(500_000));
    await files.write('a.txt', texts[0] ?? '');
    const writes = Promise.all([1, 0, 1, 0, 1].map((index) => files.write('a.txt', texts[index] ?? '')));
    for (let round = 0; round < 20; round++) expect(texts).toContain(await files.read('a.txt'));
    await writes;
  });
});

describe('looking', () => {
  it('tells files, folders and nothing apart', async () => {
    chmodSync(folder.put('ws/run.sh', '12345'), 0o755);
    folder.put('ws/plain.txt', '');
    mkdirSync(folder.at('ws/folder'));
    symlinkSync('gone', folder.at('ws/dangling'));
    expect(await files.stat('run.sh')).toEqual({ kind: 'file', executable: true, size: 5 });
    expect(await files.stat('plain.txt')).toEqual({ kind: 'file', executable: false, size: 0 });
    expect(await files.stat('folder')).toMatchObject({ kind: 'folder', executable: false });
    expect(await files.stat('.')).toMatchObject({ kind: 'folder' });
    for (const path of ['gone', 'plain.txt/below', 'dangling']) {
      expect(await files.stat(path)).toBeNull();
      expect(await files.exists(path)).toBe(false);
    }
    expect(await files.exists('folder')).toBe(true);
  });

  it('lists names in order, and none where nothing is', async () => {
    for (const name of ['b', 'a', 'Z', '.dot', 'é']) folder.put(`ws/f/${name}`);
    expect(await files.list('f')).toEqual(['.dot', 'Z', 'a', 'b', 'é']);
    expect(await files.list('gone')).toEqual([]);
    await expect(files.list('f/a')).rejects.toMatchObject(failsWith('not-found', /is a file, not a folder/));
  });
});
