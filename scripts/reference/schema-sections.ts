import { isJsonList, isJsonMap, type Json, type JsonMap } from '../../src/core/model/json.ts';
import { anchorOf, code } from './markdown.ts';

/** One map of a schema, as a heading with a row for each key. */
export interface Section {
  readonly heading: string;
  readonly rows: readonly SectionRow[];
}

export interface SectionRow {
  readonly key: string;
  readonly takes: string;
  readonly fallback: string;
  readonly description: string;
}

/**
 * Every map that can be reached from a definition of a schema, each once, the nearest first. Definitions are told apart
 * by their name, maps without one by the key they stand under.
 */
export function sectionsOf(schema: JsonMap, root: string): readonly Section[] {
  const book = new Book(schema);
  return book.sectionsFrom(root);
}

class Book {
  readonly #definitions: JsonMap;
  readonly #headings = new Map<JsonMap, string>();

  constructor(schema: JsonMap) {
    this.#definitions = mapAt(schema, '$defs');
  }

  sectionsFrom(root: string): readonly Section[] {
    const waiting = [{ heading: root, map: mapAt(this.#definitions, root) }];
    for (const { heading, map } of waiting) {
      this.#headings.set(map, heading);
      for (const [key, value] of Object.entries(mapAt(map, 'properties'))) {
        for (const inner of this.#mapsIn(value, key)) {
          const taken = [...this.#headings.values(), ...waiting.map((entry) => entry.heading)].includes(inner.heading);
          const known = waiting.some((entry) => entry.map === inner.map);
          if (!known) waiting.push(taken ? { ...inner, heading: `${heading}.${inner.heading}` } : inner);
        }
      }
    }
    for (const { heading, map } of waiting) this.#headings.set(map, heading);
    return waiting.map(({ heading, map }) => ({ heading: words(heading), rows: this.#rowsOf(map) }));
  }

  #rowsOf(map: JsonMap): readonly SectionRow[] {
    const required = new Set(isJsonList(map.required) ? map.required : []);
    return Object.entries(mapAt(map, 'properties')).map(([key, value]) => {
      const schema = isJsonMap(value) ? value : {};
      const links = this.#mapsIn(value, key).map((inner) => words(this.#headings.get(inner.map) ?? inner.heading));
      const see = [...new Set(links)].map((heading) => `[${heading}](#${anchorOf(heading)})`).join(', ');
      return {
        key,
        takes: [this.#takes(schema), see === '' ? '' : `see ${see}`].filter((text) => text !== '').join('; '),
        fallback: required.has(key)
          ? 'required'
          : schema.default === undefined
            ? ''
            : code(JSON.stringify(schema.default)),
        description: textAt(this.#resolved(schema), 'description') || textAt(schema, 'description'),
      };
    });
  }

  /** Maps with keys of their own that a value may be or hold, through references, lists and alternatives. */
  #mapsIn(
    value: Json | undefined,
    key: string,
    seen: readonly string[] = [],
  ): readonly { heading: string; map: JsonMap }[] {
    if (!isJsonMap(value)) return [];
    const name = referenceOf(value);
    if (name !== null) {
      return seen.includes(name) ? [] : this.#mapsIn(this.#definitions[name], name, [...seen, name]);
    }
    if (isJsonMap(value.properties)) return [{ heading: key, map: value }];
    const branches = isJsonList(value.anyOf) ? value.anyOf : [];
    return [...branches, value.items, value.additionalProperties].flatMap((inner) => this.#mapsIn(inner, key, seen));
  }

  #takes(schema: JsonMap): string {
    const resolved = this.#resolved(schema);
    if (isJsonList(resolved.enum)) return resolved.enum.map((value) => code(String(value))).join(', ');
    const title = textAt(schema, 'title') || textAt(resolved, 'title');
    if (title !== '') return title;
    return typeof resolved.type === 'string' ? resolved.type : 'anything';
  }

  #resolved(schema: JsonMap): JsonMap {
    const name = referenceOf(schema);
    if (name === null) return schema;
    return { ...this.#resolved(mapAt(this.#definitions, name)), ...schema };
  }
}

/** Names of definitions are written in one word; people read several. */
function words(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function referenceOf(schema: JsonMap): string | null {
  return typeof schema.$ref === 'string' ? schema.$ref.replace('#/$defs/', '') : null;
}

function mapAt(map: JsonMap, key: string): JsonMap {
  const value = map[key];
  return isJsonMap(value) ? value : {};
}

function textAt(map: JsonMap, key: string): string {
  const value = map[key];
  return typeof value === 'string' ? value : '';
}
