import { checkRetry, retryUsesPatterns } from '../../core/configuration/check-retry.ts';
import { formatPath } from '../../core/document/document-path.ts';
import { loadPatterns } from '../../core/expression/pattern.ts';
import { isJsonMap, type Json, type JsonMap } from '../../core/model/json.ts';
import { err, ok, type Result } from '../../core/model/result.ts';
import type { RollbackClass } from '../../core/model/rollback.ts';
import type { JsonSchema } from '../../core/model/schema.ts';
import type { RetryDeclaration } from '../../core/model/workflow.ts';
import { pluginApiVersion, type WorkflowType } from '../../core/ports/plugin.ts';
import { checkSchema } from '../../core/schema/check-schema.ts';
import { checkValue } from '../../core/schema/check-value.ts';
import { usesPatterns } from '../../core/schema/uses-patterns.ts';

export type Permission = 'files' | 'processes' | 'network';
export const permissions: readonly Permission[] = ['files', 'processes', 'network'];

/** What a foreign plugin says of itself, checked: the plugin without its functions. */
export interface PluginDescription {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly handlers: { readonly [action: string]: HandlerDeclaration };
  readonly workflowTypes: readonly WorkflowType[];
  readonly adapters: { readonly [name: string]: { readonly description: string; readonly configuration: JsonSchema } };
}

export interface HandlerDeclaration {
  readonly title: string;
  readonly description: string;
  readonly icon?: string;
  readonly category?: string;
  readonly configuration: JsonSchema;
  readonly outputs?: { readonly [name: string]: JsonSchema };
  readonly placeholders?: { readonly [placeholder: string]: string };
  readonly process?: boolean;
  readonly retry?: RetryDeclaration;
  readonly permissions?: readonly Permission[];
  readonly rollback?: RollbackClass;
  readonly hasPreview: boolean;
  readonly hasProbe: boolean;
  readonly hasUndo: boolean;
}

export const namePattern = /^[a-z][a-z0-9_-]*$/;

const text: JsonSchema = { type: 'string' };
const schema: JsonSchema = { type: 'object' };
const schemas: JsonSchema = { type: 'object', additionalProperties: schema };
const amount: JsonSchema = { type: ['number', 'string'] };

const retrySchema: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    enabled: { type: 'boolean' },
    maxAttempts: amount,
    delay: amount,
    backoff: text,
    factor: amount,
    maxDelay: amount,
    jitter: amount,
    on: { type: 'array', items: { type: ['integer', 'string'] } },
    condition: text,
    deadline: amount,
  },
};

const handlerSchema: JsonSchema = {
  type: 'object',
  required: ['title', 'description', 'configuration', 'hasExecute'],
  properties: {
    title: text,
    description: text,
    icon: text,
    category: text,
    configuration: schema,
    outputs: schemas,
    placeholders: { type: 'object', additionalProperties: text },
    process: { type: 'boolean' },
    retry: retrySchema,
    permissions: { type: 'array', items: { enum: [...permissions] } },
    rollback: { enum: ['none', 'undo', 'undo-with-care', 'never'] },
    hasExecute: { const: true },
  },
};

const typeSchema: JsonSchema = {
  type: 'object',
  required: ['name', 'title', 'description', 'configuration', 'customarySteps', 'templates'],
  properties: {
    name: text,
    title: text,
    description: text,
    icon: text,
    configuration: schema,
    customarySteps: { type: 'array', items: { anyOf: [text, { type: 'array', items: text, minItems: 1 }] } },
    templates: {
      type: 'array',
      items: {
        type: 'object',
        required: ['name', 'description', 'definition'],
        properties: { name: text, description: text, definition: { type: 'object' } },
      },
    },
  },
};

