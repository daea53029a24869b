import {
  filledName,
  fillTemplate,
  type GitAdapter,
  givenFor,
  type HandlerContext,
  optionalText,
  PluginFailure,
  releaseOfTag,
  releasesOf,
  showTemplate,
  type TemplateText,
  templateValue,
  unfilledPlaceholders,
} from '../../../src/plugin-api/index.ts';
import { type FittedBody, fitBody, mostBodyCharacters } from './fit-body.ts';
import type { ReleaseFields } from './release-store.ts';
import { isPrerelease } from './version-order.ts';

/** What a step wants a release to be, its files left aside. */
export interface ReleaseWish {
  readonly fields: ReleaseFields;
  readonly notes: FittedBody;
}

export interface WishPlace {
  readonly serverUrl: string;
  /** `owner/name`. */
  readonly repository: string;
}

/** Rejects where a placeholder of the tag has no value or the notes cannot be read. */
export async function wishOf(context: HandlerContext, place: WishPlace): Promise<ReleaseWish> {
  return wishFor(context, place, tagOf(context));
}

/** As `wishOf`, of a tag that is found out otherwise. */
export async function wishFor(context: HandlerContext, place: WishPlace, tag: string): Promise<ReleaseWish> {
  const name = templateValue(context.config, 'name_template');
  const notes = fitBody(await notesOf(context, tag), restUrl(place, tag));
  const fields = {
    tag,
    name: (name === null ? '' : fillTemplate(name, { tag })).trim() || tag,
    body: notes.body,
    prerelease: prereleaseOf(context, tag),
    target: await targetOf(context),
  };
  return { fields, notes };
}

/** As it is known before the run: placeholders without a value yet stand as they were written. */
export async function expectedWish(
  context: HandlerContext,
  place: WishPlace,
  tag: string = expectedTag(context),
): Promise<ReleaseWish> {
  const name = templateValue(context.config, 'name_template');
  const target = templateValue(context.config, 'target');
  const text = await notesOf(context, tag, showTemplate).catch((error: unknown) => {
    if (error instanceof PluginFailure && error.failure.kind === 'not-found') return '';
    throw error;
  });
  const notes = fitBody(text, restUrl(place, tag));
  const fields = {
    tag,
    name: (name === null ? '' : showTemplate(name, { tag })).trim() || tag,
    body: notes.body,
    prerelease: prereleaseOf(context, tag),
    target: target === null ? null : showTemplate(target).trim() || null,
  };
  return { fields, notes };
}

export function tagOf({ config }: HandlerContext): string {
  return filledName(config, 'tag_template');
}

export function expectedTag(context: HandlerContext): string {
  const template = templateValue(context.config, 'tag_template');
  return template === null ? '' : showTemplate(template).trim();
}

/** True where the tag is known already, so that GitHub can be asked about it. */
export function isTagKnown(context: HandlerContext): boolean {
  const template = templateValue(context.config, 'tag_template');
  return template !== null && unfilledPlaceholders(template).length === 0;
}

/** What the step names, else the commit of the release, else the newest one; `null` without a repository. */
export async function targetOf(context: HandlerContext): Promise<string | null> {
  const template = templateValue(context.config, 'target');
  const written = template === null ? '' : fillTemplate(template).trim();
  if (written !== '') return written;
  const release = await releaseOfTag(context);
  if (release?.commit) return release.commit;
  const git = await context.adapter<GitAdapter>('git');
  return git.head().catch((error: unknown) => {
    if (error instanceof PluginFailure && error.failure.kind === 'not-found') return null;
    throw error;
  });
}

/** One sentence where not all notes fit; `null` where they do. */
export function notesRemark({ given, leftOut }: FittedBody): string | null {
  if (leftOut === 0) return null;
  const sections = leftOut === 1 ? '1 section is' : `${leftOut} sections are`;
  return `the notes have ${given} characters, and GitHub takes ${mostBodyCharacters}: ${sections} left out or cut at their end`;
}

async function notesOf(
  context: HandlerContext,
  tag: string,
  fill: typeof fillTemplate = fillTemplate,
): Promise<string> {
  const file = optionalText(context.config, 'body_file');
  if (file !== null) return (await context.files.read(file)).replace(/^\uFEFF/, '');
  const template = templateValue(context.config, 'body');
  if (template === null) return '';
  await refuseForeignNotes(context, template);
  // Steps before give the notes; without one they are empty, in the plan too.
  return fill(template, { tag, ...(givenFor(template, 'notes') === null ? { notes: '' } : {}) });
}

const notesGivers = ['release.changelog_update', 'release.notes'];

/** Of several packages each has its notes, and a name alone does not say whose. */
async function refuseForeignNotes(context: HandlerContext, template: TemplateText): Promise<void> {
  if (givenFor(template, 'notes') === null || (await releasesOf(context)).length < 2) return;
  const givers = (await Promise.all(notesGivers.map((handler) => context.upstream(handler)))).flat();
  if (givers.length < 2) return;
  const ids = givers.map(({ id }) => `\`${id}\``).join(' and ');
  throw new PluginFailure(
    'handler',
    `the steps ${ids} give notes, and \`body\` does not say which: set \`body: \${{ steps.${givers[0]?.id}.outputs.notes }}\``,
    { retryable: false },
  );
}

function prereleaseOf(context: HandlerContext, tag: string): boolean {
  const { prerelease } = context.config;
  return typeof prerelease === 'boolean' ? prerelease : isPrerelease(tag);
}

function restUrl({ serverUrl, repository }: WishPlace, tag: string): string {
  return `${serverUrl}/${repository}/tree/${tag.split('/').map(encodeURIComponent).join('/')}`;
}
