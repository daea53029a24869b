import type { Json, JsonMap } from '../model/json.ts';
import type { SchemaFault } from './schema-fault.ts';
import type { SchemaNode } from './schema-node.ts';

export type Path = readonly (string | number)[];

/** What a keyword may use. */
export interface Walk {
  /** Faults of a value under a subschema. */
  readonly check: (schema: SchemaNode, value: Json, path: Path) => readonly SchemaFault[];
  /** The value, or something in it, is not known yet: keywords that look at it as a whole keep quiet. */
  readonly isOpen: (value: Json) => boolean;
  /** A value in a message; the kind alone where values must not be shown. */
  readonly describe: (value: Json) => string;
  /** True where the pattern matches somewhere in the text; `null` where it is no pattern. */
  readonly matches: (pattern: string, text: string) => boolean | null;
  /** The schema that a local reference names. */
  readonly resolve: (reference: string) => SchemaNode | null;
}

/** One group of keywords: gives the faults of `value` under them, or none where they speak of another kind of value. */
export type Keywords = (schema: JsonMap, value: Json, path: Path, walk: Walk) => readonly SchemaFault[];
