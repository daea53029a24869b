import type { GitHubAdapter } from '../../../src/plugin-api/index.ts';
import { type HandlerContext, type Json, PluginFailure } from '../../../src/plugin-api/index.ts';
import { hasFieldError, isRefusedFor } from '../client/refusal.ts';
import { type Asset, parseAsset, type Release } from '../release/release.ts';
import type { ReleaseStore } from '../release/release-store.ts';
import { type AssetFile, readAsset } from './asset-file.ts';
import { nameKey } from './asset-name.ts';
import { holds, planAssets, temporaryName, type WantedAsset } from './asset-plan.ts';

export interface SyncedAssets {
  /** All assets of the release afterwards. */
  readonly assets: readonly Asset[];
  readonly uploaded: number;
  readonly replaced: number;
  readonly changed: boolean;
  /** Names of assets that differ from the file and were to stay. */
  readonly differing: readonly string[];
}

export interface SyncRequest {
  readonly release: Release;
  readonly wanted: readonly WantedAsset[];
  readonly replace: boolean;
}

/** Most times that the assets are looked at anew because GitHub holds something else than it showed. */
const mostRounds = 3;
const mostAssets = 1000;

/** Thrown where the name is taken by what the list did not show: look, compare, decide again. */
class NameTaken extends Error {
  /** Why this upload itself did not end; `null` where somebody else's asset has the name. */
  readonly brokenBy: string | null;

  constructor(name: string, brokenBy: string | null = null) {
    super(name);
    this.brokenBy = brokenBy;
  }
}

/** Brings the assets of one release to what the files hold, in an order that any stop leaves good ones in place. */
export class AssetSync {
  readonly #context: HandlerContext;
  readonly #github: GitHubAdapter;
  readonly #store: ReleaseStore;
  readonly #release: Release;
  readonly #request: SyncRequest;
  #assets: readonly Asset[];
  #uploaded = 0;
  #replaced = 0;
  #changed = false;

  constructor(context: HandlerContext, github: GitHubAdapter, store: ReleaseStore, request: SyncRequest) {
    this.#context = context;
    this.#github = github;
    this.#store = store;
    this.#release = request.release;
    this.#request = request;
    this.#assets = request.release.assets;
  }

  async run(): Promise<SyncedAssets> {
    for (let round = 1; ; round++) {
      try {
        return await this.#round();
      } catch (error) {
        if (!(error instanceof NameTaken)) throw error;
        if (round >= mostRounds) throw this.#takenFailure(error);
        this.#assets = await this.#list();
      }
    }
  }

  async #round(): Promise<SyncedAssets> {
    const plan = planAssets(this.#request.wanted, this.#assets, { replace: this.#request.replace });
    const differing: string[] = [];
    for (const leftover of plan.leftovers) await this.#delete(leftover);
    for (const { wanted, step } of plan.steps) {
      switch (step.kind) {
        case 'keep':
          if (step.differs) differing.push(step.asset.name);
          break;
        case 'label':
          await this.#change(step.asset, { label: step.label });
          break;
        case 'upload':
          await this.#upload(wanted, wanted.file.name);
          this.#uploaded += 1;
          break;
        case 'replace':
          await this.#replace(wanted, step.old, step.fresh);
          this.#replaced += 1;
      }
    }
    return {
      assets: this.#assets,
      uploaded: this.#uploaded,
      replaced: this.#replaced,
      changed: this.#changed,
      differing,
    };
  }

  /** The old content goes only when the new one stands whole beside it. */
  async #replace(wanted: WantedAsset, old: Asset | null, fresh: Asset | null): Promise<void> {
    const standing = fresh ?? (await this.#upload(wanted, temporaryName(wanted)));
    if (old !== null) await this.#delete(old);
    const { name, label } = wanted.file;
    await this.#change(standing, { name, label: label ?? old?.label ?? '' });
  }

