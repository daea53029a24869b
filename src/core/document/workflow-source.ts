import type { Span } from '../diagnostic/span.ts';
import type { StepId } from '../model/ids.ts';
import { type DocumentPath, formatPath, type Located, locate } from './document-path.ts';
import type { Source } from './source.ts';
import { entryOf, type MapNode, type SourceNode } from './source-node.ts';
import { configAliases, configKeysOf, handlerByType, runConfigKeys, stepAliases } from './step-vocabulary.ts';

/** Where something of the canonical definition is written. */
export interface Place {
  readonly span: Span;
  /** Keys and indices from the root of the document, as written: `steps[3].with.files`. */
  readonly path: string;
  /** The place of a part of the value's text, by offsets into it: expressions point into scalars. */
  inside(start: number, end: number): Span;
}

/** Finds places inside one part of the definition. Paths are canonical: model or document spelling, no aliases. */
export interface Places {
  /** The value at the path; where it is not written, the nearest thing around it. Without a path the part itself. */
  at(...path: DocumentPath): Place;
  /** The key at the path, as `at`. */
  key(...path: DocumentPath): Place;
  /** Whether the document itself says something there. */
  isWritten(...path: DocumentPath): boolean;
}

/** Where the parts of a canonical definition stand, whatever alias they were written under. */
export interface WorkflowSource extends Places {
  readonly file: string;
  /** Places of the step's own fields. Steps that are inside others are found too. */
  step(id: StepId): Places;
}

/** What the reader remembers for looking up places. */
export interface SourceIndex {
  readonly body: DocumentPath;
  readonly parameters: readonly { readonly name: string; readonly path: DocumentPath }[];
  readonly triggers: readonly DocumentPath[];
  /** Asked once, when the first step is looked up. */
  steps(): ReadonlyMap<string, DocumentPath>;
}

/** `root` is null where the text could not be read: all places are then the beginning of the file. */
export function workflowSource(source: Source, root: SourceNode | null, index: SourceIndex): WorkflowSource {
  const document = root ?? { kind: 'faulty', start: 0, end: 0 };
  let steps: ReadonlyMap<string, DocumentPath> | null = null;
  const whole = new WrittenPlaces(source, document, (path) => writtenPath(document, index, path));
  return {
    file: source.file,
    at: (...path) => whole.at(...path),
    key: (...path) => whole.key(...path),
    isWritten: (...path) => whole.isWritten(...path),
    step(id) {
      steps ??= index.steps();
      const base = steps.get(id) ?? index.body;
      return new WrittenPlaces(source, document, (path) => [
        ...base,
        ...writtenStepPath(locate(document, base)?.node, path),
      ]);
    },
  };
}

class WrittenPlaces implements Places {
  readonly #source: Source;
  readonly #root: SourceNode;
  readonly #translate: (path: DocumentPath) => DocumentPath;

  constructor(source: Source, root: SourceNode, translate: (path: DocumentPath) => DocumentPath) {
    this.#source = source;
    this.#root = root;
    this.#translate = translate;
  }

  at(...path: DocumentPath): Place {
    return this.#place(path, ({ node, entry }, isExact) => {
      const isBlock = node.kind === 'map' || node.kind === 'list';
      if (!isExact || isBlock || node.start === node.end) return entry?.key ?? firstKey(node);
      return node;
    });
  }

  key(...path: DocumentPath): Place {
    return this.#place(path, ({ node, entry }) => entry?.key ?? firstKey(node));
  }

  isWritten(...path: DocumentPath): boolean {
    const written = follow(this.#root, this.#translate(path));
    return written.rest.length === 0;
  }

  #place(path: DocumentPath, shown: (located: Located, isExact: boolean) => SourceNode): Place {
    const { located, path: found, rest } = follow(this.#root, this.#translate(path));
    const source = this.#source;
    return {
      path: formatPath(found),
      get span() {
        return source.span(shown(located, rest.length === 0));
      },
      inside: (start, end) => source.spanInside(located.node, start, end),
    };
  }
}

/** Goes as far along the path as the document does. Model names in camel case are found in their written spelling. */
function follow(
  root: SourceNode,
  path: DocumentPath,
): { readonly located: Located; readonly path: DocumentPath; readonly rest: DocumentPath } {
  let located: Located = { node: root, entry: null };
  const found: (string | number)[] = [];
  for (const [index, part] of path.entries()) {
    const written = typeof part === 'string' && located.node.kind === 'map' ? spelledIn(located.node, part) : part;
    const next = locate(located.node, [written]);
    if (!next) return { located, path: found, rest: path.slice(index) };
    located = next;
    found.push(written);
  }
  return { located, path: found, rest: [] };
}

