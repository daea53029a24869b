import { type FakeAnswer, FakeRefusal, fieldError, invalid, notFound } from './fake-answer.ts';
import type { FakeCall } from './fake-call.ts';
import { digestOf, type FakeAsset, type FakeRelease, type FakeState, storedName } from './fake-state.ts';

/** Releases and their assets, with the validations that GitHub makes. */
export function listReleases(state: FakeState, call: FakeCall): FakeAnswer {
  const seen = [...state.releases].reverse().filter((release) => call.mayPush || !release.draft);
  return { status: 200, body: pageOf(seen, call).map((release) => shown(state, call, release)) };
}

export function latestRelease(state: FakeState, call: FakeCall): FakeAnswer {
  const release = state.releases.find(({ id }) => id === state.latest);
  if (!release) throw notFound();
  return { status: 200, body: shown(state, call, release) };
}

export function releaseByTag(state: FakeState, call: FakeCall, tag: string): FakeAnswer {
  const release = state.releases.find((candidate) => candidate.tag === tag && !candidate.draft);
  if (!release) throw notFound();
  return { status: 200, body: shown(state, call, release) };
}

export function readRelease(state: FakeState, call: FakeCall, id: number): FakeAnswer {
  const release = releaseOf(state, id);
  if (release.draft && !call.mayPush) throw notFound();
  return { status: 200, body: shown(state, call, release) };
}

export function createRelease(state: FakeState, call: FakeCall): FakeAnswer {
  const { json } = call;
  if (typeof json.tag_name !== 'string' || json.tag_name === '') {
    throw invalid(fieldError('Release', 'tag_name', 'missing_field'));
  }
  const release: FakeRelease = {
    id: state.nextId(),
    tag: json.tag_name,
    name: null,
    body: null,
    draft: true,
    prerelease: false,
    immutable: false,
    target: state.defaultBranch,
    discussion: null,
    assets: [],
  };
  change(state, release, { ...json, draft: json.draft === true });
  state.releases.push(release);
  return { status: 201, body: shown(state, call, release) };
}

export function updateRelease(state: FakeState, call: FakeCall, id: number): FakeAnswer {
  const release = releaseOf(state, id);
  change(state, release, call.json);
  return { status: 200, body: shown(state, call, release) };
}

export function deleteRelease(state: FakeState, id: number): FakeAnswer {
  const release = releaseOf(state, id);
  state.releases.splice(state.releases.indexOf(release), 1);
  if (release.immutable) state.burntTags.add(release.tag);
  return { status: 204, body: null };
}

export function listAssets(state: FakeState, call: FakeCall, id: number): FakeAnswer {
  const release = releaseOf(state, id);
  return { status: 200, body: pageOf(release.assets, call).map((asset) => shownAsset(state, asset)) };
}

export function uploadAsset(state: FakeState, call: FakeCall, id: number): FakeAnswer {
  const release = releaseOf(state, id);
  refuseImmutable(release, 'upload assets to');
  const name = storedName(call.query.get('name') ?? '');
  if (name === '') throw invalid(fieldError('ReleaseAsset', 'name', 'missing_field'));
  refuseTakenName(release, name, null);
  const asset = state.addAsset(release, {
    name,
    label: call.query.get('label'),
    contentType: call.contentType,
    bytes: call.half ? call.bytes.subarray(0, Math.floor(call.bytes.length / 2)) : call.bytes,
    state: call.half ? 'starter' : 'uploaded',
  });
  return { status: 201, body: shownAsset(state, asset) };
}

export function updateAsset(state: FakeState, call: FakeCall, id: number): FakeAnswer {
  const { release, asset } = assetOf(state, id);
  const { name, label } = call.json;
  if (typeof name === 'string') {
    refuseTakenName(release, storedName(name), asset);
    asset.name = storedName(name);
  }
  if (typeof label === 'string') asset.label = label;
  return { status: 200, body: shownAsset(state, asset) };
}

export function deleteAsset(state: FakeState, id: number): FakeAnswer {
  const { release, asset } = assetOf(state, id);
  refuseImmutable(release, 'delete assets of');
  release.assets.splice(release.assets.indexOf(asset), 1);
  return { status: 204, body: null };
}

