import { lstatSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { type GlobPattern, matchesPath, mayMatchBelow } from './glob-pattern.ts';

/** A path from the root, and the real folders on the way to it, as far as links are followed. */
interface Item {
  readonly path: readonly string[];
  readonly chain: readonly string[];
}

/** A walk over the workspace, depth first, names in the order of their bytes. */
export class FileSearch {
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
