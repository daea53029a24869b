import { isJsonList, isJsonMap, type Json, type JsonMap, PluginFailure } from '../../../src/plugin-api/index.ts';
import { splitMark } from './draft-mark.ts';

/** A release as the API gives it, as far as it is needed here. */
export interface Release {
  readonly id: number;
  readonly tag: string;
  readonly name: string;
  /** The notes without the mark. */
  readonly body: string;
  /** The mark of the step that made the draft; `null` where it has none. */
  readonly mark: string | null;
  readonly draft: boolean;
  readonly prerelease: boolean;
  /** Published where immutable releases are on: neither its tag nor its assets can change. */
  readonly immutable: boolean;
  /** Commit or branch that the tag is made at where there is none yet. */
  readonly target: string;
  /** Where people see it. */
  readonly url: string;
  /** Where assets go, without the part in braces. */
  readonly uploadUrl: string;
  readonly assets: readonly Asset[];
}

export interface Asset {
  readonly id: number;
  readonly name: string;
  readonly label: string;
  /** Bytes. */
  readonly size: number;
  /** `sha256:` and 64 hexadecimal digits; `null` where the server gives none. */
  readonly digest: string | null;
  /** `uploaded`; anything else is an upload that did not end. */
  readonly state: string;
}

/** Rejects where the answer is no release: something between us and GitHub answered. */
export function parseRelease(data: Json): Release {
  if (!isJsonMap(data) || typeof data.id !== 'number' || typeof data.tag_name !== 'string') throw misfit('release');
  const { notes, mark } = splitMark(textOf(data, 'body'));
  return {
    id: data.id,
    tag: data.tag_name,
    name: textOf(data, 'name'),
    body: notes,
    mark,
    draft: data.draft === true,
    prerelease: data.prerelease === true,
    immutable: data.immutable === true,
    target: textOf(data, 'target_commitish'),
    url: textOf(data, 'html_url'),
    uploadUrl: textOf(data, 'upload_url').replace(/\{[^}]*\}$/, ''),
    assets: isJsonList(data.assets) ? data.assets.map(parseAsset) : [],
  };
}

/** The commit that it names for its tag; `null` where that is a branch. */
export function namedCommit({ target }: Release): string | null {
  return /^[0-9a-f]{40,64}$/.test(target) ? target : null;
}

/** Rejects where the answer is no list: that no release is there is what an empty one says. */
export function parseReleases(data: Json): readonly Release[] {
  if (!isJsonList(data)) throw misfit('list of releases');
  return data.map(parseRelease);
}

export function parseAsset(data: Json): Asset {
  if (!isJsonMap(data) || typeof data.id !== 'number' || typeof data.name !== 'string') throw misfit('asset');
  return {
    id: data.id,
    name: data.name,
    label: textOf(data, 'label'),
    size: typeof data.size === 'number' ? data.size : 0,
    digest: typeof data.digest === 'string' ? data.digest : null,
    state: textOf(data, 'state') || 'uploaded',
  };
}

function textOf(data: JsonMap, key: string): string {
  const value = data[key];
  return typeof value === 'string' ? value : '';
}

/** An answer of success that does not hold what was asked for. */
export function misfit(what: string): PluginFailure {
  return new PluginFailure(
    'handler',
    `the answer of GitHub holds no ${what} where one was due: check \`api_url\` of the adapter \`github\``,
    { retryable: true },
  );
}
