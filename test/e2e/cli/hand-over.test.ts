import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TempFolder } from '../../rigs/temp-folder.ts';

const program = fileURLToPath(new URL('../../../bin/vwmp.js', import.meta.url));
/** What makes this Node say that it is an old one; the one that is started then does not get it. */
const old = `data:text/javascript,Object.defineProperty(process.versions,'node',{value:'20.1.0'})`;

let folder: TempFolder;
beforeEach(() => {
  folder = new TempFolder({
    'long.yml': 'name: Long\nsteps:\n  - id: wait\n    run: echo it has begun; exec sleep 60\n',
    'code.yml': 'name: Code\nsteps:\n  - id: fails\n    run: exit 3\n',
  });
});
afterEach(() => folder.remove());

function start(...args: readonly string[]) {
  return startAt(program, args);
}

function startAt(at: string, args: readonly string[]) {
  const child = spawn(process.execPath, ['--import', old, at, ...args], {
    cwd: folder.path,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const begun = Promise.withResolvers<void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (output.includes('it has begun')) begun.resolve();
    });
  }
  return { child, begun: begun.promise, ended: once(child, 'close').then(([code]) => ({ code, output })) };
}

describe('the command line under a Node that is too old', () => {
  it('hands over to that of the checkout, with its exit code', async () => {
    expect((await start('run', 'code.yml').ended).code).toBe(1);
    expect(await start('--version').ended).toMatchObject({ code: 0 });
  });

  it('says what it needs where there is none, and where that of the checkout cannot be started', async () => {
    folder.write('bin/vwmp.js', readFileSync(program, 'utf8'));
    folder.write('package.json', '{"type":"module"}');
    const at = join(folder.path, 'bin/vwmp.js');
    const line = 'vwmp needs Node 24 or newer; this is v';
    const needed = await startAt(at, ['--version']).ended;
    expect(needed).toEqual({ code: 2, output: expect.stringMatching(`^${line}[0-9.]+\\.\n$`) });
    folder.write('node_modules/node/bin/node', 'not to be executed');
    const refused = await startAt(at, ['--version']).ended;
    expect(refused).toEqual({ code: 2, output: expect.stringMatching(`^${line}.* cannot be started: .*EACCES\\.\n$`) });
  });

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
    'hands %s over, waits for the end and tells of it',
    async (signal) => {
      const { child, begun, ended } = start('run', 'long.yml');
      await begun;
      child.kill(signal);
      const { code, output } = await ended;
      expect([code, output]).toEqual([130, expect.stringContaining(`cancelled by ${signal}`)]);
    },
  );
});