function spelledIn(map: MapNode, key: string): string {
  if (entryOf(map, key)) return key;
  return key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function firstKey(node: SourceNode): SourceNode {
  return node.kind === 'map' ? (node.entries[0]?.key ?? node) : node;
}

function writtenPath(root: SourceNode, index: SourceIndex, [first, ...rest]: DocumentPath): DocumentPath {
  if (first === undefined) return index.body;
  const body = locate(root, index.body)?.node;
  const has = (key: string): boolean => body?.kind === 'map' && entryOf(body, key) !== undefined;
  switch (first) {
    case 'config':
      return [...index.body, configAliases.find(has) ?? 'config', ...rest];
    case 'parameters':
      return listedPath(
        rest,
        'parameters',
        index,
        (part) => index.parameters.find((parameter, at) => at === part || parameter.name === part)?.path,
      );
    case 'triggers':
      return listedPath(rest, 'triggers', index, (part) =>
        typeof part === 'number' ? index.triggers[part] : undefined,
      );
    default:
      return [...index.body, first, ...rest];
  }
}

function listedPath(
  [item, ...rest]: DocumentPath,
  key: string,
  index: SourceIndex,
  pathOf: (part: string | number) => DocumentPath | undefined,
): DocumentPath {
  if (item === undefined) return [...index.body, key];
  const path = pathOf(item);
  return path ? [...path, ...rest] : [...index.body, key];
}

/** Where a field of the canonical step is written on the step itself. */
function writtenStepPath(step: SourceNode | undefined, path: DocumentPath): DocumentPath {
  const [first, ...rest] = path;
  if (step?.kind !== 'map' || first === undefined) return path;
  const has = (key: string): boolean => entryOf(step, key) !== undefined;
  switch (first) {
    case 'handler':
      return [['handler', 'run', 'module', 'uses', 'steps', 'type'].find(has) ?? 'handler', ...rest];
    case 'label':
      return ['type'];
    case 'config':
      return configPath(step, has, rest);
    case 'condition':
      return [stepAliases.condition.find(has) ?? 'condition'];
    case 'dependencies':
      return dependencyPath(step, stepAliases.dependencies.find(has) ?? 'dependencies', rest);
    case 'retry':
      return retryPath(step, has, rest);
    case 'outputs':
      return outputPath(step, rest);
    default:
      return path;
  }
}

function configPath(step: MapNode, has: (key: string) => boolean, [key, ...rest]: DocumentPath): DocumentPath {
  const type = entryOf(step, 'type')?.value;
  const typed = handlerByType(has, type?.kind === 'scalar' ? type.value : undefined);
  const config = configKeysOf(typed ?? null).find(has);
  if (key === undefined) return config === undefined ? [] : [config];
  const runKey = has('run') ? runConfigKeys.get(String(key)) : undefined;
  if (runKey !== undefined && has(runKey)) return [runKey, ...rest];
  const map = config === undefined ? undefined : entryOf(step, config)?.value;
  if (config !== undefined && map?.kind === 'map' && entryOf(map, String(key))) return [config, key, ...rest];
  if (typeof typed === 'string' && has(String(key))) return [key, ...rest];
  return config === undefined ? [] : [config];
}

function dependencyPath(step: MapNode, key: string, [index, ...rest]: DocumentPath): DocumentPath {
  const written = entryOf(step, key)?.value;
  if (index === undefined) return [key];
  const base: DocumentPath = written?.kind === 'list' ? [key, index] : [key];
  const item = written?.kind === 'list' && typeof index === 'number' ? written.items[index] : written;
  return item?.kind === 'map' ? [...base, ...rest] : base;
}

function retryPath(step: MapNode, has: (key: string) => boolean, rest: DocumentPath): DocumentPath {
  if (!has('retry')) return [['retries', 'maxRetries'].find(has) ?? 'retry'];
  const retry = entryOf(step, 'retry')?.value;
  const on = retry?.kind === 'map' ? entryOf(retry, 'on')?.value : undefined;
  return rest[0] === 'on' && on?.kind !== 'list' ? ['retry', 'on'] : ['retry', ...rest];
}

/** Declared outputs are found by name, or by index as in the model. */
function outputPath(step: MapNode, [output, ...rest]: DocumentPath): DocumentPath {
  const written = entryOf(step, 'outputs')?.value;
  if (output === undefined) return ['outputs'];
  if (written?.kind !== 'list' || typeof output === 'number') return ['outputs', output, ...rest];
  const index = written.items.findIndex((item) => {
    const name = item.kind === 'map' ? entryOf(item, 'name')?.value : undefined;
    return name?.kind === 'scalar' && name.value === output;
  });
  return index === -1 ? ['outputs'] : ['outputs', index, ...rest];
}
