import { isRunId, type RunId } from '../model/ids.ts';
import { isJsonMap } from '../model/json.ts';
import { err, ok, type Result } from '../model/result.ts';
import type { JournalHead, JournalRecord } from './chain.ts';
import type { JournalFault } from './read-journal.ts';

/** The version of the lines around the events; the events carry their own. */
const textVersion = 1;

/** A journal as text, read but not yet verified: `readJournal` does that. */
export interface JournalText {
  readonly runId: RunId;
  readonly records: readonly JournalRecord[];
  readonly head: JournalHead;
}

/**
 * A run's journal as lines of JSON, to be carried to another machine: a line that names the run, a line for each
 * event (`sequence`, `hash`, and the event's own encoding with its time), and a line that says where it ends.
 */
export function* journalLines(runId: RunId, records: Iterable<JournalRecord>): Generator<string> {
  yield `${JSON.stringify({ journal: textVersion, run: runId })}\n`;
  let head: JournalHead = { sequence: 0, hash: '' };
  for (const { sequence, hash, text } of records) {
    yield `{"sequence":${sequence},"hash":"${hash}",${text.slice(1)}\n`;
    head = { sequence, hash };
  }
  yield `${JSON.stringify({ end: head.sequence, hash: head.hash })}\n`;
}

const eventLine = /^\{"sequence":([1-9]\d{0,15}),"hash":"([0-9a-f]{64})",(.*)$/s;

/** Reads what `journalLines` gave. A text that was cut anywhere is refused. */
export function parseJournalText(text: string): Result<JournalText, JournalFault> {
  const lines = text.split('\n');
  if (lines.pop() !== '') return corrupt(0, 'the text ends in the middle of a line');
  const first = headerOf(lines[0] ?? '');
  if (!first.ok) return first;
  const records: JournalRecord[] = [];
  for (const line of lines.slice(1, -1)) {
    const [, sequence, hash, rest] = eventLine.exec(line) ?? [];
    if (sequence === undefined || hash === undefined || rest === undefined) {
      return corrupt(records.length + 1, `line ${records.length + 2} is not an event`);
    }
    records.push({ sequence: Number(sequence), hash, text: `{${rest}` });
  }
  const end = lines.length > 1 ? parseMap(lines.at(-1) ?? '') : null;
  if (end === null || typeof end.end !== 'number' || typeof end.hash !== 'string') {
    return corrupt(records.length + 1, 'the line that says where the journal ends is missing');
  }
  return ok({ runId: first.value, records, head: { sequence: end.end, hash: end.hash } });
}

function headerOf(line: string): Result<RunId, JournalFault> {
  const header = parseMap(line);
  if (header === null || typeof header.journal !== 'number' || typeof header.run !== 'string' || !isRunId(header.run)) {
    return corrupt(0, 'the first line is not that of a journal');
  }
  if (header.journal > textVersion) {
    const message = `the text is of version ${header.journal}, and this vwmp reads up to ${textVersion}`;
    return err({ kind: 'newer-version', sequence: 0, message });
  }
  return ok(header.run);
}

function parseMap(line: string): { readonly [key: string]: unknown } | null {
  try {
    const value: unknown = JSON.parse(line);
    return isJsonMap(value) ? value : null;
  } catch {
    return null;
  }
}

function corrupt(sequence: number, message: string): Result<never, JournalFault> {
  return err({ kind: 'corrupt', sequence, message });
}
