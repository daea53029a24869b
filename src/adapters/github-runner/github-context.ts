import { readFileSync } from 'node:fs';
import type { Diagnostic } from '../../core/diagnostic/diagnostic.ts';
import { isJsonMap, type JsonMap } from '../../core/model/json.ts';
import { err, ok, type Result } from '../../core/model/result.ts';
import type { RunnerEnvironment } from './runner-files.ts';

/** The keys of the platform's context that the runner also gives as `GITHUB_` variables. No token is among them. */
const contextKeys = [
  'action',
  'actor',
  'actor_id',
  'api_url',
  'base_ref',
  'event_name',
  'graphql_url',
  'head_ref',
  'job',
  'ref',
  'ref_name',
  'ref_protected',
  'ref_type',
  'repository',
  'repository_id',
  'repository_owner',
  'repository_owner_id',
  'run_attempt',
  'run_id',
  'run_number',
  'server_url',
  'sha',
  'triggering_actor',
  'workflow',
  'workflow_ref',
  'workflow_sha',
  'workspace',
] as const;

/**
 * What expressions read as `github`, named as in the platform's own context; `event` is the payload, or null where the
 * runner names none. A payload that cannot be read is refused: conditions would take it for an event without a text.
 */
export function githubContext(env: RunnerEnvironment): Result<JsonMap, Diagnostic> {
  const event = eventPayload(env.GITHUB_EVENT_PATH);
  if (!event.ok) return event;
  const given = contextKeys.flatMap((key) => {
    const value = env[`GITHUB_${key.toUpperCase()}`];
    return value === undefined ? [] : [[key, key === 'ref_protected' ? value === 'true' : value] as const];
  });
  return ok({ ...Object.fromEntries(given), event: event.value });
}

function eventPayload(path: string | undefined): Result<JsonMap | null, Diagnostic> {
  if (!path) return ok(null);
  try {
    const payload: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return isJsonMap(payload) ? ok(payload) : err(unreadable(path, 'it is no JSON map'));
  } catch (error) {
    return err(unreadable(path, error instanceof Error ? error.message : String(error)));
  }
}

function unreadable(path: string, why: string): Diagnostic {
  return {
    code: 'file',
    severity: 'error',
    message: `The event's payload, which GITHUB_EVENT_PATH names as \`${path}\`, cannot be read: ${why}.`,
    hint: 'In a container, mount the folder of the runner that holds it.',
  };
}
