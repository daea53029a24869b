import type { GitHubAdapter } from '../../../src/plugin-api/index.ts';
import {
  isJsonList,
  isJsonMap,
  isRefName,
  type Json,
  type JsonMap,
  PluginFailure,
} from '../../../src/plugin-api/index.ts';
import { withMark } from './draft-mark.ts';
import { misfit, parseRelease, parseReleases, type Release } from './release.ts';

/** Releases of one tag. */
export interface ReleaseSearch {
  /** The published one, else the oldest draft; `null` where there is none. */
  readonly release: Release | null;
  /** Further drafts of the same tag, oldest first. */
  readonly doubles: readonly Release[];
  /** The newest releases of the repository, whatever their tag. */
  readonly newest: readonly Release[];
}

/** What a release is to be. */
export interface ReleaseFields {
  readonly tag: string;
  readonly name: string;
  readonly body: string;
  readonly prerelease: boolean;
  /** Commit; `null` where it is not known. */
  readonly target: string | null;
}

const pageSize = 100;
/** Drafts older than this many releases are not looked for; a published release is found at any age. */
const mostPages = 3;

/** Releases of one repository. */
export class ReleaseStore {
  readonly repository: string;
  readonly #github: GitHubAdapter;
  readonly #path: string;

  /**
   * @param repository `owner/name`.
   * @param options `hasty`: an answer is welcome and not needed.
   */
  constructor(github: GitHubAdapter, repository: string, { hasty }: { readonly hasty: boolean } = { hasty: false }) {
    this.repository = repository;
    this.#github = hasty ? hastyGitHub(github) : github;
    this.#path = `/repos/${repository.split('/').map(encodeURIComponent).join('/')}`;
  }

  /** Path of something of the repository; further parts are encoded. */
  path(...parts: readonly (string | number)[]): string {
    return [this.#path, ...parts.map((part) => encodeURIComponent(part))].join('/');
  }

  /** Path of something that is named by a ref, whose parts `/` divides. */
  refPath(parts: readonly string[], ref: string): string {
    if (!isRefName(ref)) {
      throw new PluginFailure('handler', `\`${ref}\` is no name that git takes for a tag or a branch`, {
        retryable: false,
      });
    }
    return this.path(...parts, ...ref.split('/'));
  }

  /** By the list, because the question for one tag does not show drafts. */
  async find(tag: string): Promise<ReleaseSearch> {
    const newest: Release[] = [];
    for (let page = 1; page <= mostPages; page++) {
      const found = await this.newest(page);
      newest.push(...found);
      if (newest.some((release) => release.tag === tag)) return searchResult(tag, newest);
      if (found.length < pageSize) return { release: null, doubles: [], newest };
    }
    return { release: await this.#published(tag), doubles: [], newest };
  }

  /** The newest ones first, a hundred to a page. Drafts are among them where the token may write. */
  async newest(page = 1): Promise<readonly Release[]> {
    const { data } = await this.#github.request({
      method: 'GET',
      path: this.path('releases'),
      query: { per_page: pageSize, page },
      purpose: 'list the releases',
    });
    return parseReleases(data);
  }

