import { isJsonMap, type Json } from '../model/json.ts';
import { asSchemaNode, own, type SchemaNode } from './schema-node.ts';

/**
 * The schema that a `$ref` names: `#` or a pointer into the same document (`#/$defs/port`). `null` where nothing is
 * there, or where the reference leads out of the document: no schema is ever fetched.
 */
export function resolveReference(root: SchemaNode, reference: string): SchemaNode | null {
  if (reference === '#') return root;
  if (!reference.startsWith('#/')) return null;
  let at: Json | undefined = root;
  for (const token of reference.slice(2).split('/')) {
    at = member(at, unescapeToken(token));
    if (at === undefined) return null;
  }
  return asSchemaNode(at);
}

function member(value: Json, key: string): Json | undefined {
  if (isJsonMap(value)) return own(value, key);
  if (Array.isArray(value) && /^\d+$/.test(key)) return value[Number(key)];
  return undefined;
}

function unescapeToken(token: string): string {
  const text = /^(?:[^%]|%[0-7][0-9A-Fa-f])*$/.test(token) ? decodeURIComponent(token) : token;
  return text.replaceAll('~1', '/').replaceAll('~0', '~');
}
