import { logFindings, type StepHandler, success } from '../../src/plugin-api/index.ts';
import { ensureRelease } from './release/ensure-release.ts';
import { openDraftFindings, skippedWithLook } from './release/open-drafts.ts';
import { previewRelease } from './release/preview-release.ts';
import { probeContent } from './release/probe-content.ts';
import { checkTag, publishDraft } from './release/publish-draft.ts';
import { contentFields, githubOutputs, publishFields, updatePublishedField } from './release/release-fields.ts';
import { outputsOf } from './release/release-outputs.ts';
import { releasesNothing, releaseWork } from './release/release-work.ts';
import { retryableHere } from './release/retryable.ts';

export const release: StepHandler = {
  title: 'Release on GitHub',
  description:
    'Makes a GitHub release in one step: draft, assets, and publication last. Run again on the same tag it completes what is missing and changes nothing else.',
  icon: '📦',
  category: 'github',
  configuration: {
    type: 'object',
    additionalProperties: false,
    properties: {
      ...contentFields,
      ...publishFields,
      update_published: updatePublishedField,
    },
  },
  outputs: githubOutputs,
  placeholders: { release_url: 'url' },
  retry: { enabled: true, maxAttempts: 3, backoff: 'exponential' },
  permissions: ['files', 'processes', 'network'],
  rollback: 'never',

  async execute(context) {
    if (await releasesNothing(context)) return skippedWithLook(context);
    const work = await releaseWork(context);
    const { tag, target } = work.wish.fields;
    const search = await work.store.find(tag);
    const isPublished = search.release !== null && !search.release.draft;
    const tagged = isPublished ? null : await work.store.tagCommit(tag);
    // A tag in the wrong place is found before anything is written; of a published release its completion asks.
    if (!isPublished) checkTag(tag, target, tagged);
    const ensured = await ensureRelease(work, search);
    const findings = [...ensured.findings, ...(await openDraftFindings(context, search, tag))];
    logFindings(context.log, findings);
    if (!ensured.release.draft) return success(outputsOf(ensured.release, ensured), findings);
    const { newest } = search;
    const published = await publishDraft(context, work.store, { draft: ensured.release, target, tagged, newest });
    return success(outputsOf(published, { created: ensured.created, updated: !ensured.created }), findings);
  },

  preview: (context) => previewRelease(context, { publish: true }),

  probe: (context) => probeContent(context, { published: true }),

  retryable: retryableHere,
};
