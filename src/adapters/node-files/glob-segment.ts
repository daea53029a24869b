/** One part of a name pattern: a run of anything, one of a kind of character, or text as it stands. */
type Token =
  | { readonly kind: 'run' }
  | { readonly kind: 'any' }
  | { readonly kind: 'text'; readonly character: string }
  | { readonly kind: 'set'; readonly negated: boolean; readonly ranges: readonly (readonly [string, string])[] };

/**
 * The pattern of one name in a path, as GitHub's globs read it: `*`, `?`, `[…]`, and `\` before a character that
 * stands for itself. Names that begin with a dot are names like others.
 */
export class GlobSegment {
  readonly #tokens: readonly Token[];
  /** The one name that it matches; null where it may match several. */
  readonly literal: string | null;

  constructor(source: string) {
    this.#tokens = tokensOf([...source]);
    this.literal = literalOf(this.#tokens);
  }

  /** Never takes longer than pattern times name: the last run alone is tried again with one character more. */
  matches(name: string): boolean {
    if (this.literal !== null) return name === this.literal;
    const characters = [...name];
    let [at, token] = [0, 0];
    let [runToken, runEnd] = [-1, 0];
    while (at < characters.length) {
      const pattern = this.#tokens[token];
      if (pattern?.kind === 'run') {
        runToken = token++;
        runEnd = at;
      } else if (pattern !== undefined && fits(pattern, characters[at] ?? '')) {
        token++;
        at++;
      } else if (runToken >= 0) {
        token = runToken + 1;
        at = ++runEnd;
      } else {
        return false;
      }
    }
    return this.#tokens.slice(token).every(({ kind }) => kind === 'run');
  }
}

function fits(token: Token, character: string): boolean {
  switch (token.kind) {
    case 'run':
    case 'any':
      return true;
    case 'text':
      return token.character === character;
    case 'set':
      return token.negated !== token.ranges.some(([low, high]) => low <= character && character <= high);
  }
}

function tokensOf(source: readonly string[]): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < source.length; at++) {
    const character = source[at] ?? '';
    const set = character === '[' ? setAt(source, at) : null;
    if (character === '*') tokens.push({ kind: 'run' });
    else if (character === '?') tokens.push({ kind: 'any' });
    else if (set !== null) {
      tokens.push(set.token);
      at = set.end;
    } else if (character === '\\' && at + 1 < source.length) {
      tokens.push({ kind: 'text', character: source[++at] ?? '' });
    } else tokens.push({ kind: 'text', character });
  }
  return tokens;
}

/** The set that begins with the bracket at `start`; null where none does: the bracket then stands for itself. */
function setAt(source: readonly string[], start: number): { readonly token: Token; readonly end: number } | null {
  const negated = source[start + 1] === '!' || source[start + 1] === '^';
  const first = start + (negated ? 2 : 1);
  const members: string[] = [];
  const dashes = new Set<number>();
  for (let at = first; at < source.length; at++) {
    const character = source[at] ?? '';
    if (character === ']' && at > first) {
      const ranges = rangesOf(members, dashes);
      return ranges && { token: { kind: 'set', negated, ranges }, end: at };
    }
    if (character === '\\' && at + 1 < source.length) members.push(source[++at] ?? '');
    else {
      if (character === '-') dashes.add(members.length);
      members.push(character);
    }
  }
  return null;
}

/** Null where a range runs backwards. `dashes`: places of members that are an unescaped `-`. */
function rangesOf(members: readonly string[], dashes: ReadonlySet<number>): (readonly [string, string])[] | null {
  const ranges: (readonly [string, string])[] = [];
  for (let at = 0; at < members.length; at++) {
    const low = members[at] ?? '';
    const high = dashes.has(at + 1) ? members[at + 2] : undefined;
    ranges.push([low, high ?? low]);
    if (high === undefined) continue;
    if (high < low) return null;
    at += 2;
  }
  return ranges;
}

function literalOf(tokens: readonly Token[]): string | null {
  const characters = tokens.map((token) => {
    if (token.kind === 'text') return token.character;
    const [range] = token.kind === 'set' && !token.negated && token.ranges.length === 1 ? token.ranges : [];
    return range !== undefined && range[0] === range[1] ? range[0] : null;
  });
  return characters.includes(null) ? null : characters.join('');
}
