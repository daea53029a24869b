import { suggest } from '../expression/suggest.ts';
import type { DocumentPath } from './document-path.ts';
import type { DraftMap } from './draft.ts';
import { isDraftList, isDraftMap } from './draft.ts';
import { listOfOne, textOf } from './draft-values.ts';
import { findCycles } from './find-cycles.ts';
import type { PlacedFaults } from './placed-faults.ts';
import type { StepNames } from './step-ids.ts';
import type { StepList } from './step-lists.ts';
import { stepAliases } from './step-vocabulary.ts';

/** Suggestions look at every id: in a document full of wrong ones the first few are help enough. */
const mostSuggestions = 20;
/** Most names of a loop that a message spells out. */
const longestLoop = 100;

interface Edge {
  readonly to: string;
  /** Where it is written; `null` where the order of the list makes it. */
  readonly path: DocumentPath | null;
}

/** Checks that dependencies name steps of the same list and form no loop, together with the order of the list. */
export function checkDependencies(
  lists: readonly StepList[],
  names: StepNames,
  routed: ReadonlySet<string>,
  faults: PlacedFaults,
): void {
  const homes = new Map<string, StepList>();
  for (const list of lists) for (const { map } of list.steps) homes.set(names.get(map) ?? '', list);
  const unknown = new UnknownSteps(homes, faults);
  for (const list of lists) checkList(list, names, routed, unknown, faults);
}

function checkList(
  list: StepList,
  names: StepNames,
  routed: ReadonlySet<string>,
  unknown: UnknownSteps,
  faults: PlacedFaults,
): void {
  const members = new Set(list.steps.map(({ map }) => names.get(map) ?? ''));
  const edges = new Map<string, readonly Edge[]>();
  let before: string | null = null;
  for (const { map, path } of list.steps) {
    const name = names.get(map) ?? '';
    const written = writtenEdges(map, path);
    for (const edge of written ?? []) if (!members.has(edge.to)) unknown.report(edge, list);
    const follows =
      list.order === 'sequence' && before !== null && !routed.has(name) ? [{ to: before, path: null }] : [];
    edges.set(
      name,
      (written ?? follows).filter((edge) => members.has(edge.to)),
    );
    if (!routed.has(name)) before = name;
  }
  for (const cycle of findCycles(edges, (edge) => edge.to)) reportCycle(cycle, faults);
}

/** `null` where the key is not written, so that the order of the list decides. */
function writtenEdges(map: DraftMap, path: DocumentPath): readonly Edge[] | null {
  const key = stepAliases.dependencies.find((name) => map[name] !== undefined);
  const written = key === undefined ? undefined : map[key];
  if (key === undefined || written === undefined) return null;
  return listOfOne(written).flatMap((item, index) => {
    const base = isDraftList(written) ? [...path, key, index] : [...path, key];
    const id = isDraftMap(item) ? textOf(item.step) : textOf(item);
    return id === undefined ? [] : [{ to: id, path: isDraftMap(item) ? [...base, 'step'] : base }];
  });
}

class UnknownSteps {
  readonly #homes: ReadonlyMap<string, StepList>;
  readonly #faults: PlacedFaults;
  #suggested = 0;

  constructor(homes: ReadonlyMap<string, StepList>, faults: PlacedFaults) {
    this.#homes = homes;
    this.#faults = faults;
  }

  report(edge: Edge, list: StepList): void {
    if (edge.path === null) return;
    const home = this.#homes.get(edge.to);
    if (home) {
      const message = `The step \`${edge.to}\` stands in another list: dependencies name steps of the same one.`;
      this.#faults.report('unknown-step', edge.path, message, { hint: hintFor(list, home) });
      return;
    }
    const near = edge.to.length > 2 && this.#suggested++ < mostSuggestions ? suggest(edge.to, idsOf(list)) : null;
    this.#faults.report('unknown-step', edge.path, `No step has the id \`${edge.to}\`.`, {
      hint: /\$\{|\{\{/.test(edge.to)
        ? 'Dependencies take no expressions.'
        : near === null
          ? undefined
          : `Did you mean \`${near}\`?`,
    });
  }
}

function idsOf(list: StepList): readonly string[] {
  return list.steps.flatMap(({ map }) => textOf(map.id) ?? []);
}

function hintFor(list: StepList, home: StepList): string | undefined {
  if (list.kind === 'finally' && home.kind === 'main') return 'Steps of `finally` run after all others anyway.';
  return undefined;
}

function reportCycle(cycle: readonly { readonly from: string; readonly edge: Edge }[], faults: PlacedFaults): void {
  const written = cycle.find(({ edge }) => edge.path !== null);
  if (!written?.edge.path) return;
  const start = cycle.indexOf(written);
  const turned = [...cycle.slice(start), ...cycle.slice(0, start)];
  const loop = [...turned.map(({ from }) => from), written.from];
  const shown =
    loop.length > longestLoop ? [...loop.slice(0, longestLoop), `… ${loop.length - longestLoop} more`] : loop;
  const followed = turned.find(({ edge }) => edge.path === null);
  faults.report('cycle', written.edge.path, `Dependencies form a loop: ${shown.join(' -> ')}.`, {
    hint: followed
      ? `\`${followed.from}\` follows \`${followed.edge.to}\` because it stands after it: give it \`dependencies\` of its own.`
      : 'Remove one of these dependencies.',
    related: turned
      .slice(1, 10)
      .flatMap(({ from, edge }) =>
        edge.path === null ? [] : [{ path: edge.path, message: `\`${from}\` waits for \`${edge.to}\`.` }],
      ),
  });
}
