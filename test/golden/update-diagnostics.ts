/** Writes what the golden documents give now: `node test/golden/update-diagnostics.ts`, then read the difference. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { readWorkflow } from '../../src/core/document/read-workflow.ts';
import { renderDiagnostics } from './render-diagnostics.ts';

const folder = new URL('diagnostics/', import.meta.url);
for (const name of readdirSync(folder).filter((file) => /\.(yml|json)$/.test(file))) {
  const text = readFileSync(new URL(name, folder), 'utf8');
  writeFileSync(new URL(`${name}.out`, folder), renderDiagnostics(readWorkflow(text, name).diagnostics));
}
