import type { AccessNode, CallNode, Expression, Literal, MethodLink, Node, Place, RootNode } from './ast.ts';
import type { ExpressionFault } from './fault.ts';
import { expressionFunctions, findFunction } from './functions/catalog.ts';
import { describeWrongCount } from './functions/expression-function.ts';
import { edgeHint } from './functions/status.ts';
import { knownRoots } from './known-roots.ts';
import { expressionMethods, findMethods } from './methods/catalog.ts';
import { compilePattern, patternsAreLoaded } from './pattern.ts';
import { suggest } from './suggest.ts';
import { walk } from './walk.ts';

/** What the place of an expression allows. */
export interface ExpressionRules {
  /** Roots as people write them (`config` and `variables` are two). */
  readonly roots: ReadonlySet<string>;
  /** `success()`, `failure()`, `cancelled()`, `always()` may stand here. */
  readonly statusFunctions: boolean;
  /** The expression is a whole condition: the texts "true" and "false" are a fault. Default false. */
  readonly condition?: boolean;
  /** The place, for messages: `in \`enabled\``. Default `here`. */
  readonly place?: string;
  /** What to do about a known root that is not allowed here, by root. */
  readonly rootHints?: { readonly [root: string]: string };
}

/**
 * Everything about an expression that is known to be wrong before it runs and needs no knowledge of the workflow:
 * roots, functions, methods, argument counts, constant patterns (once patterns are loaded). In the order written.
 */
export function checkExpression(expression: Expression, rules: ExpressionRules): readonly ExpressionFault[] {
  const faults: ExpressionFault[] = [];
  const bound = new Set<string>(rules.roots);
  walk(expression.root, (node) => {
    if (node.kind === 'root') faults.push(...checkRoot(node, rules, bound));
    if (node.kind === 'step' || node.kind === 'state') faults.push(...checkRootName(node.written, node, rules, bound));
    if (node.kind === 'call') faults.push(...checkCall(node, rules));
    if (node.kind === 'access') faults.push(...checkAccess(node));
  });
  if (rules.condition) faults.push(...checkConditionText(expression.root));
  return faults.sort((a, b) => a.start - b.start);
}

function checkRoot(node: RootNode, rules: ExpressionRules, bound: ReadonlySet<string>): readonly ExpressionFault[] {
  const faults = checkRootName(node.written, node, rules, bound);
  if (faults.length > 0) return faults;
  if (node.name === 'steps') {
    return [fault(node, 'expression', `\`${node.written}\` names no step`, stepHints.get(node.written))];
  }
  if (node.name === 'context') {
    return [fault(node, 'expression', '`context` has nothing but `context.state`', 'write `context.state.KEY`')];
  }
  return [];
}

const stepHints = new Map([
  ['steps', 'write `steps.ID.outputs.NAME`'],
  ['step-outputs', 'write `step-outputs.ID.NAME`'],
]);

function checkRootName(
  written: string,
  node: Node,
  rules: ExpressionRules,
  bound: ReadonlySet<string>,
): readonly ExpressionFault[] {
  if (bound.has(written)) return [];
  const place = { start: node.start, end: Math.min(node.end, node.start + written.length) };
  const hint = rules.rootHints?.[written];
  if (written === 'secrets') {
    const message = `a secret cannot be read ${rules.place ?? 'here'}`;
    return [fault(place, 'secret-place', message, hint ?? 'pass it to the step in `env` or `secrets`')];
  }
  if (knownRoots.includes(written)) {
    return [fault(place, 'not-here', `\`${written}\` cannot be read ${rules.place ?? 'here'}`, hint)];
  }
  return [fault(place, 'unknown-root', `there is no root \`${written}\``, hint ?? rootHint(written, bound))];
}

function rootHint(written: string, bound: ReadonlySet<string>): string | undefined {
  const word = wordHints.get(written.toLowerCase());
  if (word !== undefined) return word;
  const [before = '', after = ''] = splitAtHyphen(written, bound);
  if (before !== '') return `a subtraction wants spaces: \`${before} - ${after}\``;
  const near = suggest(written, bound);
  if (near !== null) return `did you mean \`${near}\`?`;
  if (findFunction(written)) return `\`${written}\` is a function: \`${findFunction(written)?.signature}\``;
  return `roots are ${[...bound].join(', ')}; a text stands in quotes`;
}

/** `index-1` where `index` can be read: the first hyphen behind a known name, or before a number. */
function splitAtHyphen(written: string, bound: ReadonlySet<string>): readonly string[] {
  for (let at = written.indexOf('-'); at !== -1; at = written.indexOf('-', at + 1)) {
    if (bound.has(written.slice(0, at))) return [written.slice(0, at), written.slice(at + 1)];
  }
  return [];
}

