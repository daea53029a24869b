import type { RunId } from '../model/ids.ts';
import { err, ok, type Result } from '../model/result.ts';

/** SHA-256 of the text's UTF-8 bytes, hexadecimal. Core has no hash function of its own. */
export type Sha256 = (text: string) => string;

/** One event as it is stored: its place, from 1, its encoding, and the hash that ties it to all before it. */
export interface JournalRecord {
  readonly sequence: number;
  readonly hash: string;
  readonly text: string;
}

/** Where a journal ends: place and hash of its newest record. Kept beside the records, it tells of a lost tail. */
export interface JournalHead {
  readonly sequence: number;
  readonly hash: string;
}

export interface ChainFault {
  /** The first place that does not fit. */
  readonly sequence: number;
  /** A clause for people. */
  readonly message: string;
}

/** What a journal's first record is chained to. It names the run, so that records of one run fit no other. */
export function emptyJournal(runId: RunId, sha256: Sha256): JournalHead {
  return { sequence: 0, hash: sha256(`vwmp journal of run ${runId}`) };
}

/** The hash of a record: over the hash before it, its place and its text. */
export function chain(previousHash: string, sequence: number, text: string, sha256: Sha256): string {
  return sha256(`${previousHash}\n${sequence}\n${text}`);
}

/** Why the record cannot follow `head`; null where it does. */
export function linkFault(head: JournalHead, record: JournalRecord, sha256: Sha256): ChainFault | null {
  const expected = head.sequence + 1;
  if (record.sequence !== expected) {
    return {
      sequence: expected,
      message: `event ${expected} is missing: event ${record.sequence} stands in its place`,
    };
  }
  if (chain(head.hash, expected, record.text, sha256) !== record.hash) {
    return { sequence: expected, message: `event ${expected} does not fit its hash or the events before it` };
  }
  return null;
}

/** Why a chain that was read to `reached` is not the whole of it; null where it is. */
export function headFault(reached: JournalHead, head: JournalHead): ChainFault | null {
  if (reached.sequence < head.sequence) {
    const sequence = reached.sequence + 1;
    return { sequence, message: `events ${sequence} to ${head.sequence} are missing` };
  }
  if (reached.sequence > head.sequence) {
    const sequence = head.sequence + 1;
    return { sequence, message: `event ${sequence} stands behind the recorded end of the run` };
  }
  if (reached.hash !== head.hash) {
    return { sequence: head.sequence, message: `event ${head.sequence} is not the one that was recorded as the last` };
  }
  return null;
}

/** Checks that the records are the run's, whole, in order, and unchanged up to `head`. */
export function verifyChain(
  runId: RunId,
  records: Iterable<JournalRecord>,
  head: JournalHead,
  sha256: Sha256,
): Result<JournalHead, ChainFault> {
  let reached = emptyJournal(runId, sha256);
  for (const record of records) {
    const fault = linkFault(reached, record, sha256);
    if (fault !== null) return err(fault);
    reached = record;
  }
  const fault = headFault(reached, head);
  return fault === null ? ok(head) : err(fault);
}
