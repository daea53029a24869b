import {
  type HandlerContext,
  isJsonList,
  type JsonMap,
  type JsonSchema,
  PluginFailure,
} from '../../../src/plugin-api/index.ts';
import { nameKey } from '../assets/asset-name.ts';
import { holds, waitingKey } from '../assets/asset-plan.ts';
import { type Asset, parseAsset, type Release } from './release.ts';
import type { ReleaseWork } from './release-work.ts';

/** What a step that drafts a release gives beside the release: by it the run knows its own draft again. */
export const draftRecordOutputs: { readonly [name: string]: JsonSchema } = {
  own_assets: {
    type: 'array',
    description: 'Names of those assets that hold files of this step; the others are of somebody else.',
    items: { type: 'string' },
  },
  target_commit: {
    type: ['string', 'null'],
    description: 'The commit that the release is of; null where it is not known.',
  },
};

/** @param release As the step leaves it. */
export function draftRecord({ wanted, wish }: ReleaseWork, release: Release): JsonMap {
  const own = release.assets.filter((asset) =>
    wanted.some((one) => nameKey(one.file.name) === nameKey(asset.name) && holds(asset, one)),
  );
  return { own_assets: own.map(({ name }) => name), target_commit: wish.fields.target };
}

/** Names of the assets that came to the release, or went, since a step gave these outputs. */
export function changedAssets(release: Release, outputs: JsonMap): readonly string[] {
  const before = recordedAssets(outputs);
  const names = [...without(release.assets, before), ...without(before, release.assets)].map(({ name }) => name);
  return [...new Set(names)];
}

function without(assets: readonly Asset[], others: readonly Asset[]): readonly Asset[] {
  const ids = new Set(others.map(({ id }) => id));
  return assets.filter(({ id }) => !ids.has(id));
}

/** A file that a step of this run put to the draft, as it left it. */
interface OwnFile {
  readonly step: string;
  readonly asset: Asset;
}

/**
 * Rejects where the draft holds other files than those that this run put there: a run of another clone finds the
 * draft by its tag, and puts what it built in their place. Files that this run never put there are nobody's business.
 */
export async function refuseForeignFiles(
  context: Pick<HandlerContext, 'run' | 'upstream'>,
  draft: Release,
): Promise<void> {
  const files = await ownFiles(context, draft.tag);
  const there = new Map(draft.assets.map((asset) => [nameKey(asset.name), asset]));
  const waiting = new Set(draft.assets.map(({ name }) => waitingKey(name)));
  const changed = files.flatMap((file) => {
    const key = nameKey(file.asset.name);
    const change = changeOf(file.asset, there.get(key), waiting.has(key));
    return change === null ? [] : [{ ...file, change }];
  });
  if (changed.length === 0) return;
  const names = changed.map(({ asset, change }) => `${asset.name} (${change})`);
  const steps = [...new Set(changed.map(({ step }) => step))];
  throw new PluginFailure(
    'handler',
    `the draft ${draft.tag} is not published: another run or somebody has changed files that this run put there: ${names.join(', ')}. When no other run is at this release, start the workflow again: it puts its own files there and goes on, as does \`vwmp resume ${context.run.id} --from ${steps.join(',')}\`. If those that are there are the right ones, publish the draft by hand (${draft.url})`,
    { retryable: false, details: { tag: draft.tag, changed: changed.map(({ asset }) => asset.name) } },
  );
}

/** Of two steps that put a file of one name there, the later one. */
async function ownFiles(context: Pick<HandlerContext, 'upstream'>, tag: string): Promise<readonly OwnFile[]> {
  const files = new Map<string, OwnFile>();
  for (const { id, outputs } of await context.upstream('github.draft_release')) {
    if (outputs.tag !== tag) continue;
    const own = isJsonList(outputs.own_assets) ? outputs.own_assets : [];
    for (const asset of recordedAssets(outputs)) {
      if (own.includes(asset.name)) files.set(nameKey(asset.name), { step: id, asset });
    }
  }
  return [...files.values()];
}

function recordedAssets({ assets }: JsonMap): readonly Asset[] {
  return isJsonList(assets) ? assets.map(parseAsset) : [];
}

/** What became of the file, as a clause; `null` where it stands as the run left it. */
function changeOf(own: Asset, there: Asset | undefined, isWaiting: boolean): string | null {
  if (there === undefined) return 'gone';
  if (there.size !== own.size) return `${there.size} bytes instead of ${own.size}`;
  if (!hasContentOf(there, own)) return 'another content';
  return isWaiting ? 'another content of it is being put there' : null;
}

/** Where the server gives no digest, only the very same upload is known to hold the same. */
function hasContentOf(there: Asset, own: Asset): boolean {
  if (there.digest === null || own.digest === null) return there.id === own.id;
  return there.digest === own.digest;
}
