import type { Json } from '../model/json.ts';
import { orList, typeName } from './describe-value.ts';
import type { SchemaFault } from './schema-fault.ts';
import { asSchemaNode, own, type SchemaNode, schemaListAt, textAt, textsAt } from './schema-node.ts';
import type { Keywords, Path, Walk } from './walk.ts';

/** `$ref`, `allOf`, `anyOf`, `oneOf`, `not`, `if` with `then` and `else`. */
export const checkCombined: Keywords = (schema, value, path, walk) => {
  const faults: SchemaFault[] = [];
  const reference = textAt(schema, '$ref');
  const target = reference === null ? null : walk.resolve(reference);
  if (target !== null) faults.push(...walk.check(target, value, path));
  for (const member of schemaListAt(schema, 'allOf') ?? []) faults.push(...walk.check(member, value, path));

  const some = schemaListAt(schema, 'anyOf');
  if (some !== null) faults.push(...checkAlternatives(some, value, path, walk, 'anyOf'));
  const one = schemaListAt(schema, 'oneOf');
  if (one !== null) faults.push(...checkAlternatives(one, value, path, walk, 'oneOf'));

  if (walk.isOpen(value)) return faults;
  const banned = asSchemaNode(own(schema, 'not'));
  if (banned !== null && walk.check(banned, value, path).length === 0) {
    faults.push({ path, keyword: 'not', message: `has a form that is not allowed here: ${formName(banned)}` });
  }
  const question = asSchemaNode(own(schema, 'if'));
  if (question !== null) {
    const branch = asSchemaNode(own(schema, walk.check(question, value, path).length === 0 ? 'then' : 'else'));
    if (branch !== null) faults.push(...walk.check(branch, value, path));
  }
  return faults;
};

function checkAlternatives(
  members: readonly SchemaNode[],
  value: Json,
  path: Path,
  walk: Walk,
  keyword: 'anyOf' | 'oneOf',
): readonly SchemaFault[] {
  const tried = members.map((member) => ({ member, faults: walk.check(member, value, path) }));
  const fitting = tried.filter(({ faults }) => faults.length === 0);
  if (fitting.length > 1 && keyword === 'oneOf' && !walk.isOpen(value)) {
    const forms = fitting.map(({ member }) => formName(member)).join('; ');
    return [{ path, keyword, message: `fits more than one of the forms of which exactly one is allowed: ${forms}` }];
  }
  if (fitting.length > 0) return [];

  // The form whose kind the value has is the one that was meant: its faults say more than "fits none".
  const meant = tried.filter(({ faults }) => !faults.some((fault) => isAtRoot(fault, path)));
  const [only] = meant;
  if (only && meant.length === 1) return only.faults;
  const message = `must be ${orList(members.map(formName))}, not ${walk.describe(value)}`;
  return [{ path, keyword, message }];
}

function isAtRoot(fault: SchemaFault, path: Path): boolean {
  return fault.path.length === path.length && ['type', 'enum', 'const', 'not', 'false'].includes(fault.keyword);
}

/** How people would call what a schema admits. */
function formName(node: SchemaNode): string {
  if (typeof node === 'boolean') return node ? 'anything' : 'nothing';
  const title = textAt(node, 'title') ?? textAt(node, 'description');
  if (title !== null) return title;
  const constant = own(node, 'const');
  if (constant !== undefined) return JSON.stringify(constant);
  const options = own(node, 'enum');
  if (Array.isArray(options)) return orList(options.map((option: Json) => JSON.stringify(option)));
  const type = textAt(node, 'type');
  if (type !== null) return typeName(type);
  const types = textsAt(node, 'type');
  if (types.length > 0) return orList(types.map(typeName));
  const required = textsAt(node, 'required');
  return required.length > 0 ? `a map with ${required.join(', ')}` : 'a value of another form';
}
