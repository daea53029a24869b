import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The folder of the workflows that come with the product. Bundles lie one folder below the top of the installation,
 * sources two. Written without `new URL(…)`, which the bundler takes for a file to be copied.
 */
export function shippedWorkflowsFolder(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const besideBundle = join(here, '..', 'workflows');
  return existsSync(besideBundle) ? besideBundle : join(here, '..', '..', 'workflows');
}

/** The program that starts the processes of a large run: beside the bundle, or as source. */
export function spawnerProgram(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const bundle = join(here, 'spawner.js');
  return existsSync(bundle) ? bundle : join(here, 'spawner.ts');
}
