import { isJsonList, isJsonMap, type Json, type JsonMap } from '../core/model/json.ts';
import type { HandlerContext } from '../core/ports/plugin.ts';

/**
 * What a run releases. `release.version_bump` finds it out and gives it as outputs; every later step of any plugin
 * learns from it whether there is anything to do.
 */
export interface ReleaseState {
  /**
   * `new`: this run makes the version. `continued`: an earlier run began it, and what is missing is completed.
   * `released`: nothing has changed since the version, which is done as far as git tells. `nothing`: what changed
   * asks for no release.
   */
  readonly outcome: 'new' | 'continued' | 'released' | 'nothing';
  /** Without a leading `v`; for `nothing` the version that is current. */
  readonly version: string;
  /** The tag of the version, as the template of the step that found the version out writes it. */
  readonly tag: string | null;
  /** The release's commit, where an earlier run made it; `null`: this run makes it, or nothing makes one. */
  readonly commit: string | null;
  /** The version that was raised, without a leading `v`: what files say before. `null` where there is none. */
  readonly old: string | null;
  /**
   * The version of the release before, without a leading `v`: of a stable one the stable one before it, whatever
   * pre-releases came between them. `null` where there is none.
   */
  readonly previous: string | null;
  /** The tag of the release before; `null` where there is none. */
  readonly previousTag: string | null;
  /** Only commits that touch these paths count; empty: all do. Packages of one version differ by them. */
  readonly paths: readonly string[];
  /** Where the remote's branch stood when the release was found out; `null` where nobody could see it. */
  readonly remoteHead: RemoteHead | null;
  /** The commit that the release was found out on; `null` where there is none. */
  readonly base: string | null;
  /** Where head stood before the step that found it out brought the branch up to date; `null`: it did not. */
  readonly movedFrom: string | null;
  /** One sentence for people: why this version, or why none. */
  readonly why: string;
}

/** A branch of a remote, and the commit that it stood on. */
export interface RemoteHead {
  readonly remote: string;
  readonly branch: string;
  readonly commit: string;
}

/** The handler whose outputs hold the release. */
const finder = 'release.version_bump';
const outcomes = ['new', 'continued', 'released', 'nothing'] as const;

/** The outputs by which a release is known again. */
export function releaseOutputs(release: ReleaseState): JsonMap {
  const { outcome, version, tag, commit, old, previous, previousTag, paths, remoteHead, base, movedFrom, why } =
    release;
  return {
    outcome,
    new_version: outcome === 'nothing' ? null : version,
    current_version: version,
    tag_name: tag,
    release_commit: commit,
    old_version: old,
    previous_version: previous,
    previous_tag: previousTag,
    paths: [...paths],
    remote_head: remoteHead === null ? null : { ...remoteHead },
    base_commit: base,
    moved_from: movedFrom,
    why,
  };
}

/**
 * What this run releases; `null` where no step before has found it out. Of several packages that are released together
 * the first one with something to do.
 */
export async function releaseOf(context: Pick<HandlerContext, 'upstream'>): Promise<ReleaseState | null> {
  return firstToDo(await releasesOf(context));
}

function firstToDo(releases: readonly ReleaseState[]): ReleaseState | null {
  for (const outcome of outcomes) {
    const release = releases.find((candidate) => candidate.outcome === outcome);
    if (release) return release;
  }
  return null;
}

/** By what a step says which of several releases it is about. Null: what is written there came out null. */
export type NamedRelease =
  | { readonly version: string | null; readonly paths: readonly string[] }
  | { readonly tag: string | null };

/**
 * The release that a step is about; `null` where no step before has found one out. Of several packages it is the one that
 * the step names, and where its name came out null one of which nothing is released. Who names none that is known speaks
 * of the first one with something to do.
 */
export async function releaseNamed(
  context: Pick<HandlerContext, 'upstream'>,
  named: NamedRelease,
): Promise<ReleaseState | null> {
  const releases = await releasesOf(context);
  if (releases.length < 2) return firstToDo(releases);
  const candidates = releases.filter((release) => isNamed(release, named));
  const own = candidates.find(({ paths }) => 'paths' in named && isSameList(paths, named.paths));
  return own ?? firstToDo(candidates) ?? firstToDo(releases);
}

function isNamed({ outcome, version, tag }: ReleaseState, named: NamedRelease): boolean {
  const name = 'tag' in named ? named.tag : named.version;
  return name === null ? outcome === 'nothing' : name === ('tag' in named ? tag : version);
}

function isSameList(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((text, at) => text === other[at]);
}

/** All that this run releases, of each package what was found out. */
export async function releasesOf(context: Pick<HandlerContext, 'upstream'>): Promise<readonly ReleaseState[]> {
  return (await context.upstream(finder)).flatMap(({ outputs }) => readRelease(outputs) ?? []);
}

function readRelease(outputs: JsonMap): ReleaseState | null {
  const outcome = outcomes.find((known) => known === outputs.outcome);
  const version = textOf(outputs.current_version);
  if (outcome === undefined || version === null) return null;
  return {
    outcome,
    version,
    tag: textOf(outputs.tag_name),
    commit: textOf(outputs.release_commit),
    old: textOf(outputs.old_version),
    previous: textOf(outputs.previous_version),
    previousTag: textOf(outputs.previous_tag),
    paths: isJsonList(outputs.paths) ? outputs.paths.map(String) : [],
    remoteHead: remoteHeadOf(outputs.remote_head),
    base: textOf(outputs.base_commit),
    movedFrom: textOf(outputs.moved_from),
    why: textOf(outputs.why) ?? '',
  };
}

function remoteHeadOf(value: Json | undefined): RemoteHead | null {
  if (value === undefined || !isJsonMap(value)) return null;
  const [remote, branch, commit] = [textOf(value.remote), textOf(value.branch), textOf(value.commit)];
  return remote === null || branch === null || commit === null ? null : { remote, branch, commit };
}

function textOf(value: Json | undefined): string | null {
  return typeof value === 'string' ? value : null;
}
