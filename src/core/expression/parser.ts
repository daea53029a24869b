import {
  type Arrow,
  type BinaryOperator,
  type BinaryStep,
  equalityOperators,
  type Link,
  type LogicOperator,
  type Node,
  orderOperators,
  type Place,
} from './ast.ts';
import { Lexer, type Token } from './lexer.ts';
import { limits } from './limits.ts';
import { arrowMethods } from './methods/arrow-methods.ts';
import { stopParsing } from './parse-stop.ts';
import { resolveAccess, rootNode } from './resolve-access.ts';

type Operator = { readonly strength: number } & (
  | { readonly kind: 'logic'; readonly sign: LogicOperator }
  | { readonly kind: 'binary'; readonly sign: BinaryOperator }
);

/** Operators between two values with how tightly they bind. All of them group from the left. */
const operators = new Map<string, Operator>([
  ['??', { kind: 'logic', sign: '??', strength: 1 }],
  ['||', { kind: 'logic', sign: '||', strength: 2 }],
  ['&&', { kind: 'logic', sign: '&&', strength: 3 }],
  ...binaryRow(4, equalityOperators),
  ...binaryRow(5, orderOperators),
  ...binaryRow(6, ['+', '-']),
  ...binaryRow(7, ['*', '/', '%']),
]);

function binaryRow(strength: number, signs: readonly BinaryOperator[]): [string, Operator][] {
  return signs.map((sign) => [sign, { kind: 'binary', sign, strength }]);
}

const arrowAhead = /(?:([A-Za-z_](?:-?[A-Za-z0-9_])*)|\(\s*([A-Za-z_](?:-?[A-Za-z0-9_])*)\s*\))\s*=>/y;

/**
 * Reads one expression by precedence climbing. Throws `ParseStop` at the first fault. `current` is the first token
 * behind what was read: the caller decides whether it may stand there.
 */
export class Parser {
  readonly #text: string;
  readonly #lexer: Lexer;
  readonly #locals: string[] = [];
  #token: Token;
  #previousEnd: number;
  #depth = 0;

  constructor(text: string, start: number) {
    this.#text = text;
    this.#lexer = new Lexer(text, start);
    this.#previousEnd = start;
    this.#token = this.#lexer.next();
  }

  get current(): Token {
    return this.#token;
  }

  parseExpression(): Node {
    const start = this.#token.start;
    const branches: { test: Node; value: Node }[] = [];
    let otherwise = this.#parseBinary(1);
    while (this.#takeSign('?')) {
      const value = this.#nested(() => this.parseExpression());
      this.#expectSign(':', 'a condition `a ? b : c` needs its `:`');
      branches.push({ test: otherwise, value });
      otherwise = this.#parseBinary(1);
    }
    if (branches.length === 0) return otherwise;
    return { kind: 'conditional', branches, otherwise, start, end: this.#previousEnd };
  }

  #parseBinary(weakest: number): Node {
    let left = this.#parseUnary();
    for (;;) {
      const operator = this.#operator();
      if (operator === undefined || operator.strength < weakest) return left;
      left = operator.kind === 'logic' ? this.#parseLogic(left, operator) : this.#parseSigns(left, operator.strength);
    }
  }