function change(state: FakeState, release: FakeRelease, json: FakeCall['json']): void {
  const next = {
    tag: typeof json.tag_name === 'string' ? json.tag_name : release.tag,
    name: typeof json.name === 'string' ? json.name : release.name,
    body: typeof json.body === 'string' ? json.body : release.body,
    draft: typeof json.draft === 'boolean' ? json.draft : release.draft,
    prerelease: typeof json.prerelease === 'boolean' ? json.prerelease : release.prerelease,
    target: typeof json.target_commitish === 'string' ? json.target_commitish : release.target,
  };
  if ([...(next.body ?? '')].length > 125_000) {
    const message = 'body is too long (maximum is 125000 characters)';
    throw invalid(fieldError('Release', 'body', 'custom', message));
  }
  if (!state.commits.has(next.target) && !state.branches.has(next.target)) {
    throw invalid(fieldError('Release', 'target_commitish', 'invalid'));
  }
  const isPublishing = !next.draft && (release.draft || !state.releases.includes(release));
  if (isPublishing) refusePublication(state, release, next.tag, json);
  Object.assign(release, next);
  if (isPublishing) publish(state, release, json);
}

function refusePublication(state: FakeState, release: FakeRelease, tag: string, json: FakeCall['json']): void {
  const published = state.releases.some((other) => other !== release && other.tag === tag && !other.draft);
  if (published) throw invalid(fieldError('Release', 'tag_name', 'already_exists'));
  if (state.burntTags.has(tag)) {
    throw invalid(fieldError('Release', 'tag_name', 'custom', 'tag_name was used by an immutable release'), {
      resource: 'Release',
      code: 'custom',
      message: 'Published releases must have a valid tag',
    });
  }
  if (json.make_latest === 'true' && (json.prerelease ?? release.prerelease) === true) {
    throw invalid(fieldError('Release', 'make_latest', 'custom', 'Latest release cannot be draft or prerelease.'));
  }
  const category = json.discussion_category_name;
  if (typeof category === 'string' && !state.discussionCategories.has(category)) {
    throw invalid(fieldError('Release', 'discussion_category_name', 'custom', 'discussion category is unknown'));
  }
}

function publish(state: FakeState, release: FakeRelease, json: FakeCall['json']): void {
  if (!state.tags.has(release.tag)) {
    const commit = state.branches.get(release.target) ?? release.target;
    state.tags.set(release.tag, { commit, annotated: false });
  }
  if (state.immutableReleases) release.immutable = true;
  if (json.make_latest !== 'false' && !release.prerelease) state.latest = release.id;
  if (typeof json.discussion_category_name === 'string') release.discussion = json.discussion_category_name;
}

function refuseImmutable(release: FakeRelease, what: string): void {
  if (release.immutable) throw new FakeRefusal(422, `Cannot ${what} an immutable release.`);
}

function refuseTakenName(release: FakeRelease, name: string, own: FakeAsset | null): void {
  if (release.assets.some((asset) => asset !== own && asset.name === name)) {
    throw invalid(fieldError('ReleaseAsset', 'name', 'already_exists'));
  }
}

function releaseOf(state: FakeState, id: number): FakeRelease {
  const release = state.releases.find((candidate) => candidate.id === id);
  if (!release) throw notFound();
  return release;
}

function assetOf(state: FakeState, id: number): { readonly release: FakeRelease; readonly asset: FakeAsset } {
  for (const release of state.releases) {
    const asset = release.assets.find((candidate) => candidate.id === id);
    if (asset) return { release, asset };
  }
  throw notFound();
}

function pageOf<T>(items: readonly T[], { query }: FakeCall): readonly T[] {
  const size = Math.min(100, Number(query.get('per_page') ?? 30));
  const page = Number(query.get('page') ?? 1);
  return items.slice((page - 1) * size, page * size);
}

function shown(state: FakeState, call: FakeCall, release: FakeRelease): object {
  const place = release.draft ? `untagged-${release.id}` : release.tag;
  return {
    id: release.id,
    tag_name: release.tag,
    target_commitish: release.target,
    name: release.name,
    body: release.body,
    draft: release.draft,
    prerelease: release.prerelease,
    immutable: release.immutable,
    html_url: `https://github.com/${state.repository}/releases/tag/${place}`,
    upload_url: `${call.uploadsUrl}/repos/${state.repository}/releases/${release.id}/assets{?name,label}`,
    assets: release.assets.map((asset) => shownAsset(state, asset)),
  };
}

function shownAsset(state: FakeState, asset: FakeAsset): object {
  return {
    id: asset.id,
    name: asset.name,
    label: asset.label,
    state: asset.state,
    content_type: asset.contentType,
    size: asset.bytes.length,
    digest: state.digests && asset.state === 'uploaded' ? digestOf(asset.bytes) : null,
  };
}
