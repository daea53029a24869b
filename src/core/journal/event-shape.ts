import type { RunEvent } from '../model/event.ts';
import { isJsonMap } from '../model/json.ts';

type FieldType = 'text' | 'number' | 'truth' | 'map' | 'list' | 'any';

/**
 * What every reader of an event relies on, by kind. A kind that the model adds fails to compile until it stands
 * here; the journal's version is raised with it.
 */
const shapes: { readonly [Kind in RunEvent['kind']]: { readonly [field: string]: FieldType } } = {
  'run-started': {
    runId: 'text',
    engine: 'text',
    workflow: 'map',
    file: 'text',
    definitionHash: 'text',
    workspace: 'text',
    parameters: 'map',
    secretParameters: 'list',
    config: 'map',
    task: 'any',
    github: 'any',
    selection: 'map',
    disabled: 'list',
    enabledFailures: 'map',
    maxParallel: 'number',
  },
  'run-resumed': { attempt: 'number', changes: 'map', again: 'list', keepsOrder: 'truth' },
  'step-settled': { address: 'text', visit: 'number', decision: 'map', parametersRead: 'list' },
  'attempt-started': { address: 'text', visit: 'number', attempt: 'number' },
  'attempt-failed': {
    address: 'text',
    visit: 'number',
    attempt: 'number',
    failure: 'map',
    retryAt: 'number',
    findings: 'list',
  },
  'retry-due': { address: 'text', visit: 'number' },
  'attempt-lost': { address: 'text', visit: 'number', attempt: 'number', resolution: 'map' },
  'step-ended': {
    address: 'text',
    visit: 'number',
    durationMs: 'number',
    outcome: 'map',
    stateWrites: 'map',
    findings: 'list',
    files: 'list',
  },
  'cancel-requested': { message: 'text', force: 'truth' },
  'run-timed-out': {},
  'diagnostic-noted': { diagnostic: 'map' },
  'outputs-settled': { outputs: 'map', secretOutputs: 'list', failures: 'list' },
  'rollback-started': { cause: 'text', only: 'any', visits: 'text' },
  'undo-started': { address: 'text', visit: 'number', attempt: 'number', settings: 'any' },
  'undo-failed': { address: 'text', visit: 'number', attempt: 'number', failure: 'map', retryAt: 'number' },
  'step-undone': { address: 'text', visit: 'number', durationMs: 'number', outcome: 'map' },
  'run-ended': { status: 'text', durationMs: 'number' },
};

/** What an event of this shape lacks, one sentence; null where it can be trusted. */
export function shapeFault(event: unknown): string | null {
  if (!isJsonMap(event)) return 'the event is not a map';
  const { kind } = event;
  if (typeof kind !== 'string' || !isKind(kind)) return `the event has the unknown kind ${JSON.stringify(kind)}`;
  if (!fits(event.at, 'number')) return `the ${kind} event has no time`;
  for (const [field, type] of Object.entries(shapes[kind])) {
    if (!fits(event[field], type)) return `the field "${field}" of the ${kind} event is missing or of the wrong type`;
  }
  return null;
}

function isKind(kind: string): kind is RunEvent['kind'] {
  return Object.hasOwn(shapes, kind);
}

function fits(value: unknown, type: FieldType): boolean {
  switch (type) {
    case 'text':
      return typeof value === 'string';
    case 'number':
      return typeof value === 'number';
    case 'truth':
      return typeof value === 'boolean';
    case 'map':
      return isJsonMap(value);
    case 'list':
      return Array.isArray(value);
    case 'any':
      return value !== undefined;
  }
}
