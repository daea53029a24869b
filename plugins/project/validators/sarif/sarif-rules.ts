import type { JsonMap } from '../../../../src/plugin-api/index.ts';
import { integerAt, itemAt, mapAt, mapsAt, textAt } from './sarif-node.ts';

const noRule: JsonMap = {};

/** The descriptions of rules that one run of a tool brings, with those of its extensions. */
export class SarifRules {
  readonly #tool: JsonMap;
  readonly #driver: JsonMap;
  readonly #byId = new Map<string, JsonMap>();

  constructor(run: JsonMap) {
    this.#tool = mapAt(run, 'tool');
    this.#driver = mapAt(this.#tool, 'driver');
    for (const component of [this.#driver, ...mapsAt(this.#tool, 'extensions')]) {
      for (const rule of mapsAt(component, 'rules')) {
        const id = textAt(rule, 'id');
        if (id !== null && !this.#byId.has(id)) this.#byId.set(id, rule);
      }
    }
  }

  get toolName(): string | null {
    return textAt(this.#driver, 'name');
  }

  get globalMessages(): JsonMap {
    return mapAt(this.#driver, 'globalMessageStrings');
  }

  /** The rule that a result names, by index or by id; an empty map where it is not described. */
  of(result: JsonMap): JsonMap {
    const reference = mapAt(result, 'rule');
    const index = integerAt(reference, 'index', 0) ?? integerAt(result, 'ruleIndex', 0);
    const rule = itemAt(this.#componentOf(reference), 'rules', index);
    return textAt(rule, 'id') === null ? this.#byName(this.idOf(result)) : rule;
  }

  idOf(result: JsonMap): string | null {
    const reference = mapAt(result, 'rule');
    const id = textAt(result, 'ruleId') ?? textAt(reference, 'id');
    if (id !== null) return id;
    const index = integerAt(reference, 'index', 0) ?? integerAt(result, 'ruleIndex', 0);
    return textAt(itemAt(this.#componentOf(reference), 'rules', index), 'id');
  }

  #componentOf(reference: JsonMap): JsonMap {
    const component = mapAt(reference, 'toolComponent');
    const index = integerAt(component, 'index', 0);
    return index === null ? this.#driver : itemAt(this.#tool, 'extensions', index);
  }

  /** An id may go on behind a rule's own: `CA1000/1` is described by `CA1000`. */
  #byName(id: string | null): JsonMap {
    if (id === null) return noRule;
    const exact = this.#byId.get(id);
    const border = id.lastIndexOf('/');
    return exact ?? (border > 0 ? this.#byId.get(id.slice(0, border)) : undefined) ?? noRule;
  }
}