  /** Whether the token is that of somebody who may write; of an app's token GitHub says no, whatever it may do. */
  async mayPush(): Promise<boolean> {
    const { data } = await this.#github.request({
      method: 'GET',
      path: this.path(),
      purpose: `read ${this.repository}`,
    });
    return isJsonMap(data) && isJsonMap(data.permissions) && data.permissions.push === true;
  }

  /** `null` where it is gone. */
  async get(id: number): Promise<Release | null> {
    const path = this.path('releases', id);
    const { status, data } = await this.#github.request({
      method: 'GET',
      path,
      purpose: `read the release ${id}`,
      accept: [404],
    });
    return status === 404 ? null : parseRelease(data);
  }

  /** Where the answer is lost, the draft that it made is looked for before another is made. */
  async createDraft(fields: ReleaseFields, mark: string): Promise<Release> {
    const { data } = await this.#github.request({
      method: 'POST',
      path: this.path('releases'),
      body: { kind: 'json', value: { ...bodyOf(fields), body: withMark(fields.body, mark), draft: true } },
      purpose: `create the draft release ${fields.tag}`,
      lookUp: async () => {
        const path = this.path('releases');
        const query = { per_page: pageSize, page: 1 };
        const answer = await this.#github.request({ method: 'GET', path, query, purpose: 'list the releases' });
        return oldestDraft(fields.tag, answer.data);
      },
    });
    return parseRelease(data);
  }

  /** Sets what is given and leaves the rest as it is, a draft's mark too. */
  async update(release: Release, changes: JsonMap): Promise<Release> {
    const { data } = await this.#github.request({
      method: 'PATCH',
      path: this.path('releases', release.id),
      body: { kind: 'json', value: marked(changes, release) },
      purpose: `change the release ${release.tag}`,
    });
    return parseRelease(data);
  }

  /** Publishes a draft; the tag is made at `target_commitish` where it does not exist. */
  async publish(release: Release, changes: JsonMap): Promise<Release> {
    const path = this.path('releases', release.id);
    const { data } = await this.#github.request({
      method: 'PATCH',
      path,
      body: { kind: 'json', value: { ...changes, ...withoutMark(release), draft: false } },
      purpose: `publish the release ${release.tag}`,
      lookUp: async () => {
        const answer = await this.#github.request({ method: 'GET', path, purpose: `read the release ${release.tag}` });
        return parseRelease(answer.data).draft ? null : answer.data;
      },
    });
    return parseRelease(data);
  }

  async delete(release: Release): Promise<void> {
    await this.#github.request({
      method: 'DELETE',
      path: this.path('releases', release.id),
      purpose: `delete the draft release ${release.tag}`,
      accept: [404],
    });
  }

  /** The commit that a tag of GitHub stands on, through annotated tags; `null` where there is no such tag. */
  async tagCommit(tag: string): Promise<string | null> {
    const path = this.refPath(['git', 'ref', 'tags'], tag);
    const purpose = `read the tag ${tag}`;
    const { status, data } = await this.#github.request({ method: 'GET', path, purpose, accept: [404] });
    if (status === 404) return null;
    let object = objectOf(data);
    // A tag may point to a tag; git itself follows as long as it goes on.
    for (let depth = 0; object.type === 'tag' && depth < 5; depth++) {
      const next = this.path('git', 'tags', object.sha);
      object = objectOf((await this.#github.request({ method: 'GET', path: next, purpose })).data);
    }
    return object.sha;
  }

  async #published(tag: string): Promise<Release | null> {
    const path = this.refPath(['releases', 'tags'], tag);
    const purpose = `read the release ${tag}`;
    const { status, data } = await this.#github.request({ method: 'GET', path, purpose, accept: [404] });
    return status === 404 ? null : parseRelease(data);
  }
}

/** What a release has to be sent; a target of which nothing is known is left to GitHub. */
export function bodyOf(fields: ReleaseFields): JsonMap {
  return {
    tag_name: fields.tag,
    name: fields.name,
    body: fields.body,
    prerelease: fields.prerelease,
    ...(fields.target === null ? {} : { target_commitish: fields.target }),
  };
}

function marked(changes: JsonMap, { draft, mark }: Release): JsonMap {
  return typeof changes.body === 'string' && draft ? { ...changes, body: withMark(changes.body, mark) } : changes;
}

function withoutMark({ body, mark }: Release): JsonMap {
  return mark === null ? {} : { body };
}

function hastyGitHub(github: GitHubAdapter): GitHubAdapter {
  return {
    settings: () => github.settings(),
    requestCount: () => github.requestCount(),
    request: (call) => github.request({ ...call, hasty: true }),
    list: (call, most) => github.list({ ...call, hasty: true }, most),
  };
}

function searchResult(tag: string, newest: readonly Release[]): ReleaseSearch {
  const same = newest.filter((release) => release.tag === tag).toSorted((one, other) => one.id - other.id);
  const release = same.find(({ draft }) => !draft) ?? same[0] ?? null;
  return { release, doubles: same.filter((other) => other.draft && other !== release), newest };
}

function oldestDraft(tag: string, list: Json): Json {
  if (!isJsonList(list)) throw misfit('list of releases');
  const found = list.map((entry) => ({ entry, release: parseRelease(entry) }));
  const drafts = found.filter(({ release }) => release.draft && release.tag === tag);
  return drafts.toSorted((one, other) => one.release.id - other.release.id)[0]?.entry ?? null;
}

function objectOf(data: Json): { readonly type: string; readonly sha: string } {
  const object = isJsonMap(data) ? data.object : undefined;
  if (object === undefined || !isJsonMap(object)) throw misfit('tag');
  const { type, sha } = object;
  if (typeof type !== 'string' || typeof sha !== 'string') throw misfit('tag');
  return { type, sha };
}
