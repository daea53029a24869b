import { type HandlerContext, isJsonMap, type Json, type JsonMap } from '../../src/plugin-api/index.ts';

/** A tag of this run, and the step that made it. */
export interface TagRecord {
  readonly tag: string;
  readonly step: string;
  /** What the tag pointed at then, not peeled; `null` where a step of an older version recorded it. */
  readonly object: string | null;
  /** The commit that it led to. */
  readonly commit: string | null;
  /** False where the tag was there before, and where that is not known. */
  readonly created: boolean;
}

/** A commit of this run, and the one that it stands on; `null` where it is the first of the repository. */
export interface CommitRecord {
  readonly commit: string;
  readonly parent: string | null;
}

/**
 * Which tags and commit the steps of this run made, kept in the run's state. `git.push` pushes these tags and no
 * others, so that an old clone does not bring back a tag that was deleted on the remote.
 */
const tagsKey = 'git_tags';
const commitKey = 'git_commit';

/** Those of the state, and of steps before whose end nobody saw: a probe finds out what was made, and records nothing. */
export async function recordedTags(context: HandlerContext): Promise<readonly TagRecord[]> {
  const value = await context.getState(tagsKey);
  const recorded = Array.isArray(value) ? value.flatMap(tagRecordOf) : [];
  const steps = [...(await context.upstream('git.create_tag')), ...(await context.upstream('git.operation'))];
  const given = steps.flatMap(({ id, outputs }) => {
    const { target, commit = null, created, changed = null } = outputs;
    return tagRecordOf({ ...outputs, step: id, commit: target ?? commit, created: created ?? changed });
  });
  return [...recorded, ...given.filter(({ tag }) => !recorded.some((known) => known.tag === tag))];
}

/** Adds a tag that the running step made, or found where it belongs. */
export async function recordTag(context: HandlerContext, made: Omit<TagRecord, 'step'>): Promise<void> {
  const others = (await recordedTags(context)).filter(({ tag }) => tag !== made.tag);
  const all = [...others, { ...made, step: context.step.id }];
  await context.setState(
    tagsKey,
    all.map((record): JsonMap => ({ ...record })),
  );
}

/** The newest commit of this run; `null` where it made none. */
export async function recordedCommit(context: HandlerContext): Promise<CommitRecord | null> {
  const recorded = commitRecordOf(await context.getState(commitKey));
  if (recorded !== null) return recorded;
  const made = (await context.upstream('git.commit')).filter(({ outputs }) => outputs.created === true);
  return commitRecordOf(made.at(-1)?.outputs ?? null);
}

export async function recordCommit(context: HandlerContext, record: CommitRecord): Promise<void> {
  const value: JsonMap = { ...record };
  await context.setState(commitKey, value);
}

function commitRecordOf(value: Json): CommitRecord | null {
  if (!isJsonMap(value) || typeof value.commit !== 'string') return null;
  return { commit: value.commit, parent: textOf(value.parent) };
}

function tagRecordOf(value: Json): readonly TagRecord[] {
  if (!isJsonMap(value) || typeof value.tag !== 'string' || typeof value.step !== 'string') return [];
  const { tag, step, object, commit, created } = value;
  return [{ tag, step, object: textOf(object), commit: textOf(commit), created: created === true }];
}

function textOf(value: Json | undefined): string | null {
  return typeof value === 'string' ? value : null;
}
