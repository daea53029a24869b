import { booleanValue, type Finding, type HandlerContext, type JsonMap } from '../../../src/plugin-api/index.ts';
import { planAssets } from '../assets/asset-plan.ts';
import { AssetSync, lockedFailure } from '../assets/sync-assets.ts';
import { hasFieldError } from '../client/refusal.ts';
import { markOf } from './draft-mark.ts';
import { checkTag } from './publish-draft.ts';
import { namedCommit, type Release } from './release.ts';
import { explained } from './release-failure.ts';
import { bodyOf, type ReleaseFields, type ReleaseSearch } from './release-store.ts';
import { notesRemark } from './release-wish.ts';
import type { ReleaseWork } from './release-work.ts';

/** A release with its content and its assets as they are wanted; whether it is published is left as it was. */
export interface EnsuredRelease {
  readonly release: Release;
  /** By this step, in an earlier attempt perhaps. */
  readonly created: boolean;
  readonly updated: boolean;
  readonly findings: readonly Finding[];
}

/** Makes the draft, or goes on from the release of the same tag that an earlier attempt or run left. */
export async function ensureRelease(work: ReleaseWork, search: ReleaseSearch): Promise<EnsuredRelease> {
  const { fields } = work.wish;
  try {
    const found = search.release;
    if (found === null)
      return await finish(work, search, { release: await created(work), created: true, updated: false });
    if (!found.draft) return await completePublished(work, search, found);
    const changes = await updated(work, found);
    const release = changes ?? found;
    return await finish(work, search, { release, created: isOwn(work.context, release), updated: changes !== null });
  } catch (error) {
    throw explained(error, fields);
  }
}

/** Whether an attempt of this very step made the draft. */
export function isOwn(context: HandlerContext, { mark }: Release): boolean {
  return mark === markOf(context.idempotencyKey);
}

/** What a release has differently, as the API takes it. */
export function differences(release: Release, fields: ReleaseFields): JsonMap {
  const wanted = bodyOf(fields);
  return {
    ...(release.name === fields.name ? {} : { name: fields.name }),
    ...(sameText(release.body, fields.body) ? {} : { body: fields.body }),
    ...(release.prerelease === fields.prerelease ? {} : { prerelease: fields.prerelease }),
    ...(fields.target === null || release.target === fields.target || !release.draft
      ? {}
      : { target_commitish: wanted.target_commitish ?? null }),
  };
}

/** The commit may come to GitHub only with the push: the draft does without then, and publishing names it. */
async function created(work: ReleaseWork): Promise<Release> {
  const { fields } = work.wish;
  const mark = markOf(work.context.idempotencyKey);
  try {
    return await work.store.createDraft(fields, mark);
  } catch (error) {
    if (fields.target === null || !hasFieldError(error, 'target_commitish', 'invalid')) throw error;
    work.context.log('info', `GitHub does not have the commit ${fields.target} yet: the draft is made without it`);
    return work.store.createDraft({ ...fields, target: null }, mark);
  }
}

/** `null` where the draft is as it should be. */
async function updated(work: ReleaseWork, draft: Release): Promise<Release | null> {
  const changes = differences(draft, work.wish.fields);
  if (Object.keys(changes).length === 0) return null;
  try {
    return await work.store.update(draft, changes);
  } catch (error) {
    if (!hasFieldError(error, 'target_commitish', 'invalid')) throw error;
    const { target_commitish: _, ...rest } = changes;
    return Object.keys(rest).length === 0 ? null : work.store.update(draft, rest);
  }
}

