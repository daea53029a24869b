import type { JsonMap } from '../model/json.ts';
import type { RetryDeclaration, Step, StepDefaults } from '../model/workflow.ts';
import type { HandlerDescription } from '../ports/handlers.ts';

/** Everything that a step's visit is settled from; layers of configuration are merged, nothing is evaluated yet. */
export interface StepBlueprint {
  readonly step: Step;
  readonly handler: HandlerDescription;
  /** The merged configuration: templates. */
  readonly config: JsonMap;
  /** What a key gets whose value comes out as null: templates of the lowest layer. */
  readonly fallbacks: JsonMap;
  /** The declaration that applies; null: the step is not retried. */
  readonly retry: RetryDeclaration | null;
  readonly defaults: StepDefaults;
}
