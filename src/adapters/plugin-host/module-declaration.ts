import { SettingsDocument } from '../../core/configuration/settings-document.ts';
import type { Diagnostic } from '../../core/diagnostic/diagnostic.ts';
import { loadPatterns } from '../../core/expression/pattern.ts';
import { isJsonList, isJsonMap, type Json, type JsonMap } from '../../core/model/json.ts';
import type { JsonSchema, SchemaType } from '../../core/model/schema.ts';
import { checkSchema } from '../../core/schema/check-schema.ts';
import { checkValue } from '../../core/schema/check-value.ts';

/** What a YAML file with `module:` says of a module: its actions with their inputs and outputs. */
export interface ModuleDeclaration {
  readonly file: string;
  readonly module: string;
  /** `null` where it names none. */
  readonly version: string | null;
  readonly description: string;
  readonly actions: ReadonlyMap<string, ActionDeclaration>;
}

export interface ActionDeclaration {
  readonly description: string;
  readonly configuration: JsonSchema;
  /** `null`: the file does not say which there are. */
  readonly outputs: { readonly [name: string]: JsonSchema } | null;
}

export interface DeclarationReading {
  /** `null` where the file has errors, or is no declaration at all. */
  readonly declaration: ModuleDeclaration | null;
  readonly diagnostics: readonly Diagnostic[];
  /** Reports what does not fit the module's code: the action's own place, or that of `module` or `version`. */
  readonly report: (
    place: { readonly key: string } | { readonly action: string },
    fault: DeclarationFault,
  ) => Diagnostic;
}

export interface DeclarationFault {
  readonly code: 'unknown-handler' | 'value';
  readonly message: string;
  readonly severity?: Diagnostic['severity'];
  readonly hint?: string;
}

const types = ['string', 'textarea', 'number', 'integer', 'boolean', 'enum', 'array', 'object', 'date', 'file', 'any'];

const field: JsonSchema = {
  type: 'object',
  required: ['name'],
  additionalProperties: false,
  properties: {
    name: { type: 'string', minLength: 1 },
    type: { type: 'string', enum: types },
    description: { type: 'string' },
    required: { type: 'boolean' },
    default: {},
    enum: { type: 'array', minItems: 1 },
    options: { type: 'array', minItems: 1 },
    items: { type: ['object', 'string'] },
    properties: { type: 'object' },
    secret: { type: 'boolean' },
  },
};

const declarationSchema: JsonSchema = {
  type: 'object',
  required: ['module', 'actions'],
  additionalProperties: false,
  properties: {
    module: { type: 'string', minLength: 1 },
    version: { type: 'string', minLength: 1 },
    description: { type: 'string' },
    actions: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        required: ['name'],
        additionalProperties: false,
        properties: {
          name: { type: 'string', minLength: 1 },
          description: { type: 'string' },
          inputs: { type: 'array', items: field },
          outputs: { type: 'array', items: field },
        },
      },
    },
  },
};

