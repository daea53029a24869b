import { copyFileSync, readFileSync, statSync, symlinkSync, truncateSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sha256 } from '../../../../src/adapters/sqlite-journal/sha256.ts';
import { chain, emptyJournal } from '../../../../src/core/journal/chain.ts';
import { encodeEvent } from '../../../../src/core/journal/event-text.ts';
import { eventfulRun, runStarted, sampleRun, sampleRunId } from '../../../fakes/sample-run.ts';
import { SeededRandom } from '../../../fakes/seeded-random.ts';
import { StateRig } from './state-rig.ts';

const id = sampleRunId(1);
const events = sampleRun(id, 5);
const run = `execution_id = '${id}'`;

let rig: StateRig;
beforeEach(async () => {
  rig = new StateRig();
  await rig.record(id, events);
});
afterEach(() => rig.dispose());

async function refusal(): Promise<{ kind: string; message: string }> {
  const opened = await rig.store().open(id);
  if (opened.ok) throw new Error('the damaged run was opened');
  return opened.error;
}

describe('a state file that was changed from outside', () => {
  const edits: readonly (readonly [string, string, number])[] = [
    [
      'a changed outcome',
      `UPDATE execution_history SET event = replace(event, '"kind":"success"', '"kind":"skipped"') WHERE sequence = 4`,
      4,
    ],
    [
      'one changed character',
      `UPDATE execution_history SET event = replace(event, 'docs', 'dogs') WHERE sequence = 1`,
      1,
    ],
    ['another spelling of the same event', `UPDATE execution_history SET event = event || ' ' WHERE sequence = 3`, 3],
    ['an event that is no text', `UPDATE execution_history SET event = CAST(event AS BLOB) WHERE sequence = 3`, 3],
    [
      'a changed hash',
      `UPDATE execution_history SET hash = replace(hash, substr(hash, 1, 1), 'x') WHERE sequence = 6`,
      6,
    ],
    [
      "two events in each other's place",
      `UPDATE execution_history SET sequence = -2 WHERE sequence = 2; UPDATE execution_history SET sequence = 2 WHERE sequence = 3; UPDATE execution_history SET sequence = 3 WHERE sequence = -2`,
      2,
    ],
    ['a removed first event', 'DELETE FROM execution_history WHERE sequence = 1', 1],
    ['a removed event', 'DELETE FROM execution_history WHERE sequence = 5', 5],
    ['a removed last event', `DELETE FROM execution_history WHERE sequence = ${events.length}`, events.length],
    ['all events removed', 'DELETE FROM execution_history', 1],
    [
      'a removed event whose place is closed',
      'DELETE FROM execution_history WHERE sequence = 5; UPDATE execution_history SET sequence = sequence - 1 WHERE sequence > 5',
      5,
    ],
    [
      'a duplicated event',
      `INSERT INTO execution_history (execution_id, sequence, event, hash) SELECT execution_id, ${events.length + 1}, event, hash FROM execution_history WHERE sequence = ${events.length}`,
      events.length + 1,
    ],
    [
      'an event before the first',
      `INSERT INTO execution_history (execution_id, sequence, event, hash) SELECT execution_id, 0, event, hash FROM execution_history WHERE sequence = 1`,
      1,
    ],
    ['a removed row of the run', 'DELETE FROM executions', 1],
    ['a status that the events do not give', `UPDATE executions SET status = 'failed'`, events.length],
    [
      'a failed step made a success',
      `UPDATE step_executions SET status = 'failed' WHERE address = 's1'`,
      events.length,
    ],
    [
      'an added row of a step',
      `INSERT INTO step_executions SELECT execution_id, 'more', visit, status, skipped, attempts, started_at, ended_at, duration_ms, error_kind, error FROM step_executions WHERE address = 's1'`,
      events.length,
    ],
    ['a removed row of a step', `DELETE FROM step_executions WHERE address = 's1'`, events.length],
    ['another name of the workflow', `UPDATE workflows SET name = 'other'`, events.length],
  ];

  it.each(edits)('is refused, with file, run and event: %s', async (_, sql, sequence) => {
    rig.tamper(sql);
    const { kind, message } = await refusal();
    expect(kind).toBe('corrupt');
    expect(message).toContain(rig.file);
    expect(message).toContain(id);
    expect(message).toContain(`event ${sequence}`);
    expect(message).toContain('vwmp run');
  });

  it.each(edits)('is not read either: %s', async (_, sql) => {
    rig.tamper(sql);
    expect(await rig.store().read(id)).toMatchObject({ ok: false, error: { kind: 'corrupt' } });
  });

  it('does not take the events of one run for those of another', async () => {
    const other = sampleRunId(2);
    await rig.record(other, sampleRun(other, 1));
    rig.tamper(`DELETE FROM execution_history WHERE ${run};
      UPDATE execution_history SET execution_id = '${id}' WHERE execution_id = '${other}';
      UPDATE executions SET last_sequence = (SELECT last_sequence FROM executions WHERE id = '${other}'),
        last_hash = (SELECT last_hash FROM executions WHERE id = '${other}') WHERE id = '${id}'`);
    expect((await refusal()).kind).toBe('corrupt');
  });

  it('keeps other runs usable', async () => {
    const other = sampleRunId(2);
    await rig.record(other, sampleRun(other, 1));
    rig.tamper(`UPDATE execution_history SET event = event || ' ' WHERE ${run}`);
    expect(await rig.store().read(other)).toMatchObject({ ok: true });
  });

  it('is found out by any flipped bit of any event', async () => {
    const random = new SeededRandom(7);
    const texts = rig.query(`SELECT sequence, event FROM execution_history WHERE ${run}`);
    const database = new DatabaseSync(rig.file);
    database.exec('PRAGMA synchronous = OFF');
    const write = database.prepare('UPDATE execution_history SET event = CAST(? AS TEXT) WHERE sequence = ?');
    const store = rig.store();
    for (let round = 0; round < 150; round++) {
      const row = texts[Math.floor(random.unit() * texts.length)];
      const bytes = Buffer.from(String(row?.event));
      const at = Math.floor(random.unit() * bytes.length);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(random.unit() * 8));
      write.run(bytes, Number(row?.sequence));
      expect(await store.read(id), `byte ${at} of event ${row?.sequence}`).toMatchObject({ ok: false });
      write.run(String(row?.event), Number(row?.sequence));
    }
    expect(await store.read(id)).toMatchObject({ ok: true });
    database.close();
  });
});

