import {
  type JsonMap,
  logFindings,
  type StepHandler,
  skipped,
  success,
  type UndoContext,
  type UndoOutcome,
} from '../../src/plugin-api/index.ts';
import { changedAssets, draftRecord, draftRecordOutputs } from './release/draft-record.ts';
import { ensureRelease } from './release/ensure-release.ts';
import { previewRelease } from './release/preview-release.ts';
import { probeContent } from './release/probe-content.ts';
import { namedCommit, type Release } from './release/release.ts';
import { contentFields, githubOutputs, updatePublishedField } from './release/release-fields.ts';
import { outputsOf } from './release/release-outputs.ts';
import { nothingToRelease, releasePlace, releasesNothing, releaseWork } from './release/release-work.ts';
import { retryableHere } from './release/retryable.ts';
import { showCommand } from './release/show-command.ts';

export const draftRelease: StepHandler = {
  title: 'Draft release',
  description:
    'Makes the draft of a GitHub release with its notes and assets, or completes the one of this tag that is there.',
  icon: '📝',
  category: 'github',
  configuration: {
    type: 'object',
    additionalProperties: false,
    properties: {
      ...contentFields,
      update_published: updatePublishedField,
    },
  },
  outputs: { ...githubOutputs, ...draftRecordOutputs },
  placeholders: { draft_url: 'url' },
  retry: { enabled: true, maxAttempts: 3, backoff: 'exponential' },
  permissions: ['files', 'processes', 'network'],
  rollback: 'undo',

  async execute(context) {
    if (await releasesNothing(context)) return skipped(nothingToRelease);
    const work = await releaseWork(context);
    const search = await work.store.find(work.wish.fields.tag);
    const { release, created, updated, findings } = await ensureRelease(work, search);
    const outputs = { ...outputsOf(release, { created, updated }), ...draftRecord(work, release) };
    return success(outputs, logFindings(context.log, findings));
  },

  preview: (context) => previewRelease(context, { publish: false }),

  probe: (context) => probeContent(context, { published: false }),

  undo: undoDraft,

  retryable: retryableHere,
};

/**
 * Only a draft that this step made, and that is as it left it, is deleted. A command that would delete what is left
 * is given for a release of this run alone: another run may have published the draft, or be about to.
 */
async function undoDraft(context: UndoContext): Promise<UndoOutcome> {
  const { outputs } = context.done;
  const id = outputs.release_id;
  if (typeof id !== 'number') return { kind: 'undone', message: 'no release was made' };
  const { store, repository } = await releasePlace(context);
  const release = await store.get(id);
  if (release === null) return { kind: 'undone', message: `the draft ${String(outputs.tag)} is gone already` };
  const tagged = release.draft ? null : await store.tagCommit(release.tag);
  const foreign = notOurs(release, outputs, tagged);
  if (foreign !== null) return { kind: 'left', reason: `${foreign} (${release.url})`, commands: [] };
  if (!release.draft) {
    return {
      kind: 'left',
      reason: `the release ${release.tag} is published, and people may have it already (${release.url})`,
      commands: [showCommand(['api', '--method', 'DELETE', `repos/${repository}/releases/${id}`])],
    };
  }
  await store.delete(release);
  return { kind: 'undone', message: `the draft ${release.tag} was deleted` };
}

/**
 * Why it is not this run's alone, as a clause; `null` where it is.
 * @param tagged The commit that the tag of a published release stands on; `null` where there is none.
 */
function notOurs(release: Release, outputs: JsonMap, tagged: string | null): string | null {
  const it = release.draft ? `the draft ${release.tag}` : `the release ${release.tag} is published and`;
  if (outputs.created !== true) return `${it} was there before this step: look whether another run needs it`;
  if (release.tag !== outputs.tag) return `${it} was one of ${String(outputs.tag)} before`;
  if (!release.draft && tagged === null) return `${it} has no tag any more`;
  const commit = release.draft ? namedCommit(release) : tagged;
  if (commit !== null && commit !== outputs.target_commit) {
    return `${it} is of commit ${commit}, which is not this run's: look whether another run made it its own`;
  }
  const changed = changedAssets(release, outputs);
  return changed.length === 0 ? null : `${it} has other files than this step left there: ${changed.join(', ')}`;
}
