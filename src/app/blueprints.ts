import { StepLayers } from '../core/configuration/layer-step-config.ts';
import type { SetValue } from '../core/configuration/parse-set.ts';
import { resolveRetry } from '../core/configuration/retry-policy.ts';
import type { Workflow } from '../core/model/workflow.ts';
import type { GraphNode } from '../core/plan/graph.ts';
import type { StepBlueprint } from '../core/run/step-blueprint.ts';
import type { LoadedWorkflow } from './load-workflow.ts';
import { environmentOf, type Platform } from './platform.ts';

/** Merges the layers of each step's configuration; what the steps of a handler share is merged once. */
export class Blueprints {
  readonly #workflow: Workflow;
  readonly #loaded: LoadedWorkflow;
  readonly #layers: StepLayers;

  constructor(platform: Platform, loaded: LoadedWorkflow, workflow: Workflow, set: readonly SetValue[]) {
    this.#workflow = workflow;
    this.#loaded = loaded;
    const { configuration } = loaded;
    this.#layers = new StepLayers({ workflow, configuration, environment: environmentOf(platform), set });
  }

  /** Throws where no plugin provides the step's handler: the checks have refused such a definition. */
  of({ step }: Pick<GraphNode, 'step'>): StepBlueprint {
    const { catalog, configuration } = this.#loaded;
    const handler = catalog.find(step.handler);
    if (!handler) throw new Error(`the handler "${step.handler}" was checked, and is gone`);
    const { config, defaults: fallbacks } = this.#layers.of(step, handler);
    const { defaults } = this.#workflow;
    const retry = resolveRetry(step, defaults, configuration, handler)?.declaration ?? null;
    return { step, handler, config, fallbacks, retry, defaults };
  }
}
