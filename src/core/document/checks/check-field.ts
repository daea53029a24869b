import type { Expression } from '../../expression/ast.ts';
import { checkExpression } from '../../expression/check-expression.ts';
import type { ExpressionFault } from '../../expression/fault.ts';
import { parseCondition } from '../../expression/parse-expression.ts';
import {
  expressionsOf,
  hasTemplate,
  type PlaceholderPart,
  parseTemplate,
  placeholdersOf,
} from '../../expression/parse-template.ts';
import { isJsonMap, type Json } from '../../model/json.ts';
import type { CheckContext } from './check-context.ts';
import { checkReferences } from './check-references.ts';
import type { Field } from './field.ts';
import { rulesOf } from './field-rules.ts';
import type { Report } from './report.ts';

/** Checks a template; gives its placeholders where the field takes them. */
export function checkTemplate(
  text: string,
  field: Field,
  context: CheckContext,
  placeholders = false,
): readonly PlaceholderPart[] {
  if (!hasTemplate(text, { placeholders })) return [];
  const template = parseTemplate(text, { placeholders });
  if (!template.ok) {
    for (const fault of template.error) reportFault(fault, field, context.report);
    return [];
  }
  for (const expression of expressionsOf(template.value)) checkOne(expression, field, context, false);
  return placeholdersOf(template.value);
}

/** Checks a text that is one bare expression, or one template. */
export function checkCondition(text: string, field: Field, context: CheckContext): void {
  const parsed = parseCondition(text);
  if (parsed.ok) checkOne(parsed.value, field, context, true);
  else reportFault(parsed.error, field, context.report);
}

/** Checks all texts of a value; `fieldAt` gives the field of one. Keys of maps are never templated. */
export function checkTemplates(
  value: Json,
  path: readonly (string | number)[],
  fieldAt: (path: readonly (string | number)[]) => Field,
  context: CheckContext,
): void {
  if (typeof value === 'string') checkTemplate(value, fieldAt(path), context);
  else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) checkTemplates(item, [...path, index], fieldAt, context);
  } else if (isJsonMap(value)) {
    for (const key of Object.keys(value)) {
      checkKey(key, fieldAt([...path, key]), context.report);
      checkTemplates(value[key] ?? null, [...path, key], fieldAt, context);
    }
  }
}

export function checkKey(key: string, field: Field, report: Report): void {
  if (!hasTemplate(key)) return;
  const message = `the key \`${key}\` holds an expression, and keys are never templated`;
  report.add(field.place(), { code: 'not-here', message, hint: 'write the key as it is to be read' });
}

function checkOne(expression: Expression, field: Field, context: CheckContext, condition: boolean): void {
  const rules = rulesOf({ kind: field.kind, condition, statusFunctions: field.statusFunctions });
  for (const fault of checkExpression(expression, rules)) reportFault(fault, field, context.report);
  checkReferences(expression, field, context);
}

export function reportFault(fault: ExpressionFault, field: Field, report: Report): void {
  const { code, message, hint, start, end } = fault;
  const origin = field.origin === undefined ? '' : ` (in ${field.origin})`;
  const inside = field.origin === undefined ? { inside: { start, end } } : {};
  report.add(field.place(), { code, message: `${message}${origin}`, hint, ...inside });
}
