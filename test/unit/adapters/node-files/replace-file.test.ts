import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { replaceFile } from '../../../../src/adapters/node-files/replace-file.ts';
import { TempFolder } from '../../../rigs/temp-folder.ts';

let folder: TempFolder;
beforeEach(() => {
  folder = new TempFolder({ VERSION: '1.0.0\n' });
});
afterEach(() => folder.remove());

const left = (owner: number, name = 'VERSION') => `.${name}.${owner}-0123456789ab.tmp`;
/** The number of a process that has ended. */
const ended = () => spawnSync(process.execPath, ['-e', '']).pid;
const replaced = () => {
  replaceFile(`${folder.path}/VERSION`, '2.0.0\n');
  return [folder.read('VERSION'), ...readdirSync(folder.path).toSorted()];
};

describe('a file that is put in the place of another', () => {
  it('leaves nothing beside it', () => {
    expect(replaced()).toEqual(['2.0.0\n', 'VERSION']);
  });

  it('takes away what processes left beside it that were killed meanwhile, an earlier one of this number too', () => {
    folder.write(left(ended()), '2.0');
    folder.write(left(process.pid), '2.0');
    expect(replaced()).toEqual(['2.0.0\n', 'VERSION']);
  });

  it('leaves what a process may be about to put in its place, and what is of other files', () => {
    const others = [left(process.ppid), left(ended(), 'VERSION.md'), '.VERSION.tmp', '.VERSION.x-0123456789ab.tmp'];
    for (const name of others) folder.write(name, '2.0');
    expect(replaced()).toEqual(['2.0.0\n', ...[...others, 'VERSION'].toSorted()]);
  });
});
