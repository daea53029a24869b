import { languageSchema } from '../../src/core/document/language-schema.ts';
import {
  companionKeys,
  documentKeysNotYet,
  isHandlerNotYet,
  stepKeysNotYet,
  stepValuesNotYet,
} from '../../src/core/document/not-yet.ts';
import { handlerTypes } from '../../src/core/document/step-vocabulary.ts';
import { code, page, table } from './markdown.ts';
import { type Section, type SectionRow, sectionsOf } from './schema-sections.ts';

/** Every key of the language, from the schema that the structural check is made of. */
export function languagePage(): string {
  const sections = sectionsOf(languageSchema, 'workflow');
  return page('The workflow language: every key', 'src/core/document/language-schema.ts', [
    'A definition is YAML 1.2 or JSON. Its keys stand under `workflow:`, or at the root of the file. An unknown key is an error; keys that begin with `x-` mean nothing and may stand in any map. `vwmp schema` prints the JSON Schema of which this page is made.',
    'Where a row says **not yet**, the key belongs to the language and this version refuses it with the diagnostic [`not-yet`](diagnostics.md).',
    ...sections.flatMap(partsOf),
    '## Words that a `type` alone may name',
    table(
      ['type', 'handler'],
      [...handlerTypes].map(([type, handler]) => [
        code(type),
        `${code(handler)}${isHandlerNotYet(handler) ? ' (**not yet**)' : ''}`,
      ]),
    ),
  ]);
}

function partsOf(section: Section): readonly string[] {
  const rows = section.rows.map((row) => [
    code(row.key),
    row.takes,
    row.fallback,
    `${notYet(section.heading, row)}${row.description}`,
  ]);
  return [`## ${section.heading}`, table(['key', 'takes', 'default', 'meaning'], rows)];
}

/** What is refused is refused of workflows and steps; maps inside a refused key need no mark of their own. */
function notYet(heading: string, { key }: SectionRow): string {
  if (heading === 'workflow') return mark(key, documentKeysNotYet, new Map());
  if (heading !== 'step') return '';
  const owner = companionKeys.get(key);
  return owner === undefined ? mark(key, stepKeysNotYet, stepValuesNotYet) : `**not yet**, belongs to ${code(owner)}. `;
}

function mark(key: string, keys: ReadonlySet<string>, values: ReadonlyMap<string, string>): string {
  if (keys.has(key)) return '**not yet** ';
  const value = values.get(key);
  return value === undefined ? '' : `(${code(value)}: **not yet**) `;
}
