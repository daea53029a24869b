import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { emptyMap, isJsonMap, type Json, type JsonMap } from '../model/json.ts';
import type { JsonSchema } from '../model/schema.ts';
import type { RetryDeclaration } from '../model/workflow.ts';
import { holdsTemplate } from '../parameters/check-declarations.ts';
import { checkSchema } from '../schema/check-schema.ts';
import { checkValue } from '../schema/check-value.ts';
import { pluginConfigurationSchema } from './file-schemas.ts';
import { readRetry } from './read-configuration.ts';
import { SettingsDocument, type SettingsPath } from './settings-document.ts';

/** What `plugins/NAME/config.yaml` says beside the plugin's code. */
export interface PluginConfiguration {
  /** By the action's name. */
  readonly stepHandlers: { readonly [action: string]: PluginHandlerConfiguration };
  readonly adapter: { readonly name: string; readonly fields: ConfigFields } | null;
  readonly workflowType: PluginWorkflowType | null;
}

/** Schemas by key; a `default` among them may be a template over `config`, `env` and `adapter`. */
export type ConfigFields = { readonly [key: string]: JsonSchema };

export interface PluginHandlerConfiguration {
  readonly fields: ConfigFields;
  readonly retry: RetryDeclaration | null;
}

export interface PluginWorkflowType {
  readonly name: string;
  readonly description: string | null;
  readonly fields: ConfigFields;
  readonly templates: readonly {
    readonly name: string;
    readonly description: string;
    /** Every step has an id: those written without one are `step-1`, `step-2`, … */
    readonly definition: JsonMap;
    readonly defaultConfig: JsonMap;
  }[];
}

export interface PluginConfigurationReading {
  /** `null` where the file has errors. */
  readonly configuration: PluginConfiguration | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads a plugin's configuration file. All diagnostics at once, in file order. Patterns need `loadPatterns()`. */
export function readPluginConfiguration(text: string, file: string): PluginConfigurationReading {
  const document = new SettingsDocument(text, file);
  const written = document.value;
  if (written === null) return { configuration: null, diagnostics: document.diagnostics };
  document.check(pluginConfigurationSchema, written, []);
  const configuration = {
    stepHandlers: readHandlers(written.step_handlers, document),
    adapter: readAdapter(written.adapter, document),
    workflowType: readWorkflowType(written.workflow_type, document),
  };
  const hasErrors = document.diagnostics.some(({ severity }) => severity === 'error');
  return { configuration: hasErrors ? null : configuration, diagnostics: document.diagnostics };
}

function readHandlers(written: Json | undefined, document: SettingsDocument): PluginConfiguration['stepHandlers'] {
  const handlers = emptyMap<PluginHandlerConfiguration>();
  for (const [action, entry] of entriesOf(written)) {
    if (!isJsonMap(entry)) continue;
    const path = ['step_handlers', action];
    handlers[action] = {
      fields: readFields(entry.config_schema, [...path, 'config_schema'], document),
      retry: readRetry(entry.retry, document, [...path, 'retry']),
    };
  }
  return handlers;
}

function readAdapter(written: Json | undefined, document: SettingsDocument): PluginConfiguration['adapter'] {
  if (!isJsonMap(written) || typeof written.name !== 'string') return null;
  const fields = readFields(written.config_schema, ['adapter', 'config_schema'], document);
  return { name: written.name, fields };
}

function readWorkflowType(written: Json | undefined, document: SettingsDocument): PluginWorkflowType | null {
  if (!isJsonMap(written) || typeof written.name !== 'string') return null;
  const templates: readonly Json[] = Array.isArray(written.templates) ? written.templates : [];
  return {
    name: written.name,
    description: typeof written.description === 'string' ? written.description : null,
    fields: readFields(written.config_schema, ['workflow_type', 'config_schema'], document),
    templates: templates.filter(isJsonMap).map((template) => ({
      name: String(template.name),
      description: typeof template.description === 'string' ? template.description : '',
      definition: withStepIds(isJsonMap(template.template) ? template.template : {}),
      defaultConfig: isJsonMap(template.default_config) ? template.default_config : {},
    })),
  };
}

/** Numbers the steps that have no id by their place, passing over ids that are taken. */
export function withStepIds(definition: JsonMap): JsonMap {
  const steps = definition.steps;
  if (!Array.isArray(steps)) return definition;
  const taken = new Set(steps.map((step: Json) => (isJsonMap(step) ? step.id : undefined)));
  const numbered = steps.map((step: Json, index) => {
    if (!isJsonMap(step) || step.id !== undefined) return step;
    let number = index + 1;
    while (taken.has(`step-${number}`)) number++;
    taken.add(`step-${number}`);
    return { id: `step-${number}`, ...step };
  });
  return { ...definition, steps: numbered };
}

function readFields(written: Json | undefined, path: SettingsPath, document: SettingsDocument): ConfigFields {
  const fields = emptyMap<JsonSchema>();
  for (const [key, field] of entriesOf(written)) {
    if (!isJsonMap(field)) continue;
    for (const fault of checkSchema(field)) {
      const at = [...path, key, ...fault.path];
      document.report(at, {
        code: 'config-file',
        message: `The field \`${key}\` has a wrong schema: \`${fault.keyword}\` ${fault.message}.`,
        ...(fault.hint !== undefined && { hint: fault.hint }),
        isKey: fault.isKey ?? false,
      });
    }
    fields[key] = checkDefault(key, field, [...path, key, 'default'], document);
  }
  return fields;
}

/** A default of null means: none. */
function checkDefault(key: string, field: JsonMap, path: SettingsPath, document: SettingsDocument): JsonSchema {
  const { default: written, ...schema } = field;
  if (written === undefined || written === null) return schema;
  if (checkSchema(field).length === 0) {
    for (const { message, hint } of checkValue(schema, written, { isUnknown: holdsOpenText })) {
      const text = `The default of \`${key}\` ${message}.`;
      document.report(path, { code: 'value', message: text, ...(hint !== undefined && { hint }) });
    }
  }
  return field;
}

function holdsOpenText(value: Json): boolean {
  return typeof value === 'string' && holdsTemplate(value);
}

function entriesOf(written: Json | undefined): readonly (readonly [string, Json])[] {
  return isJsonMap(written) ? Object.entries(written).filter(([key]) => !key.startsWith('x-')) : [];
}
