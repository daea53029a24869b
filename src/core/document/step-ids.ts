import type { DocumentPath } from './document-path.ts';
import { textOf } from './draft-values.ts';
import type { PlacedFaults } from './placed-faults.ts';
import type { StepList } from './step-lists.ts';

/** The name of each step after reading, by its map: the written id, or a stand-in that no reference can name. */
export type StepNames = ReadonlyMap<object, string>;

/**
 * Names the steps of the document. Ids are unique in all of it: of equal ones the first keeps it and each other one is
 * reported. A stand-in keeps what else is wrong with such a step apart from the step that has the id.
 */
export function nameSteps(lists: readonly StepList[], faults: PlacedFaults): StepNames {
  const first = new Map<string, DocumentPath>();
  const names = new Map<object, string>();
  let count = 0;
  for (const { steps } of lists) {
    for (const { map, path } of steps) {
      count++;
      const id = textOf(map.id);
      const known = id === undefined ? undefined : first.get(id);
      if (id !== undefined && known === undefined) {
        first.set(id, path);
        names.set(map, id);
      } else {
        names.set(map, `#${count}`);
        if (id !== undefined && known !== undefined) reportTwin(id, path, known, faults);
      }
    }
  }
  return names;
}

function reportTwin(id: string, path: DocumentPath, first: DocumentPath, faults: PlacedFaults): void {
  faults.report('duplicate-id', [...path, 'id'], `Two steps have the id \`${id}\`.`, {
    hint: 'Ids are unique in the whole document: rename one.',
    related: [{ path: [...first, 'id'], message: 'The first one.' }],
  });
}
