import type { RunEvent } from '../model/event.ts';
import type { RunId } from '../model/ids.ts';
import { err, ok, type Result } from '../model/result.ts';
import { emptyJournal, headFault, type JournalHead, type JournalRecord, linkFault, type Sha256 } from './chain.ts';
import { decodeEvent, type EventFault, journalVersion } from './event-text.ts';

/** Why a journal cannot be taken up. `message` is a clause for people that names the event. */
export interface JournalFault {
  readonly kind: 'corrupt' | 'newer-version';
  readonly sequence: number;
  readonly message: string;
}

/**
 * The events of a run, once every record was found to be the run's, in its place and unchanged. One pass, so that
 * the records need not be held.
 */
export function readJournal(
  runId: RunId,
  records: Iterable<JournalRecord>,
  head: JournalHead,
  sha256: Sha256,
): Result<readonly RunEvent[], JournalFault> {
  const events: RunEvent[] = [];
  let reached = emptyJournal(runId, sha256);
  for (const record of records) {
    const broken = linkFault(reached, record, sha256);
    if (broken !== null) return err({ kind: 'corrupt', ...broken });
    const decoded = decodeEvent(record.text);
    if (!decoded.ok) return err(eventFault(record.sequence, decoded.error));
    const misplaced = beginningFault(runId, record.sequence, decoded.value);
    if (misplaced !== null) return err({ kind: 'corrupt', sequence: record.sequence, message: misplaced });
    events.push(decoded.value);
    reached = record;
  }
  const fault = headFault(reached, head);
  return fault === null ? ok(events) : err({ kind: 'corrupt', ...fault });
}

/** A journal begins with the start of its own run, and with nothing else. */
export function beginningFault(runId: RunId, sequence: number, event: RunEvent): string | null {
  if (sequence > 1) return event.kind === 'run-started' ? `event ${sequence} starts the run a second time` : null;
  if (event.kind !== 'run-started') return `the first event is ${event.kind} instead of run-started`;
  return event.runId === runId ? null : `the events are those of run ${event.runId}`;
}

function eventFault(sequence: number, fault: EventFault): JournalFault {
  switch (fault.kind) {
    case 'newer-version': {
      const message = `event ${sequence} was written in version ${fault.version} of the journal, and this vwmp reads up to ${journalVersion}`;
      return { kind: 'newer-version', sequence, message };
    }
    case 'damaged':
      return { kind: 'corrupt', sequence, message: `event ${sequence} cannot be read: ${fault.message}` };
  }
}
