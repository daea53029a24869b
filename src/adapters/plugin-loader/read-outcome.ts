import { isJsonMap, type JsonMap } from '../../core/model/json.ts';
import type { Finding, Outcome, PublishedFile } from '../../core/model/outcome.ts';
import { err, ok, type Result } from '../../core/model/result.ts';
import { readFailure } from './failure-of.ts';
import { copyPlainData } from './plain-data.ts';

/**
 * What a handler answered, checked and copied, so that what it does to its objects later changes nothing. An answer
 * that is none becomes a failure that says what is wrong with it.
 */
export function readOutcome(answer: unknown, handler: string): Outcome {
  if (!isRecord(answer)) return nonsense(handler, `${describe(answer)} instead of an outcome`);
  const extras = readExtras(answer);
  if (!extras.ok) return nonsense(handler, extras.error);
  switch (answer.kind) {
    case 'success': {
      const outputs = readOutputs(answer.outputs);
      return outputs.ok
        ? { kind: 'success', outputs: outputs.value, ...extras.value }
        : badOutputs(handler, outputs.error);
    }
    case 'failed': {
      const failure = readFailure(answer.failure);
      if (!failure.ok) return nonsense(handler, failure.error);
      const outputs = readOutputs(answer.outputs ?? {});
      if (!outputs.ok) return badOutputs(handler, outputs.error);
      return { kind: 'failed', failure: failure.value, outputs: outputs.value, ...extras.value };
    }
    case 'skipped':
      if (typeof answer.reason !== 'string') return nonsense(handler, 'a skip without a reason');
      return { kind: 'skipped', reason: answer.reason, ...extras.value };
    default:
      return nonsense(handler, `an outcome of the unknown kind ${JSON.stringify(answer.kind)}`);
  }
}

/** The outputs as plain data; the error is a clause for people. */
export function readOutputs(value: unknown): Result<JsonMap, string> {
  const copied = copyPlainData(value, 'outputs');
  if (!copied.ok) return copied;
  return isJsonMap(copied.value) ? ok(copied.value) : err('outputs is not a map of names to values');
}

interface Extras {
  readonly findings?: readonly Finding[];
  readonly files?: readonly PublishedFile[];
}

function readExtras(answer: { readonly [key: string]: unknown }): Result<Extras, string> {
  const findings = readList(answer.findings, 'findings', isFinding);
  if (!findings.ok) return findings;
  const files = readList(answer.files, 'files', isPublishedFile);
  if (!files.ok) return files;
  return ok({
    ...(findings.value.length > 0 && { findings: findings.value }),
    ...(files.value.length > 0 && { files: files.value }),
  });
}

function readList<T>(value: unknown, name: string, isItem: (item: unknown) => item is T): Result<readonly T[], string> {
  if (value === undefined) return ok([]);
  if (!Array.isArray(value)) return err(`${name} that are not a list`);
  const items: T[] = [];
  for (const [index, item] of value.entries()) {
    const copied = copyPlainData(item, `${name}[${index}]`);
    if (!copied.ok) return copied;
    if (!isItem(copied.value)) return err(`${name}[${index}] with a missing or wrong field`);
    items.push(copied.value);
  }
  return ok(items);
}

function isFinding(item: unknown): item is Finding {
  if (!isRecord(item) || typeof item.message !== 'string') return false;
  if (item.level !== 'error' && item.level !== 'warning' && item.level !== 'notice') return false;
  return (
    isOptional(item.file, 'string') &&
    isOptional(item.line, 'number') &&
    isOptional(item.column, 'number') &&
    isOptional(item.rule, 'string') &&
    isOptional(item.hint, 'string') &&
    (item.changed === undefined || item.changed === 'lines' || item.changed === 'file') &&
    (item.count === undefined || (Number.isSafeInteger(item.count) && Number(item.count) > 0))
  );
}

function isPublishedFile(item: unknown): item is PublishedFile {
  return isRecord(item) && typeof item.path === 'string' && isOptional(item.title, 'string');
}

function isOptional(value: unknown, type: 'string' | 'number'): boolean {
  return value === undefined || typeof value === type;
}

function isRecord(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function describe(answer: unknown): string {
  if (answer === null || answer === undefined) return String(answer);
  return Array.isArray(answer) ? 'a list' : `a ${typeof answer}`;
}

function badOutputs(handler: string, fault: string): Outcome {
  return {
    kind: 'failed',
    failure: { kind: 'output', message: `The handler ${handler} gave unusable outputs: ${fault}.` },
  };
}

function nonsense(handler: string, fault: string): Outcome {
  return { kind: 'failed', failure: { kind: 'handler', message: `The handler ${handler} answered with ${fault}.` } };
}
