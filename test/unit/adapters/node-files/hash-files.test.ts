import { createHash } from 'node:crypto';
import { mkdirSync, symlinkSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hashFiles } from '../../../../src/adapters/node-files/hash-files.ts';
import { TemporaryFolder } from './temporary-folder.ts';

let folder: TemporaryFolder;
beforeEach(() => {
  folder = new TemporaryFolder();
  mkdirSync(folder.at('ws'));
});
afterEach(() => folder.dispose());

/** Makes files that hold their own path. */
function put(...paths: readonly string[]): void {
  for (const path of paths) folder.put(`ws/${path}`, path);
}

/** What GitHub's function gives when it finds the files that hold these texts, in this order. */
function hashOf(...texts: readonly string[]): string {
  if (texts.length === 0) return '';
  const total = createHash('sha256');
  for (const text of texts) total.update(createHash('sha256').update(text).digest());
  return total.digest('hex');
}

function hash(...patterns: readonly string[]): string {
  const result = hashFiles(folder.at('ws'), patterns);
  if (!result.ok) throw new Error(result.error);
  return result.value;
}

it('hashes the digests of the files, known value', () => {
  folder.put('ws/a', 'hello');
  expect(hash('a')).toBe('9595c9df90075148eb06860365df33584b75bff782a510c6cd4883a419833d50');
});

it('gives empty text where nothing matches', () => {
  put('a.txt');
  expect(hash('*.lock')).toBe('');
  expect(hash('gone/a.txt')).toBe('');
  expect(hash('# a comment', '')).toBe('');
});

describe('a pattern', () => {
  beforeEach(() =>
    put('a.txt', 'b.txt', 'ab.md', '.dot.txt', 'sub/a.txt', 'sub/deep/a.txt', 'sub/deep/b.json', 'x[1].c', 'z-é'),
  );

  const cases: readonly (readonly [readonly string[], readonly string[]])[] = [
    [['a.txt'], ['a.txt']],
    [['./a.txt'], ['a.txt']],
    [['*.txt'], ['.dot.txt', 'a.txt', 'b.txt']],
    [['?.txt'], ['a.txt', 'b.txt']],
    [['[ab].txt'], ['a.txt', 'b.txt']],
    [['[!a].txt'], ['b.txt']],
    [['[^b].txt'], ['a.txt']],
    [['[a-z]*.txt'], ['a.txt', 'b.txt']],
    [['[z-a].txt'], []],
    [['a*b*.*'], ['ab.md']],
    [['x\\[1\\].c'], ['x[1].c']],
    [['x[[]1].c'], ['x[1].c']],
    [['x[1].c'], []],
    [['z-?'], ['z-é']],
    [['**/a.txt'], ['a.txt', 'sub/a.txt', 'sub/deep/a.txt']],
    [['sub/**/a.txt'], ['sub/a.txt', 'sub/deep/a.txt']],
    [['sub/**'], ['sub/a.txt', 'sub/deep/a.txt', 'sub/deep/b.json']],
    [['**/**/deep/**/**'], ['sub/deep/a.txt', 'sub/deep/b.json']],
    [['sub'], ['sub/a.txt', 'sub/deep/a.txt', 'sub/deep/b.json']],
    [['sub/'], ['sub/a.txt', 'sub/deep/a.txt', 'sub/deep/b.json']],
    [['s*/*'], ['sub/a.txt', 'sub/deep/a.txt', 'sub/deep/b.json']],
    [['**/a.txt', '!sub'], ['a.txt']],
    [
      ['**/a.txt', '!sub/**', 'sub/deep/a.txt'],
      ['a.txt', 'sub/deep/a.txt'],
    ],
    [
      ['!**/a.txt', 'sub'],
      ['sub/a.txt', 'sub/deep/a.txt', 'sub/deep/b.json'],
    ],
    [['!!a.txt'], ['a.txt']],
    [['  a.txt  \n# no\n b.txt'], ['a.txt', 'b.txt']],
    [
      ['b.txt', 'a.txt'],
      ['b.txt', 'a.txt'],
    ],
    [
      ['sub/deep', 'a.txt', 'sub'],
      ['a.txt', 'sub/a.txt', 'sub/deep/a.txt', 'sub/deep/b.json'],
    ],
    [['/etc/**'], []],
    [['~/**'], []],
  ];

  it.each(cases)('%j finds %j, in this order', (patterns, found) => {
    expect(hash(...patterns)).toBe(hashOf(...found));
  });

  it('that is absolute counts where it lies inside', () => {
    expect(hash(`${folder.at('ws')}/sub/*.txt`)).toBe(hashOf('sub/a.txt'));
    expect(hash(folder.at('other'))).toBe('');
  });

  it('with a wildcard at the top makes the walk begin there, whatever stands before it', () => {
    expect(hash('b.txt', '*.md', 'a.txt')).toBe(hashOf('a.txt', 'ab.md', 'b.txt'));
  });

  it.each(['a/../b', '..', '../x', 'a/./b', '!'])('%j is refused', (pattern) => {
    expect(hashFiles(folder.at('ws'), [pattern])).toMatchObject({ ok: false, error: expect.stringContaining(pattern) });
  });

  it('of many wildcards takes no longer than its length', () => {
    folder.put(`ws/${'a'.repeat(200)}`, 'long');
    expect(hash(`${'*a'.repeat(100)}b`)).toBe('');
    expect(hash(`${'*a'.repeat(100)}`)).toBe(hashOf('long'));
    expect(hash(`${'**/'.repeat(200)}a.txt`)).toBe(hashOf('a.txt', 'sub/a.txt', 'sub/deep/a.txt'));
  });
});

describe('links', () => {
  beforeEach(() => {
    put('real/a.txt');
    folder.put('outside/b.txt', 'out');
    symlinkSync('real/a.txt', folder.at('ws/file-link'));
    symlinkSync('real', folder.at('ws/folder-link'));
    symlinkSync('../outside', folder.at('ws/out-link'));
    symlinkSync('../outside/b.txt', folder.at('ws/out-file'));
    symlinkSync('gone', folder.at('ws/broken'));
    symlinkSync('..', folder.at('ws/real/circle'));
  });

  it('to files are read, to folders not followed, and out of the workspace never', () => {
    expect(hash('**')).toBe(hashOf('real/a.txt', 'real/a.txt'));
    expect(hash('out-link/b.txt', 'out-file', 'broken')).toBe('');
  });

  it('to folders are followed on demand, circles and ways out passed over', () => {
    expect(hash('--follow-symbolic-links', 'folder-link/a.txt', 'out-link/**')).toBe(hashOf('real/a.txt'));
    expect(hash('--follow-symbolic-links', 'real/**')).toBe(hashOf('real/a.txt', 'real/a.txt'));
  });

  it('are the only option', () => {
    expect(hashFiles(folder.at('ws'), ['--follow', '*'])).toMatchObject({ ok: false });
    expect(hashFiles(folder.at('ws'), ['*', '--follow-symbolic-links'])).toMatchObject({ ok: false });
  });
});
