import type { HandlerContext, ProbeAnswer } from '../../../src/plugin-api/index.ts';
import { planAssets } from '../assets/asset-plan.ts';
import { draftRecord } from './draft-record.ts';
import { differences, isOwn } from './ensure-release.ts';
import { outputsOf } from './release-outputs.ts';
import { releasesNothing, releaseWork } from './release-work.ts';

/**
 * Whether GitHub holds the release as it is wanted.
 * @param options `published`: a draft is not enough.
 */
export async function probeContent(
  context: HandlerContext,
  options: { readonly published: boolean },
): Promise<ProbeAnswer> {
  if (await releasesNothing(context)) return { kind: 'not-done' };
  const work = await releaseWork(context);
  const { store, github, wish, wanted, replaceAssets } = work;
  const { release } = await store.find(wish.fields.tag);
  if (release === null) {
    // Without a token a draft that is there does not show.
    const { token } = await github.settings();
    return { kind: token === 'none' && !options.published ? 'unknown' : 'not-done' };
  }
  if (release.draft && options.published) return { kind: 'not-done' };
  if (release.draft && Object.keys(differences(release, { ...wish.fields, target: null })).length > 0) {
    return { kind: 'not-done' };
  }
  const { steps, leftovers } = planAssets(wanted, release.assets, { replace: replaceAssets });
  const done = leftovers.length === 0 && steps.every(({ step }) => step.kind === 'keep');
  if (!done) return { kind: 'not-done' };
  const outputs = outputsOf(release, { created: isOwn(context, release), updated: false });
  return { kind: 'done', outputs: options.published ? outputs : { ...outputs, ...draftRecord(work, release) } };
}
