import type { Place } from '../workflow-source.ts';
import type { Standpoint } from './check-context.ts';
import type { FieldKind } from './field-rules.ts';

/** One text of the definition that holds, or is, an expression. */
export interface Field {
  readonly kind: FieldKind;
  readonly standpoint: Standpoint;
  /** Secrets may stand here. */
  readonly secret: boolean;
  readonly statusFunctions: boolean;
  readonly place: () => Place;
  /** Said behind every message where the text stands in another file. */
  readonly origin?: string;
}
