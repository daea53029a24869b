import type { Json, JsonList } from '../../model/json.ts';
import type { Call } from '../call.ts';

interface MethodDescription {
  readonly name: string;
  /** The kind of value that stands before the dot. */
  readonly on: 'text' | 'list';
  /** As people write it: `.split(separator)`. */
  readonly signature: string;
  /** One sentence. */
  readonly description: string;
  readonly minArguments: number;
  readonly maxArguments: number;
}

/** A method with values as arguments; `values` begins with the value before the dot. */
export interface ValueMethod extends MethodDescription {
  readonly kind: 'value';
  call(values: readonly Json[], call: Call): Json;
}

/** A method of lists whose argument is `x => …`. */
export interface ArrowMethod extends MethodDescription {
  readonly kind: 'arrow';
  /** `each` gives the arrow function's value for an item. */
  call(list: JsonList, each: (item: Json) => Json): Json;
}

export type ExpressionMethod = ValueMethod | ArrowMethod;
