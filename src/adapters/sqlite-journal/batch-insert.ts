import type { DatabaseSync, StatementSync } from 'node:sqlite';

export type Column = string | number | null;

/** Rows that one statement takes: half of what a row costs is the call, not the row. */
const batch = 8;

/** Inserts rows of one table, several with one statement where there are as many. */
export class BatchInsert {
  readonly #one: StatementSync;
  readonly #many: StatementSync;

  /** `into`: the statement as far as `VALUES`. */
  constructor(database: DatabaseSync, into: string, columns: number) {
    const row = `(${Array.from({ length: columns }, () => '?').join(', ')})`;
    this.#one = database.prepare(`${into} VALUES ${row}`);
    this.#many = database.prepare(`${into} VALUES ${Array.from({ length: batch }, () => row).join(', ')}`);
  }

  /** In their order. */
  run(rows: readonly (readonly Column[])[]): void {
    let at = 0;
    for (; at + batch <= rows.length; at += batch) this.#many.run(...rows.slice(at, at + batch).flat());
    for (const row of rows.slice(at)) this.#one.run(...row);
  }
}
