import type { Expression, Link, Node, Place } from './ast.ts';
import { walk } from './walk.ts';

/**
 * Something that an expression reads from outside itself. `root` is canonical: `variables.x` reads `config`,
 * `step-outputs.ID.X` reads `steps` with the path `ID`, `outputs`, `X`, and `context.state.x` reads `state`.
 * A path ends before the first method call; an element that is computed is null.
 */
export interface Reference extends Place {
  readonly root: string;
  readonly path: readonly (string | number | null)[];
  /** The root as it is written. */
  readonly written: string;
}

/** A function or method (with a leading dot) that an expression calls. */
export interface CallReference extends Place {
  readonly name: string;
  readonly kind: 'function' | 'method';
}

/** All reads, in the order in which they are written. Parameters of arrow functions are no reads. */
export function referencesOf(expression: Expression): readonly Reference[] {
  const known = references.get(expression);
  if (known) return known;
  const found = collectReferences(expression.root);
  references.set(expression, found);
  return found;
}

const references = new WeakMap<Expression, readonly Reference[]>();

function collectReferences(root: Node): readonly Reference[] {
  const found: Reference[] = [];
  const bases = new Set<Node>();
  walk(root, (node) => {
    if (bases.has(node)) return;
    const base = node.kind === 'access' ? node.base : node;
    bases.add(base);
    const reference = referenceOf(base, node.kind === 'access' ? node.links : []);
    if (reference) found.push(reference);
  });
  return found;
}

function referenceOf(base: Node, links: readonly Link[]): Reference | null {
  switch (base.kind) {
    case 'root':
      return read(base, { root: base.name, written: base.written, before: [] }, links);
    case 'step':
      return read(
        base,
        { root: 'steps', written: base.written, before: [staticKey(base.id), ...(base.outputs ? ['outputs'] : [])] },
        links,
      );
    case 'state':
      return read(base, { root: 'state', written: base.written, before: [staticKey(base.key)] }, links);
    default:
      return null;
  }
}

function read(
  place: Place,
  { root, written, before }: { root: string; written: string; before: Reference['path'] },
  links: readonly Link[],
): Reference {
  const method = links.findIndex((link) => link.kind === 'method');
  const read = method === -1 ? links : links.slice(0, method);
  const end = read.at(-1)?.end ?? place.end;
  return { root, written, path: [...before, ...read.map(linkKey)], start: place.start, end };
}

function linkKey(link: Link): string | number | null {
  switch (link.kind) {
    case 'member':
      return link.name;
    case 'index':
      return staticKey(link.index);
    case 'method':
      return null;
  }
}

/** The key that is known without evaluating; null where it is computed. */
function staticKey(node: Node): string | number | null {
  if (node.kind !== 'literal') return null;
  return typeof node.value === 'string' || typeof node.value === 'number' ? node.value : null;
}

/** All calls, in the order in which they are written. `.get` of the state is a read and no call. */
export function callsOf(expression: Expression): readonly CallReference[] {
  const found: CallReference[] = [];
  walk(expression.root, (node) => {
    if (node.kind === 'call') found.push({ kind: 'function', name: node.name, start: node.start, end: node.end });
    if (node.kind !== 'access') return;
    for (const link of node.links) {
      if (link.kind === 'method') found.push({ kind: 'method', name: link.name, start: link.start, end: link.end });
    }
  });
  return found;
}

/** Whether evaluating needs `loadPatterns` first. */
export function usesPatterns(expression: Expression): boolean {
  return callsOf(expression).some(({ kind, name }) => kind === 'function' && name === 'matches');
}
