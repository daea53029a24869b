import type { JsonMap } from '../../../src/plugin-api/index.ts';
import type { Release } from './release.ts';

/** What the handlers of a release give. */
export function outputsOf(release: Release, did: { readonly created: boolean; readonly updated: boolean }): JsonMap {
  return {
    release_id: release.id,
    url: release.url,
    upload_url: release.uploadUrl,
    tag: release.tag,
    draft: release.draft,
    created: did.created,
    updated: did.updated,
    changed: did.created || did.updated,
    assets: release.assets.map(({ name, size, digest, id, state }) => ({ name, size, digest, id, state })),
  };
}
