import type { Link, Node, Place } from './ast.ts';
import { canonicalRoot } from './known-roots.ts';

/**
 * Puts a value and its links together. The roots that are not maps of their own are recognised here, so that nothing
 * later knows their spellings: `steps.ID`, `step-outputs.ID`, `state.key`, `context.state`, `.get('key')`.
 */
export function resolveAccess(base: Node, links: readonly Link[]): Node {
  if (base.kind !== 'root') return withLinks(base, links);
  switch (base.written) {
    case 'steps':
      return resolveStep(base, links, false);
    case 'step-outputs':
      return resolveStep(base, links, true);
    case 'context':
      return resolveContext(base, links);
    case 'state':
      return resolveState(base, links);
    default:
      return withLinks(base, links);
  }
}

/** The root that a name stands for when nothing inside the expression binds it. */
export function rootNode(written: string, place: Place): Node {
  return { kind: 'root', name: canonicalRoot(written), written, ...place };
}

function resolveStep(base: Node & { kind: 'root' }, links: readonly Link[], outputs: boolean): Node {
  const [first, ...others] = links;
  const id = first && keyOf(first);
  if (!id) return withLinks(base, links);
  return withLinks({ kind: 'step', id, outputs, written: base.written, start: base.start, end: id.end }, others);
}

function resolveContext(base: Node & { kind: 'root' }, links: readonly Link[]): Node {
  const [first, ...others] = links;
  const key = first && keyOf(first);
  if (!first || key?.kind !== 'literal' || key.value !== 'state') return withLinks(base, links);
  return resolveState({ ...base, name: 'state', end: first.end }, others);
}

function resolveState(base: Node & { kind: 'root' }, links: readonly Link[]): Node {
  const [first, ...others] = links;
  const key = first && (keyOf(first) ?? keyOfGet(first));
  if (!first || !key) return withLinks(base, links);
  return withLinks({ kind: 'state', key, written: base.written, start: base.start, end: first.end }, others);
}

function keyOf(link: Link): Node | undefined {
  if (link.kind === 'member') return { kind: 'literal', value: link.name, start: link.start, end: link.end };
  return link.kind === 'index' ? link.index : undefined;
}

function keyOfGet(link: Link): Node | undefined {
  return link.kind === 'method' && link.name === 'get' && link.arguments.length === 1 ? link.arguments[0] : undefined;
}

function withLinks(base: Node, links: readonly Link[]): Node {
  const last = links.at(-1);
  return last ? { kind: 'access', base, links, start: base.start, end: last.end } : base;
}
