import { readRetry } from '../../core/configuration/read-configuration.ts';
import { retrySchema } from '../../core/configuration/retry-schema.ts';
import { SettingsDocument, type SettingsPath } from '../../core/configuration/settings-document.ts';
import type { Diagnostic } from '../../core/diagnostic/diagnostic.ts';
import { loadPatterns } from '../../core/expression/pattern.ts';
import { isJsonMap, type Json, type JsonMap } from '../../core/model/json.ts';
import type { RollbackClass } from '../../core/model/rollback.ts';
import type { JsonSchema } from '../../core/model/schema.ts';
import type { RetryDeclaration } from '../../core/model/workflow.ts';
import { checkSchema } from '../../core/schema/check-schema.ts';
import { namePattern, versionFault } from './plugin-description.ts';
import { type ShellName, shellNames } from './script-start.ts';

/** A plugin without code: what `plugin.yml` says. */
export interface PluginDeclaration {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly handlers: { readonly [action: string]: DeclaredHandler };
}

export interface DeclaredHandler {
  readonly title: string;
  readonly description: string;
  readonly icon: string | null;
  readonly category: string | null;
  readonly input: JsonSchema;
  /** `null`: what the script gives is not known before it runs. */
  readonly output: JsonSchema | null;
  readonly run: string;
  readonly shell: ShellName;
  /** Relative to the workspace. */
  readonly workingDirectory: string | null;
  readonly retry: RetryDeclaration | null;
  readonly rollback: RollbackClass;
}

/** The spellings of the two schemas. */
const inputKeys = ['input_schema', 'inputs', 'input'] as const;
const outputKeys = ['output_schema', 'outputs', 'output'] as const;

const text: JsonSchema = { type: 'string', minLength: 1 };
const anyMap: JsonSchema = { type: 'object' };

const declarationSchema: JsonSchema = {
  type: 'object',
  required: ['name', 'version', 'handlers'],
  additionalProperties: false,
  properties: {
    apiVersion: {},
    name: text,
    version: text,
    description: { type: 'string' },
    handlers: {
      type: 'object',
      minProperties: 1,
      additionalProperties: {
        type: 'object',
        required: ['run'],
        additionalProperties: false,
        properties: {
          title: text,
          description: { type: 'string' },
          icon: text,
          category: text,
          ...Object.fromEntries([...inputKeys, ...outputKeys].map((key) => [key, anyMap])),
          run: text,
          shell: { type: 'string', enum: [...shellNames] },
          working_directory: text,
          retry: retrySchema,
          rollback: { type: 'string', enum: ['none', 'never'] },
        },
      },
    },
  },
};

export interface PluginDeclarationReading {
  /** `null` where the file has errors. */
  readonly declaration: PluginDeclaration | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads `plugin.yml`; all diagnostics at once, in file order. `file` is the path as people know it. */
export async function readPluginDeclaration(content: string, file: string): Promise<PluginDeclarationReading> {
  if (/pattern|\//.test(content)) await loadPatterns();
  const document = new SettingsDocument(content, file);
  const { value } = document;
  const isUsable = value !== null && checkVersion(value, document) && document.check(declarationSchema, value, []);
  const declaration = isUsable ? declarationOf(value, document) : null;
  const isBroken = document.diagnostics.some(({ severity }) => severity === 'error');
  return { declaration: isBroken ? null : declaration, diagnostics: document.diagnostics };
}

/** A file without the key is of the only version that there has been. */
function checkVersion({ apiVersion }: JsonMap, document: SettingsDocument): boolean {
  const fault = apiVersion === undefined ? null : versionFault(apiVersion);
  if (fault !== null)
    document.report(['apiVersion'], { code: 'value', message: `The plugin cannot be used: ${fault}.` });
  return fault === null;
}

function declarationOf(value: JsonMap, document: SettingsDocument): PluginDeclaration {
  const name = String(value.name);
  checkName(name, ['name'], document);
  const handlers: { [action: string]: DeclaredHandler } = Object.create(null);
  for (const [action, handler] of Object.entries(isJsonMap(value.handlers) ? value.handlers : {})) {
    if (action.startsWith('x-') || !isJsonMap(handler)) continue;
    checkName(action, ['handlers', action], document, true);
    handlers[action] = handlerOf(`${name}.${action}`, handler, ['handlers', action], document);
  }
  return { name, version: String(value.version), description: textAt(value, 'description') ?? '', handlers };
}

function checkName(name: string, path: SettingsPath, document: SettingsDocument, isKey = false): void {
  if (namePattern.test(name)) return;
  document.report(path, { code: 'value', message: `The name \`${name}\` does not fit ${namePattern.source}.`, isKey });
}

function handlerOf(name: string, written: JsonMap, path: SettingsPath, document: SettingsDocument): DeclaredHandler {
  const input = schemaAt(written, inputKeys, path, document);
  return {
    title: textAt(written, 'title') ?? name,
    description: textAt(written, 'description') ?? `Runs the script that ${document.source.file} declares.`,
    icon: textAt(written, 'icon'),
    category: textAt(written, 'category'),
    // Every input reaches the script under its name, so one that is not declared is a slip.
    input: { type: 'object', additionalProperties: false, ...input },
    output: schemaAt(written, outputKeys, path, document),
    run: String(written.run),
    shell: shellNames.find((shell) => shell === written.shell) ?? 'bash',
    workingDirectory: textAt(written, 'working_directory'),
    retry: readRetry(written.retry, document, [...path, 'retry']),
    rollback: written.rollback === 'never' ? 'never' : 'none',
  };
}

function schemaAt(
  written: JsonMap,
  keys: readonly string[],
  path: SettingsPath,
  document: SettingsDocument,
): JsonSchema | null {
  const [key, second] = keys.filter((candidate) => written[candidate] !== undefined);
  if (key === undefined) return null;
  if (second !== undefined) {
    const message = `\`${key}\` and \`${second}\` are the same key.`;
    document.report([...path, second], { code: 'duplicate-key', message, hint: 'Keep one of them.', isKey: true });
  }
  const schema = asMapSchema(written[key] ?? null);
  for (const fault of checkSchema(schema)) {
    const message = `The schema is wrong: \`${fault.keyword}\` ${fault.message}.`;
    document.report([...path, key], { code: 'value', message });
  }
  return schema;
}

/** A JSON Schema of a map, or in short the map of its properties. */
function asMapSchema(value: Json): JsonSchema {
  if (!isJsonMap(value)) return { type: 'object' };
  const isSchema = value.type === 'object' || isJsonMap(value.properties);
  return isSchema ? { ...value, type: 'object' } : { type: 'object', properties: asSchemas(value) };
}

/** `checkSchema` looks at what they hold. */
function asSchemas(value: JsonMap): { readonly [name: string]: JsonSchema } {
  return value as unknown as { readonly [name: string]: JsonSchema };
}

function textAt(map: JsonMap, key: string): string | null {
  const value = map[key];
  return typeof value === 'string' ? value : null;
}