const wordHints = new Map([
  ['true', 'write `true`'],
  ['false', 'write `false`'],
  ['null', 'write `null`'],
  ['none', 'write `null`'],
  ['nil', 'write `null`'],
  ['undefined', 'write `null`'],
  ['not', 'write `!` for `not`'],
  ['and', 'write `&&` for `and`'],
  ['or', 'write `||` for `or`'],
  ['inputs', 'parameters are read as `parameters.NAME`'],
  ['params', 'parameters are read as `parameters.NAME`'],
  ['vars', 'configuration is read as `config.NAME`'],
  ['needs', 'outputs are read as `steps.ID.outputs.NAME`'],
  ['matrix', 'the item of `for_each` is read as `item`'],
]);

function checkCall(node: CallNode, rules: ExpressionRules): readonly ExpressionFault[] {
  const name = { start: node.start, end: node.start + node.name.length };
  const called = findFunction(node.name);
  if (called === undefined) {
    return [fault(name, 'unknown-function', `there is no function \`${node.name}\``, functionHint(node))];
  }
  if (called.status && !rules.statusFunctions) {
    const message = `\`${node.name}()\` is allowed in \`finally\` and in conditions of routes only`;
    return [fault(name, 'not-here', message, edgeHint)];
  }
  const wrong = describeWrongCount(called, node.arguments.length);
  if (wrong !== null) return [fault(node, 'expression', wrong)];
  return node.name === 'matches' ? checkPattern(node.arguments[1]) : [];
}

function functionHint({ name }: CallNode): string | undefined {
  const word = wordHints.get(name);
  if (word !== undefined) return word;
  const near = suggest(
    name,
    expressionFunctions.map((each) => each.name),
  );
  if (near !== null) return `did you mean \`${near}\`?`;
  const method = findMethods(name);
  const signature = (method?.text ?? method?.list)?.signature;
  return signature === undefined ? undefined : `it is a method: \`value${signature}\``;
}

function checkPattern(pattern: Node | undefined): readonly ExpressionFault[] {
  if (pattern?.kind !== 'literal' || typeof pattern.value !== 'string' || !patternsAreLoaded()) return [];
  const compiled = compilePattern(pattern.value);
  return compiled.ok ? [] : [fault(pattern, 'expression', `the pattern cannot be used: ${compiled.error}`)];
}

function checkAccess(node: AccessNode): readonly ExpressionFault[] {
  return node.links.flatMap((link) => (link.kind === 'method' ? checkMethod(link, node) : []));
}

function checkMethod(link: MethodLink, node: AccessNode): readonly ExpressionFault[] {
  if (link.name === 'get') return [checkGet(link, node)];
  const methods = findMethods(link.name);
  if (methods === undefined) {
    return [fault(link, 'unknown-function', `there is no method \`.${link.name}\``, methodHint(link))];
  }
  const given = link.arrow === null ? link.arguments.length : 1;
  const [first, ...others] = [methods.text, methods.list]
    .filter((method) => method !== undefined)
    .map((method) => describeWrongCount(method, given));
  if (typeof first === 'string' && others.every((wrong) => wrong !== null)) return [fault(link, 'expression', first)];
  if (methods.list?.kind === 'arrow' && link.arrow === null) {
    const message = `\`.${link.name}\` takes an arrow function`;
    return [fault(link, 'expression', message, `write \`${methods.list.signature}\``)];
  }
  return [];
}

/** A `.get` that reads the state is no method link any more when checks see it. */
function checkGet(link: MethodLink, node: AccessNode): ExpressionFault {
  const onState = node.base.kind === 'root' && node.base.name === 'state' && node.links[0] === link;
  if (onState) return fault(link, 'expression', `\`.get('key')\` takes 1 argument, not ${link.arguments.length}`);
  return fault(link, 'unknown-function', 'only the state has `.get`', "read a key as `.key` or `['key']`");
}

function methodHint({ name }: MethodLink): string | undefined {
  if (name === 'length') return 'write `.length` without parentheses';
  const near = suggest(
    name,
    expressionMethods.map((method) => method.name),
  );
  if (near !== null) return `did you mean \`.${near}\`?`;
  const same = findFunction(name);
  return same ? `it is a function: \`${same.signature}\`` : undefined;
}

function checkConditionText(root: Node): readonly ExpressionFault[] {
  const written = isBooleanText(root) ? root.value : null;
  if (written === null) return [];
  return [
    fault(
      root,
      'expression',
      `the condition is the text "${written}", which is true whatever it says`,
      `write ${written} without quotes`,
    ),
  ];
}

function isBooleanText(node: Node): node is Literal & { readonly value: 'true' | 'false' } {
  return node.kind === 'literal' && (node.value === 'true' || node.value === 'false');
}

function fault(place: Place, code: ExpressionFault['code'], message: string, hint?: string): ExpressionFault {
  const { start, end } = place;
  return hint === undefined ? { code, message, start, end } : { code, message, hint, start, end };
}
