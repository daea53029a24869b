/** A document as far as the search for a version needs it: names and places, values unread. */
export type DocumentNode = MapNode | ListNode | TextNode | NumberNode | OtherNode;

export interface MapNode {
  readonly kind: 'map';
  readonly entries: Map<string, DocumentNode>;
  /** Keys that stand in the map more than once; most maps have none. */
  repeated: Set<string> | null;
}

export interface ListNode {
  readonly kind: 'list';
  readonly items: DocumentNode[];
}

/** A text that stands in the document exactly as it is meant. */
export interface TextNode {
  readonly kind: 'text';
  /** Its characters, without quotes. */
  readonly start: number;
  readonly end: number;
  /** It has no quotes, so that another text might not stay one. */
  readonly isPlain: boolean;
}

/** A number of JSON. */
export interface NumberNode {
  readonly kind: 'number';
  readonly start: number;
  readonly end: number;
}

export interface OtherNode {
  readonly kind: 'other';
  /** With its article: "a number". */
  readonly what: string;
}

export function emptyMapNode(): MapNode {
  return { kind: 'map', entries: new Map(), repeated: null };
}

export function addEntry(map: MapNode, key: string, node: DocumentNode): void {
  if (map.entries.has(key)) {
    map.repeated ??= new Set();
    map.repeated.add(key);
  }
  map.entries.set(key, node);
}

export function otherNode(what: string): OtherNode {
  return { kind: 'other', what };
}

/** The text of an entry of the map; `null` where it is missing or no text. */
export function entryText(map: MapNode, key: string, content: string): string | null {
  const node = map.entries.get(key);
  return node?.kind === 'text' ? content.slice(node.start, node.end) : null;
}

/** With its article. */
export function kindOfNode(node: DocumentNode): string {
  switch (node.kind) {
    case 'map':
      return 'a map';
    case 'list':
      return 'a list';
    case 'text':
      return 'a text';
    case 'number':
      return 'a number';
    case 'other':
      return node.what;
  }
}
