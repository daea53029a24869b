/** Writes what the golden changelogs give now: `node test/unit/plugins/release/notes/update-golden.ts`; read the difference. */
import { writeFileSync } from 'node:fs';
import { insertSection } from '../../../../../plugins/release/changelog/insert-section.ts';
import { goldenCases, goldenFolder } from './golden-cases.ts';

for (const { name, before, section, options } of goldenCases()) {
  writeFileSync(new URL(`${name}.after.md`, goldenFolder), insertSection(before, section, options));
}
