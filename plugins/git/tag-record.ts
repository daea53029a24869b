import { type HandlerContext, isJsonMap, type Json } from '../../src/plugin-api/index.ts';

/** A tag of this run, and the step that made it. */
export interface TagRecord {
  readonly tag: string;
  readonly step: string;
}

/**
 * Which tags the steps of this run made, kept in the run's state: `git.push` pushes these and no others, so that an
 * old clone does not bring back a tag that was deleted on the remote.
 */
const stateKey = 'git_tags';

export async function recordedTags(context: HandlerContext): Promise<readonly TagRecord[]> {
  const value = await context.getState(stateKey);
  return Array.isArray(value) ? value.flatMap(recordOf) : [];
}

/** Adds a tag that the running step made. */
export async function recordTag(context: HandlerContext, tag: string): Promise<void> {
  const others = (await recordedTags(context)).filter((record) => record.tag !== tag);
  const all = [...others, { tag, step: context.step.id }];
  await context.setState(
    stateKey,
    all.map((record) => ({ tag: record.tag, step: record.step })),
  );
}

function recordOf(value: Json): readonly TagRecord[] {
  if (!isJsonMap(value) || typeof value.tag !== 'string' || typeof value.step !== 'string') return [];
  return [{ tag: value.tag, step: value.step }];
}