describe('a state file with a flipped bit anywhere', () => {
  it('is refused or gives exactly what was recorded', async () => {
    const whole = readFileSync(rig.file);
    const random = new SeededRandom(11);
    let refused = 0;
    for (let round = 0; round < 300; round++) {
      const bytes = Buffer.from(whole);
      const at = Math.floor(random.unit() * bytes.length);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(random.unit() * 8));
      writeFileSync(rig.file, bytes);
      const store = rig.store();
      const read = await store.read(id);
      if (read.ok) expect(read.value, `byte ${at}`).toEqual(events);
      else refused++;
      await store.close();
      for (const suffix of ['-wal', '-shm']) unlinkIfThere(rig.file + suffix);
    }
    expect(refused).toBeGreaterThan(20);
  });
});

describe('a truncated state file', () => {
  it('is refused or gives exactly what was recorded, at every length', async () => {
    const whole = join(rig.root, 'whole.db');
    copyFileSync(rig.file, whole);
    const size = statSync(whole).size;
    const lengths = [0, 1, 15, 16, 99, 100, 511, 4095];
    for (let length = 512; length < size; length += 512) lengths.push(length, length + 1);
    for (const length of lengths) {
      copyFileSync(whole, rig.file);
      truncateSync(rig.file, length);
      const store = rig.store();
      const opened = await store.open(id);
      expect(opened.ok, `length ${length}`).toBe(false);
      if (!opened.ok) expect(opened.error.message).toMatch(/damaged|is recorded in/);
      await store.close();
    }
  });

  it('is not written over by the next run', async () => {
    truncateSync(rig.file, 5000);
    expect(await rig.store().create(sampleRunId(2))).toMatchObject({ ok: false, error: { kind: 'corrupt' } });
    expect(statSync(rig.file).size).toBe(5000);
  });

  it('makes the list of runs reject with the reason', async () => {
    truncateSync(rig.file, 5000);
    await expect(rig.store().list()).rejects.toMatchObject({ refusal: { kind: 'corrupt' } });
  });
});

