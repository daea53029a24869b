import type { DocumentPath } from './document-path.ts';
import type { Draft, DraftMap } from './draft.ts';
import type { PlacedFaults } from './placed-faults.ts';

/** One step as written, with what is needed to report what is wrong with it. */
export class WrittenStep {
  readonly map: DraftMap;
  readonly path: DocumentPath;
  readonly faults: PlacedFaults;

  constructor(map: DraftMap, path: DocumentPath, faults: PlacedFaults) {
    this.map = map;
    this.path = path;
    this.faults = faults;
  }

  has(key: string): boolean {
    return this.map[key] !== undefined;
  }

  /** As `has`, and also where what stands there is faulty. */
  isWritten(key: string): boolean {
    return isWrittenIn(this.map, key, this.path, this.faults);
  }

  get(key: string | null): Draft | undefined {
    return key === null ? undefined : this.map[key];
  }

  at(...parts: DocumentPath): DocumentPath {
    return [...this.path, ...parts];
  }

  /** The one of several names for the same key that is written; `null` for none. A second one is an error. */
  spelling(names: readonly string[]): string | null {
    return spellingOf(this.map, names, this.path, this.faults);
  }
}

/** As `WrittenStep.spelling`, for any map of the language. */
export function spellingOf(
  map: DraftMap,
  names: readonly string[],
  path: DocumentPath,
  faults: PlacedFaults,
): string | null {
  const [first, ...others] = names.filter((name) => isWrittenIn(map, name, path, faults));
  if (first === undefined) return null;
  for (const other of others) {
    faults.report('duplicate-key', [...path, other], `\`${other}\` and \`${first}\` are two names of one key.`, {
      at: 'key',
      hint: 'Keep one of them.',
      related: [{ path: [...path, first], message: 'The other one.' }],
    });
  }
  return map[first] === undefined ? (others.find((name) => map[name] !== undefined) ?? null) : first;
}

/** Whether the key stands in the map, be its value faulty or not. */
export function isWrittenIn(map: DraftMap, key: string, path: DocumentPath, faults: PlacedFaults): boolean {
  return map[key] !== undefined || faults.wasRemoved([...path, key]);
}
