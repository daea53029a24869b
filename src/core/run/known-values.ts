import { evaluate } from '../expression/evaluate.ts';
import { describeFault } from '../expression/fault.ts';
import { parseCondition } from '../expression/parse-expression.ts';
import { type ExpressionPart, parseTemplate } from '../expression/parse-template.ts';
import { type Reference, referencesOf } from '../expression/references.ts';
import type { Scope } from '../expression/scope.ts';
import { settleText } from '../expression/settle.ts';
import type { StepId } from '../model/ids.ts';
import { isJsonList, isJsonMap, type Json, type JsonMap } from '../model/json.ts';
import type { JsonSchema } from '../model/schema.ts';
import type { HandlerCatalog } from '../ports/handlers.ts';
import type { Forecast } from './forecast.ts';
import type { RunState } from './state.ts';

/** Tells what a plan knows: which texts read something that only the run brings. */
export class KnownValues {
  readonly #state: RunState;
  readonly #scope: Scope;
  readonly #catalog: HandlerCatalog;
  readonly #forecastOf: (position: number) => Forecast;
  readonly #readsSecret: (text: string) => boolean;

  constructor(
    state: RunState,
    scope: Scope,
    catalog: HandlerCatalog,
    forecastOf: (position: number) => Forecast,
    readsSecret: (text: string) => boolean,
  ) {
    this.#state = state;
    this.#scope = scope;
    this.#catalog = catalog;
    this.#forecastOf = forecastOf;
    this.#readsSecret = readsSecret;
  }

  /** Whether any text in the value reads something unknown. */
  hasUnknown(value: Json, schema?: JsonSchema): boolean {
    if (schema?.script) return false;
    if (typeof value === 'string') return this.#partsOf(value).some((part) => this.#unknownOf(part).length > 0);
    if (isJsonList(value)) return value.some((item) => this.hasUnknown(item, schema?.items));
    if (!isJsonMap(value)) return false;
    return Object.entries(value).some(([key, item]) => this.hasUnknown(item, schema?.properties?.[key]));
  }

  /** What a condition reads that is unknown, as written; empty: it can be evaluated. */
  unknownInCondition(condition: string): readonly string[] {
    const parsed = parseCondition(condition);
    if (!parsed.ok) return [];
    return referencesOf(parsed.value)
      .filter((reference) => this.#isUnknown(reference))
      .map(({ start, end }) => parsed.value.text.slice(start, end));
  }

  /** The value as far as it is known: unknown expressions in angle quotes, secrets as `***`. For people. */
  shown(value: Json, schema?: JsonSchema): Json {
    if (schema?.script) return value;
    if (typeof value === 'string') return this.#shownText(value);
    if (isJsonList(value)) return value.map((item) => this.shown(item, schema?.items));
    if (isJsonMap(value)) return this.#shownMap(value, schema);
    return value;
  }

  #shownMap(map: JsonMap, schema: JsonSchema | undefined): JsonMap {
    const entries = Object.entries(map).map(
      ([key, item]) => [key, this.shown(item, schema?.properties?.[key])] as const,
    );
    return Object.fromEntries(entries.filter(([, item]) => item !== null));
  }

  #shownText(text: string): Json {
    if (this.#readsSecret(text)) return '***';
    const template = parseTemplate(text);
    if (!template.ok) return text;
    const { parts } = template.value;
    if (!this.hasUnknown(text)) {
      const settled = settleText(text, this.#scope);
      return settled.ok ? settled.value : `‹${describeFault(settled.error)}›`;
    }
    return parts.map((part) => (typeof part === 'string' ? part : this.#shownPart(part))).join('');
  }

  #shownPart(part: { readonly kind: string }): string {
    if (!isExpression(part)) return '';
    const written = part.expression.text.slice(part.expression.start, part.expression.end).trim();
    if (this.#unknownOf(part).length > 0) return `‹${written}›`;
    const value = evaluate(part.expression, this.#scope);
    if (!value.ok) return `‹${describeFault(value.error)}›`;
    return typeof value.value === 'string' ? value.value : JSON.stringify(value.value);
  }

  #partsOf(text: string): readonly ExpressionPart[] {
    const template = parseTemplate(text);
    return template.ok ? template.value.parts.filter((part) => typeof part !== 'string').filter(isExpression) : [];
  }

  #unknownOf({ expression }: ExpressionPart): readonly Reference[] {
    return referencesOf(expression).filter((reference) => this.#isUnknown(reference));
  }

  #isUnknown({ root, path }: Reference): boolean {
    switch (root) {
      case 'state':
      case 'context':
        return true;
      case 'workflow':
        return path[0] === 'status' || path[0] === 'error' || path[0] === 'run_id' || path[0] === undefined;
      case 'steps':
        return this.#isUnknownStep(path);
      default:
        return false;
    }
  }

  #isUnknownStep([id, member, output]: Reference['path']): boolean {
    if (typeof id !== 'string') return true;
    const position = this.#state.graph.positionOf(id as StepId);
    const forecast = position === undefined ? null : this.#forecastOf(position);
    if (forecast?.kind !== 'runs') return false;
    if (member !== 'outputs' || forecast.outputs === null || position === undefined) return true;
    if (typeof output === 'string') return !Object.hasOwn(forecast.outputs, output);
    return !this.#isWhole(position, forecast.outputs);
  }

  /** Whether nothing is missing of what the step gives, so that its outputs can be read as one map. */
  #isWhole(position: number, outputs: JsonMap): boolean {
    const step = this.#state.graph.nodes[position]?.step;
    if (step === undefined || step.outputs !== undefined) return false;
    const given = this.#catalog.find(step.handler)?.outputs;
    return given != null && Object.keys(given).every((name) => Object.hasOwn(outputs, name));
  }
}

function isExpression(part: { readonly kind: string }): part is ExpressionPart {
  return part.kind === 'expression';
}
