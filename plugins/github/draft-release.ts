import {
  type JsonMap,
  logFindings,
  type StepHandler,
  skipped,
  success,
  type UndoContext,
  type UndoOutcome,
} from '../../src/plugin-api/index.ts';
import { draftRecord, draftRecordOutputs } from './release/draft-record.ts';
import { ensureRelease } from './release/ensure-release.ts';
import { previewRelease } from './release/preview-release.ts';
import { probeContent } from './release/probe-content.ts';
import type { Release } from './release/release.ts';
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

/** Only a draft that this step made and nobody added to is deleted. */
async function undoDraft(context: UndoContext): Promise<UndoOutcome> {
  const { outputs } = context.done;
  const id = outputs.release_id;
  if (typeof id !== 'number') return { kind: 'undone', message: 'no release was made' };
  const { store, repository } = await releasePlace(context);
  const release = await store.get(id);
  if (release === null) return { kind: 'undone', message: `the draft ${String(outputs.tag)} is gone already` };
  const reason = notOurs(release, outputs);
  if (reason === null) {
    await store.delete(release);
    return { kind: 'undone', message: `the draft ${release.tag} was deleted` };
  }
  return {
    kind: 'left',
    reason,
    commands: [showCommand(['api', '--method', 'DELETE', `repos/${repository}/releases/${id}`])],
  };
}

function notOurs(release: Release, outputs: JsonMap): string | null {
  if (!release.draft) return `the release ${release.tag} is published (${release.url})`;
  if (outputs.created !== true) return `the draft ${release.tag} was there before this step (${release.url})`;
  if (release.tag !== outputs.tag) return `the draft is one of ${release.tag} now (${release.url})`;
  const known = Array.isArray(outputs.assets) ? outputs.assets.map((asset) => asset.id) : [];
  const added = release.assets.filter((asset) => !known.includes(asset.id)).map(({ name }) => name);
  return added.length === 0
    ? null
    : `somebody put ${added.join(', ')} to the draft ${release.tag} since (${release.url})`;
}
