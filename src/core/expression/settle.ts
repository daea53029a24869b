import { emptyMap, isJsonList, isJsonMap, type Json, type JsonList, type JsonMap } from '../model/json.ts';
import { err, ok, type Result } from '../model/result.ts';
import type { TemplateText } from '../ports/plugin.ts';
import { evaluate } from './evaluate.ts';
import type { EvaluationFault, ExpressionFault } from './fault.ts';
import { limits } from './limits.ts';
import {
  type ExpressionPart,
  hasTemplate,
  type PlaceholderPart,
  parseTemplate,
  type Template,
  type TemplateOptions,
  wholeExpression,
} from './parse-template.ts';
import type { Scope } from './scope.ts';
import { numberToText } from './values.ts';

export interface SettleOptions {
  /** A null joined into text is written as nothing (`name`, `description`). Default false: it is a fault. */
  readonly nullAsText?: boolean;
}

/** Keys and indices from the value that was settled to the text at fault. */
export interface SettleFault extends EvaluationFault {
  readonly path: readonly (string | number)[];
}

/** What `{name}` means in a handler's template field. */
export interface Placeholders {
  /** Names that the handler fills itself. */
  readonly own: readonly string[];
  /** What an upstream output, a parameter or the configuration gives for a name. */
  readonly resolve: (name: string) => PlaceholderValue;
}

/** Null where nothing gives a placeholder a value. */
export type PlaceholderValue = string | null | SeveralGivers;

/** More than one step gives the value, so that the name stands for none of them. */
interface SeveralGivers {
  readonly kind: 'several';
  readonly steps: readonly string[];
  /** For a handler that fills the name itself: what the first of the steps gave that gave anything. */
  readonly first: string | null;
}

/**
 * The value of a text with templates in it. A text that is one expression gives that expression's value, null too;
 * any other gives text. What is filled in is never scanned again.
 */
export function settleText(text: string, scope: Scope, options: SettleOptions = {}): Result<Json, EvaluationFault> {
  if (!hasTemplate(text)) return ok(text);
  const template = readTemplate(text, {});
  if (!template.ok) return template;
  const whole = wholeExpression(template.value);
  return whole ? evaluate(whole, scope) : joinParts(template.value, scope, options);
}

/**
 * Settles every text in a value; keys are left alone. A map key whose whole value comes out null is left out, a null
 * item of a list stays, and a null that is written as such stays. `undefined`: `value` itself is a text that comes
 * out null. Stops at the first fault.
 */
export function settleJson(
  value: Json,
  scope: Scope,
  options: SettleOptions = {},
): Result<Json | undefined, SettleFault> {
  if (typeof value === 'string') {
    const settled = settleText(value, scope, options);
    if (!settled.ok) return err({ ...settled.error, path: [] });
    return ok(settled.value ?? undefined);
  }
  if (isJsonList(value)) return settleList(value, scope, options);
  if (isJsonMap(value)) return settleMap(value, scope, options);
  return ok(value);
}

/**
 * Settles a handler's field that takes placeholders. Expressions, and placeholders that others give, become plain
 * text; the handler's own names stay for it to fill, with what others would give as `otherwise`, and so do names that
 * nothing gives in this run. Null: the text is one expression that came out null, so the field is left out.
 */
export function settleTemplateText(
  text: string,
  scope: Scope,
  placeholders: Placeholders,
): Result<TemplateText | null, EvaluationFault> {
  const template = readTemplate(text, { placeholders: true });
  if (!template.ok) return template;
  const whole = wholeExpression(template.value);
  if (whole) {
    const value = evaluate(whole, scope);
    if (!value.ok) return value;
    return ok(value.value === null ? null : { template: [textOf(value.value)] });
  }
  return fillPlaceholders(template.value, scope, placeholders);
}

function fillPlaceholders(
  template: Template,
  scope: Scope,
  { own, resolve }: Placeholders,
): Result<TemplateText, EvaluationFault> {
  const filled: TemplateText['template'][number][] = [];
  for (const part of template.parts) {
    if (typeof part === 'string') filled.push(part);
    else if (part.kind === 'expression') {
      const text = partText(part, scope, {});
      if (!text.ok) return text;
      filled.push(text.value);
    } else {
      const given = resolve(part.name);
      const isOwn = own.includes(part.name);
      if (isSeveral(given) && !isOwn) return err(severalFault(part, given.steps));
      const otherwise = isSeveral(given) ? given.first : given;
      filled.push(isOwn || otherwise === null ? { name: part.name, otherwise } : otherwise);
    }
  }
  return ok({ template: joinNeighbours(filled) });
}

