import type { Diagnostic } from '../core/diagnostic/diagnostic.ts';
import { suggest } from '../core/expression/suggest.ts';
import { err, ok, type Result } from '../core/model/result.ts';
import type { Platform } from './platform.ts';

/** A workflow file that was found. `file` is what people call it. */
export interface FoundWorkflow {
  readonly file: string;
  readonly text: string;
}

const endings = ['.yml', '.yaml', '.json'];

/** Where workflows are looked for by name, in order, relative to the workspace; then those that come with VWMP. */
export const workflowFolders = ['workflows', '.github/vwmp/workflows'] as const;

/**
 * A file where the reference looks like one (a slash, or a known ending), else the workflow whose file has this stem.
 */
export async function findWorkflow(
  platform: Platform,
  reference: string,
): Promise<Result<FoundWorkflow, readonly Diagnostic[]>> {
  if (looksLikeFile(reference)) return readFile(platform, reference);
  const found = (await workflowFiles(platform)).find(({ name }) => name === reference);
  return found ? readFile(platform, found.path) : err([await unknownName(platform, reference)]);
}

/** Every workflow file by name; of two with one name the first folder's counts. */
export async function workflowFiles(
  platform: Platform,
): Promise<readonly { readonly name: string; readonly path: string }[]> {
  const files = new Map<string, string>();
  for (const folder of [...workflowFolders, platform.shippedWorkflows]) {
    for (const file of await platform.sources.list(folder)) {
      const ending = endings.find((candidate) => file.endsWith(candidate));
      const name = ending && file.slice(0, -ending.length);
      // `NAME.test.yml` holds tests of a workflow.
      if (!name || name.endsWith('.test') || files.has(name)) continue;
      files.set(name, `${folder}/${file}`);
    }
  }
  return [...files].map(([name, path]) => ({ name, path }));
}

function looksLikeFile(reference: string): boolean {
  return /[\\/]/.test(reference) || endings.some((ending) => reference.endsWith(ending));
}

async function readFile(platform: Platform, path: string): Promise<Result<FoundWorkflow, readonly Diagnostic[]>> {
  const text = await platform.sources.read(path);
  if (text.ok) return ok({ file: path, text: text.value });
  const hint = 'Give the path of a workflow file, or the name of a workflow that `vwmp list` shows.';
  return err([{ code: 'file', severity: 'error', message: text.error, hint }]);
}

async function unknownName(platform: Platform, reference: string): Promise<Diagnostic> {
  const names = (await workflowFiles(platform)).map(({ name }) => name);
  const near = suggest(reference, names);
  const known = names.length === 0 ? 'There are none in this workspace.' : `There are: ${names.join(', ')}.`;
  return {
    code: 'file',
    severity: 'error',
    message: `No workflow has the name "${reference}".`,
    hint: near === null ? `${known} A file is named by its path, as in ./${reference}.yml.` : `Did you mean "${near}"?`,
  };
}
