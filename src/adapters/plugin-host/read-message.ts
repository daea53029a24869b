import { type Failure, isFailureKind } from '../../core/model/failure.ts';
import { isJsonList, isJsonMap, type Json, type JsonMap } from '../../core/model/json.ts';
import type { LogLevel } from '../../core/ports/observer.ts';
import type { FromHost } from './wire.ts';

const logLevels: readonly LogLevel[] = ['debug', 'info', 'warning', 'error'];

/** Reads a line of a plugin's process, which may have written anything; `null` where it is no message. */
export function readMessage(line: string): FromHost | null {
  const message = parse(line);
  if (!isJsonMap(message)) return null;
  const { kind, id } = message;
  switch (kind) {
    case 'ask':
      return typeof id === 'number' && typeof message.member === 'string' && isJsonList(message.args)
        ? { kind, id, member: message.member, args: message.args }
        : null;
    case 'log': {
      const level = logLevels.find((known) => known === message.level);
      return level !== undefined && typeof message.message === 'string'
        ? { kind, level, message: message.message }
        : null;
    }
    case 'answer':
      return { kind, value: message.value ?? null };
    case 'broke':
      return failureIn(message, (failure) => ({ kind, failure }));
    case 'returned':
      return typeof id === 'number' ? { kind, id, value: message.value ?? null } : null;
    case 'threw':
      return typeof id === 'number' ? failureIn(message, (failure) => ({ kind, id, failure })) : null;
    default:
      return null;
  }
}

function parse(line: string): Json {
  try {
    return JSON.parse(line);
  } catch {
    // The caller says what was wrong: the process wrote something that is no message.
    return null;
  }
}

function failureIn(message: JsonMap, make: (failure: Failure) => FromHost): FromHost | null {
  const failure = readWireFailure(message.failure);
  return failure === null ? null : make(failure);
}

/** The fields of a failure that a process may fill; others are left out. */
export function readWireFailure(value: Json | undefined): Failure | null {
  if (!isJsonMap(value)) return null;
  const { kind, message, cause, exitCode, file, line, retryable, details } = value;
  if (typeof kind !== 'string' || !isFailureKind(kind) || typeof message !== 'string') return null;
  return {
    kind,
    message,
    ...(typeof cause === 'string' && { cause }),
    ...(typeof exitCode === 'number' && { exitCode }),
    ...(typeof file === 'string' && { file }),
    ...(typeof line === 'number' && { line }),
    ...(typeof retryable === 'boolean' && { retryable }),
    ...(details !== undefined && { details }),
  };
}
