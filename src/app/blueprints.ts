import { layerStepConfig } from '../core/configuration/layer-step-config.ts';
import type { SetValue } from '../core/configuration/parse-set.ts';
import { resolveRetry } from '../core/configuration/retry-policy.ts';
import type { Diagnostic } from '../core/diagnostic/diagnostic.ts';
import type { Workflow } from '../core/model/workflow.ts';
import type { GraphNode } from '../core/plan/graph.ts';
import type { StepBlueprint } from '../core/run/step-blueprint.ts';
import type { LoadedWorkflow } from './load-workflow.ts';
import type { Platform } from './platform.ts';
import { environmentOf } from './settle-request.ts';

/** Merges the layers of each step's configuration, once a step. */
export class Blueprints {
  readonly #workflow: Workflow;
  readonly #loaded: LoadedWorkflow;
  readonly #set: readonly SetValue[];
  readonly #environment: { readonly [name: string]: string };

  constructor(platform: Platform, loaded: LoadedWorkflow, workflow: Workflow, set: readonly SetValue[]) {
    this.#workflow = workflow;
    this.#loaded = loaded;
    this.#set = set;
    this.#environment = environmentOf(platform);
  }

  of({ step }: Pick<GraphNode, 'step'>): StepBlueprint {
    const { catalog, configuration } = this.#loaded;
    const handler = catalog.find(step.handler);
    if (!handler) throw new Error(`the handler "${step.handler}" was checked, and is gone`);
    const { config, defaults: fallbacks } = this.#layers(step, handler);
    const { defaults } = this.#workflow;
    const retry = resolveRetry(step, defaults, configuration, handler)?.declaration ?? null;
    return { step, handler, config, fallbacks, retry, defaults };
  }

  /** What is wrong with values from the environment, before anything runs. */
  faults(): readonly Diagnostic[] {
    return [...this.#workflow.steps, ...this.#workflow.finally].flatMap((step) => {
      const handler = this.#loaded.catalog.find(step.handler);
      return handler ? this.#layers(step, handler).faults.map((text) => fault(`Step "${step.id}": ${text}.`)) : [];
    });
  }

  #layers(step: GraphNode['step'], handler: StepBlueprint['handler']) {
    return layerStepConfig({
      step,
      workflow: this.#workflow,
      handler,
      configuration: this.#loaded.configuration,
      environment: this.#environment,
      set: this.#set,
    });
  }
}

function fault(message: string): Diagnostic {
  return { code: 'configuration', severity: 'error', message };
}
