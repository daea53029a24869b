import type { SetValue } from '../core/configuration/parse-set.ts';
import type { Json, JsonMap } from '../core/model/json.ts';
import type { GivenParameters } from '../core/parameters/settle-parameters.ts';
import type { Durability } from '../core/ports/run-store.ts';

/** What the caller of a run, plan or resume gives beside the workflow. */
export interface RunRequest {
  readonly parameters: GivenParameters;
  /** Secrets by name. */
  readonly secrets: JsonMap;
  /** Over the environment that steps start from. */
  readonly env: { readonly [name: string]: string };
  readonly task: Json;
  readonly set: readonly SetValue[];
  /** Ids as the caller wrote them; checked against the definition. */
  readonly selection: WrittenSelection;
  /** null: as the definition says. */
  readonly maxParallel: number | null;
  readonly durability: Durability;
}

export interface WrittenSelection {
  readonly only: readonly string[];
  readonly from: readonly string[];
  readonly skip: readonly string[];
  readonly enable: readonly string[];
  readonly disable: readonly string[];
}

export const nothingAsked: RunRequest = {
  parameters: {},
  secrets: {},
  env: {},
  task: null,
  set: [],
  selection: { only: [], from: [], skip: [], enable: [], disable: [] },
  maxParallel: null,
  durability: 'normal',
};
