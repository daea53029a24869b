import type { StepId } from './ids.ts';
import type { Json, JsonMap } from './json.ts';

/**
 * The canonical definition: what a document means once its aliases are resolved. Only canonical keys exist here;
 * defaults of the language are filled in, defaults of handlers are not. It is plain data, so its canonical JSON is
 * what the definition hash covers and what the journal stores.
 *
 * Texts marked "template" may hold expressions; texts marked "expression" are one bare expression.
 */
export interface Workflow {
  readonly name: string;
  readonly version: string;
  readonly type: string;
  readonly description?: string;
  /** Templates; read as `config.x`. Settled once, when the run starts. */
  readonly config: JsonMap;
  /** Declared parameters, and after them those that triggers declare and the list does not. */
  readonly parameters: readonly ParameterDeclaration[];
  readonly triggers: readonly Trigger[];
  readonly steps: readonly Step[];
  readonly order: Order;
  readonly finally: readonly Step[];
  readonly outputs: { readonly [name: string]: OutputBinding };
  readonly defaults: StepDefaults;
  readonly onFailure: FailurePolicy;
  readonly failFast: boolean;
  /** Template or number; absent: the number of cores. */
  readonly maxParallel?: number | string;
  /** Template or duration (number of seconds or text such as `10m`). */
  readonly timeout?: number | string;
}

/** `sequence`: a step without dependencies follows the one written before it. `graph`: it starts at once. */
export type Order = 'sequence' | 'graph';

/** What an unhandled failure of a required step does to the rest of the run. */
export type FailurePolicy = 'stop' | 'continue' | 'rollback';

export const parameterTypes = [
  'string',
  'textarea',
  'number',
  'integer',
  'boolean',
  'enum',
  'array',
  'object',
  'date',
  'file',
] as const;
export type ParameterType = (typeof parameterTypes)[number];

export interface ParameterDeclaration {
  readonly name: string;
  readonly type: ParameterType;
  readonly required: boolean;
  /** Template. `undefined`: none; null is a default like any other. */
  readonly default?: Json;
  readonly label?: string;
  readonly description?: string;
  readonly secret: boolean;
  readonly validation: ParameterValidation;
  /** Allowed values of an enum, with what people read for each. */
  readonly options: readonly { readonly value: string; readonly label: string }[];
}

export interface ParameterValidation {
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  /** A JSON Schema that the value must satisfy. */
  readonly schema?: JsonMap;
}

/** What may start the workflow. Information for doors and generated callers; the engine acts on none of it. */
export interface Trigger {
  readonly type: string;
  readonly [key: string]: Json;
}

/** Text for `outputs` of the run: a template, settled after `finally`. */
export interface OutputBinding {
  readonly value: Json;
  readonly description?: string;
  readonly secret: boolean;
}

/** Defaults for steps with a handler. */
export interface StepDefaults {
  readonly timeout?: number | string;
  readonly retry?: RetryDeclaration;
  readonly env: JsonMap;
  readonly shell?: string;
  readonly workingDirectory?: string;
}

/** `plugin.action`. `run:` is `command.run`, `module: m` with `action: a` is `m.a`, groups are `flow.group`. */
export type HandlerName = string;

export interface Step {
  readonly id: StepId;
  /** Template; the id where none is written. */
  readonly name: string;
  readonly description?: string;
  readonly handler: HandlerName;
  /** `type` beside a handler: a label for palettes. */
  readonly label?: string;
  /** The handler's configuration as written: templates. */
  readonly config: JsonMap;
  /** `null`: the key is not written, so the list's order decides. */
  readonly dependencies: readonly Dependency[] | null;
  /** Expression. */
  readonly condition?: string;
  readonly required: boolean;
  /** Boolean, or an expression over what is known at the start. */
  readonly enabled: boolean | string;
  readonly automatic: boolean;
  readonly timeout?: number | string;
  readonly retry?: RetryDeclaration;
  readonly outputs?: OutputDeclarations;
  readonly onLost?: OnLost;
  /** How to take the step back. Its id is that of the step with `/rollback` behind it; it depends on nothing. */
  readonly rollback?: Step;
  /** Templates. */
  readonly env: JsonMap;
  /** Names of secrets that the step's process gets as environment variables. */
  readonly secrets: readonly string[];
  /** Template. */
  readonly idempotencyKey?: string;
}

export interface Dependency {
  readonly step: StepId;
  /** The outcomes on which the edge passes; `null`: a plain edge. */
  readonly on: readonly EdgeOutcome[] | null;
}

export const edgeOutcomes = ['success', 'failure', 'skipped'] as const;
export type EdgeOutcome = (typeof edgeOutcomes)[number];

/** What happens to a step that was running when the engine died and whose handler cannot tell. */
export type OnLost = 'rerun' | 'ask' | 'fail';

/** As written: every value but `on` and `condition` may be a template. */
export interface RetryDeclaration {
  readonly enabled?: boolean;
  readonly maxAttempts?: number | string;
  readonly delay?: number | string;
  readonly backoff?: string;
  readonly factor?: number | string;
  readonly maxDelay?: number | string;
  readonly jitter?: number | string;
  /** Exit codes, failure kinds, and `/patterns/` over the message and the last 100 lines. */
  readonly on?: readonly (number | string)[];
  /** Expression over the step's own `.error` and `.attempts`. */
  readonly condition?: string;
  readonly deadline?: number | string;
}

export type OutputDeclarations =
  | { readonly kind: 'declared'; readonly outputs: readonly OutputDeclaration[] }
  /** Each a template over the root `outputs`: what the handler gave. */
  | { readonly kind: 'mapped'; readonly outputs: JsonMap };

export interface OutputDeclaration extends OutputShape {
  readonly name: string;
  readonly required: boolean;
  readonly secret: boolean;
}

export interface OutputShape {
  /** One of the parameter types, or `any`. */
  readonly type: ParameterType | 'any';
  readonly properties?: { readonly [name: string]: OutputShape };
  readonly items?: OutputShape;
  /** Null, or no such entry, is refused. */
  readonly required?: boolean;
}