/** Whether a YAML text is the declaration of a module: other YAML files may lie in its folder. */
export function declaresModule(text: string): boolean {
  return /^["']?module["']?[ \t]*:/m.test(text);
}

/** Reads a declaration; all diagnostics at once, in file order. `file` is the path as people know it. */
export async function readModuleDeclaration(text: string, file: string): Promise<DeclarationReading> {
  if (text.includes('pattern')) await loadPatterns();
  const document = new SettingsDocument(text, file);
  const { value } = document;
  const report: DeclarationReading['report'] = (place, fault) =>
    document.diagnosticAt('key' in place ? [place.key] : pathOfAction(value, place.action), fault);
  const fits = value !== null && document.check(declarationSchema, value, []);
  if (fits) reportTwice(value, document);
  const declaration = fits ? declarationOf(value, file, document) : null;
  const isBroken = document.diagnostics.some(({ severity }) => severity === 'error');
  return { declaration: isBroken ? null : declaration, diagnostics: document.diagnostics, report };
}

function pathOfAction(value: JsonMap | null, action: string): readonly (string | number)[] {
  const index = listAt(value ?? {}, 'actions').findIndex((each) => each.name === action);
  return index === -1 ? ['actions'] : ['actions', index, 'name'];
}

function reportTwice(value: JsonMap, document: SettingsDocument): void {
  const seen = new Set<Json>();
  for (const [index, { name = null }] of listAt(value, 'actions').entries()) {
    if (seen.has(name)) {
      const message = `The action \`${String(name)}\` is declared twice.`;
      document.report(['actions', index, 'name'], { code: 'duplicate-id', message });
    }
    seen.add(name);
  }
}

function declarationOf(value: JsonMap, file: string, document: SettingsDocument): ModuleDeclaration {
  const actions = listAt(value, 'actions').map((action, index) => {
    const path = ['actions', index];
    const inputs = listAt(action, 'inputs');
    const configuration: JsonSchema = {
      type: 'object',
      properties: fieldsOf(inputs, [...path, 'inputs'], document),
      required: inputs.filter((input) => input.required === true).map(({ name }) => String(name)),
      // An action that says nothing of its inputs takes any.
      additionalProperties: action.inputs === undefined,
    };
    const declaration: ActionDeclaration = {
      description: textAt(action, 'description') ?? '',
      configuration,
      outputs:
        action.outputs === undefined ? null : fieldsOf(listAt(action, 'outputs'), [...path, 'outputs'], document),
    };
    return [String(action.name), declaration] as const;
  });
  return {
    file,
    module: String(value.module),
    version: textAt(value, 'version'),
    description: textAt(value, 'description') ?? '',
    actions: new Map(actions),
  };
}

function fieldsOf(
  fields: readonly JsonMap[],
  path: readonly (string | number)[],
  document: SettingsDocument,
): { readonly [name: string]: JsonSchema } {
  const schemas: { [name: string]: JsonSchema } = Object.create(null);
  for (const [index, written] of fields.entries()) {
    const name = String(written.name);
    const schema = schemaOf(written);
    if (Object.hasOwn(schemas, name)) {
      const message = `\`${name}\` is declared twice.`;
      document.report([...path, index, 'name'], { code: 'duplicate-id', message });
    }
    const [fault] = [...checkSchema(schema), ...defaultFaults(schema)];
    if (fault) document.report([...path, index], { code: 'value', message: `\`${name}\` ${fault.message}.` });
    schemas[name] = schema;
  }
  return schemas;
}

function defaultFaults(schema: JsonSchema) {
  const { default: written, ...plain } = schema;
  if (written === undefined || written === null || checkSchema(plain).length > 0) return [];
  return checkValue(plain, written).map(({ message }) => ({ message: `has a default that ${message}` }));
}

/** The language's types of values as JSON Schema. */
function schemaOf(written: JsonMap): JsonSchema {
  const { type, items, properties } = written;
  const choices = isJsonList(written.enum) ? written.enum : optionValues(written.options);
  const known = typeof type === 'string' ? schemaType(type) : null;
  return {
    ...(known !== null && { type: known }),
    ...(choices !== null && { enum: choices }),
    ...(typeof written.description === 'string' && { description: written.description }),
    ...(written.default !== undefined && written.default !== null && { default: written.default }),
    ...(written.secret === true && { secret: true }),
    ...(type === 'file' && { path: true }),
    ...(items !== undefined && { items: shapeOf(items) }),
    ...(isJsonMap(properties) && {
      properties: Object.fromEntries(Object.entries(properties).map(([name, shape]) => [name, shapeOf(shape)])),
    }),
  };
}

/** A type's name, or a declaration. */
function shapeOf(shape: Json): JsonSchema {
  return schemaOf(isJsonMap(shape) ? shape : { type: shape });
}

function optionValues(options: Json | undefined): readonly Json[] | null {
  if (!isJsonList(options)) return null;
  return options.map((option) => (isJsonMap(option) ? (option.value ?? null) : option));
}

function schemaType(type: string): SchemaType | null {
  switch (type) {
    case 'any':
      return null;
    case 'number':
    case 'integer':
    case 'boolean':
    case 'array':
    case 'object':
      return type;
    default:
      return 'string';
  }
}

function listAt(map: JsonMap, key: string): readonly JsonMap[] {
  const value = map[key];
  return isJsonList(value) ? value.filter(isJsonMap) : [];
}

function textAt(map: JsonMap, key: string): string | null {
  const value = map[key];
  return typeof value === 'string' ? value : null;
}
