/** Writes the reports of `test/golden/report` anew. Read the difference before committing it. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { goldenCases } from '../test/unit/core/report/golden-cases.ts';

const folder = new URL('../test/golden/report/', import.meta.url);
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
for (const [file, make] of Object.entries(goldenCases)) writeFileSync(new URL(file, folder), make());
console.log(`${Object.keys(goldenCases).length} reports written`);
