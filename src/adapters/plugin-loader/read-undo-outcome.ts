import { isJsonMap } from '../../core/model/json.ts';
import type { UndoOutcome } from '../../core/model/rollback.ts';
import { readFailure } from './failure-of.ts';
import { copyPlainData } from './plain-data.ts';

/** What a handler's `undo` answered, checked and copied. Throws where it is no answer. */
export function readUndoOutcome(answer: unknown): UndoOutcome {
  const copied = copyPlainData(answer ?? null, 'the answer of undo');
  const value = copied.ok ? copied.value : null;
  if (isJsonMap(value)) {
    const { kind, message, reason, commands = [] } = value;
    const isText = (item: unknown): item is string => typeof item === 'string';
    if (kind === 'undone') return { kind, ...(isText(message) && { message }) };
    if (Array.isArray(commands) && commands.every(isText)) {
      if (kind === 'left' && isText(reason)) return { kind, reason, commands };
      const failure = kind === 'failed' ? readFailure(value.failure) : null;
      if (failure?.ok) return { kind: 'failed', failure: failure.value, commands };
    }
  }
  throw new Error('undo answered with something that is no answer');
}
