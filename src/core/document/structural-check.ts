import { suggest } from '../expression/suggest.ts';
import { isJsonList, isJsonMap } from '../model/json.ts';
import type { DocumentPath } from './document-path.ts';
import { type Draft, draftAt, isDraftList, isDraftMap, removeFrom } from './draft.ts';
import { parseDuration } from './duration.ts';
import { type SchemaViolation, violationsOf } from './generated/language-validator.ts';
import { documentKeyNames } from './language-schema.ts';
import { nearestKey } from './nearest-key.ts';
import type { PlacedFaults } from './placed-faults.ts';
import { alternativesOf, type SchemaSlot, slotAt } from './schema-slot.ts';

/**
 * Checks a document against the language's schema, reports each fault once in plain words, and takes what is faulty
 * out of the draft: what is left has the shape that the schema describes, but for keys that are missing.
 *
 * Of a value with alternatives the validator complains about each of them. Alternatives differ by type, so complaints
 * below the value, or about its keys, come from the one that was meant; without any, the value itself is the fault.
 */
export function checkStructure(document: Draft, faults: PlacedFaults): void {
  const groups = Map.groupBy(violationsOf(document), (violation) => violation.instancePath);
  const above = placesAbove(groups.keys());
  const culprits: DocumentPath[] = [];
  for (const [pointer, violations] of groups) {
    const path = pathOf(document, pointer);
    const place = new FaultyPlace(document, path, violations, faults);
    if (faults.isFaulty(path)) culprits.push(path);
    else if (place.hasKeyFaults) culprits.push(...place.reportKeys());
    else if (!above.has(pointer)) culprits.push(...place.reportValue());
  }
  for (const path of culprits) {
    removeFrom(document, path);
    faults.noteRemoved(path);
  }
}

function placesAbove(pointers: Iterable<string>): ReadonlySet<string> {
  const above = new Set<string>();
  for (const pointer of pointers) {
    for (let cut = pointer.lastIndexOf('/'); cut >= 0; cut = pointer.lastIndexOf('/', cut - 1)) {
      above.add(pointer.slice(0, cut));
      if (cut === 0) break;
    }
  }
  return above;
}

/** A JSON Pointer as keys and indices: which of them a number is, the document shows. */
function pathOf(document: Draft, pointer: string): DocumentPath {
  let value: Draft | undefined = document;
  return pointer
    .split('/')
    .slice(1)
    .map((escaped) => {
      const part = escaped.replaceAll('~1', '/').replaceAll('~0', '~');
      if (isDraftList(value)) {
        value = value[Number(part)];
        return Number(part);
      }
      value = isDraftMap(value) ? value[part] : undefined;
      return part;
    });
}

class FaultyPlace {
  readonly #document: Draft;
  readonly #path: DocumentPath;
  readonly #violations: readonly SchemaViolation[];
  readonly #faults: PlacedFaults;

  constructor(document: Draft, path: DocumentPath, violations: readonly SchemaViolation[], faults: PlacedFaults) {
    this.#document = document;
    this.#path = path;
    this.#violations = violations;
    this.#faults = faults;
  }

  get hasKeyFaults(): boolean {
    return this.#violations.some(({ keyword }) => keyword === 'additionalProperties' || keyword === 'required');
  }

