import type { Finding, HandlerContext, JsonMap, JsonSchema } from '../../../../src/plugin-api/index.ts';
import type { Change } from '../change/change.ts';
import type { WatchedTree } from '../watched-tree.ts';

/** A check that comes with the product: a step names it in place of a script. */
export interface Rule {
  /** One sentence for people. */
  readonly description: string;
  readonly options: { readonly [name: string]: JsonSchema };
  /** Rejects with a `PluginFailure` where it cannot say: the check then did not pass. */
  check(call: RuleCall): Promise<RuleAnswer>;
}

export interface RuleCall {
  readonly options: JsonMap;
  readonly context: HandlerContext;
  readonly change: Change;
  readonly tree: WatchedTree;
}

export type RuleAnswer =
  | { readonly kind: 'checked'; readonly findings: readonly Finding[] }
  /** There is nothing here that it could look at. */
  | { readonly kind: 'not-applicable'; readonly reason: string };

export function checked(findings: readonly Finding[]): RuleAnswer {
  return { kind: 'checked', findings };
}