describe('a foreign or hostile file in place of the state', () => {
  const hostile: readonly (readonly [string, string])[] = [
    [
      'a view for a table',
      `CREATE TABLE real AS SELECT * FROM executions; DROP TABLE executions; CREATE VIEW executions AS SELECT * FROM real`,
    ],
    [
      'a trigger',
      `CREATE TRIGGER sneak AFTER INSERT ON execution_history BEGIN UPDATE executions SET status = 'success'; END`,
    ],
    ['a further table', 'CREATE TABLE more (x)'],
    ['a further index', 'CREATE INDEX sneak ON executions (status)'],
    ['a further column', 'ALTER TABLE executions ADD COLUMN more TEXT'],
    ['a generated column', `ALTER TABLE workflows ADD COLUMN more TEXT GENERATED ALWAYS AS (upper(name)) VIRTUAL`],
    ['a missing table', 'DROP TABLE step_executions'],
    ['a renamed table', 'ALTER TABLE workflows RENAME TO workflow'],
    ['another application', 'PRAGMA application_id = 1'],
    ['an impossible version', 'PRAGMA user_version = -1'],
  ];

  it.each(hostile)('is refused: %s', async (_, sql) => {
    rig.tamper(sql);
    expect((await refusal()).kind).toBe('corrupt');
    expect(await rig.store().create(sampleRunId(2))).toMatchObject({ ok: false, error: { kind: 'corrupt' } });
  });

  it('is refused where it is not a database', async () => {
    writeFileSync(rig.file, 'x'.repeat(8192));
    const { kind, message } = await refusal();
    expect(kind).toBe('corrupt');
    expect(message).toContain(rig.file);
  });

  it('is refused where it is a link', async () => {
    const elsewhere = join(rig.root, 'elsewhere.db');
    copyFileSync(rig.file, elsewhere);
    unlinkSync(rig.file);
    symlinkSync(elsewhere, rig.file);
    expect((await refusal()).message).toContain('not a regular file');
  });
});

describe('state of a newer vwmp', () => {
  it('is refused by the number of the file', async () => {
    rig.tamper('PRAGMA user_version = 99');
    const { kind, message } = await refusal();
    expect(kind).toBe('newer-version');
    expect(message).toContain('version 99');
    expect(await rig.store().create(sampleRunId(2))).toMatchObject({ ok: false, error: { kind: 'newer-version' } });
  });

  it('is refused by the number of the event', async () => {
    const text = encodeEvent(runStarted(id)).replace(/"version":\d+/, '"version":7');
    const hash = chain(emptyJournal(id, sha256).hash, 1, text, sha256);
    const database = new DatabaseSync(rig.file);
    database.exec('DELETE FROM execution_history');
    database
      .prepare('INSERT INTO execution_history (execution_id, sequence, event, hash) VALUES (?, 1, ?, ?)')
      .run(id, text, hash);
    database.prepare('UPDATE executions SET last_sequence = 1, last_hash = ?').run(hash);
    database.close();
    const { kind, message } = await refusal();
    expect(kind).toBe('newer-version');
    expect(message).toContain('version 7');
  });
});

describe('the derived tables', () => {
  it('are the same when they are made anew from the events', async () => {
    const other = sampleRunId(2);
    await rig.record(other, eventfulRun(other));
    const dump = () =>
      ['workflows', 'executions', 'step_executions'].map((table) => rig.query(`SELECT * FROM ${table}`));
    const written = dump();
    rig.tamper(`UPDATE step_executions SET status = 'undone'; DELETE FROM executions; DELETE FROM workflows`);
    const store = rig.store();
    expect(await store.rebuildTables()).toEqual({ ok: true, value: undefined });
    expect(await store.read(other)).toMatchObject({ ok: true });
    await store.close();
    expect(dump()).toEqual(written);
    expect(written.map((rows) => rows.length)).toEqual([2, 2, 14]);
  });

  it('are the same however the events were batched', async () => {
    const [one, two] = [sampleRunId(2), sampleRunId(3)];
    await rig.record(one, eventfulRun(one));
    const store = rig.store();
    const journal = await store.create(two);
    if (!journal.ok) throw new Error(journal.error.message);
    for (const event of eventfulRun(two)) await journal.value.append([event], 'normal');
    await store.close();
    const steps = (runId: string) =>
      rig
        .query(`SELECT * FROM step_executions WHERE execution_id = '${runId}'`)
        .map((row) => ({ ...row, execution_id: null }));
    expect(steps(two)).toEqual(steps(one));
  });

  it('are not made anew from events that were changed', async () => {
    rig.tamper(`UPDATE execution_history SET event = event || ' ' WHERE sequence = 2`);
    expect(await rig.store().rebuildTables()).toMatchObject({ ok: false, error: { kind: 'corrupt' } });
    expect(rig.query('SELECT id FROM executions')).toEqual([{ id }]);
  });

  it('show time and kind of each event', () => {
    const rows = rig.query(`SELECT at, kind FROM execution_history WHERE ${run} ORDER BY sequence`);
    expect(rows).toEqual(events.map(({ at, kind }) => ({ at, kind })));
  });
});

function unlinkIfThere(file: string): void {
  if (statSync(file, { throwIfNoEntry: false }) !== undefined) unlinkSync(file);
}
