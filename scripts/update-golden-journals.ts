/**
 * Writes the journals of `test/replay/journals` that are missing, with the runs they replay to. Those that are there
 * stay as an earlier engine wrote them, because that is what they are for; `--all` writes every one anew.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { viewOf } from '../src/core/run/view.ts';
import { eventsOf, journalCases } from '../test/replay/journal-cases.ts';
import { journalTextOf } from '../test/replay/journal-files.ts';
import { replayed } from '../test/rigs/simulate.ts';

const folder = new URL('../test/replay/journals/', import.meta.url);
const all = process.argv.includes('--all');
mkdirSync(folder, { recursive: true });
let written = 0;
for (const [name, made] of Object.entries(journalCases)) {
  const file = new URL(`${name}.jsonl`, folder);
  if (!all && existsSync(file)) continue;
  const events = await eventsOf(made);
  writeFileSync(file, journalTextOf(events));
  writeFileSync(new URL(`${name}.view.json`, folder), `${JSON.stringify(viewOf(replayed(events)), null, 2)}\n`);
  written++;
}
console.log(`${written} journals written`);
