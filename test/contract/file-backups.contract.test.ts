import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { NodeFileBackups } from '../../src/adapters/node-files/node-file-backups.ts';
import { replaceFile } from '../../src/adapters/node-files/replace-file.ts';
import { MemoryBackups } from '../fakes/memory-backups.ts';
import { sampleRunId } from '../fakes/sample-run.ts';
import { TempFolder } from '../rigs/temp-folder.ts';
import { fileBackupsContract } from './file-backups.contract.ts';

// Texts of the fake hold one byte a character.
fileBackupsContract('MemoryBackups', () => {
  const files: { [path: string]: string } = {};
  const backups = new MemoryBackups(files);
  return {
    backups,
    another: () => backups,
    write: async (path, content) => {
      files[path] = Buffer.from(content).toString('latin1');
    },
    read: (path) => {
      const text = files[path];
      return text === undefined ? null : Buffer.from(text, 'latin1');
    },
    remove: (path) => {
      delete files[path];
    },
    hasFolder: (path) => Object.keys(files).some((file) => file.startsWith(`${path}/`)),
    damageCopy: (name) => backups.copies.set(name, 'something else'),
    loseCopy: (name) => backups.copies.delete(name),
    dispose: () => {},
  };
});

fileBackupsContract('NodeFileBackups', () => {
  const workspace = new TempFolder();
  const state = new TempFolder();
  const open = () => new NodeFileBackups(workspace.path, (runId) => join(state.path, runId, 'before'));
  const placeOf = (path: string) => join(workspace.path, path);
  const copyOf = (name: string) => join(state.path, sampleRunId(1), 'before', name);
  return {
    backups: open(),
    another: open,
    write: async (path, content) => {
      await mkdir(dirname(placeOf(path)), { recursive: true });
      replaceFile(placeOf(path), content);
    },
    read: (path) => (existsSync(placeOf(path)) ? readFileSync(placeOf(path)) : null),
    remove: (path) => rmSync(placeOf(path)),
    hasFolder: (path) => workspace.has(path),
    damageCopy: (name) => writeFileSync(copyOf(name), 'something else'),
    loseCopy: (name) => rmSync(copyOf(name)),
    dispose: () => {
      workspace.remove();
      state.remove();
    },
  };
});