const pluginSchema: JsonSchema = {
  type: 'object',
  required: ['name', 'version', 'description'],
  properties: {
    name: text,
    version: text,
    description: text,
    handlers: { type: 'object', additionalProperties: handlerSchema },
    workflowTypes: { type: 'array', items: typeSchema },
    adapters: {
      type: 'object',
      additionalProperties: {
        type: 'object',
        required: ['description', 'configuration', 'hasInitialize'],
        properties: { description: text, configuration: schema, hasInitialize: { const: true } },
      },
    },
  },
};

/** Functions that the description only says to be there, as messages name them. */
const functions: { readonly [flag: string]: string } = { hasExecute: 'execute', hasInitialize: 'initialize' };

/** Checks what a plugin's process described. The error is one clause. */
export async function readPluginDescription(value: Json): Promise<Result<PluginDescription, string>> {
  if (!isJsonMap(value)) return err('it describes itself with something that is no map');
  const fault = versionFault(value.apiVersion) ?? shapeFault(value) ?? nameFault(value);
  if (fault !== null) return err(fault);
  const description = asDescription(value);
  const broken = await contentFault(description);
  return broken === null ? ok(description) : err(broken);
}

export function versionFault(version: Json | undefined): string | null {
  if (version === pluginApiVersion) return null;
  if (version === undefined) return 'its default export was not made by `definePlugin`: it names no `apiVersion`';
  return `it is written for version ${JSON.stringify(version)} of the plugin interface, and this vwmp has version ${pluginApiVersion}`;
}

function shapeFault(value: JsonMap): string | null {
  const [fault] = checkValue(pluginSchema, value);
  if (fault === undefined) return null;
  const key = fault.path.at(-1);
  const missing = typeof key === 'string' ? functions[key] : undefined;
  if (missing !== undefined) return `\`${formatPath([...fault.path.slice(0, -1), missing])}\` must be a function`;
  return fault.path.length === 0 ? `it ${fault.message}` : `\`${formatPath(fault.path)}\` ${fault.message}`;
}

function nameFault(value: JsonMap): string | null {
  const { name, handlers, adapters, workflowTypes } = asDescription(value);
  const names = [name, ...Object.keys(handlers), ...Object.keys(adapters), ...workflowTypes.map((type) => type.name)];
  const wrong = names.find((each) => !namePattern.test(each));
  return wrong === undefined ? null : `the name "${wrong}" does not fit ${namePattern.source}`;
}

/** Schemas are the plugin's own: what is wrong in one would otherwise show as a wrong remark at somebody's step. */
async function contentFault({ handlers, adapters, workflowTypes }: PluginDescription): Promise<string | null> {
  const all: readonly (readonly [string, JsonSchema])[] = [
    ...Object.entries(handlers).flatMap(([action, { configuration, outputs = {} }]) => [
      [`handlers.${action}.configuration`, configuration] as const,
      ...Object.entries(outputs).map(([name, output]) => [`handlers.${action}.outputs.${name}`, output] as const),
    ]),
    ...Object.entries(adapters).map(
      ([name, adapter]) => [`adapters.${name}.configuration`, adapter.configuration] as const,
    ),
    ...workflowTypes.map((type, index) => [`workflowTypes[${index}].configuration`, type.configuration] as const),
  ];
  const retries = Object.entries(handlers).flatMap(([action, { retry }]) => (retry ? [[action, retry] as const] : []));
  if (all.some(([, each]) => usesPatterns(each)) || retries.some(([, retry]) => retryUsesPatterns(retry))) {
    await loadPatterns();
  }
  for (const [place, each] of all) {
    const [fault] = checkSchema(each);
    if (fault !== undefined) return `\`${place}.${formatPath(fault.path)}\` ${fault.message}`;
  }
  for (const [action, retry] of retries) {
    const [fault] = checkRetry(retry);
    if (fault !== undefined) return `the retry of \`${action}\`: ${fault.message}`;
  }
  return null;
}

/** The shape was checked; lists and maps that were left out are empty. */
function asDescription(value: JsonMap): PluginDescription {
  return { handlers: {}, workflowTypes: [], adapters: {}, ...value } as unknown as PluginDescription;
}
