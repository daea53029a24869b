import { isJsonMap, type Json, type JsonMap } from '../model/json.ts';
import type { JsonSchema } from '../model/schema.ts';
import type { Step, Workflow } from '../model/workflow.ts';
import type { HandlerDescription } from '../ports/handlers.ts';
import { hasType } from '../schema/type-keywords.ts';
import type { ConfigOrigin } from './config-origin.ts';
import type { Configuration } from './configuration.ts';
import { typesOf } from './environment-values.ts';
import { type HandlerLayers, layersOfHandler } from './handler-layers.ts';
import type { SetValue } from './parse-set.ts';

export interface LayeredConfig {
  /** Templates, not settled yet. Key by key the highest layer that writes it; maps are not mixed. */
  readonly config: JsonMap;
  readonly origins: { readonly [key: string]: ConfigOrigin };
  /** The lowest layer alone: what a key gets whose value comes out as null. Templates. */
  readonly defaults: JsonMap;
  /** What is wrong with values from the environment, one line each. */
  readonly faults: readonly string[];
}

export interface LayerInput {
  readonly step: Step;
  readonly workflow: Workflow;
  readonly handler: HandlerDescription;
  readonly configuration: Configuration;
  readonly environment: { readonly [name: string]: string };
  /** Of the whole run; those of other steps are passed over. */
  readonly set: readonly SetValue[];
}

/** Puts a step's configuration together. Pure: the same input gives the same templates. */
export function layerStepConfig({ step, handler, ...around }: LayerInput): LayeredConfig {
  return new StepLayers(around).of(step, handler);
}

/** The same for many steps of one workflow: the layers that the steps of a handler share are made once. */
export class StepLayers {
  readonly #around: Omit<LayerInput, 'step' | 'handler'>;
  readonly #shared = new Map<HandlerDescription, HandlerLayers>();

  constructor(around: Omit<LayerInput, 'step' | 'handler'>) {
    this.#around = around;
  }

  of(step: Step, handler: HandlerDescription): LayeredConfig {
    const { values, origins, defaults, faults } = this.#sharedBy(handler);
    const set = this.#around.set.filter((each) => each.step === step.id);
    const config = set.reduce((below, each) => withSet(below, each, handler), { ...values, ...step.config });
    return {
      config,
      defaults,
      faults,
      get origins() {
        return { ...origins, ...originsOfStep(step), ...originsOfSet(set) };
      },
    };
  }

  #sharedBy(handler: HandlerDescription): HandlerLayers {
    let layers = this.#shared.get(handler);
    if (!layers) {
      layers = layersOfHandler({ ...this.#around, handler });
      this.#shared.set(handler, layers);
    }
    return layers;
  }
}

function originsOfStep(step: Step): { readonly [key: string]: ConfigOrigin } {
  const origin: ConfigOrigin = { layer: 'step', where: `step ${step.id}` };
  return Object.fromEntries(Object.keys(step.config).map((key) => [key, origin]));
}

function originsOfSet(set: readonly SetValue[]): { readonly [key: string]: ConfigOrigin } {
  return Object.fromEntries(
    set.map(({ step, path }) => [path[0], { layer: 'set', where: `--set ${[step, ...path].join('.')}` }]),
  );
}

/** A key that takes text gets the text as it was given, whatever YAML would make of it. */
function withSet(config: JsonMap, { path, value, text }: SetValue, handler: HandlerDescription): JsonMap {
  const schema = path.reduce<JsonSchema | undefined>((at, name) => at?.properties?.[name], handler.configuration);
  const types = schema === undefined ? [] : typesOf(schema);
  const fits = types.length === 0 || types.some((type) => hasType(value, type));
  return withInner(config, path, !fits && types.includes('string') ? text : value);
}

function withInner(map: JsonMap, [key, ...inner]: readonly string[], value: Json): JsonMap {
  if (key === undefined) return map;
  const below = Object.hasOwn(map, key) ? map[key] : undefined;
  return { ...map, [key]: inner.length === 0 ? value : withInner(isJsonMap(below) ? below : {}, inner, value) };
}
