import {
  type HandlerContext,
  logFindings,
  PluginFailure,
  type StepHandler,
  success,
} from '../../src/plugin-api/index.ts';
import { refuseForeignFiles } from './release/draft-record.ts';
import { doubleFindings } from './release/ensure-release.ts';
import { openDraftFindings, skippedWithLook } from './release/open-drafts.ts';
import { describeSighting, sight } from './release/preview-release.ts';
import { checkTag, publishDraft } from './release/publish-draft.ts';
import { githubOutputs, publishFields, tagField, targetField } from './release/release-fields.ts';
import { outputsOf } from './release/release-outputs.ts';
import { expectedTag, tagOf, targetOf } from './release/release-wish.ts';
import { nothingToRelease, releasePlace, releasesNothing } from './release/release-work.ts';
import { retryableHere } from './release/retryable.ts';
import { showCommand } from './release/show-command.ts';

export const publishRelease: StepHandler = {
  title: 'Publish release',
  description: 'Publishes the draft of a GitHub release; one that is published already stays as it is.',
  icon: '🎉',
  category: 'github',
  configuration: {
    type: 'object',
    additionalProperties: false,
    properties: { tag_template: tagField, target: targetField, ...publishFields },
  },
  outputs: githubOutputs,
  placeholders: { release_url: 'url' },
  retry: { enabled: true, maxAttempts: 3, backoff: 'exponential' },
  permissions: ['files', 'processes', 'network'],
  rollback: 'never',

  async execute(context) {
    if (await releasesNothing(context)) return skippedWithLook(context);
    const tag = tagOf(context);
    const { store, repository } = await releasePlace(context);
    const search = await store.find(tag);
    const open = await openDraftFindings(context, search, tag);
    const findings = logFindings(context.log, [...doubleFindings(search), ...open]);
    if (search.release === null) throw noDraftFailure(tag, repository);
    if (!search.release.draft) {
      context.log('info', `the release ${tag} is published already`);
      return success(outputsOf(search.release, { created: false, updated: false }), findings);
    }
    const target = await targetOf(context);
    const tagged = await store.tagCommit(tag);
    // A start of the release that lost its tag to another one must not put its files in the place of that one's.
    checkTag(tag, target, tagged);
    await refuseForeignFiles(context, search.release);
    const release = await publishDraft(context, store, {
      draft: search.release,
      target,
      tagged,
      newest: search.newest,
    });
    return success(outputsOf(release, { created: false, updated: true }), findings);
  },

  async preview(context) {
    if (await releasesNothing(context)) return { summary: nothingToRelease, diffs: [], commands: [] };
    const tag = expectedTag(context);
    return {
      summary: `publishes the draft release ${tag} (${describeSighting(await sight(context, tag))})`,
      diffs: [],
      commands: [showCommand(['release', 'edit', tag, '--draft=false'])],
      outputs: { tag, draft: false },
    };
  },

  async probe(context) {
    if (await releasesNothing(context)) return { kind: 'not-done' };
    const release = await publishedRelease(context);
    return release === null
      ? { kind: 'not-done' }
      : { kind: 'done', outputs: outputsOf(release, { created: false, updated: false }) };
  },

  retryable: retryableHere,
};

async function publishedRelease(context: HandlerContext) {
  const { store } = await releasePlace(context);
  const { release } = await store.find(tagOf(context));
  return release === null || release.draft ? null : release;
}

function noDraftFailure(tag: string, repository: string): PluginFailure {
  return new PluginFailure(
    'not-found',
    `${repository} has no draft release of the tag ${tag} to publish: let a step \`github.draft_release\` come before this one, with the same \`tag_template\``,
    { retryable: false },
  );
}
