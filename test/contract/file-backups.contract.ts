import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FileChange } from '../../src/core/model/file-change.ts';
import { type Address, addressOf, stepId } from '../../src/core/model/ids.ts';
import type { FileBackups, VisitPlace } from '../../src/core/ports/file-backups.ts';
import { sampleRunId } from '../fakes/sample-run.ts';

/** A workspace with its backups, and what others do to both. */
export interface FileBackupsRig {
  readonly backups: FileBackups;
  /** The same copies as another process sees them. */
  another(): FileBackups;
  /** Writes as a step or a person does, folders included. */
  write(path: string, content: Uint8Array): Promise<void>;
  /** Null where there is no file. */
  read(path: string): Uint8Array | null;
  remove(path: string): void;
  hasFolder(path: string): boolean;
  /** Makes something else of the copy, or takes it away. */
  damageCopy(name: string): void;
  loseCopy(name: string): void;
  dispose(): void;
}

const runId = sampleRunId(1);

function visitOf(address: string, visit = 1): VisitPlace {
  return { runId, address: address as Address, visit };
}

const bump: VisitPlace = { runId, address: addressOf(stepId('bump')), visit: 1 };

/** What every keeper of backups keeps to. */
export function fileBackupsContract(name: string, makeRig: () => FileBackupsRig): void {
  describe(`${name} keeps the contract of file backups:`, () => {
    let rig: FileBackupsRig;
    beforeEach(() => {
      rig = makeRig();
    });
    afterEach(() => rig.dispose());

    const write = (path: string, text: string) => rig.write(path, Buffer.from(text));
    const read = (path: string) => {
      const content = rig.read(path);
      return content === null ? null : Buffer.from(content).toString();
    };
    /** As a step does it. */
    const keepAndWrite = async (place: VisitPlace, path: string, text: string) => {
      await rig.backups.keep(place, path);
      await write(path, text);
    };
    const restoreAll = async (changes: readonly FileChange[]) => {
      const answers: string[] = [];
      for (const change of changes) answers.push(await rig.another().restore(runId, change));
      return answers;
    };

    it('knows nothing of a visit that kept nothing', async () => {
      expect(await rig.backups.changes(bump)).toEqual([]);
    });

    it('puts a text back, from another process too', async () => {
      await write('VERSION', '1.0\n');
      await keepAndWrite(bump, 'VERSION', '2.0\n');
      const changes = await rig.another().changes(bump);
      expect(changes.map(({ path }) => path)).toEqual(['VERSION']);
      expect(await restoreAll(changes)).toEqual(['restored']);
      expect(read('VERSION')).toBe('1.0\n');
    });

    it('puts bytes back as they were, whatever they are and however many', async () => {
      const all = Uint8Array.from({ length: 3 * 1024 * 1024 }, (_, index) => (index * 7 + (index >> 8)) & 0xff);
      const odd = Buffer.from([0xef, 0xbb, 0xbf, 0x31, 0x0d, 0x0a, 0xff, 0xfe, 0x00, 0xc3]);
      await rig.write('large.bin', all);
      await rig.write('odd.txt', odd);
      await keepAndWrite(bump, 'large.bin', 'small');
      await keepAndWrite(bump, 'odd.txt', 'even');
      expect(await restoreAll(await rig.backups.changes(bump))).toEqual(['restored', 'restored']);
      expect(Buffer.from(rig.read('large.bin') ?? []).equals(all)).toBe(true);
      expect(Buffer.from(rig.read('odd.txt') ?? []).equals(odd)).toBe(true);
    });

    it('tells an empty file from none', async () => {
      await write('empty', '');
      await keepAndWrite(bump, 'empty', 'full');
      await keepAndWrite(bump, 'none', '');
      const changes = await rig.backups.changes(bump);
      expect(changes.map(({ path, before }) => [path, before === null])).toEqual([
        ['empty', false],
        ['none', true],
      ]);
      await restoreAll(changes);
      expect([read('empty'), read('none')]).toEqual(['', null]);
    });

    it('names contents so that equal ones have one name and others have another', async () => {
      await write('a', 'one');
      await write('b', 'one');
      await keepAndWrite(bump, 'a', 'two');
      await keepAndWrite(bump, 'b', 'one');
      const [a, b] = await rig.backups.changes(bump);
      expect(a?.before).toBe(b?.before);
      expect(a?.after).not.toBe(a?.before);
      expect(b?.after).toBe(b?.before);
      expect(a?.before).toMatch(/^[0-9a-f]{64}$/);
    });

    it('counts what stood there before the first write of a visit, however often it is kept', async () => {
      await write('VERSION', '1.0');
      await keepAndWrite(bump, 'VERSION', '1.1');
      await rig.another().keep(bump, 'VERSION');
      await write('VERSION', '1.2');
      const changes = await rig.backups.changes(bump);
      expect(changes).toHaveLength(1);
      expect(await restoreAll(changes)).toEqual(['restored']);
      expect(read('VERSION')).toBe('1.0');
    });

    it('keeps visits and steps apart, whatever their addresses hold', async () => {
      const addresses = ['a', 'a.b', 'g[eu/1].a', 'g[us/1].a', 'g#2.a', `g[${'long'.repeat(200)}].a`];
      const places = [...addresses.map((address) => visitOf(address)), visitOf('a', 2)];
      for (const [index, place] of places.entries()) await keepAndWrite(place, `file-${index}`, 'text');
      for (const [index, place] of places.entries()) {
        const changes = await rig.another().changes(place);
        expect(changes.map(({ path }) => path)).toEqual([`file-${index}`]);
      }
    });

    it('takes several steps that wrote one file back to where the first one began', async () => {
      await write('log', '0');
      const left: FileChange[] = [];
      for (const [index, place] of [visitOf('a'), visitOf('b'), visitOf('c')].entries()) {
        await keepAndWrite(place, 'log', String(index + 1));
        left.unshift(...(await rig.backups.changes(place)));
      }
      expect(await restoreAll(left)).toEqual(['restored', 'restored', 'restored']);
      expect(read('log')).toBe('0');
    });

    it('takes a new file away, and the folders that were made for it', async () => {
      await write('docs/a.md', 'a');
      await keepAndWrite(bump, 'docs/new/deep/b.md', 'b');
      await restoreAll(await rig.backups.changes(bump));
      expect(read('docs/new/deep/b.md')).toBeNull();
      expect([rig.hasFolder('docs/new'), rig.hasFolder('docs')]).toEqual([false, true]);
    });

    it.each(['forwards', 'backwards'])('takes several new files of one new folder away with it, %s', async (order) => {
      await keepAndWrite(bump, 'new/one.md', '1');
      await keepAndWrite(bump, 'new/deep/two.md', '2');
      await keepAndWrite(bump, 'new/three.md', '3');
      const changes = await rig.backups.changes(bump);
      await restoreAll(order === 'forwards' ? changes : changes.toReversed());
      expect(rig.hasFolder('new')).toBe(false);
    });

    it('takes the folders away too where somebody has taken the file away before', async () => {
      await keepAndWrite(bump, 'new/deep/file.md', 'x');
      await keepAndWrite(bump, 'new/deep/other.md', 'x');
      const changes = await rig.backups.changes(bump);
      rig.remove('new/deep/file.md');
      rig.remove('new/deep/other.md');
      expect(await restoreAll(changes)).toEqual(['restored', 'restored']);
      expect(rig.hasFolder('new')).toBe(false);
    });

    it('leaves a folder in which others have put something', async () => {
      await keepAndWrite(bump, 'new/deep/ours.md', 'ours');
      await write('new/theirs.md', 'theirs');
      expect(await restoreAll(await rig.backups.changes(bump))).toEqual(['restored']);
      expect([read('new/theirs.md'), rig.hasFolder('new/deep')]).toEqual(['theirs', false]);
    });

    it('leaves a file that is gone out of the changes', async () => {
      await keepAndWrite(bump, 'brief', 'text');
      await keepAndWrite(bump, 'stays', 'text');
      rig.remove('brief');
      expect((await rig.backups.changes(bump)).map(({ path }) => path)).toEqual(['stays']);
    });

    it('does not list what was kept and then never written', async () => {
      await rig.backups.keep(bump, 'never');
      expect(await rig.backups.changes(bump)).toEqual([]);
    });

    it('does not touch a file that somebody has changed since', async () => {
      await write('VERSION', '1.0');
      await keepAndWrite(bump, 'VERSION', '2.0');
      await keepAndWrite(bump, 'NEW', 'new');
      const changes = await rig.backups.changes(bump);
      await write('VERSION', 'mine');
      await write('NEW', 'mine too');
      expect(await restoreAll(changes)).toEqual(['changed', 'changed']);
      expect([read('VERSION'), read('NEW')]).toEqual(['mine', 'mine too']);
    });

    it('does not bring a file back that somebody has taken away since', async () => {
      await write('VERSION', '1.0');
      await keepAndWrite(bump, 'VERSION', '2.0');
      const changes = await rig.backups.changes(bump);
      rig.remove('VERSION');
      expect(await restoreAll(changes)).toEqual(['changed']);
      expect(read('VERSION')).toBeNull();
    });

    it('finds a file that is as before already put back: a second time changes nothing', async () => {
      await write('VERSION', '1.0');
      await keepAndWrite(bump, 'VERSION', '2.0');
      await keepAndWrite(bump, 'new/file', 'x');
      const changes = await rig.backups.changes(bump);
      for (let time = 1; time <= 2; time++) expect(await restoreAll(changes)).toEqual(['restored', 'restored']);
      expect([read('VERSION'), read('new/file')]).toEqual(['1.0', null]);
    });

    it('needs no copy for a file that nobody changed', async () => {
      await write('VERSION', '1.0');
      await keepAndWrite(bump, 'VERSION', '1.0');
      const [change] = await rig.backups.changes(bump);
      rig.loseCopy(change?.before ?? '');
      expect(await restoreAll(change ? [change] : [])).toEqual(['restored']);
    });

    it.each([
      ['is gone', 'not-found', 'loseCopy'],
      ['is damaged', 'handler', 'damageCopy'],
    ] as const)(
      'rejects where the copy %s, names the file and leaves it as the step left it',
      async (what, kind, spoil) => {
        await write('VERSION', '1.0');
        await keepAndWrite(bump, 'VERSION', '2.0');
        const [change] = await rig.backups.changes(bump);
        if (!change?.before) throw new Error('nothing was kept');
        rig[spoil](change.before);
        await expect(rig.another().restore(runId, change)).rejects.toMatchObject({
          failure: { kind, message: expect.stringMatching(new RegExp(`"VERSION".* ${what}`)) },
        });
        expect(read('VERSION')).toBe('2.0');
      },
    );

    it('keeps the copies of runs apart', async () => {
      const other = { ...bump, runId: sampleRunId(2) };
      await write('VERSION', '1.0');
      await keepAndWrite(bump, 'VERSION', '2.0');
      expect(await rig.backups.changes(other)).toEqual([]);
      await keepAndWrite(other, 'VERSION', '3.0');
      const [change] = await rig.backups.changes(other);
      if (!change) throw new Error('nothing was kept');
      expect(await rig.backups.restore(other.runId, change)).toBe('restored');
      expect(read('VERSION')).toBe('2.0');
    });
  });
}
