import type { DiagnosticCode } from '../diagnostic/codes.ts';
import type { DocumentFaults, Stretch } from './document-faults.ts';
import { type DocumentPath, formatPath, type Located, locate } from './document-path.ts';
import type { Source } from './source.ts';
import type { SourceNode } from './source-node.ts';

export interface PlacedDetails {
  readonly hint?: string | undefined;
  /** `key`: the fault is that the key stands there, or what stands under it as a whole. */
  readonly at?: 'key' | 'value';
  /** Part of the value's text. */
  readonly inside?: { readonly start: number; readonly end: number };
  readonly related?: readonly { readonly path: DocumentPath; readonly message: string }[];
}

/** Reports faults by their path in the document; the places are looked up only then. */
export class PlacedFaults {
  readonly #faults: DocumentFaults;
  readonly #source: Source;
  readonly #root: SourceNode;
  /** Keys and indices by the path of what held them. */
  readonly #removed = new Map<string, Set<string | number>>();

  constructor(faults: DocumentFaults, source: Source, root: SourceNode) {
    this.#faults = faults;
    this.#source = source;
    this.#root = root;
  }

  report(code: DiagnosticCode, path: DocumentPath, message: string, details: PlacedDetails = {}): void {
    if (this.#faults.isFull) {
      this.#faults.countOne();
      return;
    }
    const { hint, at = 'value', inside, related } = details;
    const stretch = inside ? this.#stretchInside(path, inside) : this.stretchOf(path, at);
    this.#faults.report(code, stretch, message, {
      path: formatPath(path),
      ...(hint !== undefined && { hint }),
      ...(related && {
        related: related.map((other) => ({ node: this.stretchOf(other.path, 'value'), message: other.message })),
      }),
    });
  }

  /** What was taken out right below the path: what seems to be missing there may be what was faulty. */
  removedBelow(path: DocumentPath): readonly string[] {
    return [...(this.#removed.get(formatPath(path)) ?? [])].map(String);
  }

  /** Whether more reports are only counted, so that nobody need find words for them. */
  get isFull(): boolean {
    return this.#faults.isFull;
  }

  countOne(): void {
    this.#faults.countOne();
  }

  /** What was reported when the text was read is not reported once more. */
  isFaulty(path: DocumentPath): boolean {
    return locate(this.#root, path)?.node.kind === 'faulty';
  }

  /** Notes that what stands at the path is faulty and was taken out of the draft. */
  noteRemoved(path: DocumentPath): void {
    const last = path.at(-1);
    if (last === undefined) return;
    const parent = formatPath(path.slice(0, -1));
    const keys = this.#removed.get(parent);
    if (keys) keys.add(last);
    else this.#removed.set(parent, new Set([last]));
  }

  /** Whether a faulty value stands at the path, which the draft no longer has. */
  wasRemoved(path: DocumentPath): boolean {
    const last = path.at(-1);
    if (this.#removed.size === 0 || last === undefined) return false;
    return this.#removed.get(formatPath(path.slice(0, -1)))?.has(last) ?? false;
  }

  /** The value at the path as it is written. */
  writtenAt(path: DocumentPath): string {
    const { start, end } = this.stretchOf(path, 'value');
    return this.#source.text.slice(start, end);
  }

  /** The nearest place that exists. Blocks of several lines are shown by their key: a fault is read on one line. */
  stretchOf(path: DocumentPath, at: 'key' | 'value'): Stretch {
    for (let length = path.length; length >= 0; length--) {
      const located = locate(this.#root, path.slice(0, length));
      if (located) return shownOf(located, length < path.length ? 'key' : at);
    }
    return this.#root;
  }

  #stretchInside(path: DocumentPath, inside: { readonly start: number; readonly end: number }): Stretch {
    const node = locate(this.#root, path)?.node;
    const offsets = node ? this.#source.offsetsOf(node) : null;
    const start = offsets?.[inside.start];
    const last = offsets?.[inside.end - 1];
    if (start === undefined || last === undefined) return this.stretchOf(path, 'value');
    return { start, end: last + 1 };
  }
}

function shownOf({ node, entry }: Located, at: 'key' | 'value'): Stretch {
  if (at === 'key') return entry?.key ?? firstKeyOf(node);
  if (node.kind === 'map' || node.kind === 'list') return entry?.key ?? firstKeyOf(node);
  return node.start === node.end && entry ? entry.key : node;
}

function firstKeyOf(node: SourceNode): Stretch {
  if (node.kind === 'map') return node.entries[0]?.key ?? node;
  return node;
}
