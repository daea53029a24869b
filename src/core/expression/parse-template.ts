import { err, ok, type Result } from '../model/result.ts';
import type { Expression, Place } from './ast.ts';
import { BoundedMemo } from './bounded-memo.ts';
import type { ExpressionFault } from './fault.ts';
import { catchStop, stopParsing } from './parse-stop.ts';
import { describeToken, Parser } from './parser.ts';

/** An expression in a template. The place is that of the whole form, delimiters included. */
export interface ExpressionPart extends Place {
  readonly kind: 'expression';
  readonly expression: Expression;
}

/** `{name}` in a handler field that takes placeholders. */
export interface PlaceholderPart extends Place {
  readonly kind: 'placeholder';
  readonly name: string;
}

/** A text cut into what stands for itself (escapes undone), expressions and placeholders. */
export interface Template {
  readonly text: string;
  readonly parts: readonly (string | ExpressionPart | PlaceholderPart)[];
}

export interface TemplateOptions {
  /** The field takes `{name}` placeholders. Default false: a single brace stands for itself. */
  readonly placeholders?: boolean;
}

const templates = new BoundedMemo<Result<Template, readonly ExpressionFault[]>>(5_000);
const placeholderTemplates = new BoundedMemo<Result<Template, readonly ExpressionFault[]>>(1_000);

/** `\${{` is taken whole unless a third brace follows: then `\${` is literal and `{{` begins an expression. */
const opening = /\\?(?:\$\{(?:\{(?!\{))?|\{\{)/g;
const openingOrBrace = /\\?(?:\$\{(?:\{(?!\{))?|\{\{|\{)/g;
const placeholder = /\{([A-Za-z_](?:-?[A-Za-z0-9_])*)\}/y;

/** Whether a text needs `parseTemplate` at all: false for most texts, at the cost of one or two searches. */
export function hasTemplate(text: string, options: TemplateOptions = {}): boolean {
  return options.placeholders ? text.includes('{') : text.includes('{{') || text.includes('${');
}

/**
 * Finds the expressions of a text in one scan from left to right: `${ … }`, `${{ … }}`, `{{ … }}`, and placeholders
 * where they are on. Gives all faults at once. Every text is parsed once.
 */
export function parseTemplate(
  text: string,
  options: TemplateOptions = {},
): Result<Template, readonly ExpressionFault[]> {
  const memo = options.placeholders ? placeholderTemplates : templates;
  return memo.get(text, () => scan(text, options.placeholders ?? false));
}

/** The text holds no expression and no placeholder; `constantText` is then its value. */
export function isConstant(template: Template): boolean {
  return template.parts.every((part) => typeof part === 'string');
}

/** The text of a template's literal parts, escapes undone. */
export function constantText(template: Template): string {
  return template.parts.filter((part) => typeof part === 'string').join('');
}

/** The expression that is the whole string, whose value keeps its type; null where text stands beside it. */
export function wholeExpression(template: Template): Expression | null {
  const [part] = template.parts;
  if (template.parts.length !== 1 || part === undefined || typeof part === 'string') return null;
  return part.kind === 'expression' ? part.expression : null;
}

export function isWhole(template: Template): boolean {
  return wholeExpression(template) !== null;
}

export function expressionsOf(template: Template): readonly Expression[] {
  return template.parts.flatMap((part) =>
    typeof part !== 'string' && part.kind === 'expression' ? [part.expression] : [],
  );
}

export function placeholdersOf(template: Template): readonly PlaceholderPart[] {
  return template.parts.filter((part) => typeof part !== 'string').filter((part) => part.kind === 'placeholder');
}

function scan(text: string, placeholders: boolean): Result<Template, readonly ExpressionFault[]> {
  const parts = new Parts();
  const faults: ExpressionFault[] = [];
  const pattern = placeholders ? openingOrBrace : opening;
  let at = 0;
  for (;;) {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found === null) break;
    parts.addText(text.slice(at, found.index));
    at = found.index + found[0].length;
    if (found[0].startsWith('\\')) parts.addText(found[0].slice(1));
    else if (found[0] === '{') at = scanPlaceholder(text, found.index, parts);
    else at = scanExpression({ text, start: found.index, opening: found[0] }, parts, faults);
  }
  parts.addText(text.slice(at));
  return faults.length > 0 ? err(faults) : ok({ text, parts: parts.all });
}

/** A brace that begins no placeholder stands for itself. Gives the offset behind what was read. */
function scanPlaceholder(text: string, start: number, parts: Parts): number {
  placeholder.lastIndex = start;
  const name = placeholder.exec(text)?.[1];
  if (name === undefined) {
    parts.addText('{');
    return start + 1;
  }
  const end = placeholder.lastIndex;
  parts.add({ kind: 'placeholder', name, start, end });
  return end;
}

interface Opening {
  readonly text: string;
  readonly start: number;
  readonly opening: string;
}

/** After a fault the scan goes on behind the next closing braces, so that later faults are found too. */
function scanExpression(at: Opening, parts: Parts, faults: ExpressionFault[]): number {
  const part = catchStop(() => readExpression(at));
  if (part.ok) {
    parts.add(part.value);
    return part.value.end;
  }
  faults.push({ hint: escapeHint(at.opening), ...part.error });
  const closing = closingOf(at.opening);
  const found = at.text.indexOf(closing, Math.max(part.error.start, at.start + at.opening.length));
  return found === -1 ? at.text.length : found + closing.length;
}

/**
 * Reads the form that begins at `start` of `text` with `opening`. Throws `ParseStop`.
 */
function readExpression({ text, start, opening }: Opening): ExpressionPart {
  const closing = closingOf(opening);
  const parser = new Parser(text, start + opening.length);
  const first = parser.current;
  if (first.kind === 'sign' && first.sign === '}') {
    stopParsing({ start, end: first.end }, 'the expression is empty');
  }
  if (first.kind === 'end') stopUnclosed(start, opening);
  const root = parser.parseExpression();
  const token = parser.current;
  if (token.kind === 'end') stopUnclosed(start, opening);
  if (token.kind !== 'sign' || token.sign !== '}' || !text.startsWith(closing, token.start)) {
    stopParsing(token, `expected \`${closing}\` behind the expression, found ${describeToken(token)}`, parser.hint());
  }
  const expression = { text, root, start: root.start, end: root.end };
  return { kind: 'expression', expression, start, end: token.start + closing.length };
}

function stopUnclosed(start: number, opening: string): never {
  const place = { start, end: start + opening.length };
  return stopParsing(place, `the \`${opening}\` that begins here has no closing \`${closingOf(opening)}\``);
}

function closingOf(opening: string): string {
  return opening.endsWith('{{') ? '}}' : '}';
}

function escapeHint(opening: string): string {
  const literal = opening.startsWith('$') ? '${' : '{{';
  return `if \`${literal}\` is meant as text, write \`\\${literal}\` (in double-quoted YAML \`\\\\${literal}\`)`;
}

/** Collects parts; neighbouring texts become one. */
class Parts {
  readonly #parts: (string | ExpressionPart | PlaceholderPart)[] = [];
  #text = '';

  addText(text: string): void {
    this.#text += text;
  }

  add(part: ExpressionPart | PlaceholderPart): void {
    this.#flush();
    this.#parts.push(part);
  }

  get all(): readonly (string | ExpressionPart | PlaceholderPart)[] {
    this.#flush();
    return this.#parts;
  }

  #flush(): void {
    if (this.#text !== '') this.#parts.push(this.#text);
    this.#text = '';
  }
}
