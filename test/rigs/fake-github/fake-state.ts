import { createHash } from 'node:crypto';

export interface FakeToken {
  readonly kind: 'personal' | 'app';
  readonly push: boolean;
  readonly admin: boolean;
}

export interface FakeAsset {
  readonly id: number;
  name: string;
  label: string | null;
  readonly contentType: string;
  readonly bytes: Buffer;
  readonly state: 'uploaded' | 'starter';
}

export interface FakeRelease {
  readonly id: number;
  tag: string;
  name: string | null;
  body: string | null;
  draft: boolean;
  prerelease: boolean;
  immutable: boolean;
  target: string;
  discussion: string | null;
  readonly assets: FakeAsset[];
}

/** Where a tag stands; an annotated one has an object of its own. */
export interface FakeTag {
  readonly commit: string;
  readonly annotated: boolean;
}

export interface FakeProtection {
  readonly pullRequests?: boolean;
  readonly signatures?: boolean;
  readonly checks?: readonly string[];
}

/** One repository and what GitHub knows of it. Tests read and change it as they like. */
export class FakeState {
  readonly repository = 'acme/tool';
  defaultBranch = 'main';
  archived = false;
  private = false;
  /** The setting that makes releases immutable when they are published. */
  immutableReleases = false;
  /** Digests of assets are shown; older servers show none. */
  digests = true;
  latest: number | null = null;
  readonly tokens = new Map<string, FakeToken>();
  readonly commits = new Set<string>();
  readonly branches = new Map<string, string>();
  readonly tags = new Map<string, FakeTag>();
  readonly releases: FakeRelease[] = [];
  /** Tags of immutable releases that were deleted. */
  readonly burntTags = new Set<string>();
  /** Older protection of branches. */
  readonly protection = new Map<string, FakeProtection>();
  /** Rules of rulesets for branches, as the API gives them. */
  readonly rules = new Map<string, readonly object[]>();
  readonly discussionCategories = new Set<string>();
  readonly pulls = new Map<number, { readonly title: string; readonly labels: readonly string[] }>();
  readonly pullFiles = new Map<number, readonly string[]>();
  readonly comparisons = new Map<string, readonly string[]>();
  #lastId = 100;

  /** As it is now, for its own. */
  copy(): FakeState {
    const copy = new FakeState();
    const { defaultBranch, archived, private: isPrivate, immutableReleases, digests, latest } = this;
    Object.assign(copy, { defaultBranch, archived, private: isPrivate, immutableReleases, digests, latest });
    fill(copy.tokens, this.tokens);
    fill(copy.branches, this.branches);
    fill(copy.tags, this.tags);
    fill(copy.protection, this.protection);
    fill(copy.rules, this.rules);
    fill(copy.pulls, this.pulls);
    fill(copy.pullFiles, this.pullFiles);
    fill(copy.comparisons, this.comparisons);
    for (const commit of this.commits) copy.commits.add(commit);
    for (const tag of this.burntTags) copy.burntTags.add(tag);
    for (const category of this.discussionCategories) copy.discussionCategories.add(category);
    copy.releases.push(
      ...this.releases.map((release) => ({ ...release, assets: release.assets.map((asset) => ({ ...asset })) })),
    );
    copy.#lastId = this.#lastId;
    return copy;
  }

  nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  addCommit(sha: string, branch?: string): void {
    this.commits.add(sha);
    if (branch !== undefined) this.branches.set(branch, sha);
  }

  addRelease(fields: Partial<Omit<FakeRelease, 'id'>> & { readonly tag: string }): FakeRelease {
    const release = {
      id: this.nextId(),
      name: fields.tag,
      body: '',
      draft: false,
      prerelease: false,
      immutable: false,
      target: this.defaultBranch,
      discussion: null,
      assets: [],
      ...fields,
    };
    this.releases.push(release);
    return release;
  }

  addAsset(release: FakeRelease, fields: Partial<FakeAsset> & { readonly name: string }): FakeAsset {
    const asset: FakeAsset = {
      id: this.nextId(),
      label: null,
      contentType: 'application/octet-stream',
      bytes: Buffer.alloc(0),
      state: 'uploaded',
      ...fields,
    };
    release.assets.push(asset);
    return asset;
  }

  releasesOf(tag: string): readonly FakeRelease[] {
    return this.releases.filter((release) => release.tag === tag);
  }
}

function fill<K, V>(copy: Map<K, V>, map: ReadonlyMap<K, V>): void {
  for (const [key, value] of map) copy.set(key, value);
}

export function digestOf(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

/** What GitHub makes of a name, as far as it is known from the outside. */
export function storedName(name: string): string {
  return name
    .replace(/[^A-Za-z0-9_.-]+/g, '.')
    .replace(/\.{2,}/g, '.')
    .replace(/^\.|\.$/g, '');
}
