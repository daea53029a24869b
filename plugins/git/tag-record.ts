import type { HandlerContext, Json } from '../../src/plugin-api/index.ts';

/**
 * Which tags the steps of this run made, kept in the run's state: `git.push` pushes these and no others, so that an
 * old clone does not bring back a tag that was deleted on the remote.
 */
const stateKey = 'git_tags';

export async function recordedTags(context: HandlerContext): Promise<readonly string[]> {
  return tagsOf(await context.getState(stateKey));
}

export async function recordTag(context: HandlerContext, tag: string): Promise<void> {
  const tags = await recordedTags(context);
  if (!tags.includes(tag)) await context.setState(stateKey, [...tags, tag]);
}

function tagsOf(value: Json): readonly string[] {
  return Array.isArray(value) ? value.filter((tag) => typeof tag === 'string') : [];
}
