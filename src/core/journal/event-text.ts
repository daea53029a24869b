import type { RunEvent } from '../model/event.ts';
import { isJsonMap } from '../model/json.ts';
import { err, ok, type Result } from '../model/result.ts';
import { shapeFault } from './event-shape.ts';

/**
 * The version of the encoding, which stands in every event's text. It is raised when an event kind is added or a
 * field changes its meaning. A reader takes its own version and all older ones, each turned into the next one's
 * form in this module; a newer one is refused by number, never guessed at. Version 2 added the events of a rollback: what
 * version 1 wrote stands in it as it is. Version 3 lets a rollback say which visits it takes back, version 4 a resume
 * whether it keeps the order of steps across those that stand.
 */
export const journalVersion = 4;

export type EventFault =
  | { readonly kind: 'newer-version'; readonly version: number }
  /** `message` is a clause for people. */
  | { readonly kind: 'damaged'; readonly message: string };

/**
 * The one encoding of an event, for the table and for export: JSON on one line, without spaces, keys in the order
 * of the event, because the order of a map's keys is part of its meaning to whoever shows or joins them.
 */
export function encodeEvent(event: RunEvent): string {
  return `{"version":${journalVersion},"event":${JSON.stringify(event)}}`;
}

/** Reads what `encodeEvent` wrote and checks it as far as the engine relies on it. */
export function decodeEvent(text: string): Result<RunEvent, EventFault> {
  let envelope: unknown;
  try {
    envelope = JSON.parse(text);
  } catch (error) {
    return damaged(`the event is not JSON (${error instanceof Error ? error.message : String(error)})`);
  }
  if (!isJsonMap(envelope)) return damaged('the event is not a map');
  const { version, event } = envelope;
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) {
    return damaged('the event does not say its version');
  }
  if (version > journalVersion) return err({ kind: 'newer-version', version });
  const current = fromVersion3(fromVersion2(event, version), version);
  const fault = shapeFault(current);
  return fault === null ? ok(asEvent(current)) : damaged(fault);
}

/** A rollback took back the newest visit of each step. */
function fromVersion2(event: unknown, version: number): unknown {
  const isOlder = version < 3 && isJsonMap(event) && event.kind === 'rollback-started';
  return isOlder ? { ...event, visits: 'newest' } : event;
}

/** What followed a step that stands started at once. */
function fromVersion3(event: unknown, version: number): unknown {
  const isOlder = version < 4 && isJsonMap(event) && event.kind === 'run-resumed';
  return isOlder ? { ...event, keepsOrder: false } : event;
}

function damaged(message: string): Result<never, EventFault> {
  return err({ kind: 'damaged', message });
}

/** Names as an event what `shapeFault` found nothing wrong with. */
function asEvent(value: unknown): RunEvent {
  return value as RunEvent;
}
