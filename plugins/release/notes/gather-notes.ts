import {
  type GitAdapter,
  type HandlerContext,
  PluginFailure,
  type ReleaseState,
  releaseOfVersion,
} from '../../../src/plugin-api/index.ts';
import { collectCommits, noCommits } from '../bump/collect-commits.ts';
import type { CollectedCommits } from '../commits/commit-collector.ts';
import { type HostLinks, hostLinks } from './host-links.ts';
import { linkSetting, notesOptionsOf } from './notes-fields.ts';
import type { NotesFacts, NotesOptions, NotesStyle } from './notes-model.ts';
import { renderNotes } from './render-notes.ts';

/** The text of one release, and what it was made from. */
export interface ReleaseNotes {
  readonly body: string;
  readonly tag: string;
  readonly previousTag: string | null;
  readonly links: HostLinks | null;
  readonly commits: CollectedCommits;
}

export interface NotesQuestion {
  readonly version: string;
  readonly date: string;
  readonly summary: string;
  readonly style: NotesStyle;
  /** For the style `seed`. */
  readonly link: string | null;
  /** The newest commit that counts where the release has none yet; default: head. */
  readonly until?: string;
  /** The tag of the version where it is not the one that is released. */
  readonly tag?: string;
}

/**
 * Writes the notes of a release from its commits: those after the release before, up to the release's own commit where
 * it exists, else up to head.
 */
export async function gatherNotes(context: HandlerContext, question: NotesQuestion): Promise<ReleaseNotes> {
  const git = await context.adapter<GitAdapter>('git').catch(() => null);
  const release = await releaseOfVersion(context);
  const usualTag = release?.tag ?? `v${question.version}`;
  try {
    const place = release === null ? await placeByTag(git, question.version) : release;
    const { previousTag } = place;
    const tag = question.tag ?? place.tag ?? usualTag;
    const commits = await collectCommits(context, git, {
      since: previousTag,
      until: place.commit ?? question.until ?? null,
    });
    const links = await linksOf(context, git);
    const facts: NotesFacts = { ...question, tag, previousTag, commits };
    const options: NotesOptions = { ...notesOptionsOf(context.config, question.style), links };
    return { body: renderNotes(facts, options), tag, previousTag, links, commits };
  } catch (error) {
    // A changelog is worth having without its list of commits, in a folder that is no repository too.
    if (!(error instanceof PluginFailure) || error.failure.kind !== 'not-found') throw error;
    context.log('warning', `the list of changes is left out: ${error.message}`);
    const commits = await noCommits();
    const facts: NotesFacts = { ...question, tag: usualTag, previousTag: null, commits };
    const options: NotesOptions = { ...notesOptionsOf(context.config, question.style), links: null };
    return { body: renderNotes(facts, options), tag: usualTag, previousTag: null, links: null, commits };
  }
}

/** Where a release stands, and the pages of its host; no more than its usual tag in a folder that is no repository. */
export async function placeOfRelease(
  context: HandlerContext,
  { version, tag }: Pick<NotesQuestion, 'version' | 'tag'>,
): Promise<Pick<ReleaseNotes, 'tag' | 'previousTag' | 'links'>> {
  const git = await context.adapter<GitAdapter>('git').catch(() => null);
  const release = await releaseOfVersion(context);
  try {
    const place = release ?? (await placeByTag(git, version));
    const links = await linksOf(context, git);
    return { tag: tag ?? place.tag ?? `v${version}`, previousTag: place.previousTag, links };
  } catch (error) {
    if (!(error instanceof PluginFailure) || error.failure.kind !== 'not-found') throw error;
    return { tag: tag ?? release?.tag ?? `v${version}`, previousTag: null, links: null };
  }
}

/** Where a release stands that no step speaks of: at its tag, if it has one, after the newest tag before it. */
async function placeByTag(
  git: GitAdapter | null,
  version: string,
): Promise<Pick<ReleaseState, 'tag' | 'commit' | 'previousTag'>> {
  for (const tag of [`v${version}`, version]) {
    const commit = (await git?.tagTarget(tag)) ?? null;
    if (git !== null && commit !== null) return { tag, commit, previousTag: await git.lastTag(commit) };
  }
  return { tag: null, commit: null, previousTag: (await git?.lastTag()) ?? null };
}

async function linksOf(context: HandlerContext, git: GitAdapter | null): Promise<HostLinks | null> {
  const setting = linkSetting(context.config);
  if (git === null || setting === 'off') return null;
  const { remote } = await git.settings();
  const url = await git.remoteUrl(remote);
  return url === null ? null : hostLinks(url, setting === 'auto' ? null : setting);
}
