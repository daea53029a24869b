import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RunLock } from '../../../../src/adapters/sqlite-journal/run-lock.ts';
import { sha256 } from '../../../../src/adapters/sqlite-journal/sha256.ts';
import { SqliteJournal } from '../../../../src/adapters/sqlite-journal/sqlite-journal.ts';
import { SqliteRunStore } from '../../../../src/adapters/sqlite-journal/sqlite-run-store.ts';
import { StateDatabase } from '../../../../src/adapters/sqlite-journal/state-database.ts';
import { emptyJournal } from '../../../../src/core/journal/chain.ts';
import { RunRows } from '../../../../src/core/journal/run-rows.ts';
import type { RunId } from '../../../../src/core/model/ids.ts';
import { runStarted, sampleRun, sampleRunId, sampleStart, stepEvents } from '../../../fakes/sample-run.ts';
import { StateRig } from './state-rig.ts';

const id = sampleRunId(1);
const ownerProgram = join(import.meta.dirname, 'owner-process.ts');

let rig: StateRig;
beforeEach(() => {
  rig = new StateRig();
});
afterEach(() => rig.dispose());

async function startOwner(number: number, appends: number) {
  const child = spawn(process.execPath, [ownerProgram, rig.folder, String(number), String(appends)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return child;
}

describe('the state folder', () => {
  it('is not made by reading', async () => {
    const store = rig.store();
    expect(await store.list()).toEqual([]);
    expect(await store.open(id)).toMatchObject({ ok: false, error: { kind: 'unknown-run' } });
    expect(existsSync(rig.folder)).toBe(false);
  });

  it('hides itself from git inside a workspace', async () => {
    await rig.record(id, sampleRun(id));
    expect(readFileSync(join(rig.folder, '.gitignore'), 'utf8')).toBe('*\n');
    expect(readdirSync(rig.folder).sort()).toEqual(['.gitignore', 'locks', 'runs', 'state.db']);
    expect(statSync(join(rig.folder, 'runs', id)).isDirectory()).toBe(true);
  });

  it('hides itself where an engine died over that', async () => {
    mkdirSync(rig.folder);
    writeFileSync(join(rig.folder, '.gitignore'), '');
    await rig.record(id, sampleRun(id));
    expect(readFileSync(join(rig.folder, '.gitignore'), 'utf8')).toBe('*\n');
  });

  it('says nothing to git outside of the workspace', async () => {
    const store = new SqliteRunStore({ folder: join(rig.root, 'out'), workspace: join(rig.root, 'workspace') });
    expect(await store.create(id)).toMatchObject({ ok: true });
    await store.close();
    expect(existsSync(join(rig.root, 'out', '.gitignore'))).toBe(false);
  });

  it('never hides a folder that held something before', async () => {
    mkdirSync(rig.folder);
    writeFileSync(join(rig.folder, 'notes.txt'), 'mine');
    await rig.record(id, sampleRun(id));
    expect(existsSync(join(rig.folder, '.gitignore'))).toBe(false);

    writeFileSync(join(rig.folder, '.gitignore'), '');
    await rig.record(sampleRunId(2), sampleRun(sampleRunId(2)));
    expect(readFileSync(join(rig.folder, '.gitignore'), 'utf8')).toBe('');
  });

  it('is refused with its name where a file stands in its place', async () => {
    writeFileSync(rig.folder, '');
    const refused = await rig.store().create(id);
    expect(refused).toMatchObject({ ok: false, error: { kind: 'unreadable' } });
    if (!refused.ok) expect(refused.error.message).toContain('--state-dir');
  });

  it('keeps everything in the main file once it is closed', async () => {
    await rig.record(id, sampleRun(id, 50));
    expect(existsSync(`${rig.file}-wal`)).toBe(false);
    expect(rig.query('SELECT count(*) AS events FROM execution_history')).toEqual([
      { events: sampleRun(id, 50).length },
    ]);
  });

  it('is taken for a new one where its making was interrupted before the first table', async () => {
    mkdirSync(rig.folder);
    writeFileSync(rig.file, '');
    expect(await rig.store().list()).toEqual([]);
    await rig.record(id, sampleRun(id));
    expect(await rig.store().list()).toHaveLength(1);
  });
});

describe('run ids', () => {
  const bad = (text: string): RunId => JSON.parse(JSON.stringify(text));

  it.each(['../../etc', '', '20260304-050607-00000', '20260304-050607-0000001', 'a/b', '20260304-050607-00000A\0'])(
    'are checked before they become paths: %j',
    async (text) => {
      const store = rig.store();
      for (const refused of [await store.create(bad(text)), await store.open(bad(text)), await store.read(bad(text))]) {
        expect(refused).toMatchObject({ ok: false, error: { kind: 'unknown-run' } });
      }
      expect(() => store.runFolder(bad(text))).toThrow('not a run id');
      expect(existsSync(rig.folder)).toBe(false);
    },
  );
});

describe('the owner of a run', () => {
  it('keeps others out while it lives, and none of them when it was killed', async () => {
    const owner = await startOwner(1, 0);
    const store = rig.store();
    expect(await store.list()).toMatchObject([{ runId: id, status: 'running', owned: true }]);
    const refused = await store.open(id);
    expect(refused).toMatchObject({ ok: false, error: { kind: 'owned' } });
    expect(await store.create(id)).toMatchObject({ ok: false, error: { kind: 'owned' } });
    expect(await store.read(id)).toEqual({ ok: true, value: [runStarted(id)] });

    owner.kill('SIGKILL');
    await once(owner, 'exit');
    expect(await store.list()).toMatchObject([{ runId: id, status: 'running', owned: false }]);
    expect(await store.open(id)).toMatchObject({ ok: true, value: { events: [runStarted(id)] } });
  });

  it('is one of several that try at once', async () => {
    await rig.record(id, [runStarted(id)]);
    const stores = Array.from({ length: 5 }, () => rig.store());
    const opened = await Promise.all(stores.map((store) => store.open(id)));
    expect(opened.filter(({ ok }) => ok)).toHaveLength(1);
  });

  it('loses the run when it cannot be taken up, so that nothing stays locked', async () => {
    await rig.record(id, sampleRun(id));
    rig.tamper(`UPDATE executions SET status = 'failed'`);
    const store = rig.store();
    expect(await store.open(id)).toMatchObject({ ok: false, error: { kind: 'corrupt' } });
    expect(await store.rebuildTables()).toMatchObject({ ok: true });
    expect(await rig.store().open(id)).toMatchObject({ ok: true });
  });
});

describe('several processes in one state folder', () => {
  it('record their runs side by side', async () => {
    const appends = 60;
    const owners = await Promise.all([1, 2, 3].map((number) => startOwner(number, appends)));
    for (const owner of owners) {
      if (owner.exitCode === null) await once(owner, 'exit');
      expect(owner.exitCode).toBe(0);
    }
    const store = rig.store();
    for (const number of [1, 2, 3]) {
      const read = await store.read(sampleRunId(number));
      if (!read.ok) throw new Error(read.error.message);
      expect(read.value).toHaveLength(1 + 3 * appends);
    }
    expect(await store.list()).toHaveLength(3);
  });
});

describe('a journal that cannot be written', () => {
  it('rejects with what to do, keeps what was committed, and takes nothing more', async () => {
    await rig.record(id, [runStarted(id)]);
    const raw = new DatabaseSync(rig.file);
    const pages = Number(raw.prepare('PRAGMA page_count').get()?.page_count);
    raw.exec(`PRAGMA max_page_count = ${pages + 2}`);
    const other = sampleRunId(2);
    const lockFile = join(rig.folder, 'locks', `${other}.lock`);
    const lock = RunLock.acquire(lockFile, 0);
    if (lock === null) throw new Error('not free');
    const database = new StateDatabase(raw, rig.file);
    const head = emptyJournal(other, sha256);
    const journal = new SqliteJournal({ runId: other, database, lock, head, rows: new RunRows(sha256) }, () => {});

    await journal.append([runStarted(other)], 'normal');
    const many = Array.from({ length: 40 }, (_, step) => stepEvents(`s${step}`, sampleStart)).flat();
    const failure = await journal.append(many, 'full').catch((error: unknown) => error);
    expect(failure).toMatchObject({ refusal: { kind: 'unreadable' } });
    expect(String(failure)).toMatch(/the disk is full.*event 1 stands.*vwmp resume/);
    await expect(journal.append(stepEvents('a', sampleStart), 'normal')).rejects.toBe(failure);
    expect(RunLock.isHeld(lockFile)).toBe(false);
    raw.close();
    expect(await rig.store().read(other)).toEqual({ ok: true, value: [runStarted(other)] });
  });
});