  /** Unknown keys, which are the culprits, and missing ones, which leave nothing to take out. */
  reportKeys(): readonly DocumentPath[] {
    const unknown = this.#namesOf('additionalProperties', 'additionalProperty');
    const missing = this.#namesOf('required', 'missingProperty');
    if (this.#faults.isFull) for (const _ of [...unknown, ...missing]) this.#faults.countOne();
    else this.#describeKeys(unknown, missing);
    return unknown.map((key) => [...this.#path, key]);
  }

  #describeKeys(unknown: readonly string[], missing: readonly string[]): void {
    const slot = slotAt(this.#document, this.#path);
    for (const key of unknown) this.#reportUnknown(key, slot);
    for (const key of missing) this.#reportMissing(key, slot, unknown);
  }

  #namesOf(keyword: string, parameter: string): readonly string[] {
    const names = this.#violations
      .filter((violation) => violation.keyword === keyword)
      .map((violation) => String(violation.params[parameter]));
    return [...new Set(names)];
  }

  #reportUnknown(key: string, slot: SchemaSlot): void {
    const path = [...this.#path, key];
    const known = keysOf(slot);
    if (this.#path.length === 0 && documentKeyNames.has(key)) {
      const message = `\`${key}\` stands beside \`workflow\`: the keys of a workflow stand under \`workflow\` or at the root.`;
      this.#faults.report('conflict', path, message, { at: 'key', hint: `Move \`${key}\` under \`workflow\`.` });
      return;
    }
    const near = nearestKey(key, known);
    const all = known.length <= 10 ? `It takes ${alternativesOf(known.map((name) => `\`${name}\``))}.` : undefined;
    this.#faults.report('unknown-key', path, `There is no key \`${key}\` in ${slot.within}.`, {
      at: 'key',
      hint: near === null ? all : `Did you mean \`${near}\`?`,
    });
  }

  /** A required key that is merely misspelt is one fault, not two. */
  #reportMissing(key: string, slot: SchemaSlot, unknown: readonly string[]): void {
    if (unknown.some((written) => nearestKey(written, keysOf(slot)) === key)) return;
    this.#faults.report('missing-key', this.#path, `\`${key}\` is missing in ${definite(slot.within)}.`, {
      at: 'key',
      hint: `Add \`${key}\`.`,
    });
  }

  reportValue(): readonly DocumentPath[] {
    if (this.#faults.isFull) this.#faults.countOne();
    else this.#describeValue();
    return [this.#path];
  }

  #describeValue(): void {
    const value = draftAt(this.#document, this.#path);
    const slot = slotAt(this.#document, this.#path);
    const hint = this.#hintFor(value ?? null);
    this.#faults.report(this.#codeFor(), this.#path, this.#messageFor(value ?? null, slot), { hint });
  }

  #codeFor(): 'type' | 'value' {
    const isOfType = this.#violations.some(({ keyword }) => !['type', 'anyOf', 'if'].includes(keyword));
    return isOfType ? 'value' : 'type';
  }

  #messageFor(value: Draft, slot: SchemaSlot): string {
    const name = nameOf(this.#path);
    if (value === null) return `${name} is empty; it takes ${slot.takes}.`;
    if (isDraftList(value) && value.length === 0) return `${name} is an empty list; it takes ${slot.takes}.`;
    if (slot.takes.startsWith('a duration') && !isDraftList(value) && !isDraftMap(value)) {
      const read = parseDuration(value);
      if (!read.ok && typeof value !== 'boolean') return read.error;
    }
    if (name === '`language`') return `The language has version 1; this document says ${describe(value)}.`;
    return `${name} takes ${slot.takes}, not ${describe(value)}.`;
  }

  #hintFor(value: Draft): string | undefined {
    if (this.#path.length === 0) return 'Write `name` and `steps`.';
    if (value === null) return 'Give it a value, or leave it out.';
    const wanted = new Set(this.#violations.flatMap(({ keyword, params }) => (keyword === 'type' ? params.type : [])));
    const takesNumber = wanted.has('number') || wanted.has('integer');
    const isText = typeof value === 'string';
    if (!isText && this.#wantsText(wanted) && !takesNumber && !isDraftList(value) && !isDraftMap(value)) {
      return `To give text, quote it: "${this.#faults.writtenAt(this.#path)}".`;
    }
    if (!isText) return undefined;
    const looksLike = takesNumber ? /^-?\d+(\.\d+)?$/ : wanted.has('boolean') ? /^(true|false)$/ : null;
    if (looksLike?.test(value)) return `Write it without quotes: ${value}.`;
    const near = suggest(value, this.#allowedValues());
    return near === null ? undefined : `Did you mean \`${near}\`?`;
  }

  #wantsText(types: ReadonlySet<unknown>): boolean {
    return (types.has('string') && this.#codeFor() === 'type') || this.#allowedValues().length > 0;
  }

  #allowedValues(): readonly string[] {
    return this.#violations.flatMap(({ params }) => params.allowedValues).filter((value) => typeof value === 'string');
  }
}

function keysOf(slot: SchemaSlot): readonly string[] {
  const properties = slot.schema?.properties;
  return isJsonMap(properties) ? Object.keys(properties) : [];
}

/** "a step" becomes "this step". */
function definite(title: string): string {
  return title.replace(/^an? /, 'this ');
}

function nameOf(path: DocumentPath): string {
  const last = path.at(-1);
  if (last === undefined) return 'The document';
  if (typeof last === 'string') return `\`${last}\``;
  const list = path.findLast((part) => typeof part === 'string');
  return list === undefined ? 'An entry' : `An entry of \`${list}\``;
}

/** How a value is called in a message; texts are shown as far as they fit a line. */
function describe(value: Draft): string {
  if (value === null) return 'nothing';
  if (isJsonList(value)) return 'a list';
  if (typeof value === 'object') return 'a map';
  if (typeof value !== 'string') return `\`${String(value)}\``;
  const line = value.length > 60 ? `${value.slice(0, 57)}…` : value;
  return `\`${JSON.stringify(line)}\``;
}
