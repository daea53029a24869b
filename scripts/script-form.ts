import { type Node, type Program, parse } from 'acorn';

/** What the function that a script form evaluates to is called with. */
export const scriptParameters = ['require', 'importModule', 'moduleUrl'] as const;

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * Writes a bundled module as a script: an expression that evaluates to an async function of `scriptParameters`. Only
 * of a script can the engine keep the code of functions that were compiled after it was loaded.
 *
 * The bundler leaves little to be rewritten: one import of `createRequire`, which it uses for the modules of Node,
 * `import.meta.url` and dynamic imports. Whatever else belongs to modules alone is an error. No line moves.
 */
export function scriptForm(code: string): string {
  const program = parse(code, { ecmaVersion: 'latest', sourceType: 'module', allowAwaitOutsideFunction: true });
  const edits = [...importEdits(program), ...nodesOf(program).flatMap(expressionEdits)];
  return `(async function (${scriptParameters.join(', ')}) { ${edited(code, edits).trimEnd()}\n})\n`;
}

function importEdits(program: Program): readonly Edit[] {
  return program.body.flatMap((statement): readonly Edit[] => {
    if (statement.type.startsWith('Export')) throw new Error(`a script cannot hold an ${statement.type}`);
    if (statement.type !== 'ImportDeclaration') return [];
    const [specifier] = statement.specifiers;
    const isCreateRequire =
      /^(node:)?module$/.test(String(statement.source.value)) &&
      statement.specifiers.length === 1 &&
      specifier?.type === 'ImportSpecifier' &&
      specifier.imported.type === 'Identifier' &&
      specifier.imported.name === 'createRequire';
    if (!isCreateRequire) throw new Error(`a script cannot import ${statement.source.raw}`);
    return [{ ...placeOf(statement), text: `const ${specifier.local.name} = () => require;` }];
  });
}

function expressionEdits(node: Node & { readonly [field: string]: unknown }): readonly Edit[] {
  // `import(…)`: the arguments stay as they are.
  if (node.type === 'ImportExpression') {
    return [{ start: node.start, end: node.start + 'import'.length, text: 'importModule' }];
  }
  const { object, property } = node as { readonly object?: Node; readonly property?: { readonly name?: string } };
  if (node.type === 'MemberExpression' && object?.type === 'MetaProperty' && property?.name === 'url') {
    return [{ ...placeOf(node), text: 'moduleUrl' }];
  }
  return [];
}

function placeOf({ start, end }: Node): { readonly start: number; readonly end: number } {
  return { start, end };
}

/** The node and all below it. */
function nodesOf(node: Node): readonly (Node & { readonly [field: string]: unknown })[] {
  const found: (Node & { readonly [field: string]: unknown })[] = [];
  const waiting: unknown[] = [node];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (Array.isArray(next)) waiting.push(...next);
    else if (isNode(next)) {
      found.push(next);
      waiting.push(...Object.values(next));
    }
  }
  return found;
}

function isNode(value: unknown): value is Node & { readonly [field: string]: unknown } {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

function edited(code: string, edits: readonly Edit[]): string {
  const inOrder = [...edits].sort((one, other) => one.start - other.start);
  let from = 0;
  let text = '';
  for (const edit of inOrder) {
    text += code.slice(from, edit.start) + edit.text;
    from = edit.end;
  }
  return text + code.slice(from);
}
