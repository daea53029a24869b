import { err, ok, type Result } from '../model/result.ts';
import type { Expression, Node } from './ast.ts';
import { BoundedMemo } from './bounded-memo.ts';
import type { ExpressionFault } from './fault.ts';
import { catchStop, stopParsing } from './parse-stop.ts';
import { parseTemplate } from './parse-template.ts';
import { describeToken, Parser } from './parser.ts';

const expressions = new BoundedMemo<Result<Expression, ExpressionFault>>(5_000);

/** Reads a bare expression. Every text is parsed once; the same text gives the same object. */
export function parseExpression(text: string): Result<Expression, ExpressionFault> {
  return expressions.get(text, () => catchStop(() => parseBare(text)));
}

function parseBare(text: string): Expression {
  const parser = new Parser(text, 0);
  if (parser.current.kind === 'end') stopParsing({ start: 0, end: text.length }, 'the expression is empty');
  const root = parser.parseExpression();
  expectEnd(parser, root);
  return { text, root, start: root.start, end: root.end };
}

function expectEnd(parser: Parser, root: Node): void {
  const token = parser.current;
  if (token.kind === 'end') return;
  stopParsing(
    token,
    `expected the end of the expression, found ${describeToken(token)}`,
    parser.hint() ?? hintFor(root),
  );
}

/** A name with a value behind it is usually text that was meant to be quoted. */
function hintFor(root: Node): string | undefined {
  return root.kind === 'root' ? 'write texts in \'single\' or "double" quotes' : undefined;
}

/**
 * Reads the text of a place that takes a bare expression (`condition`, `enabled`, `until` …). A text that is exactly
 * one template, with nothing but space around it, means the expression in it. Offsets count in `text` as it is given.
 */
export function parseCondition(text: string): Result<Expression, ExpressionFault> {
  if (!/^\s*(?:\$\{|\{\{)/.test(text)) return parseExpression(text);
  const template = parseTemplate(text);
  if (!template.ok) return err(template.error[0] ?? notOneExpression(text));
  const [part, ...others] = template.value.parts.filter((each) => typeof each !== 'string' || each.trim() !== '');
  if (part === undefined || typeof part === 'string' || part.kind !== 'expression' || others.length > 0) {
    return err(notOneExpression(text));
  }
  return ok(part.expression);
}

function notOneExpression(text: string): ExpressionFault {
  return {
    code: 'expression',
    message: 'a condition is a single expression, and text stands beside this template',
    hint: 'write the whole condition without template braces, or put all of it into one template',
    start: 0,
    end: text.length,
  };
}