/** People may have read it, and edited it: only what is missing is added, the rest on request. */
async function completePublished(work: ReleaseWork, search: ReleaseSearch, release: Release): Promise<EnsuredRelease> {
  refuseLocked(work, release);
  const changes = differences(release, work.wish.fields);
  const names = Object.keys(changes);
  const isUpdated = names.length > 0 && booleanValue(work.context.config, 'update_published', false);
  const moved = await lookAtTag(work, release, isUpdated || hasAssetWork(work, release));
  if (names.length === 0) return finish(work, search, { release, created: false, updated: false }, moved);
  if (isUpdated) {
    const changed = await work.store.update(release, changes);
    return finish(work, search, { release: changed, created: false, updated: true }, moved);
  }
  const message = `the release ${release.tag} is published with another ${names.join(', ')}, which was left as it is: set \`update_published: true\` to change it`;
  return finish(work, search, { release, created: false, updated: false }, [
    ...moved,
    { level: 'notice', message, rule: 'release-differs' },
  ]);
}

/** What another commit than the tagged one brings must not get into a release that is published. */
async function lookAtTag(work: ReleaseWork, release: Release, isWritten: boolean): Promise<readonly Finding[]> {
  const { target } = work.wish.fields;
  // A second start of the same job asks nothing: GitHub keeps the commit that a release was made of.
  if (!isWritten && release.target === target) return [];
  const tagged = await work.store.tagCommit(release.tag);
  if (isWritten) checkTag(release.tag, target, tagged);
  const named = namedCommit(release);
  if (tagged === null || named === null || named === tagged) return [];
  const message = `the tag ${release.tag} was moved after its release was made, from commit ${named} to ${tagged}: who downloaded it before has something else (${release.url})`;
  return [{ level: 'warning', message, rule: 'tag-moved' }];
}

function hasAssetWork(work: ReleaseWork, release: Release): boolean {
  const { steps, leftovers } = planAssets(work.wanted, release.assets, { replace: work.replaceAssets });
  return leftovers.length > 0 || steps.some(({ step }) => step.kind !== 'keep');
}

function refuseLocked(work: ReleaseWork, release: Release): void {
  if (!release.immutable) return;
  const { steps } = planAssets(work.wanted, release.assets, { replace: work.replaceAssets });
  const missing = steps.filter(({ step }) => step.kind === 'upload' || step.kind === 'replace');
  if (missing.length > 0) {
    throw lockedFailure(
      release,
      missing.map(({ wanted }) => wanted.file.name),
    );
  }
}

async function finish(
  work: ReleaseWork,
  search: ReleaseSearch,
  { release, created, updated }: Omit<EnsuredRelease, 'findings'>,
  findings: readonly Finding[] = [],
): Promise<EnsuredRelease> {
  const { context, github, store, wanted, replaceAssets } = work;
  const synced = await new AssetSync(context, github, store, { release, wanted, replace: replaceAssets }).run();
  if (synced.uploaded + synced.replaced > 0) {
    context.log('info', `assets of ${release.tag}: ${synced.uploaded} uploaded, ${synced.replaced} replaced`);
  }
  return {
    release: { ...release, assets: synced.assets },
    created,
    updated: updated || (synced.changed && !created),
    findings: [
      ...findings,
      ...doubleFindings(search),
      ...differingFindings(release, synced.differing),
      ...notesFindings(work),
    ],
  };
}

/** The address of a draft is good until it is published: only that of the other one is named. */
export function doubleFindings({ doubles }: ReleaseSearch): readonly Finding[] {
  return doubles.map((double) => ({
    level: 'warning',
    message: `there is a further draft of ${double.tag}: delete it if nobody needs it (${double.url})`,
    rule: 'double-draft',
  }));
}

function differingFindings(release: Release, names: readonly string[]): readonly Finding[] {
  if (names.length === 0) return [];
  const message = `assets of ${release.tag} differ from the files and were left, as \`replace_assets: false\` asks: ${names.join(', ')}`;
  return [{ level: 'warning', message, rule: 'asset-differs' }];
}

function notesFindings({ wish }: ReleaseWork): readonly Finding[] {
  const message = notesRemark(wish.notes);
  return message === null ? [] : [{ level: 'warning', message, rule: 'notes-cut' }];
}

/** GitHub may change line ends and blanks at the ends. */
function sameText(one: string, other: string): boolean {
  const plain = (text: string) => text.replaceAll('\r\n', '\n').trim();
  return plain(one) === plain(other);
}