  #parseLogic(first: Node, operator: Operator & { kind: 'logic' }): Node {
    const operands = [first];
    while (this.#takeSign(operator.sign)) operands.push(this.#parseBinary(operator.strength + 1));
    return { kind: 'logic', operator: operator.sign, operands, start: first.start, end: this.#previousEnd };
  }

  /** All operators of one strength in a row: long sums make lists and not deep trees. */
  #parseSigns(first: Node, strength: number): Node {
    const rest: BinaryStep[] = [];
    for (;;) {
      const operator = this.#operator();
      if (operator?.kind !== 'binary' || operator.strength !== strength) break;
      const { start, end } = this.#token;
      this.#advance();
      rest.push({ operator: operator.sign, operand: this.#parseBinary(strength + 1), start, end });
    }
    return { kind: 'binary', first, rest, start: first.start, end: this.#previousEnd };
  }

  #operator(): Operator | undefined {
    return this.#token.kind === 'sign' ? operators.get(this.#token.sign) : undefined;
  }

  #parseUnary(): Node {
    const { start } = this.#token;
    const operator = this.#token.kind === 'sign' ? this.#token.sign : '';
    if (operator !== '!' && operator !== '-') return this.#parseAccess();
    this.#advance();
    const operand = this.#nested(() => this.#parseUnary());
    const place = { start, end: this.#previousEnd };
    if (operator === '-' && operand.kind === 'literal' && typeof operand.value === 'number') {
      return { kind: 'literal', value: 0 - operand.value, ...place };
    }
    return { kind: 'unary', operator, operand, ...place };
  }

  #parseAccess(): Node {
    const base = this.#parsePrimary();
    const links: Link[] = [];
    for (;;) {
      const { start } = this.#token;
      if (this.#takeSign('.')) links.push(this.#parseMember(start, false));
      else if (this.#takeSign('[')) links.push(this.#parseIndex(start, false));
      else if (this.#takeSign('?.')) {
        links.push(this.#takeSign('[') ? this.#parseIndex(start, true) : this.#parseMember(start, true));
      } else if (this.#isSign('(')) this.#stopAtCall(base);
      else return resolveAccess(base, links);
    }
  }

  #parseMember(start: number, optional: boolean): Link {
    const token = this.#token;
    if (token.kind !== 'name') this.#stopAtMember();
    this.#advance();
    if (!this.#takeSign('(')) return { kind: 'member', name: token.name, optional, start: token.start, end: token.end };
    const arrow = this.#parseArrow(token.name);
    const given = arrow === null ? this.#parseItems(')') : [];
    if (arrow !== null) this.#expectSign(')', 'the call is not closed');
    return { kind: 'method', name: token.name, arguments: given, arrow, optional, start, end: this.#previousEnd };
  }

  #parseIndex(start: number, optional: boolean): Link {
    if (this.#isSign(']')) stopParsing(this.#token, 'the brackets are empty', 'write a key or an index in them');
    const index = this.#nested(() => this.parseExpression());
    this.#expectSign(']', 'the bracket is not closed');
    return { kind: 'index', index, optional, start, end: this.#previousEnd };
  }

  #parsePrimary(): Node {
    const token = this.#token;
    switch (token.kind) {
      case 'number':
      case 'text':
        this.#advance();
        return { kind: 'literal', value: token.value, start: token.start, end: token.end };
      case 'name':
        return this.#parseName(token);
      case 'sign':
        if (this.#takeSign('(')) return this.#parseGroup();
        if (this.#takeSign('[')) return this.#parseList(token.start);
        return this.#stopAtOperand();
      case 'end':
        return this.#stopAtOperand();
    }
  }

  #parseName(token: Token & { kind: 'name' }): Node {
    const place = { start: token.start, end: token.end };
    this.#advance();
    if (this.#isSign('=>')) this.#stopAtArrow(this.#token);
    if (this.#takeSign('(')) {
      const given = this.#parseItems(')');
      return { kind: 'call', name: token.name, arguments: given, start: token.start, end: this.#previousEnd };
    }
    if (literalNames.has(token.name)) return { kind: 'literal', value: literalNames.get(token.name) ?? null, ...place };
    const slot = this.#locals.lastIndexOf(token.name);
    if (slot !== -1) return { kind: 'local', name: token.name, slot, ...place };
    return rootNode(token.name, place);
  }

  #parseGroup(): Node {
    if (this.#isSign(')')) stopParsing(this.#token, 'the parentheses are empty');
    const inner = this.#nested(() => this.parseExpression());
    this.#expectSign(')', 'the parenthesis is not closed');
    if (this.#isSign('=>')) this.#stopAtArrow(this.#token);
    return inner;
  }

  #parseList(start: number): Node {
    const items = this.#parseItems(']');
    return { kind: 'list', items, start, end: this.#previousEnd };
  }

  /** Values between commas up to the closing sign, which is taken. */
  #parseItems(close: ')' | ']'): readonly Node[] {
    const items: Node[] = [];
    if (this.#takeSign(close)) return items;
    for (;;) {
      items.push(this.#nested(() => this.parseExpression()));
      if (this.#takeSign(close)) return items;
      this.#expectSign(',', close === ')' ? 'the call is not closed' : 'the list is not closed');
    }
  }

  /** `x => …` as the first argument of `method`; null where none stands there. */
  #parseArrow(method: string): Arrow | null {
    const { start } = this.#token;
    arrowAhead.lastIndex = start;
    const found = arrowAhead.exec(this.#text);
    if (found === null) return null;
    if (!arrowMethods.has(method)) this.#stopAtArrow({ start, end: arrowAhead.lastIndex });
    while (!this.#takeSign('=>')) this.#advance();
    this.#locals.push(found[1] ?? found[2] ?? '');
    const body = this.#nested(() => this.parseExpression());
    this.#locals.pop();
    return { slot: this.#locals.length, body, start, end: this.#previousEnd };
  }

  #nested<T>(parse: () => T): T {
    if (++this.#depth > limits.nesting) {
      stopParsing(this.#token, `the expression is nested deeper than ${limits.nesting} levels`);
    }
    const result = parse();
    this.#depth--;
    return result;
  }

  #advance(): void {
    this.#previousEnd = this.#token.end;
    this.#token = this.#lexer.next();
  }

  #isSign(sign: string): boolean {
    return this.#token.kind === 'sign' && this.#token.sign === sign;
  }

  #takeSign(sign: string): boolean {
    if (!this.#isSign(sign)) return false;
    this.#advance();
    return true;
  }

  #expectSign(sign: string, message: string): void {
    if (this.#takeSign(sign)) return;
    stopParsing(this.#token, `${message}: expected \`${sign}\`, found ${describeToken(this.#token)}`, this.hint());
  }

  /** Advice for a token that cannot stand behind what was read. */
  hint(): string | undefined {
    const token = this.#token;
    const before = this.#text.slice(Math.max(0, this.#previousEnd - 4), this.#previousEnd);
    if (/(?:^|[^A-Za-z0-9_.-])not$/.test(before) && token.kind !== 'end') return 'write `!` for `not`';
    if (token.kind === 'name') return wordHints.get(token.name);
    if (token.kind === 'sign' && token.sign === '=>') return arrowHint;
    return undefined;
  }

  #stopAtOperand(): never {
    const token = this.#token;
    const plus = token.kind === 'sign' && token.sign === '+' ? 'there is no `+` sign for numbers' : undefined;
    return stopParsing(token, `expected a value, found ${describeToken(token)}`, plus);
  }

  #stopAtMember(): never {
    const token = this.#token;
    const hint = token.kind === 'number' || token.kind === 'text' ? "write list[0] or map['key']" : undefined;
    return stopParsing(token, `expected a name after the dot, found ${describeToken(token)}`, hint);
  }

  #stopAtCall(base: Node): never {
    const place = { start: base.start, end: this.#token.end };
    return stopParsing(place, 'only functions and methods can be called, by their names');
  }

  #stopAtArrow(place: Place): never {
    return stopParsing(place, `an arrow function with one parameter may stand only in ${arrowHint}`);
  }
}

const arrowHint = [...arrowMethods].map((name) => `.${name}(x => …)`).join(' ');

const literalNames = new Map<string, null | boolean>([
  ['null', null],
  ['true', true],
  ['false', false],
]);

const wordHints = new Map([
  ['and', 'write `&&` for `and`'],
  ['or', 'write `||` for `or`'],
  ['not', 'write `!` for `not`, `!=` for "is not"'],
  ['is', 'compare with `==`'],
  ['eq', 'compare with `==`'],
  ['in', 'write `contains(list, value)` or `list.includes(value)`'],
  ['if', 'write `condition ? a : b`'],
]);

/** What stands at a fault, for its message. */
export function describeToken(token: Token): string {
  switch (token.kind) {
    case 'number':
      return `the number ${token.value}`;
    case 'text':
      return 'a text';
    case 'name':
      return `\`${token.name}\``;
    case 'sign':
      return `\`${token.sign}\``;
    case 'end':
      return 'the end';
  }
}
