import type { Json } from '../model/json.ts';
import { unreachable } from '../model/result.ts';
import type { ArithmeticOperator, BinaryStep, Node, OrderOperator } from './ast.ts';
import type { Evaluation } from './evaluation.ts';
import { compareTexts, nameOfKind } from './values.ts';

/** What stands on the two sides of an operator: the values, and the nodes they came from for hints. */
export interface Sides {
  readonly left: Json;
  readonly right: Json;
  readonly leftNode: Node;
  readonly rightNode: Node;
}

/** The value of one operator between two values. No kind is ever turned into another. */
export function applyOperator(evaluation: Evaluation, step: BinaryStep, sides: Sides): Json {
  const { left, right } = sides;
  switch (step.operator) {
    case '==':
    case '===':
      return evaluation.areEqual(step, left, right);
    case '!=':
    case '!==':
      return !evaluation.areEqual(step, left, right);
    case '<':
    case '<=':
    case '>':
    case '>=':
      return inOrder(step.operator, compare(evaluation, step, sides));
    case '+':
      if (typeof left === 'string' && typeof right === 'string') return joinTexts(evaluation, step, left, right);
      return calculate(evaluation, step, step.operator, sides);
    case '-':
    case '*':
    case '/':
    case '%':
      return calculate(evaluation, step, step.operator, sides);
    default:
      return unreachable(step.operator);
  }
}

function inOrder(operator: OrderOperator, difference: number): boolean {
  switch (operator) {
    case '<':
      return difference < 0;
    case '<=':
      return difference <= 0;
    case '>':
      return difference > 0;
    case '>=':
      return difference >= 0;
    default:
      return unreachable(operator);
  }
}

/** Below 0, 0, or above. */
function compare(evaluation: Evaluation, step: BinaryStep, sides: Sides): number {
  const { left, right } = sides;
  if (typeof left === 'number' && typeof right === 'number') return left < right ? -1 : left > right ? 1 : 0;
  if (typeof left === 'string' && typeof right === 'string') {
    evaluation.spendOn(step, Math.min(left.length, right.length));
    return compareTexts(left, right);
  }
  return failKinds(evaluation, step, sides, 'compares two numbers or two texts');
}

function joinTexts(evaluation: Evaluation, step: BinaryStep, left: string, right: string): string {
  evaluation.expectTextFits(step, left.length + right.length);
  return evaluation.madeText(step, left + right);
}

function calculate(evaluation: Evaluation, step: BinaryStep, operator: ArithmeticOperator, sides: Sides): number {
  const { left, right } = sides;
  if (typeof left !== 'number' || typeof right !== 'number') {
    const takes = operator === '+' ? 'adds two numbers or joins two texts' : 'takes two numbers';
    return failKinds(evaluation, step, sides, takes);
  }
  if (right === 0 && (operator === '/' || operator === '%')) {
    return evaluation.fail(step, 'arithmetic', `\`${operator}\` by zero`);
  }
  const result = resultOf(operator, left, right);
  if (Number.isFinite(result)) return result + 0;
  return evaluation.fail(step, 'arithmetic', `the result of \`${operator}\` is too large for a number`);
}

function resultOf(operator: ArithmeticOperator, left: number, right: number): number {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    case '%':
      return left % right;
    default:
      return unreachable(operator);
  }
}

function failKinds(evaluation: Evaluation, step: BinaryStep, sides: Sides, takes: string): never {
  const { left, right } = sides;
  const message = `\`${step.operator}\` ${takes}, not ${nameOfKind(left)} and ${nameOfKind(right)}`;
  if (left === null || right === null) {
    const culprit = left === null ? sides.leftNode : sides.rightNode;
    return evaluation.fail(step, 'null', message, hyphenHint(culprit) ?? nullHint(left === null ? right : left));
  }
  const texts = typeof left === 'string' || typeof right === 'string';
  const join = step.operator === '+' && texts ? 'join values in a template, or with `format`' : undefined;
  return evaluation.fail(step, 'kind', message, join);
}

function nullHint(other: Json): string {
  return `give null another value with \`?? ${typeof other === 'string' ? "''" : '0'}\``;
}

/** `count-1` is the name of a key: where it reads null, a subtraction was probably meant. */
function hyphenHint(node: Node): string | undefined {
  const link = node.kind === 'access' ? node.links.at(-1) : undefined;
  const name = link?.kind === 'member' ? link.name : node.kind === 'root' ? node.written : '';
  if (!name.includes('-') || name === 'step-outputs') return undefined;
  return `\`${name}\` is one name; a subtraction wants spaces around its \`-\``;
}
