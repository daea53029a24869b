/** Something that is measured once a round; gives its value, in whatever unit the table says. */
export interface Subject {
  readonly name: string;
  readonly measure: () => number | Promise<number>;
}

export interface Series {
  readonly name: string;
  /** One value a round, in the order of the rounds. */
  readonly values: readonly number[];
}

/**
 * Measures all subjects once in each round, beginning with another one each time: what the machine does besides hits
 * all of them alike. A first round is thrown away: it fills the caches of the file system.
 */
export async function inRounds(subjects: readonly Subject[], rounds: number): Promise<readonly Series[]> {
  const values = new Map<string, number[]>(subjects.map(({ name }) => [name, []]));
  for (let round = 0; round <= rounds; round++) {
    for (const [at] of subjects.entries()) {
      const subject = subjects[(at + round) % subjects.length];
      if (subject === undefined) continue;
      const value = await subject.measure();
      if (round > 0) values.get(subject.name)?.push(value);
    }
  }
  return subjects.map(({ name }) => ({ name, values: values.get(name) ?? [] }));
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = Number.NaN, high = low] = sorted.slice(sorted.length % 2 === 1 ? middle : middle - 1, middle + 1);
  return sorted.length % 2 === 1 ? low : (low + high) / 2;
}

/** Median of the differences of one round each. */
export function medianAbove(series: Series, floor: Series): number {
  return median(series.values.map((value, round) => value - (floor.values[round] ?? Number.NaN)));
}

/** A Markdown table on standard output. */
export function printTable(head: readonly string[], rows: readonly (readonly string[])[]): void {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  console.log([line(head), `|${' --- |'.repeat(head.length)}`, ...rows.map(line)].join('\n'));
}
