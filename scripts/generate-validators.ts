/**
 * Makes the validator of workflow documents from the language's JSON Schema, so that no schema is compiled at run time.
 * `--check` writes nothing and fails where the committed file is not what the schema gives.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import standalone from 'ajv/dist/standalone/index.js';
import { languageSchema } from '../src/core/document/language-schema.ts';
import { isJsonMap, type Json } from '../src/core/model/json.ts';

const target = new URL('../src/core/document/generated/language-validator.ts', import.meta.url);

const header = `// @ts-nocheck
// Made by scripts/generate-validators.ts from src/core/document/language-schema.ts. Change the schema, not this file.
`;

const footer = `
function appended(errors, more) {
  if (errors === null) return more;
  for (const error of more) errors.push(error);
  return errors;
}

/** One violated keyword of the schema. Paths are JSON Pointers. */
export interface SchemaViolation {
  readonly keyword: string;
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly params: { readonly [name: string]: unknown };
}

/** Every violation of the language's schema in a plain value, in the order of the check. */
export function violationsOf(document: unknown): readonly SchemaViolation[] {
  return validateDocument(document) ? [] : validateDocument.errors;
}
`;

/** Keywords that hold maps of names to schemas: the names in them are no keywords. */
const schemaMaps = new Set(['properties', 'patternProperties', '$defs']);
const annotations = new Set(['title', 'description', 'default']);

/** What people read is no part of the check, and the validator is loaded at every start. */
function withoutAnnotations(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(withoutAnnotations);
  if (!isJsonMap(schema)) return schema;
  const kept = Object.entries(schema).filter(([keyword]) => !annotations.has(keyword));
  return Object.fromEntries(
    kept.map(([keyword, value]) => [
      keyword,
      schemaMaps.has(keyword) && isJsonMap(value)
        ? Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withoutAnnotations(inner)]))
        : withoutAnnotations(value),
    ]),
  );
}

/** The generator writes each schema out for error details that nobody asks for: those that no code names go. */
function withoutUnusedSchemas(code: string): string {
  return code
    .split('\n')
    .filter((line) => {
      const name = /^const (schema\d+) = /.exec(line)?.[1];
      return name === undefined || code.split(new RegExp(`\\b${name}\\b`)).length > 2;
    })
    .join('\n');
}

/** The generator copies all errors found so far for each faulty item of a list, which takes quadratic time. */
function withLinearErrors(code: string): string {
  return code.replaceAll(
    /vErrors === null \? ([\w.]+)\.errors : vErrors\.concat\(\1\.errors\)/g,
    'appended(vErrors, $1.errors)',
  );
}

function generate(): string {
  const ajv = new Ajv2020({
    allErrors: true,
    messages: false,
    inlineRefs: false,
    strict: true,
    strictRequired: false,
    allowUnionTypes: true,
    strictTypes: false,
    code: { source: true, esm: true, lines: true },
  });
  const schema = withoutAnnotations(languageSchema);
  if (!isJsonMap(schema)) throw new Error('the schema must be a map');
  ajv.addSchema(schema, 'language');
  const code = standalone.default(ajv, { validateDocument: 'language' });
  if (code.includes('require('))
    throw new Error('the validator must stand alone: a keyword of the schema needs a helper');
  const plain = code.replace('"use strict";', '').replace('export const validateDocument', 'const validateDocument');
  return header + withLinearErrors(withoutUnusedSchemas(plain)) + footer;
}

const generated = generate();
if (process.argv.includes('--check')) {
  const committed = readFileSync(target, 'utf8');
  if (committed !== generated) {
    console.error(
      'src/core/document/generated/language-validator.ts is stale: run node scripts/generate-validators.ts',
    );
    process.exitCode = 1;
  }
} else writeFileSync(target, generated);
