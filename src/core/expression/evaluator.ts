import type { Json } from '../model/json.ts';
import { unreachable } from '../model/result.ts';
import type {
  AccessNode,
  Arrow,
  BinaryNode,
  CallNode,
  ConditionalNode,
  IndexLink,
  LogicNode,
  MemberLink,
  MethodLink,
  Node,
  StateNode,
  StepNode,
  UnaryNode,
} from './ast.ts';
import { Call } from './call.ts';
import type { Evaluation } from './evaluation.ts';
import { findFunction } from './functions/catalog.ts';
import { describeWrongCount } from './functions/expression-function.ts';
import { findMethods } from './methods/catalog.ts';
import type { ArrowMethod } from './methods/expression-method.ts';
import { applyOperator } from './operators.ts';
import { characterCount, isHiddenKey, isList, isMap, isTruthy, kindOf, nameOfKind, readKey } from './values.ts';

/** The value of a node. Throws `EvaluationStop`. */
export function evaluateNode(node: Node, evaluation: Evaluation): Json {
  evaluation.spend(node, 1);
  switch (node.kind) {
    case 'literal':
      return node.value;
    case 'list':
      return node.items.map((item) => evaluateNode(item, evaluation));
    case 'root':
      return isHiddenKey(node.name) ? null : (evaluation.scope.root(node.name) ?? null);
    case 'local':
      return evaluation.locals[node.slot] ?? null;
    case 'step':
      return evaluateStep(node, evaluation);
    case 'state':
      return evaluateState(node, evaluation);
    case 'access':
      return evaluateAccess(node, evaluation);
    case 'call':
      return evaluateCall(node, evaluation);
    case 'unary':
      return evaluateUnary(node, evaluation);
    case 'binary':
      return evaluateBinary(node, evaluation);
    case 'logic':
      return evaluateLogic(node, evaluation);
    case 'conditional':
      return evaluateConditional(node, evaluation);
    default:
      return unreachable(node);
  }
}

function evaluateStep(node: StepNode, evaluation: Evaluation): Json {
  const id = evaluateNode(node.id, evaluation);
  if (typeof id !== 'string') return failAccess(evaluation, node.id, 'the steps are read by id', id);
  const facts = isHiddenKey(id) ? null : evaluation.scope.step(id);
  return node.outputs ? (facts?.outputs ?? null) : facts;
}

function evaluateState(node: StateNode, evaluation: Evaluation): Json {
  const key = evaluateNode(node.key, evaluation);
  if (typeof key !== 'string') return failAccess(evaluation, node.key, 'the state is read by key', key);
  return isHiddenKey(key) ? null : (evaluation.scope.state(key) ?? null);
}

function evaluateAccess(node: AccessNode, evaluation: Evaluation): Json {
  let value = evaluateNode(node.base, evaluation);
  for (const link of node.links) {
    if (link.optional && value === null) return null;
    evaluation.spend(link, 1);
    switch (link.kind) {
      case 'member':
        value = readMember(value, link, evaluation);
        break;
      case 'index':
        value = readIndex(value, link, evaluation);
        break;
      case 'method':
        value = callMethod(value, link, evaluation);
        break;
      default:
        return unreachable(link);
    }
  }
  return value;
}

function readMember(value: Json, link: MemberLink, evaluation: Evaluation): Json {
  if (isMap(value)) return readKey(value, link.name);
  if (value === null || value === undefined) return null;
  if (link.name === 'length') {
    if (isList(value)) return value.length;
    if (typeof value === 'string') return measureText(value, link, evaluation);
  }
  const message = `\`.${link.name}\` is read from ${nameOfKind(value)}, which has no keys`;
  return evaluation.fail(link, 'kind', message, methodHint(value, link.name));
}

function measureText(text: string, link: MemberLink, evaluation: Evaluation): number {
  evaluation.spendOn(link, text.length);
  return characterCount(text);
}

function methodHint(value: Json, name: string): string | undefined {
  const methods = findMethods(name);
  const method = isList(value) ? methods?.list : typeof value === 'string' ? methods?.text : undefined;
  if (method) return `call it: \`${method.signature}\``;
  return isList(value) ? 'an item of a list is read by its index: `list[0]`' : undefined;
}

function readIndex(value: Json, link: IndexLink, evaluation: Evaluation): Json {
  const key = evaluateNode(link.index, evaluation);
  if (isMap(value)) {
    return typeof key === 'string' ? readKey(value, key) : failAccess(evaluation, link, 'a map is read by text', key);
  }
  if (isList(value)) {
    if (typeof key !== 'number') return failAccess(evaluation, link, 'a list is read by number', key);
    if (Number.isInteger(key)) return value[key] ?? null;
    return evaluation.fail(link, 'kind', 'a list is read by a whole number');
  }
  if (value === null || value === undefined) return null;
  return evaluation.fail(link, 'kind', `nothing can be read from ${nameOfKind(value)} with brackets`);
}

