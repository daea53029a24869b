import {
  appendFileSync,
  chmodSync,
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { NodeFileBackups } from '../../../../src/adapters/node-files/node-file-backups.ts';
import { NodeWorkspaceFiles } from '../../../../src/adapters/node-files/node-workspace-files.ts';
import { addressOf, stepId } from '../../../../src/core/model/ids.ts';
import { sampleRunId } from '../../../fakes/sample-run.ts';
import { TempFolder } from '../../../rigs/temp-folder.ts';

const made: TempFolder[] = [];
afterEach(() => {
  for (const folder of made.splice(0)) folder.remove();
});

const runId = sampleRunId(1);
const place = { runId, address: addressOf(stepId('bump')), visit: 1 };

function bench(files: { readonly [path: string]: string } = {}) {
  const workspace = new TempFolder(files);
  const state = new TempFolder();
  made.push(workspace, state);
  const backups = () => new NodeFileBackups(workspace.path, (id) => join(state.path, id, 'before'));
  const write = async (path: string, text: string) => {
    await backups().keep(place, path);
    await new NodeWorkspaceFiles(workspace.path).write(path, text);
  };
  return { workspace, state, backups, write };
}

describe('a file that a step wrote', () => {
  it('comes back byte for byte, with its mode, from another process', async () => {
    const { workspace, backups, write } = bench();
    const bytes = Buffer.from([0xef, 0xbb, 0xbf, 0x31, 0x2e, 0x30, 0x0d, 0x0a, 0xff, 0x00]);
    writeFileSync(join(workspace.path, 'VERSION'), bytes);
    chmodSync(join(workspace.path, 'VERSION'), 0o750);
    await write('VERSION', '2.0\n');
    const [change] = await backups().changes(place);
    if (!change) throw new Error('the change was not seen');
    expect(await backups().restore(runId, change)).toBe('restored');
    expect(readFileSync(join(workspace.path, 'VERSION'))).toEqual(bytes);
    expect(statSync(join(workspace.path, 'VERSION')).mode & 0o777).toBe(0o750);
  });

  it('keeps what stood there before its first write, whichever attempt wrote last', async () => {
    const { workspace, backups, write } = bench({ VERSION: '1.0\n' });
    await write('VERSION', '1.1\n');
    await write('VERSION', '1.2\n');
    for (const change of await backups().changes(place)) await backups().restore(runId, change);
    expect(workspace.read('VERSION')).toBe('1.0\n');
  });

  it('goes where there was none, with the folders that were made for it', async () => {
    const { workspace, backups, write } = bench({ 'docs/a.md': 'a' });
    await write('docs/new/deep/b.md', 'b');
    for (const change of await backups().changes(place)) await backups().restore(runId, change);
    expect(existsSync(join(workspace.path, 'docs/new'))).toBe(false);
    expect(workspace.read('docs/a.md')).toBe('a');
  });

  it('leaves a folder that holds something else by now', async () => {
    const { workspace, backups, write } = bench();
    await write('docs/new/b.md', 'b');
    writeFileSync(join(workspace.path, 'docs/new/mine.md'), 'mine');
    for (const change of await backups().changes(place)) await backups().restore(runId, change);
    expect(existsSync(join(workspace.path, 'docs/new/b.md'))).toBe(false);
    expect(workspace.read('docs/new/mine.md')).toBe('mine');
  });

  it('is no matter any more where somebody has put a folder of its name', async () => {
    const { workspace, backups, write } = bench();
    await write('docs/new', 'text');
    const changes = await backups().changes(place);
    rmSync(join(workspace.path, 'docs/new'));
    workspace.write('docs/new/mine.md', 'mine');
    for (const change of changes) expect(await backups().restore(runId, change)).toBe('restored');
    expect(workspace.read('docs/new/mine.md')).toBe('mine');
  });

  it('is not touched where it is not as the step left it', async () => {
    const { workspace, backups, write } = bench({ VERSION: '1.0\n' });
    await write('VERSION', '1.1\n');
    const changes = await backups().changes(place);
    writeFileSync(join(workspace.path, 'VERSION'), 'edited\n');
    for (const change of changes) expect(await backups().restore(runId, change)).toBe('changed');
    expect(workspace.read('VERSION')).toBe('edited\n');
  });

  it('is put back once: a second time finds it as it was', async () => {
    const { backups, write } = bench({ VERSION: '1.0\n' });
    await write('VERSION', '1.1\n');
    const changes = await backups().changes(place);
    for (const change of changes) expect(await backups().restore(runId, change)).toBe('restored');
    for (const change of changes) expect(await backups().restore(runId, change)).toBe('restored');
  });

  it('is known to have been written although it stands as before', async () => {
    const { backups, write } = bench({ VERSION: '1.0\n' });
    await write('VERSION', '1.0\n');
    const [change] = await backups().changes(place);
    expect(change?.path).toBe('VERSION');
    expect(change?.after).toBe(change?.before);
  });

  it('outside the workspace is refused before anything is copied', async () => {
    const { workspace, state, backups } = bench();
    symlinkSync('/etc', join(workspace.path, 'out'));
    await expect(backups().keep(place, 'out/passwd')).rejects.toMatchObject({ failure: { kind: 'permission' } });
    expect(existsSync(join(state.path, runId))).toBe(false);
  });
});

describe('a file that is reached through a link', () => {
  it('comes back where it is, and the link stays a link', async () => {
    const { workspace, backups, write } = bench({ 'real/VERSION': '1.0\n' });
    symlinkSync('real/VERSION', join(workspace.path, 'VERSION'));
    await write('VERSION', '2.0\n');
    for (const change of await backups().changes(place))
      expect(await backups().restore(runId, change)).toBe('restored');
    expect(workspace.read('real/VERSION')).toBe('1.0\n');
    expect(readlinkSync(join(workspace.path, 'VERSION'))).toBe('real/VERSION');
  });

  it('is one file with the one that the link leads to, whichever name it was written by', async () => {
    const { workspace, backups, write } = bench({ 'real/VERSION': '1.0\n' });
    symlinkSync('real', join(workspace.path, 'linked'));
    await write('linked/VERSION', '1.1\n');
    await write('real/VERSION', '1.2\n');
    await write('./real/../linked/VERSION', '1.3\n');
    const changes = await backups().changes(place);
    expect(changes.map(({ path }) => path)).toEqual(['real/VERSION']);
    for (const change of changes) expect(await backups().restore(runId, change)).toBe('restored');
    expect(workspace.read('real/VERSION')).toBe('1.0\n');
  });

  it('goes again where the link led to nothing, and the link stays', async () => {
    const { workspace, backups, write } = bench({ 'real/other': 'x' });
    symlinkSync('real/VERSION', join(workspace.path, 'VERSION'));
    await write('VERSION', '1.0\n');
    for (const change of await backups().changes(place))
      expect(await backups().restore(runId, change)).toBe('restored');
    expect(existsSync(join(workspace.path, 'real/VERSION'))).toBe(false);
    expect(lstatSync(join(workspace.path, 'VERSION')).isSymbolicLink()).toBe(true);
  });

  it('is not written through a link that somebody has put in its place since', async () => {
    const { workspace, state, backups, write } = bench({ 'sub/VERSION': '1.0\n' });
    await write('sub/VERSION', '2.0\n');
    const [change] = await backups().changes(place);
    if (!change) throw new Error('the change was not seen');
    state.write('outside/VERSION', '2.0\n');
    rmSync(join(workspace.path, 'sub'), { recursive: true });
    symlinkSync(join(state.path, 'outside'), join(workspace.path, 'sub'));
    await expect(backups().restore(runId, change)).rejects.toMatchObject({ failure: { kind: 'permission' } });
    expect(state.read('outside/VERSION')).toBe('2.0\n');
  });
});

describe('what a process that was killed while it kept a file left behind', () => {
  const copiesIn = (state: TempFolder) => join(state.path, runId, 'before');

  it('does not pass for the copy', async () => {
    const { workspace, state, backups } = bench({ VERSION: 'a long text that was there before\n' });
    await backups().keep(place, 'VERSION');
    const [name] = readdirSync(copiesIn(state)).filter((file) => /^[0-9a-f]{64}$/.test(file));
    if (name === undefined) throw new Error('nothing was copied');
    rmSync(join(copiesIn(state), name));
    writeFileSync(join(copiesIn(state), `${name}.part`), 'a long');
    const second = { ...place, visit: 2 };
    await backups().keep(second, 'VERSION');
    await new NodeWorkspaceFiles(workspace.path).write('VERSION', '2.0\n');
    for (const change of await backups().changes(second)) await backups().restore(runId, change);
    expect(workspace.read('VERSION')).toBe('a long text that was there before\n');
  });

  it('takes no later file of the list with it', async () => {
    const { workspace, state, backups, write } = bench({ a: '1', b: '1' });
    await write('a', '2');
    const [list] = readdirSync(copiesIn(state)).filter((file) => file.endsWith('.jsonl'));
    if (list === undefined) throw new Error('nothing was listed');
    appendFileSync(join(copiesIn(state), list), '{"path":"c","bef');
    await write('b', '2');
    const changes = await backups().changes(place);
    expect(changes.map(({ path }) => path)).toEqual(['a', 'b']);
    for (const change of changes) await backups().restore(runId, change);
    expect([workspace.read('a'), workspace.read('b')]).toEqual(['1', '1']);
  });
});
