import { readFileSync } from 'node:fs';
import { isJsonMap, type JsonMap } from '../../core/model/json.ts';
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

/** What expressions read as `github`, named as in the platform's own context; `event` is the payload or null. */
export function githubContext(env: RunnerEnvironment): JsonMap {
  const given = contextKeys.flatMap((key) => {
    const value = env[`GITHUB_${key.toUpperCase()}`];
    return value === undefined ? [] : [[key, key === 'ref_protected' ? value === 'true' : value] as const];
  });
  return { ...Object.fromEntries(given), event: eventPayload(env.GITHUB_EVENT_PATH) };
}

function eventPayload(path: string | undefined): JsonMap | null {
  if (!path) return null;
  const payload: unknown = JSON.parse(readFileSync(path, 'utf8'));
  return isJsonMap(payload) ? payload : null;
}
