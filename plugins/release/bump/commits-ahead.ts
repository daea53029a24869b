import {
  type GitAdapter,
  type GitSurvey,
  type HandlerContext,
  mentionsVersion,
} from '../../../src/plugin-api/index.ts';
import type { VersionScheme } from '../scheme/scheme.ts';
import { collectCommits, loadCollector } from './collect-commits.ts';
import type { TagNames } from './tag-names.ts';

/** More names of commits than these are not kept. */
const mostKnown = 20_000;

/** What the commits after a release tell of the history besides. */
export interface CommitsAhead {
  /** The version of the release. */
  readonly version: string;
  /** First line of head's message; `null` where head is not among the commits. */
  readonly headSubject: string | null;
  /** Commits that are known to be in the history of head: they were read, or one of those is built on them. */
  readonly known: ReadonlySet<string>;
}

/**
 * Reads the commits after the release that the file names, before it is known whether that is the one to go from: nearly
 * always it is, and git reads them beside its other work. Otherwise they are read anew, once that is known. `null` where
 * they cannot be read: what is wrong with the repository, the survey says.
 */
export async function readAhead(
  context: HandlerContext,
  git: GitAdapter,
  { version, names }: { readonly version: string | null; readonly names: TagNames },
): Promise<CommitsAhead | null> {
  await loadCollector();
  if (version === null) return null;
  try {
    // What a fetch is about to bring belongs to them too.
    if (await git.isShallow()) return null;
    const head = await git.head();
    const known = new Set<string>();
    let headSubject: string | null = null;
    await collectCommits(context, git, { since: names.tagFor(version), until: null }, ({ hash, parents, subject }) => {
      if (hash === head) headSubject = subject;
      if (known.size < mostKnown) for (const name of [hash, ...parents]) known.add(name);
    });
    return { version, headSubject, known };
  } catch {
    return null;
  }
}

/**
 * Whether these commits are all that has to be known of the history: the release is in it, head is none itself, and no
 * other tag says a version that does not come before. `commitOf`: what a tag leads to, as far as that is known.
 */
export function settlesHistory(
  ahead: CommitsAhead,
  tags: readonly string[],
  commitOf: (tag: string) => string | null,
  { names, scheme }: { readonly names: TagNames; readonly scheme: VersionScheme },
): boolean {
  const { version: text, headSubject } = ahead;
  const version = scheme.parse(text);
  if (version === null || scheme.isPrerelease(version)) return false;
  if (headSubject === null || mentionsVersion(headSubject, text) || !isKnown(ahead, commitOf(names.tagFor(text))))
    return false;
  return tags.every((tag) => {
    const other = tag === names.tagFor(text) ? null : scheme.parse(names.versionIn(tag) ?? '');
    return other === null || scheme.compare(other, version) < 0 || isKnown(ahead, commitOf(tag));
  });
}

/** The survey with what the commits tell of its tags, and of head. */
export function withAhead(survey: GitSurvey, ahead: CommitsAhead): GitSurvey {
  const found = survey.tagsUnasked.filter((tag) => isKnown(ahead, survey.tags[tag]?.commit ?? null));
  const isFound = new Set(found);
  return {
    ...survey,
    headSubject: survey.headSubject ?? ahead.headSubject,
    tagsMerged: [...survey.tagsMerged, ...found],
    tagsUnasked: survey.tagsUnasked.filter((tag) => !isFound.has(tag)),
  };
}

function isKnown({ known }: CommitsAhead, commit: string | null): boolean {
  return commit !== null && known.has(commit);
}
