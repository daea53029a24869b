import { unreachable } from '../model/result.ts';
import type { Node } from './ast.ts';

/** Calls `visit` for a node and everything in it, in the order in which it is written. */
export function walk(node: Node, visit: (node: Node) => void): void {
  visit(node);
  for (const child of childrenOf(node)) walk(child, visit);
}

function childrenOf(node: Node): readonly Node[] {
  switch (node.kind) {
    case 'literal':
    case 'root':
    case 'local':
      return [];
    case 'list':
      return node.items;
    case 'step':
      return [node.id];
    case 'state':
      return [node.key];
    case 'access':
      return [node.base, ...node.links.flatMap(nodesOfLink)];
    case 'call':
      return node.arguments;
    case 'unary':
      return [node.operand];
    case 'binary':
      return [node.first, ...node.rest.map((step) => step.operand)];
    case 'logic':
      return node.operands;
    case 'conditional':
      return [...node.branches.flatMap(({ test, value }) => [test, value]), node.otherwise];
    default:
      return unreachable(node);
  }
}

function nodesOfLink(link: (Node & { kind: 'access' })['links'][number]): readonly Node[] {
  switch (link.kind) {
    case 'member':
      return [];
    case 'index':
      return [link.index];
    case 'method':
      return link.arrow === null ? link.arguments : [link.arrow.body];
    default:
      return unreachable(link);
  }
}
