/**
 * Makes everything that is derived from a single source: validators from the language's schema, reference pages from
 * schemas, help texts and catalogs.
 *
 * Usage: node scripts/generate.ts [--check]
 *
 * `--check` writes nothing and fails where a committed file is stale.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const generators = ['generate-validators.ts', 'generate-reference.ts'];

let failed = 0;
for (const generator of generators) {
  const script = join(import.meta.dirname, generator);
  const { status } = spawnSync(process.execPath, [script, ...process.argv.slice(2)], { stdio: 'inherit' });
  if (status !== 0) failed++;
}
process.exitCode = failed > 0 ? 1 : 0;
