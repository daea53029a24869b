const bits = 5;
const width = 1 << bits;
const mask = width - 1;

type Branch<T> = readonly (T | Branch<T>)[];

/**
 * A list of fixed length whose changed copies share what did not change: a transition replaces a few steps of
 * possibly 100,000 and must leave the state before it as it was. A tree of 32-way nodes; `with` copies one path.
 */
export class PersistentVector<T> {
  readonly length: number;
  readonly #shift: number;
  readonly #root: Branch<T>;

  private constructor(length: number, shift: number, root: Branch<T>) {
    this.length = length;
    this.#shift = shift;
    this.#root = root;
  }

  static from<T>(items: readonly T[]): PersistentVector<T> {
    let level: Branch<T> = items;
    let shift = 0;
    while (level.length > width) {
      const parents: Branch<T>[] = [];
      for (let at = 0; at < level.length; at += width) parents.push(level.slice(at, at + width) as Branch<T>);
      level = parents;
      shift += bits;
    }
    return new PersistentVector(items.length, shift, level);
  }

  /** Throws for a position outside: positions come from the graph that the vector was made for. */
  at(position: number): T {
    if (position < 0 || position >= this.length) throw new RangeError(`no item ${position} of ${this.length}`);
    let node: Branch<T> = this.#root;
    for (let shift = this.#shift; shift > 0; shift -= bits) node = node[(position >> shift) & mask] as Branch<T>;
    return node[position & mask] as T;
  }

  with(position: number, item: T): PersistentVector<T> {
    if (position < 0 || position >= this.length) throw new RangeError(`no item ${position} of ${this.length}`);
    return new PersistentVector(this.length, this.#shift, replaced(this.#root, this.#shift, position, item));
  }

  *[Symbol.iterator](): IterableIterator<T> {
    for (let position = 0; position < this.length; position++) yield this.at(position);
  }
}

function replaced<T>(node: Branch<T>, shift: number, position: number, item: T): Branch<T> {
  const copy = node.slice();
  const index = (position >> shift) & mask;
  copy[index] = shift === 0 ? item : replaced(node[index] as Branch<T>, shift - bits, position, item);
  return copy;
}
