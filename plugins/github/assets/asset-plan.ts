import type { Asset } from '../release/release.ts';
import type { AssetFile } from './asset-file.ts';
import { nameKey } from './asset-name.ts';

/** A file with the digest of its content. */
export interface WantedAsset {
  readonly file: AssetFile;
  readonly digest: string;
}

/** What is to be done for one file. A new content stands whole before an old one is taken away. */
export type AssetStep =
  | { readonly kind: 'keep'; readonly asset: Asset; readonly differs: boolean }
  | { readonly kind: 'label'; readonly asset: Asset; readonly label: string }
  | { readonly kind: 'upload' }
  /** `fresh`: the new content where it is there already, under its temporary name. */
  | { readonly kind: 'replace'; readonly old: Asset | null; readonly fresh: Asset | null };

export interface AssetPlan {
  readonly steps: readonly { readonly wanted: WantedAsset; readonly step: AssetStep }[];
  /** What earlier uploads of these files left under temporary names, and nobody needs. */
  readonly leftovers: readonly Asset[];
}

const temporaryMark = 'vwmp-upload';

/** Names the content too: a later call sees whether a whole upload of the same content is waiting. */
export function temporaryName({ file, digest }: WantedAsset): string {
  return `${temporaryMark}-${digest.slice('sha256:'.length, 'sha256:'.length + 16)}-${file.name}`;
}

/** @param replace Whether a whole asset of another content gives way; what is half there always does. */
export function planAssets(
  wanted: readonly WantedAsset[],
  assets: readonly Asset[],
  options: { readonly replace: boolean },
): AssetPlan {
  const byKey = new Map(assets.map((asset) => [nameKey(asset.name), asset]));
  const needed = new Set<number>();
  const steps = wanted.map((one) => {
    const old = byKey.get(nameKey(one.file.name)) ?? null;
    const fresh = byKey.get(nameKey(temporaryName(one))) ?? null;
    const step = stepFor(one, old, fresh !== null && holds(fresh, one) ? fresh : null, options.replace);
    if (step.kind === 'replace' && step.fresh !== null) needed.add(step.fresh.id);
    return { wanted: one, step };
  });
  const names = wanted.map(({ file }) => nameKey(file.name));
  const leftovers = assets.filter((asset) => !needed.has(asset.id) && isLeftover(asset, names));
  return { steps, leftovers };
}

/** By digest where the server gives one, else by size. */
export function holds(asset: Asset, { file, digest }: WantedAsset): boolean {
  if (asset.state !== 'uploaded' || asset.size !== file.size) return false;
  return asset.digest === null || !asset.digest.startsWith('sha256:') || asset.digest === digest;
}

function stepFor(wanted: WantedAsset, old: Asset | null, fresh: Asset | null, replace: boolean): AssetStep {
  if (old === null) return fresh === null ? { kind: 'upload' } : { kind: 'replace', old, fresh };
  if (!holds(old, wanted)) {
    const isWhole = old.state === 'uploaded';
    return isWhole && !replace ? { kind: 'keep', asset: old, differs: true } : { kind: 'replace', old, fresh };
  }
  const { label } = wanted.file;
  if (label !== null && label !== old.label) return { kind: 'label', asset: old, label };
  return { kind: 'keep', asset: old, differs: false };
}

function isLeftover({ name }: Asset, names: readonly string[]): boolean {
  const key = waitingKey(name);
  return key !== null && names.includes(key);
}

/** The key of the file whose new content waits under this temporary name; `null` for other names. */
export function waitingKey(name: string): string | null {
  const original = new RegExp(`^${temporaryMark}-[0-9a-f]{16}-(.+)$`).exec(name)?.[1];
  return original === undefined ? null : nameKey(original);
}
