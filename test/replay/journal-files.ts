import { createHash } from 'node:crypto';
import { chain, emptyJournal, type JournalRecord } from '../../src/core/journal/chain.ts';
import { encodeEvent } from '../../src/core/journal/event-text.ts';
import { journalLines, parseJournalText } from '../../src/core/journal/journal-text.ts';
import { readJournal } from '../../src/core/journal/read-journal.ts';
import type { RunEvent } from '../../src/core/model/event.ts';

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** The events of a run as the text that carries a journal to another machine. */
export function journalTextOf(events: readonly RunEvent[]): string {
  const [first] = events;
  if (first?.kind !== 'run-started') throw new Error('a journal begins with run-started');
  const records: JournalRecord[] = [];
  let head = emptyJournal(first.runId, sha256);
  for (const event of events) {
    const text = encodeEvent(event);
    const sequence = head.sequence + 1;
    const record = { sequence, text, hash: chain(head.hash, sequence, text, sha256) };
    records.push(record);
    head = record;
  }
  return [...journalLines(first.runId, records)].join('');
}

/** The events of such a text, once its chain was found whole. */
export function eventsIn(text: string): readonly RunEvent[] {
  const parsed = parseJournalText(text);
  if (!parsed.ok) throw new Error(parsed.error.message);
  const { runId, records, head } = parsed.value;
  const read = readJournal(runId, records, head, sha256);
  if (!read.ok) throw new Error(read.error.message);
  return read.value;
}