function failAccess(evaluation: Evaluation, place: Node | IndexLink, rule: string, key: Json): never {
  return evaluation.fail(place, key === null ? 'null' : 'kind', `${rule}, not by ${nameOfKind(key)}`);
}

function callMethod(value: Json, link: MethodLink, evaluation: Evaluation): Json {
  const methods = findMethods(link.name);
  if (methods === undefined) return failUnknownMethod(link, evaluation);
  const kind = kindOf(value);
  const method = kind === 'text' || kind === 'list' ? methods[kind] : undefined;
  if (method === undefined) return failReceiver(value, link, evaluation);
  const wrong = describeWrongCount(method, link.arrow === null ? link.arguments.length : 1);
  if (wrong !== null) return evaluation.fail(link, 'argument', wrong);
  if (method.kind === 'arrow') return callArrowMethod(method, value, link, evaluation);
  const values = [value, ...link.arguments.map((argument) => evaluateNode(argument, evaluation))];
  return method.call(values, new Call(evaluation, link, `.${link.name}`));
}

function callArrowMethod(method: ArrowMethod, value: Json, link: MethodLink, evaluation: Evaluation): Json {
  const { arrow } = link;
  if (arrow === null) return evaluation.fail(link, 'argument', `\`.${link.name}\` takes an arrow function: \`x => …\``);
  if (!isList(value)) return failReceiver(value, link, evaluation);
  return method.call(value, (item) => applyArrow(arrow, item, evaluation));
}

function applyArrow(arrow: Arrow, item: Json, evaluation: Evaluation): Json {
  evaluation.locals[arrow.slot] = item;
  return evaluateNode(arrow.body, evaluation);
}

function failUnknownMethod(link: MethodLink, evaluation: Evaluation): never {
  if (link.name === 'get') {
    return evaluation.fail(link, 'unknown-function', 'only the state has `.get`, and it takes one key');
  }
  return evaluation.fail(link, 'unknown-function', `there is no method \`.${link.name}\``);
}

function failReceiver(value: Json, link: MethodLink, evaluation: Evaluation): never {
  const methods = findMethods(link.name);
  const kinds = [methods?.text && 'text', methods?.list && 'lists'].filter((kind) => kind !== undefined);
  const message = `\`.${link.name}\` is a method of ${kinds.join(' and ')}, not of ${nameOfKind(value)}`;
  if (value !== null) return evaluation.fail(link, 'kind', message);
  return evaluation.fail(link, 'null', message, `\`?.${link.name}\` gives null for null`);
}

function evaluateCall(node: CallNode, evaluation: Evaluation): Json {
  const called = findFunction(node.name);
  if (called === undefined) {
    return evaluation.fail(node, 'unknown-function', `there is no function \`${node.name}\``);
  }
  const wrong = describeWrongCount(called, node.arguments.length);
  if (wrong !== null) return evaluation.fail(node, 'argument', wrong);
  const values = node.arguments.map((argument) => evaluateNode(argument, evaluation));
  return called.call(values, new Call(evaluation, node, node.name));
}

function evaluateUnary(node: UnaryNode, evaluation: Evaluation): Json {
  const value = evaluateNode(node.operand, evaluation);
  if (node.operator === '!') return !isTruthy(value);
  if (typeof value === 'number') return 0 - value;
  const message = `\`-\` takes a number, not ${nameOfKind(value)}`;
  return evaluation.fail(node, value === null ? 'null' : 'kind', message);
}

function evaluateBinary(node: BinaryNode, evaluation: Evaluation): Json {
  let left = evaluateNode(node.first, evaluation);
  let leftNode = node.first;
  for (const step of node.rest) {
    const right = evaluateNode(step.operand, evaluation);
    left = applyOperator(evaluation, step, { left, right, leftNode, rightNode: step.operand });
    leftNode = node;
  }
  return left;
}

function evaluateLogic(node: LogicNode, evaluation: Evaluation): Json {
  let value: Json = null;
  for (const operand of node.operands) {
    value = evaluateNode(operand, evaluation);
    if (endsLogic(node, value)) return value;
  }
  return value;
}

/** Whether an operand settles the whole chain, so that nothing behind it is evaluated. */
function endsLogic({ operator }: LogicNode, value: Json): boolean {
  switch (operator) {
    case '&&':
      return !isTruthy(value);
    case '||':
      return isTruthy(value);
    case '??':
      return value !== null;
    default:
      return unreachable(operator);
  }
}

function evaluateConditional(node: ConditionalNode, evaluation: Evaluation): Json {
  for (const { test, value } of node.branches) {
    if (isTruthy(evaluateNode(test, evaluation))) return evaluateNode(value, evaluation);
  }
  return evaluateNode(node.otherwise, evaluation);
}
