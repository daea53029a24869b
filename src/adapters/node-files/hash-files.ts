import { createHash } from 'node:crypto';
import { closeSync, lstatSync, openSync, readdirSync, readSync, realpathSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { err, ok, type Result } from '../../core/model/result.ts';
import { type GlobPattern, matchesPath, mayMatchBelow, parseGlobs } from './glob-pattern.ts';

const followOption = '--follow-symbolic-links';

/**
 * What GitHub's `hashFiles` gives for the files of `workspace`: SHA-256, hexadecimal, over the SHA-256 digests of
 * the files that the patterns match, in the order in which GitHub finds them; empty where none matches. Links that
 * are broken or lead out of the workspace are passed over. The error is one sentence for people.
 */
export function hashFiles(workspace: string, patterns: readonly string[]): Result<string, string> {
  const follow = patterns[0] === followOption;
  const option = patterns.find((pattern, index) => pattern.startsWith('--') && !(follow && index === 0));
  if (option !== undefined)
    return err(`"${option}" is not an option; the only one is "${followOption}", as the first argument`);
  try {
    const root = realpathSync(workspace);
    const globs = parseGlobs(root, follow ? patterns.slice(1) : patterns);
    return globs.ok ? ok(hashMatches(new Search(root, globs.value, follow))) : globs;
  } catch (error) {
    return err(`the files cannot be read: ${error instanceof Error ? error.message : error}`);
  }
}

function hashMatches(search: Search): string {
  const total = createHash('sha256');
  let isEmpty = true;
  for (const file of search.files()) {
    total.update(digestOf(file));
    isEmpty = false;
  }
  return isEmpty ? '' : total.digest('hex');
}

function digestOf(file: string): Buffer {
  const hash = createHash('sha256');
  const chunk = Buffer.alloc(64 * 1024);
  const descriptor = openSync(file, 'r');
  try {
    for (let length = readSync(descriptor, chunk); length > 0; length = readSync(descriptor, chunk)) {
      hash.update(chunk.subarray(0, length));
    }
  } finally {
    closeSync(descriptor);
  }
  return hash.digest();
}

/** A path from the root, and the real folders on the way to it, as far as links are followed. */
interface Item {
  readonly path: readonly string[];
  readonly chain: readonly string[];
}

/** A walk over the workspace, depth first, names in the order of their bytes. */
class Search {
  readonly #root: string;
  readonly #patterns: readonly GlobPattern[];
  readonly #follow: boolean;

  constructor(root: string, patterns: readonly GlobPattern[], follow: boolean) {
    this.#root = root;
    this.#patterns = patterns;
    this.#follow = follow;
  }

  *files(): Generator<string> {
    const pending = this.#starts().map((path): Item => ({ path, chain: [] }));
    pending.reverse();
    for (let item = pending.pop(); item !== undefined; item = pending.pop()) {
      const place = join(this.#root, ...item.path);
      const found = (this.#follow ? statSync : lstatSync)(place, { throwIfNoEntry: false });
      if (found?.isDirectory()) for (const below of this.#below(item, place)) pending.push(below);
      else if (found !== undefined && this.#isMatch(item.path) && this.#isOurs(place)) yield place;
    }
  }

  /** What a folder holds, last name first; nothing where no pattern can match in it or a link leads round in a circle. */
  *#below({ path, chain }: Item, place: string): Generator<Item> {
    const real = this.#follow ? realpathSync(place) : place;
    if (chain.includes(real) || !this.#isInside(real) || !this.#mayHold(path)) return;
    const through = this.#follow ? [...chain, real] : chain;
    // Node gives the names of a folder in the order of their bytes.
    for (const name of readdirSync(place).reverse()) yield { path: [...path, name], chain: through };
  }

  /** Where the patterns begin, without those that lie under another one. */
  #starts(): readonly (readonly string[])[] {
    const starts = this.#patterns.filter(({ negated }) => !negated).map(({ start }) => start);
    const keys = new Set(starts.map((start) => start.join('/')));
    const ways = new Map(starts.map((start) => [start.join('/'), start]));
    return [...ways.values()].filter((start) => !start.some((_, length) => keys.has(start.slice(0, length).join('/'))));
  }

  #mayHold(folder: readonly string[]): boolean {
    return this.#patterns.some((pattern) => !pattern.negated && mayMatchBelow(pattern, folder));
  }

  /** Later patterns have the last word. */
  #isMatch(path: readonly string[]): boolean {
    const last = this.#patterns.findLast((pattern) => matchesPath(pattern, path));
    return last !== undefined && !last.negated;
  }

  /** A regular file of the workspace, once links are resolved. */
  #isOurs(place: string): boolean {
    return statSync(place, { throwIfNoEntry: false })?.isFile() === true && this.#isInside(realpathSync(place));
  }

  #isInside(real: string): boolean {
    return real === this.#root || real.startsWith(`${this.#root}${sep}`);
  }
}
