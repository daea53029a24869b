import type { GitHubAdapter } from '../../../src/plugin-api/index.ts';
import { booleanValue, type HandlerContext, releaseOfTag } from '../../../src/plugin-api/index.ts';
import { assetFiles, assetRequests, readAsset } from '../assets/asset-file.ts';
import type { WantedAsset } from '../assets/asset-plan.ts';
import { repositoryName } from '../repository-name.ts';
import { ReleaseStore } from './release-store.ts';
import { type ReleaseWish, type WishPlace, wishOf } from './release-wish.ts';

/** Where the releases of this run are. */
export interface ReleasePlace extends WishPlace {
  readonly github: GitHubAdapter;
  readonly store: ReleaseStore;
}

/** A release to make, with everything that is known of it. */
export interface ReleaseWork extends ReleasePlace {
  readonly context: HandlerContext;
  readonly wish: ReleaseWish;
  readonly wanted: readonly WantedAsset[];
  readonly replaceAssets: boolean;
}

/** @param options `hasty`: the caller can do without an answer of GitHub. */
export async function releasePlace(
  context: HandlerContext,
  options: { readonly hasty: boolean } = { hasty: false },
): Promise<ReleasePlace> {
  const github = await context.adapter<GitHubAdapter>('github');
  const repository = await repositoryName(context, github);
  const { serverUrl } = await github.settings();
  return { github, serverUrl, repository, store: new ReleaseStore(github, repository, options) };
}

/** Reads everything of the workspace first: what is wrong there shows before anything is written. */
export async function releaseWork(context: HandlerContext): Promise<ReleaseWork> {
  const place = await releasePlace(context);
  const wish = await wishOf(context, place);
  const wanted: WantedAsset[] = [];
  for (const file of await assetFiles(context.files, assetRequests(context))) {
    wanted.push({ file, digest: (await readAsset(context.files, file)).digest });
  }
  return { ...place, context, wish, wanted, replaceAssets: booleanValue(context.config, 'replace_assets', true) };
}

export const nothingToRelease = 'nothing to release';

/** True where an earlier step found that this run releases nothing of what this step is about. */
export async function releasesNothing(context: HandlerContext): Promise<boolean> {
  return (await releaseOfTag(context))?.outcome === 'nothing';
}