function isSeveral(value: PlaceholderValue): value is SeveralGivers {
  return typeof value === 'object' && value !== null;
}

function severalFault({ name, start, end }: PlaceholderPart, steps: readonly string[]): EvaluationFault {
  const message = givenBySeveral(name, steps);
  return { code: 'several-givers', message, hint: 'write an expression that names one of them', start, end };
}

/** Of a placeholder that names no one step, as a sentence without its end. */
export function givenBySeveral(name: string, steps: readonly string[]): string {
  return `\`{${name}}\` is given by the steps \`${steps.join('` and `')}\``;
}

function joinNeighbours(parts: TemplateText['template']): TemplateText['template'] {
  const joined: TemplateText['template'][number][] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (typeof part === 'string' && typeof last === 'string') joined[joined.length - 1] = last + part;
    else joined.push(part);
  }
  return joined;
}

function settleList(list: JsonList, scope: Scope, options: SettleOptions): Result<Json, SettleFault> {
  const settled: Json[] = [];
  for (const [index, item] of list.entries()) {
    const value = settleJson(item, scope, options);
    if (!value.ok) return under(index, value.error);
    settled.push(value.value ?? null);
  }
  return ok(settled);
}

/** The result has no prototype, so that no key of a document means anything to the host. */
function settleMap(map: JsonMap, scope: Scope, options: SettleOptions): Result<Json, SettleFault> {
  const settled = emptyMap<Json>();
  for (const key of Object.keys(map)) {
    const value = settleJson(map[key] ?? null, scope, options);
    if (!value.ok) return under(key, value.error);
    if (value.value !== undefined) settled[key] = value.value;
  }
  return ok(settled);
}

function under(key: string | number, fault: SettleFault): Result<never, SettleFault> {
  return err({ ...fault, path: [key, ...fault.path] });
}

function joinParts(template: Template, scope: Scope, options: SettleOptions): Result<string, EvaluationFault> {
  let joined = '';
  let filledIn = 0;
  for (const part of template.parts) {
    if (typeof part === 'string') joined += part;
    else if (part.kind === 'expression') {
      const text = partText(part, scope, options);
      if (!text.ok) return text;
      filledIn += text.value.length;
      if (filledIn > limits.resultBytes) return err(tooLarge(part));
      joined += text.value;
    }
  }
  return ok(joined);
}

function partText(part: ExpressionPart, scope: Scope, options: SettleOptions): Result<string, EvaluationFault> {
  const value = evaluate(part.expression, scope);
  if (!value.ok) return value;
  if (value.value !== null) return ok(textOf(value.value));
  return options.nullAsText ? ok('') : err(nullInText(part));
}

/** How a value stands in text: numbers in the shortest form that reads back, lists and maps as JSON. */
function textOf(value: Json): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? numberToText(value) : JSON.stringify(value);
}

function nullInText({ expression, start, end }: ExpressionPart): EvaluationFault {
  const written = expression.text.slice(expression.start, expression.end);
  return {
    code: 'null',
    message: `\`${excerpt(written)}\` is null and stands in a text`,
    hint: "give null another value with `?? ''`",
    start,
    end,
  };
}

function excerpt(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 57)}...`;
}

function tooLarge({ start, end }: ExpressionPart): EvaluationFault {
  return { code: 'limit', message: `the text grows beyond ${limits.resultBytes} characters`, start, end };
}

function readTemplate(text: string, options: TemplateOptions): Result<Template, EvaluationFault> {
  const template = parseTemplate(text, options);
  if (template.ok) return template;
  const [first] = template.error;
  return err(first ? asEvaluationFault(first) : { code: 'syntax', message: 'unreadable', start: 0, end: text.length });
}

function asEvaluationFault({ message, hint, start, end }: ExpressionFault): EvaluationFault {
  return hint === undefined ? { code: 'syntax', message, start, end } : { code: 'syntax', message, hint, start, end };
}
