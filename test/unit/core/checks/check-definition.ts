import { noConfiguration } from '../../../../src/core/configuration/configuration.ts';
import type { Diagnostic } from '../../../../src/core/diagnostic/diagnostic.ts';
import type { CheckSurroundings } from '../../../../src/core/document/checks/check-context.ts';
import { checkWorkflow } from '../../../../src/core/document/checks/check-workflow.ts';
import { readWorkflow } from '../../../../src/core/document/read-workflow.ts';
import type { HandlerCatalog, HandlerDescription } from '../../../../src/core/ports/handlers.ts';
import type { WorkflowType } from '../../../../src/core/ports/plugin.ts';

function handler(name: string, more: Partial<HandlerDescription> = {}): HandlerDescription {
  return {
    name,
    title: name,
    description: name,
    plugin: { name: name.split('.')[0] ?? '', version: '1.0.0' },
    configuration: { type: 'object', properties: {}, additionalProperties: false },
    outputs: {},
    placeholders: {},
    process: false,
    retry: null,
    rollback: 'none',
    hasPreview: false,
    hasProbe: false,
    hasUndo: false,
    ...more,
  };
}

/** Handlers that between them show every mark that a schema can have. */
export const testHandlers: readonly HandlerDescription[] = [
  handler('command.run', {
    configuration: {
      type: 'object',
      required: ['script'],
      additionalProperties: false,
      properties: {
        script: { type: 'string', script: true },
        shell: { type: 'string', enum: ['bash', 'sh', 'pwsh', 'python', 'node'], default: 'bash' },
        working_directory: { type: 'string', path: true },
      },
    },
    outputs: null,
    process: true,
  }),
  handler('release.version_bump', {
    configuration: {
      type: 'object',
      required: ['version_file'],
      additionalProperties: false,
      properties: {
        version_file: { type: 'string', path: true },
        increment_type: { type: 'string', enum: ['patch', 'minor', 'major'], default: 'patch' },
      },
    },
    outputs: { new_version: { type: 'string' }, old_version: { type: 'string' }, parts: { type: 'array' } },
    placeholders: { version: 'new_version' },
  }),
  handler('release.readme_update', {
    configuration: {
      type: 'object',
      additionalProperties: false,
      properties: { skip: { type: 'boolean', parameter: 'skip_readme' }, readme_file: { type: 'string' } },
    },
  }),
  handler('git.commit', {
    configuration: {
      type: 'object',
      additionalProperties: false,
      properties: {
        message_template: { type: 'string', template: ['branch'], default: 'Release {version}' },
        paths: { type: 'array', items: { type: 'string', path: true } },
        amend: { type: 'boolean' },
        headers: { type: 'object', additionalProperties: { type: 'string' } },
      },
    },
    outputs: { commit: { type: 'string' } },
  }),
  handler('git.push'),
  handler('http.request', {
    configuration: {
      type: 'object',
      required: ['url'],
      additionalProperties: false,
      properties: {
        url: { type: 'string' },
        token: { type: 'string', secret: true },
        retries: { type: 'integer', minimum: 0, maximum: 5 },
      },
    },
    outputs: { body: { type: 'object' }, status: { type: 'integer' }, cookie: { type: 'string', secret: true } },
  }),
];

export function catalogOf(handlers: readonly HandlerDescription[]): HandlerCatalog {
  const byName = new Map(handlers.map((each) => [each.name, each]));
  return { find: (name) => byName.get(name), names: () => [...byName.keys()] };
}

export const releaseType: WorkflowType = {
  name: 'release',
  title: 'Release',
  description: 'Releases',
  configuration: {},
  customarySteps: ['release.version_bump', 'git.commit'],
  templates: [],
};

export function surroundings(more: Partial<CheckSurroundings> = {}): CheckSurroundings {
  return {
    handlers: catalogOf(testHandlers),
    workflowTypes: [releaseType],
    configuration: noConfiguration,
    ...more,
  };
}

/** Reads and checks a definition; the diagnostics of the check alone. */
export function checkText(text: string, more: Partial<CheckSurroundings> = {}): readonly Diagnostic[] {
  return checkWorkflow(readWorkflow(text, 'flow.yml'), surroundings(more));
}

/** `error unknown-step 4:12 There is no step …`. */
export function linesOf(text: string, more: Partial<CheckSurroundings> = {}): readonly string[] {
  return checkText(text, more).map(({ severity, code, span, message }) => {
    const start = span ? `${span.start.line}:${span.start.column}` : '-';
    return `${severity} ${code} ${start} ${message}`;
  });
}

/** The codes alone, in file order. */
export function codesOf(text: string, more: Partial<CheckSurroundings> = {}): readonly string[] {
  return checkText(text, more).map(({ code }) => code);
}
