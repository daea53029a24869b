import { type DocumentNode, kindOfNode, type TextNode } from './document-node.ts';
import { type KeyPath, parseKeyPath } from './key-path.ts';
import { absent, elsewhere, firstOf, found, refused, type Search } from './search.ts';
import type { SettledTarget } from './settle-target.ts';
import type { TextPlace } from './text-place.ts';

type Lookup =
  | { readonly kind: 'text'; readonly node: TextNode }
  | { readonly kind: 'missing' }
  | { readonly kind: 'repeated'; readonly name: string }
  | { readonly kind: 'inherited' }
  /** Something else stands there; `what` has its article. */
  | { readonly kind: 'other'; readonly what: string };

/** Finds the value of a key in JSON, TOML or YAML; in a YAML file of several documents in each of them. */
export async function findByKey(target: SettledTarget, content: string): Promise<Search> {
  const documents = await documentsOf(target, content);
  return firstOf(target.path, target.keys, (key) => {
    const path = parseKeyPath(key);
    if (path === null) {
      return refused(`the key \`${key}\` cannot be read: write names with dots, \`a.b[0]."c.d"\``);
    }
    return searchIn(
      target,
      key,
      content,
      documents.map((document) => lookUp(document, path)),
    );
  });
}

/** Follows the path from the outermost node inwards. */
export function lookUp(root: DocumentNode, path: KeyPath): Lookup {
  let node = root;
  for (const part of path) {
    let next: DocumentNode | undefined;
    if (typeof part === 'number') next = node.kind === 'list' ? node.items[part] : undefined;
    else if (node.kind === 'map') {
      if (node.repeated?.has(part)) return { kind: 'repeated', name: part };
      next = node.entries.get(part);
    } else if (node.kind === 'other' && node.what === 'an alias') return { kind: 'other', what: 'below an alias' };
    if (next === undefined) return { kind: 'missing' };
    node = next;
  }
  if (node.kind === 'text') return { kind: 'text', node };
  if (node.kind === 'map' && node.entries.has('workspace')) return { kind: 'inherited' };
  return { kind: 'other', what: kindOfNode(node) };
}

async function documentsOf(target: SettledTarget, content: string): Promise<readonly DocumentNode[]> {
  switch (target.format) {
    case 'toml':
      return [(await import('./toml-document.ts')).readToml(content)];
    case 'yaml':
      return (await import('./yaml-document.ts')).readYaml(content);
    default:
      return [(await import('./json-document.ts')).readJson(content)];
  }
}

function searchIn(target: SettledTarget, key: string, content: string, lookups: readonly Lookup[]): Search {
  const places: TextPlace[] = [];
  for (const lookup of lookups) {
    switch (lookup.kind) {
      case 'text':
        places.push(placeOf(target, lookup.node, content));
        break;
      case 'repeated':
        return refused(
          `${target.path} has the key \`${lookup.name}\` twice, so it is not clear which \`${key}\` counts`,
        );
      case 'inherited':
        return inherited(target, key);
      case 'other':
        return refused(`\`${key}\` in ${target.path} is ${lookup.what}, and it must be a text on one line`);
      case 'missing':
        break;
    }
  }
  if (places.length === 0) return absent(`${target.path} has no \`${key}\``);
  return found(places, `places of \`${key}\``);
}

function inherited(target: SettledTarget, key: string): Search {
  if (target.format !== 'toml')
    return refused(`\`${key}\` in ${target.path} is a map, and it must be a text on one line`);
  return elsewhere(
    `\`${key}\` in ${target.path} comes from its workspace: name the Cargo.toml of the workspace, with the key \`workspace.package.version\``,
  );
}

function placeOf(target: SettledTarget, node: TextNode, content: string): TextPlace {
  const text = content.slice(node.start, node.end);
  const place: TextPlace = {
    start: node.start,
    end: node.end,
    text,
    ...(target.format === 'yaml' && node.isPlain && { plainScalar: true }),
  };
  const build = text.indexOf('+');
  if (build === -1 || !/(?:^|\/)pubspec\.ya?ml$/.test(target.path)) return place;
  return { ...place, text: text.slice(0, build), keptBuild: text.slice(build) };
}
