import { type HandlerContext, PluginFailure, type Preview, unifiedDiff } from '../../../src/plugin-api/index.ts';
import { assetRequests, expectedFiles } from '../assets/asset-file.ts';
import type { Release } from './release.ts';
import type { ReleaseSearch } from './release-store.ts';
import { expectedWish, isTagKnown, notesRemark, type WishPlace } from './release-wish.ts';
import { nothingToRelease, type ReleasePlace, releasePlace, releasesNothing } from './release-work.ts';
import { showCommand } from './show-command.ts';

/** What is on GitHub for the tag, or why it is not known. */
export type Sighting =
  /** `hidden`: why a draft may be there all the same, as a clause; `null` where drafts are seen. */
  | { readonly kind: 'none'; readonly hidden: string | null }
  | { readonly kind: 'found'; readonly release: Release }
  | { readonly kind: 'unknown'; readonly why: string };

/** Shows a release that a step would make; reads only, and does without a token and without an answer. */
export async function previewRelease(
  context: HandlerContext,
  options: { readonly publish: boolean },
): Promise<Preview> {
  if (await releasesNothing(context)) return { summary: nothingToRelease, diffs: [], commands: [] };
  const place = await expectedPlace(context);
  const { fields, notes } = await expectedWish(context, place);
  const sighting = await sight(context, fields.tag);
  const files = await expectedFiles(context.files, assetRequests(context));
  const remark = notesRemark(notes);
  const parts = [
    `${options.publish ? 'publishes' : 'drafts'} the ${fields.prerelease ? 'pre-release' : 'release'} ${fields.tag} of ${place.repository} as "${fields.name}"`,
    fields.target === null ? '' : `at ${fields.target}`,
    files.length === 0 ? 'without assets' : `with ${files.join(', ')}`,
    `(${describeSighting(sighting)})`,
    remark === null ? '' : `- ${remark}`,
  ];
  const before = sighting.kind === 'found' ? sighting.release.body : '';
  const file = `notes of ${fields.tag}`;
  return {
    summary: parts.filter((part) => part !== '').join(' '),
    diffs: before.trim() === fields.body.trim() ? [] : [{ file, diff: unifiedDiff(file, before, fields.body) }],
    commands: [
      showCommand([
        'release',
        'create',
        fields.tag,
        '--repo',
        place.repository,
        ...(options.publish ? [] : ['--draft']),
        ...(fields.prerelease ? ['--prerelease'] : []),
        '--title',
        fields.name,
        ...assetRequests(context).map(({ pattern }) => pattern),
      ]),
    ],
    outputs: { tag: fields.tag, draft: !options.publish },
  };
}

/** Looks for a release of the tag, as far as that is possible without any right. */
export async function sight(context: HandlerContext, tag: string): Promise<Sighting> {
  if (!isTagKnown(context)) return { kind: 'unknown', why: 'its tag is not known yet' };
  try {
    const place = await releasePlace(context, { hasty: true });
    const search = await place.store.find(tag);
    if (search.release !== null) return { kind: 'found', release: search.release };
    return { kind: 'none', hidden: await hiddenDrafts(place, search) };
  } catch (error) {
    if (!(error instanceof PluginFailure) || error.failure.kind === 'cancelled') throw error;
    return { kind: 'unknown', why: error.message };
  }
}

/** GitHub lists drafts to those who may write, and does not tell what the token of an app may do. */
async function hiddenDrafts({ github, store }: ReleasePlace, { newest }: ReleaseSearch): Promise<string | null> {
  const { token } = await github.settings();
  if (token === 'none') return 'drafts are not visible without a token';
  if (newest.some(({ draft }) => draft)) return null;
  return token === 'personal' && (await store.mayPush()) ? null : 'drafts are visible only to a token that may write';
}

export function describeSighting(sighting: Sighting): string {
  switch (sighting.kind) {
    case 'none':
      return sighting.hidden === null ? 'there is none yet' : `none is published; ${sighting.hidden}`;
    case 'found': {
      const { release } = sighting;
      const state = release.draft ? 'a draft' : release.immutable ? 'a published, immutable one' : 'a published one';
      return `there is ${state} with ${release.assets.length} assets already, ${release.url}`;
    }
    case 'unknown':
      return `what is there already is not known: ${sighting.why}`;
  }
}

/** Where the release would be, as far as it is known. */
export async function expectedPlace(context: HandlerContext): Promise<WishPlace> {
  try {
    return await releasePlace(context);
  } catch (error) {
    if (!(error instanceof PluginFailure) || error.failure.kind === 'cancelled') throw error;
    return { serverUrl: 'https://github.com', repository: '{repository}' };
  }
}