  /** Rejects with `NameTaken` where another asset has the name. */
  async #upload(wanted: WantedAsset, name: string): Promise<Asset> {
    const { file } = wanted;
    const content = await readAsset(this.#context.files, file);
    if (content.digest !== wanted.digest) throw changedFailure(file);
    const label = file.label === null ? {} : { label: file.label };
    this.#changed = true;
    const answer = await this.#github
      .request({
        method: 'POST',
        path: this.#release.uploadUrl,
        query: { name, ...label },
        body: { kind: 'bytes', bytes: content.bytes, contentType: file.contentType },
        purpose: `upload ${file.name} (${file.size} bytes) to the release ${this.#release.tag}`,
        lookUp: () => this.#findUpload(wanted, name),
      })
      .catch((error: unknown) => {
        throw this.#uploadFailure(error, name);
      });
    const asset = parseAsset(answer.data);
    if (!holds(asset, wanted)) throw this.#brokenFailure(asset, wanted);
    this.#assets = [...this.#assets, asset];
    return asset;
  }

  /** A half upload under the name would refuse the next one: it is not what was looked for, but stands in its way. */
  async #findUpload(wanted: WantedAsset, name: string): Promise<Json> {
    const listed = await this.#listData();
    const found = listed.find((entry) => nameKey(parseAsset(entry).name) === nameKey(name));
    if (found === undefined) return null;
    if (holds(parseAsset(found), wanted)) return found;
    throw new NameTaken(name, `GitHub holds ${parseAsset(found).size} of ${wanted.file.size} bytes`);
  }

  async #delete(asset: Asset): Promise<void> {
    this.#changed = true;
    await this.#github.request({
      method: 'DELETE',
      path: this.#store.path('releases', 'assets', asset.id),
      purpose: `delete the asset ${asset.name} of the release ${this.#release.tag}`,
      accept: [404],
    });
    this.#assets = this.#assets.filter(({ id }) => id !== asset.id);
  }

  async #change(asset: Asset, changes: { readonly name?: string; readonly label: string }): Promise<void> {
    this.#changed = true;
    const { data } = await this.#github
      .request({
        method: 'PATCH',
        path: this.#store.path('releases', 'assets', asset.id),
        body: { kind: 'json', value: { ...changes } },
        purpose: `name the asset ${changes.name ?? asset.name} of the release ${this.#release.tag}`,
      })
      .catch((error: unknown) => {
        throw this.#uploadFailure(error, changes.name ?? asset.name);
      });
    const changed = parseAsset(data);
    this.#assets = this.#assets.map((other) => (other.id === asset.id ? changed : other));
  }

  async #list(): Promise<readonly Asset[]> {
    return (await this.#listData()).map(parseAsset);
  }

  #listData(): Promise<readonly Json[]> {
    const path = this.#store.path('releases', this.#release.id, 'assets');
    return this.#github.list({ path, purpose: `list the assets of the release ${this.#release.tag}` }, mostAssets);
  }

  #uploadFailure(error: unknown, name: string): unknown {
    if (hasFieldError(error, 'name', 'already_exists')) return new NameTaken(name);
    if (isRefusedFor(error, /immutable release/i)) return lockedFailure(this.#release, [name]);
    return error;
  }

  #takenFailure({ message: name, brokenBy }: NameTaken): PluginFailure {
    if (brokenBy !== null) {
      return new PluginFailure(
        'handler',
        `the upload of \`${name}\` to the release ${this.#release.tag} broke off ${mostRounds} times (${brokenBy}): run this step again when the connection to GitHub lasts, it replaces what is half there`,
        { retryable: true },
      );
    }
    return new PluginFailure(
      'handler',
      `the release ${this.#release.tag} holds an asset under the name \`${name}\` that keeps coming back: another run may be uploading it. Let it end, then run this step again`,
      { retryable: true },
    );
  }

  #brokenFailure(asset: Asset, { file, digest }: WantedAsset): PluginFailure {
    return new PluginFailure(
      'handler',
      `${file.path} did not arrive whole: GitHub holds ${asset.size} bytes (${asset.state}, ${asset.digest ?? 'no digest'}), the file has ${file.size} (${digest}). The next attempt replaces it`,
      { file: file.path, retryable: true },
    );
  }
}

/** Nothing can be added any more. */
export function lockedFailure(release: Release, names: readonly string[]): PluginFailure {
  return new PluginFailure(
    'handler',
    `the release ${release.tag} is published and immutable, so ${names.join(', ')} cannot be put there any more (${release.url}). Release the next version, with all files on its draft before it is published`,
    { retryable: false },
  );
}

function changedFailure(file: AssetFile): PluginFailure {
  return new PluginFailure(
    'handler',
    `${file.path} changed while the release was made: let the step that builds it end before this one`,
    { file: file.path, retryable: true },
  );
}
