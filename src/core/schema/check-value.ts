import { compilePattern } from '../expression/pattern.ts';
import { isJsonMap, type Json } from '../model/json.ts';
import { checkCombined } from './combining-keywords.ts';
import { describeValue, kindOf } from './describe-value.ts';
import { checkList } from './list-keywords.ts';
import { checkMap } from './map-keywords.ts';
import { resolveReference } from './resolve-reference.ts';
import { checkNumber, checkText } from './scalar-keywords.ts';
import type { SchemaFault } from './schema-fault.ts';
import { type AnySchema, type SchemaNode, schemaNode } from './schema-node.ts';
import { checkChoice, checkType } from './type-keywords.ts';
import type { Keywords, Path, Walk } from './walk.ts';

export interface CheckOptions {
  /** Most faults that are given back; default 50. */
  readonly maxFaults?: number;
  /** True for a value that is not known yet (a template): nothing is said about it, nor about what depends on it. */
  readonly isUnknown?: (value: Json) => boolean;
  /** The value is secret: messages name its kind only. */
  readonly secret?: boolean;
}

const maxDepth = 128;
/** Pairs of schema and value that are looked at: a schema that doubles at each reference ends here. */
const maxVisits = 500_000;

/**
 * The ways in which `value` does not fit `schema`; empty where it fits. Draft 2020-12 without the keywords that
 * `checkSchema` refuses. Patterns run in linear time, depth and work are bounded: passing a bound is a fault.
 * The schema itself is taken as it is: what `checkSchema` would report has no effect here. A schema that holds
 * patterns (`usesPatterns`) needs `loadPatterns()` to have been awaited.
 */
export function checkValue(schema: AnySchema, value: Json, options: CheckOptions = {}): readonly SchemaFault[] {
  const walker = new SchemaWalker(schemaNode(schema), options);
  return walker.check(walker.root, value, []).slice(0, options.maxFaults ?? 50);
}

const keywords: readonly Keywords[] = [checkChoice, checkText, checkNumber, checkList, checkMap, checkCombined];

class SchemaWalker implements Walk {
  readonly root: SchemaNode;
  readonly #isUnknown: ((value: Json) => boolean) | null;
  readonly #secret: boolean;
  readonly #open = new Map<Json, boolean>();
  #depth = 0;
  #visits = 0;

  constructor(root: SchemaNode, options: CheckOptions) {
    this.root = root;
    this.#isUnknown = options.isUnknown ?? null;
    this.#secret = options.secret ?? false;
  }

  readonly check = (schema: SchemaNode, value: Json, path: Path): readonly SchemaFault[] => {
    if (schema === true || this.#isUnknown?.(value)) return [];
    if (schema === false) return [{ path, keyword: 'false', message: 'is not allowed here' }];
    if (++this.#visits > maxVisits) {
      return [{ path, keyword: 'budget', message: 'takes too long to check against its schema: simplify the schema' }];
    }
    if (this.#depth >= maxDepth) {
      return [
        { path, keyword: 'depth', message: `passes ${maxDepth} levels of schema: a reference may lead back to itself` },
      ];
    }
    this.#depth++;
    const wrongType = checkType(schema, value, path, this);
    const faults = wrongType.length > 0 ? wrongType : keywords.flatMap((group) => group(schema, value, path, this));
    this.#depth--;
    return faults;
  };

  readonly isOpen = (value: Json): boolean => {
    const isUnknown = this.#isUnknown;
    if (isUnknown === null) return false;
    if (typeof value !== 'object' || value === null) return isUnknown(value);
    const known = this.#open.get(value);
    if (known !== undefined) return known;
    const members: readonly Json[] = isJsonMap(value) ? Object.values(value) : value;
    const open = members.some(this.isOpen);
    this.#open.set(value, open);
    return open;
  };

  readonly describe = (value: Json): string => (this.#secret ? kindOf(value) : describeValue(value));

  readonly matches = (source: string, text: string): boolean | null => {
    const pattern = compilePattern(source);
    return pattern.ok ? pattern.value.test(text) : null;
  };

  readonly resolve = (reference: string): SchemaNode | null => resolveReference(this.root, reference);
}
