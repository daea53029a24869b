import type { TemplateContext } from '../../../../src/plugin-api/index.ts';

/** `null` where there is no such file, or where it cannot be read as text. */
export async function textOf({ files }: TemplateContext, path: string): Promise<string | null> {
  try {
    return (await files.stat(path))?.kind === 'file' ? await files.read(path) : null;
  } catch (error) {
    // What is no text, or lies behind a link that leads out, is nothing that a release could be found in.
    if (carriesFailure(error)) return null;
    throw error;
  }
}

/** Services of the context reject with errors that carry a failure; anything else is a bug. */
export function carriesFailure(error: unknown): boolean {
  return error instanceof Error && 'failure' in error;
}
