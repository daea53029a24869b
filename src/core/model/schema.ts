import type { Json } from './json.ts';

/**
 * The part of JSON Schema (2020-12) that plugins use, with the marks of DESIGN.md section 2.
 * The interpreter of `core/schema` checks values against it; unknown keywords are ignored, as the standard says.
 */
export interface JsonSchema {
  readonly type?: SchemaType | readonly SchemaType[];
  readonly title?: string;
  readonly description?: string;
  readonly default?: Json;
  readonly enum?: readonly Json[];
  readonly const?: Json;
  readonly examples?: readonly Json[];
  readonly properties?: { readonly [name: string]: JsonSchema };
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly patternProperties?: { readonly [pattern: string]: JsonSchema };
  readonly propertyNames?: JsonSchema;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly items?: JsonSchema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly multipleOf?: number;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly not?: JsonSchema;

  /** The field takes `{name}` placeholders beside expressions; a list names those that the handler fills itself. */
  readonly template?: boolean | readonly string[];
  /** Secrets may stand in the field; its value is never stored or shown. */
  readonly secret?: boolean;
  /** The parameter that fills the field where the step does not write it and the workflow declares it. */
  readonly parameter?: string;
  /** With `parameter`: take the label of the enum's option instead of its value. */
  readonly parameterLabel?: boolean;
  /** The field is a script: never templated. */
  readonly script?: boolean;
  /** The field is a path: it must stay inside the workspace. */
  readonly path?: boolean;
}

export type SchemaType = 'null' | 'boolean' | 'number' | 'integer' | 'string' | 'array' | 'object';
