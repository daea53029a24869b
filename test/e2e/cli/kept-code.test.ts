import { execFileSync } from 'node:child_process';
import {
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { builtProgram } from '../../rigs/built-bundle.ts';
import { CliFolder } from '../../rigs/cli.ts';

let folder: CliFolder;

beforeEach(() => {
  folder = new CliFolder({
    'hello.yml': 'name: hello\nsteps:\n  - { id: say, run: echo hello }\n',
    'other.yml':
      'name: other\nsteps:\n  - { id: say, handler: command.exec, config: { command: echo, args: [other] } }\n',
    'fails.yml': 'name: fails\nsteps:\n  - { id: say, run: exit 1 }\n',
  });
});
afterEach(() => folder.remove());

const longAgo = new Date('2026-01-01T00:00:00Z');

function vwmp(args: readonly string[], env: { readonly [name: string]: string } = {}) {
  return folder.vwmp(args, { env: { NODE_COMPILE_CACHE: join(folder.path, 'cache'), ...env } });
}

/** Where the code of the builds lies: in the folder that Node makes for its version. */
function buildsFolder(): string {
  const versions = readdirSync(join(folder.path, 'cache'));
  expect(versions).toHaveLength(1);
  return join(folder.path, 'cache', versions[0] ?? '');
}

function keptFolder(): string {
  const builds = readdirSync(buildsFolder()).filter((name) => name.startsWith('vwmp-'));
  expect(builds).toHaveLength(1);
  return join(buildsFolder(), builds[0] ?? '');
}

/** Runs a command and says whether it kept its code anew. */
async function keepsAnew(args: readonly string[], expected = 0): Promise<boolean> {
  const file = join(keptFolder(), args[0] ?? '');
  utimesSync(file, longAgo, longAgo);
  expect((await vwmp(args)).code).toBe(expected);
  return statSync(file).mtimeMs !== longAgo.getTime();
}

describe('code that is kept between starts', () => {
  it('has a file for each command, for the user alone', async () => {
    expect((await vwmp(['run', 'hello.yml'])).code).toBe(0);
    expect((await vwmp(['validate', 'hello.yml'])).code).toBe(0);
    expect((await vwmp(['--version'])).code).toBe(0);
    expect(readdirSync(keptFolder()).sort()).toEqual(['other', 'run', 'validate']);
    expect(statSync(keptFolder()).mode & 0o077).toBe(0);
    for (const name of readdirSync(keptFolder())) expect(statSync(join(keptFolder(), name)).mode & 0o077).toBe(0);
  });

  it('is taken as it is by the next start of the same kind', async () => {
    await vwmp(['run', 'hello.yml']);
    expect(await keepsAnew(['run', 'hello.yml'])).toBe(false);
  });

  it('grows where another handler runs, or a run ends in another way, and then stays', async () => {
    await vwmp(['run', 'hello.yml']);
    expect(await keepsAnew(['run', 'other.yml'])).toBe(true);
    expect(await keepsAnew(['run', 'fails.yml'], 1)).toBe(true);
    expect(await keepsAnew(['run', 'hello.yml'])).toBe(false);
    expect(await keepsAnew(['run', 'other.yml'])).toBe(false);
    expect(await keepsAnew(['run', 'fails.yml'], 1)).toBe(false);
  });

  it.each([
    ['cut off', (content: Buffer) => content.subarray(0, content.length / 2)],
    [
      'changed in one bit',
      (content: Buffer) => Buffer.from(content.map((byte, at) => (at === 5000 ? byte ^ 1 : byte))),
    ],
    ['empty', () => Buffer.alloc(0)],
    ['another file', () => Buffer.from('something else altogether')],
  ])('that is damaged (%s) is not run, and made again', async (_, damage) => {
    await vwmp(['run', 'hello.yml']);
    const file = join(keptFolder(), 'run');
    writeFileSync(file, damage(readFileSync(file)));
    expect(await keepsAnew(['run', 'hello.yml'])).toBe(true);
    expect(await keepsAnew(['run', 'hello.yml'])).toBe(false);
  });

  it.runIf(process.geteuid?.() === 0)('of another user is not run', async () => {
    await vwmp(['run', 'hello.yml']);
    chownSync(join(keptFolder(), 'run'), 12_345, 12_345);
    expect(await keepsAnew(['run', 'hello.yml'])).toBe(true);
  });

  it('is not that of a program which was changed by hand since', () => {
    const dist = join(folder.path, 'dist');
    cpSync(dirname(builtProgram('cli.js')), dist, { recursive: true });
    const env = { ...process.env, NODE_COMPILE_CACHE: join(folder.path, 'cache') };
    const validate = () =>
      execFileSync(process.execPath, [join(dist, 'cli.js'), 'validate', 'hello.yml'], { cwd: folder.path, env });
    const builds = () => readdirSync(buildsFolder()).filter((name) => name.startsWith('vwmp-'));
    validate();
    validate();
    expect(builds()).toHaveLength(1);
    utimesSync(join(dist, 'cli-program.js'), longAgo, longAgo);
    validate();
    expect(builds()).toHaveLength(2);
  });

  it('is kept apart for other options of the engine', async () => {
    await vwmp(['run', 'hello.yml']);
    const file = join(keptFolder(), 'run');
    utimesSync(file, longAgo, longAgo);
    const { code, stdout } = await vwmp(['run', 'hello.yml'], { NODE_OPTIONS: '--max-old-space-size=300' });
    expect({ code, said: stdout.includes('hello') }).toEqual({ code: 0, said: true });
    expect(statSync(file).mtimeMs).toBe(longAgo.getTime());
  });

  it('is not wanted where the compile cache of Node is switched off', async () => {
    expect((await vwmp(['run', 'hello.yml'], { NODE_DISABLE_COMPILE_CACHE: '1' })).code).toBe(0);
    expect(existsSync(join(folder.path, 'cache'))).toBe(false);
  });

  it('that cannot be written changes nothing else', async () => {
    writeFileSync(join(folder.path, 'cache'), 'a file where the folder should be');
    const { code, stderr } = await vwmp(['run', 'hello.yml']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  it('is there for the newest eight builds', async () => {
    await vwmp(['validate', 'hello.yml']);
    const [builds, newest] = [buildsFolder(), keptFolder()];
    for (let build = 0; build < 10; build++) {
      const path = join(builds, `vwmp-0000000${build}`);
      mkdirSync(path);
      utimesSync(path, longAgo, new Date(longAgo.getTime() + build));
    }
    rmSync(newest, { recursive: true });
    await vwmp(['validate', 'hello.yml']);
    const left = readdirSync(builds).filter((name) => name.startsWith('vwmp-'));
    expect(left).toHaveLength(8);
    expect(left.filter((name) => name.startsWith('vwmp-0000000')).sort()).toEqual(
      [3, 4, 5, 6, 7, 8, 9].map((build) => `vwmp-0000000${build}`),
    );
  });
});
