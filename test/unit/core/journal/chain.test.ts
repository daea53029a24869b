import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  chain,
  emptyJournal,
  type JournalHead,
  type JournalRecord,
  verifyChain,
} from '../../../../src/core/journal/chain.ts';
import { encodeEvent } from '../../../../src/core/journal/event-text.ts';
import { journalLines, parseJournalText } from '../../../../src/core/journal/journal-text.ts';
import { readJournal } from '../../../../src/core/journal/read-journal.ts';
import type { RunEvent } from '../../../../src/core/model/event.ts';
import { runStarted, sampleRun, sampleRunId } from '../../../fakes/sample-run.ts';

const id = sampleRunId(1);
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

function recordsOf(events: readonly RunEvent[], runId = id): readonly JournalRecord[] {
  let { hash } = emptyJournal(runId, sha256);
  return events.map((event, index) => {
    const text = encodeEvent(event);
    hash = chain(hash, index + 1, text, sha256);
    return { sequence: index + 1, hash, text };
  });
}

function headOf(records: readonly JournalRecord[]): JournalHead {
  const last = records.at(-1);
  if (last === undefined) throw new Error('no records');
  return { sequence: last.sequence, hash: last.hash };
}

const events = sampleRun(id, 3);
const records = recordsOf(events);
const head = headOf(records);

describe('the chain of a journal', () => {
  it('is found whole', () => {
    expect(verifyChain(id, records, head, sha256)).toEqual({ ok: true, value: head });
    expect(readJournal(id, records, head, sha256)).toEqual({ ok: true, value: events });
  });

  it('is whole without any event where none was recorded', () => {
    const empty = emptyJournal(id, sha256);
    expect(verifyChain(id, [], empty, sha256)).toEqual({ ok: true, value: empty });
  });

  it('differs between runs', () => {
    expect(verifyChain(sampleRunId(2), records, head, sha256)).toMatchObject({ ok: false, error: { sequence: 1 } });
  });

  it('tells of any record that was removed, doubled, moved or changed', () => {
    fc.assert(
      fc.property(
        fc.nat(records.length - 1),
        fc.nat(records.length - 1),
        fc.constantFrom('remove', 'double', 'swap', 'text', 'hash'),
        (at, to, how) => {
          const changed = [...records];
          const [one, two] = [records[at], records[to]];
          if (one === undefined || two === undefined) return;
          if (how === 'remove') changed.splice(at, 1);
          if (how === 'double') changed.splice(at, 0, one);
          if (how === 'swap')
            [changed[at], changed[to]] = [
              { ...two, sequence: one.sequence },
              { ...one, sequence: two.sequence },
            ];
          if (how === 'text') changed[at] = { ...one, text: `${one.text.slice(0, -1)} }` };
          if (how === 'hash') changed[at] = { ...one, hash: sha256(one.hash) };
          const untouched = how === 'swap' && at === to;
          expect(verifyChain(id, changed, head, sha256).ok).toBe(untouched);
          expect(readJournal(id, changed, head, sha256).ok).toBe(untouched);
        },
      ),
    );
  });

  it('names the first place that does not fit', () => {
    expect(verifyChain(id, records.slice(0, -2), head, sha256)).toEqual({
      ok: false,
      error: { sequence: records.length - 1, message: `events ${records.length - 1} to ${records.length} are missing` },
    });
    const gap = records.filter(({ sequence }) => sequence !== 4);
    expect(verifyChain(id, gap, head, sha256)).toMatchObject({ ok: false, error: { sequence: 4 } });
  });

  it('tells of a tail that was chained anew by somebody who did not change the head', () => {
    const forged = recordsOf([...events.slice(0, -1), { kind: 'run-ended', at: 1, status: 'failed', durationMs: 1 }]);
    expect(verifyChain(id, forged, head, sha256)).toMatchObject({ ok: false, error: { sequence: records.length } });
  });
});

describe('a journal', () => {
  const read = (written: readonly RunEvent[]) => {
    const chained = recordsOf(written);
    return readJournal(id, chained, headOf(chained), sha256);
  };

  it('begins with the start of its own run and holds no second one', () => {
    expect(read(events.slice(1))).toMatchObject({ ok: false, error: { kind: 'corrupt', sequence: 1 } });
    expect(read([runStarted(sampleRunId(2))])).toMatchObject({ ok: false, error: { kind: 'corrupt', sequence: 1 } });
    expect(read([...events, runStarted(id)])).toMatchObject({ ok: false, error: { sequence: events.length + 1 } });
  });

  it('of a newer version is refused by the number', () => {
    const text = encodeEvent(runStarted(id)).replace('"version":4', '"version":5');
    const record = { sequence: 1, text, hash: chain(emptyJournal(id, sha256).hash, 1, text, sha256) };
    expect(readJournal(id, [record], record, sha256)).toMatchObject({
      ok: false,
      error: { kind: 'newer-version', message: expect.stringContaining('version 5') },
    });
  });
});

describe('a journal as text', () => {
  const text = [...journalLines(id, records)].join('');

  it('gives back run, records and head', () => {
    expect(parseJournalText(text)).toEqual({ ok: true, value: { runId: id, records, head } });
  });

  it('has a line of JSON for each event, with its place, hash and time', () => {
    const lines = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toHaveLength(events.length + 2);
    expect(lines[1]).toMatchObject({ sequence: 1, hash: records[0]?.hash, version: 4, event: { at: events[0]?.at } });
  });

  it('is refused wherever it is cut', () => {
    for (let length = 0; length < text.length; length += 7) {
      expect(parseJournalText(text.slice(0, length)).ok, `length ${length}`).toBe(false);
    }
  });

  it('is refused without a line, or found out by its chain', () => {
    const lines = text.trimEnd().split('\n');
    for (const index of lines.keys()) {
      const parsed = parseJournalText(`${lines.filter((_, other) => other !== index).join('\n')}\n`);
      const isWhole = parsed.ok && readJournal(id, parsed.value.records, parsed.value.head, sha256).ok;
      expect(isWhole, `line ${index}`).toBe(false);
    }
  });

  it('of a newer form is refused by the number', () => {
    expect(parseJournalText(text.replace('"journal":1', '"journal":9'))).toMatchObject({
      ok: false,
      error: { kind: 'newer-version', message: expect.stringContaining('version 9') },
    });
  });

  it('names no run that is none', () => {
    expect(parseJournalText(text.replace(id, '../../etc')).ok).toBe(false);
  });
});
