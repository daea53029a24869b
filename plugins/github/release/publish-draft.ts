import {
  type HandlerContext,
  type Json,
  type JsonMap,
  optionalText,
  PluginFailure,
} from '../../../src/plugin-api/index.ts';
import type { Release } from './release.ts';
import { explained } from './release-failure.ts';
import type { ReleaseSearch, ReleaseStore } from './release-store.ts';
import { isLatest } from './version-order.ts';

/** A draft that is ready, and where its tag belongs. */
export interface Publication {
  readonly draft: Release;
  /** The commit of the release; `null` where it is not known. */
  readonly target: string | null;
  /** The commit that the tag stands on at GitHub; `null` where there is none. */
  readonly tagged: string | null;
  readonly newest: ReleaseSearch['newest'];
}

/** Rejects where the tag stands on another commit than the release, or is to be made and nobody knows where. */
export function checkTag(tag: string, target: string | null, tagged: string | null): void {
  if (tagged === null && target === null) {
    throw new PluginFailure(
      'handler',
      `GitHub has no tag ${tag}, and nothing tells which commit it belongs to: push the tag (git.push) before this step, or set \`target\``,
      { retryable: false },
    );
  }
  if (tagged === null || target === null || tagged === target) return;
  throw new PluginFailure(
    'handler',
    `the tag ${tag} on GitHub stands on commit ${tagged}, but this release is of commit ${target}: release another version, or set \`target\` where ${tagged} is the right one`,
    { retryable: false, details: { tag, tagged_commit: tagged, target } },
  );
}

/** The last step of a release: from here on everybody sees it. */
export async function publishDraft(
  context: HandlerContext,
  store: ReleaseStore,
  { draft, target, tagged, newest }: Publication,
): Promise<Release> {
  checkTag(draft.tag, target, tagged);
  refuseHalf(draft);
  const category = optionalText(context.config, 'discussion_category');
  const changes: JsonMap = {
    tag_name: draft.tag,
    make_latest: makeLatest(context.config.make_latest ?? 'auto', draft, newest),
    ...(tagged === null && target !== null ? { target_commitish: target } : {}),
    ...(category === null ? {} : { discussion_category_name: category }),
  };
  try {
    return await store.publish(draft, changes);
  } catch (error) {
    throw explained(error, {
      tag: draft.tag,
      target,
      name: draft.name,
      body: draft.body,
      prerelease: draft.prerelease,
    });
  }
}

function makeLatest(wanted: Json, draft: Release, newest: readonly Release[]): 'true' | 'false' | 'legacy' {
  // GitHub refuses a pre-release as the latest.
  if (draft.prerelease) return 'false';
  if (wanted === 'legacy') return 'legacy';
  if (wanted === 'true' || wanted === true) return 'true';
  if (wanted === 'false' || wanted === false) return 'false';
  const published = newest.filter((release) => !release.draft && !release.prerelease && release.id !== draft.id);
  const latest = isLatest(
    draft.tag,
    published.map(({ tag }) => tag),
  );
  return latest === null ? 'legacy' : latest ? 'true' : 'false';
}

function refuseHalf(draft: Release): void {
  const half = draft.assets.filter(({ state }) => state !== 'uploaded').map(({ name }) => name);
  if (half.length === 0) return;
  throw new PluginFailure(
    'handler',
    `the draft ${draft.tag} is not published: the upload of ${half.join(', ')} did not end. Run the step again that makes the draft, it replaces what is half there`,
    { retryable: false },
  );
}
