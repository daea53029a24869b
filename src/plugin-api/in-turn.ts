import type { StepHandler } from '../core/ports/plugin.ts';

/** The last call of each run that goes in turn. */
const lastOf = new Map<string, Promise<unknown>>();

/**
 * A handler whose calls within one run go one after another, with those of all other handlers of this kind: for those that
 * read a file of several packages and write it. Side by side, each would write over what the other wrote.
 */
export function inTurn(handler: StepHandler): StepHandler {
  return { ...handler, execute: (context) => afterOthers(context.run.id, () => handler.execute(context)) };
}

async function afterOthers<T>(run: string, work: () => Promise<T>): Promise<T> {
  const before = lastOf.get(run) ?? Promise.resolve();
  const own = before.then(work, work);
  lastOf.set(run, own);
  try {
    return await own;
  } finally {
    if (lastOf.get(run) === own) lastOf.delete(run);
  }
}
