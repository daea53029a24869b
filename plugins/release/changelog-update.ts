import { posix } from 'node:path';
import {
  type Finding,
  fillTemplate,
  type GitAdapter,
  givenFor,
  type HandlerContext,
  type JsonMap,
  logFindings,
  optionalText,
  PluginFailure,
  type ReleaseState,
  releasesOf,
  requiredText,
  type StepHandler,
  showTemplate,
  skipped,
  success,
  type TemplateText,
  templateValue,
  unifiedDiff,
} from '../../src/plugin-api/index.ts';
import { commitFields } from './bump/bump-settings.ts';
import { insertEntry } from './changelog/insert-entry.ts';
import { insertSection } from './changelog/insert-section.ts';
import { type LeftEntry, leftEntries } from './changelog/left-entry.ts';
import { otherPackage } from './changelog/other-package.ts';
import { hasVersion, type Outline, readOutline } from './changelog/outline.ts';
import { lackingIn, renewed } from './changelog/renewed-entry.ts';
import { sectionIn, sectionOf } from './changelog/section-of.ts';
import type { EntryWriter } from './changelog/uncommitted-entry.ts';
import { formatDate } from './format-date.ts';
import { gatherNotes } from './notes/gather-notes.ts';
import { notesFields } from './notes/notes-fields.ts';
import type { NotesStyle } from './notes/notes-model.ts';
import { previewVersion, summaryField, summaryOf, versionField, versionOf } from './release-fields.ts';
import { standingOf } from './release-standing.ts';

interface Update {
  readonly file: string;
  readonly before: string | null;
  readonly after: string;
  /** Of the changelog as it is after. */
  readonly outline: Outline;
  readonly date: string;
  readonly link: string | null;
  /** What the changelog says of the version, without its heading. */
  readonly notes: string;
  /** Lines that the entry would have if it were made now, and that the one which is there does not have. */
  readonly lacking: readonly string[];
  /** Entries of other versions, which are not released any more. */
  readonly left: readonly LeftEntry[];
}

/** What becomes of a changelog, and what people have to know of it. */
interface Change {
  readonly after: string;
  readonly lacking?: readonly string[];
  readonly left?: readonly LeftEntry[];
}

export const changelogUpdate: StepHandler = {
  title: 'Update main changelog',
  description:
    'Adds the version above the newest one, or below it where the oldest stands first: an entry with summary and link, or a section of the changes grouped by type. What stands there already is not touched, but for an entry that a run left which failed before its commit, and a second run for the same version changes nothing. A section that waits for this version, `1.3.0 (Unreleased)`, gets the date and the rest below its own text.',
  icon: '📚',
  category: 'release',
  configuration: {
    type: 'object',
    additionalProperties: false,
    properties: {
      main_changelog: {
        type: 'string',
        default: 'CHANGELOG.md',
        minLength: 1,
        path: true,
        description: 'The changelog of all versions, relative to the workspace; made with a title where it is missing.',
      },
      style: {
        type: 'string',
        enum: ['entry', 'keep-a-changelog', 'conventional'],
        default: 'entry',
        description:
          'entry: summary and link. keep-a-changelog: Added, Changed, Fixed … from the commits. conventional: Features, Bug Fixes … from the commits. Headings look like those that are there already.',
      },
      unreleased: {
        type: 'string',
        enum: ['carry', 'keep'],
        default: 'carry',
        description:
          'What stands under "Unreleased" moves into the section of the version (carry), or stays (keep). An entry leaves it alone. A section that waits for an earlier version than this one, `1.2.1 (Unreleased)`, is carried like it; one that waits for a later version stays, with a warning.',
      },
      date_format: {
        type: 'string',
        default: 'YYYY-MM-DD',
        minLength: 1,
        description: 'Date of the entry in UTC, of YYYY, YY, MM, DD, HH, mm, ss; e.g. DD-MM-YY.',
      },
      link_template: {
        type: 'string',
        default: '[CHANGELOG_v{version}.md]({path})',
        template: ['path', 'version'],
        description:
          'Of an entry: link to the detailed changelog; `{path}` is its path relative to the folder of the main changelog. Left out where there is no such file.',
      },
      changelog_dir: {
        type: 'string',
        default: 'KB/Changelog_and_Release_Notes/Changelog_Archive',
        minLength: 1,
        path: true,
        description: 'Where `CHANGELOG_v{version}.md` is looked for when no step before this one wrote it.',
      },
      version: versionField,
      summary: summaryField,
      ...notesFields,
      ...commitFields,
    },
  },
  outputs: {
    main_changelog: { type: 'string', description: 'The file, relative to the workspace.' },
    changed: { type: 'boolean', description: 'False where the version had its entry already.' },
    date: { type: 'string', description: 'The date of this entry.' },
    link: { type: ['string', 'null'], description: 'The link that was written; null where there is none.' },
    notes: { type: 'string', description: 'What the changelog says of the version, without its heading: Markdown.' },
  },
  permissions: ['files', 'processes'],
  rollback: 'undo',

  async execute(context) {
    const standing = await standingOf(context);
    if (standing.kind === 'nothing') return skipped(standing.reason);
    const findings: Finding[] = [];
    const version = versionOf(context);
    if (standing.kind === 'committed') {
      context.log('info', `${standing.reason}: the changelog stays as it is`);
      findings.push(...(await recordedFindings(context, standing.release)));
      return success(await recordedOutputs(context, version), logFindings(context.log, findings));
    }
    const update = await plannedUpdate(context, version, await linkFor(context, version, findings));
    findings.push(...findingsOf(update, version));
    if (update.after === update.before) context.log('info', `${update.file} has an entry for this version already`);
    await context.files.write(update.file, update.after);
    return success(outputsOf(update), logFindings(context.log, findings));
  },

  async preview(context) {
    const standing = await standingOf(context);
    if (standing.kind === 'nothing') return { summary: standing.reason, diffs: [], commands: [] };
    const version = previewVersion(context);
    if (standing.kind === 'committed') {
      const outputs = await recordedOutputs(context, version);
      return { summary: `${standing.reason}: leaves the changelog as it is`, diffs: [], commands: [], outputs };
    }
    const update = await plannedUpdate(context, version, await previewLink(context, version));
    const { file, before, after } = update;
    const outputs = outputsOf(update);
    const notes = findingsOf(update, version).map(({ message }) => `note: ${message}`);
    const said = (summary: string) => [summary, ...notes].join('\n');
    if (before === after) {
      return { summary: said(`${file} has an entry for this version already`), diffs: [], commands: [], outputs };
    }
    const summary = before === null ? `makes ${file} with its first entry` : `adds an entry to ${file}`;
    return { summary: said(summary), diffs: [{ file, diff: unifiedDiff(file, before, after) }], commands: [], outputs };
  },

  async probe(context) {
    if ((await standingOf(context)).kind !== 'write') return { kind: 'not-done' };
    const version = versionOf(context);
    const update = await plannedUpdate(context, version, await linkFor(context, version, []));
    if (update.after !== update.before) return { kind: 'not-done' };
    return { kind: 'done', outputs: outputsOf(update) };
  },
};

function styleOf(context: HandlerContext): NotesStyle {
  const { style } = context.config;
  return style === 'keep-a-changelog' || style === 'conventional' ? style : 'seed';
}

async function plannedUpdate(context: HandlerContext, version: string, link: string | null): Promise<Update> {
  const file = requiredText(context.config, 'main_changelog');
  const before = (await context.files.exists(file)) ? await context.files.read(file) : null;
  if (before === null) await refuseHidden(context, file);
  const date = formatDate(await context.now(), requiredText(context.config, 'date_format'));
  const { after, lacking = [], left = [] } = await updated(context, before, { version, date, link });
  const outline = readOutline(after, version);
  const notes = sectionIn(outline, version) ?? summaryOf(context);
  return { file, before, after, outline, date, link, notes, lacking, left };
}

/** A file that only the checkout lacks is no missing one: a new one in its place would drop what it says. */
async function refuseHidden(context: HandlerContext, file: string): Promise<void> {
  const git = await context.adapter<GitAdapter>('git').catch(() => null);
  const committed = (await git?.fileAt('HEAD', file).catch(() => null)) ?? null;
  if (committed === null) return;
  throw new PluginFailure(
    'handler',
    `${file} is in the newest commit, and not in this checkout: bring it back (git checkout -- ${file}; in a sparse checkout git sparse-checkout add its folder), or commit that it is deleted`,
    { retryable: false, details: { reason: 'not-checked-out' } },
  );
}

interface NewEntry {
  readonly version: string;
  readonly date: string;
  readonly link: string | null;
}

async function updated(context: HandlerContext, before: string | null, entry: NewEntry): Promise<Change> {
  const style = styleOf(context);
  const withEntry = writerOf(context, entry);
  if (before === null) return { after: await withEntry(null) };
  const { version } = entry;
  const outline = readOutline(before, version);
  await refuseOtherPackage(context, outline, version);
  const asked = { file: requiredText(context.config, 'main_changelog'), before, outline, version, withEntry };
  const left = await leftEntries(context, asked);
  const [only] = left;
  if (only?.kind === 'untouched') return { after: await withEntry(only.base), left };
  // An old release has its section, and its commits need not be looked at.
  if (!hasVersion(outline, version)) return { after: await withEntry(before), left };
  return style === 'seed' ? { after: before, left } : { ...(await renewed(context, asked)), left };
}

async function refuseOtherPackage(context: HandlerContext, outline: Outline, version: string): Promise<void> {
  const tag = (await releasesOf(context)).find((release) => release.version === version)?.tag ?? null;
  const other = tag === null ? null : otherPackage(outline, tag, version);
  const git = other === null ? null : await context.adapter<GitAdapter>('git').catch(() => null);
  const isOfOther = ({ name }: { readonly name: string }) => /(?:^|\/)([\w.-]+)@v?\d/.exec(name)?.[1] === other;
  if (git === null || !(await git.tags()).some(isOfOther)) return;
  const file = requiredText(context.config, 'main_changelog');
  throw new PluginFailure(
    'handler',
    `${file} has entries of the package ${other}, and this step enters ${tag}: give each package a changelog of its own with \`main_changelog\``,
    { file, retryable: false },
  );
}

function writerOf(context: HandlerContext, entry: NewEntry): EntryWriter {
  const style = styleOf(context);
  return style === 'seed' ? seedWriter(context, entry) : sectionWriter(context, style, entry);
}

function seedWriter(context: HandlerContext, entry: NewEntry): EntryWriter {
  const summary = summaryOf(context);
  return async (text, { version = entry.version } = {}) => {
    // Of another version the link is the same but for that: text and path are made of it.
    const link = entry.link?.replaceAll(entry.version, () => version) ?? null;
    return insertEntry(text, { ...entry, version, link, summary });
  };
}

function sectionWriter(context: HandlerContext, style: NotesStyle, entry: NewEntry): EntryWriter {
  const summary = summaryOf(context);
  const unreleased = context.config.unreleased === 'keep' ? 'keep' : 'carry';
  return async (text, { version = entry.version, ...more } = {}) => {
    const question = { ...entry, version, summary, style, ...more };
    const { tag, previousTag, body, links } = await gatherNotes(context, question);
    return insertSection(text, { ...entry, version, tag, previousTag, body, summary }, { style, links, unreleased });
  };
}

/** What people have to know of the changelog besides. */
function findingsOf(update: Update, version: string): readonly Finding[] {
  return [...waitingFindings(update, version), ...lackingFindings(update, version), ...leftFindings(update, version)];
}

/** Of an entry that was there before this run: what was written anew because commits came since, or what is left alone. */
function lackingFindings(
  { file, before, after, lacking }: Pick<Update, 'file' | 'before' | 'after' | 'lacking'>,
  version: string,
): readonly Finding[] {
  if (lacking.length === 0) return [];
  const some = `${lacking.slice(0, 3).join('; ')}${lacking.length > 3 ? '; …' : ''}`;
  const there = `the entry for ${version} was there before this run`;
  const message =
    before === after
      ? `${there} and stays as it is; made now it would say, too: ${some}`
      : `${there}, as a run that failed had staged it; it is written anew with what came since: ${some}`;
  return [{ level: 'notice', message, file, rule: 'changelog-earlier-entry' }];
}

/** Of entries that nobody releases: what a run that failed has left is taken out; of the rest somebody has to look. */
function leftFindings({ file, left }: Update, version: string): readonly Finding[] {
  return left.map((entry) => ({
    level: entry.kind === 'untouched' ? 'notice' : 'warning',
    message: leftMessage(entry, version),
    file,
    rule: 'changelog-left-entry',
  }));
}

function leftMessage({ kind, version: left }: LeftEntry, version: string): string {
  switch (kind) {
    case 'untouched':
      return `the entry for ${left} is in no commit, and this run releases ${version}: it is taken out, as a run that failed had left it`;
    case 'touched':
      return `the entry for ${left} is in no commit, and this run releases ${version}: it stays, because the changelog is not just as a run leaves it; take the entry out if ${version} has what it says`;
    case 'committed':
      return `there is an entry for ${left} and no tag, and this run releases ${version}: take the entry out if ${version} has what it says`;
  }
}

/** Sections that go on waiting: nobody but the people who wrote them knows whether this release has what they say. */
function waitingFindings({ file, outline }: Update, version: string): readonly Finding[] {
  return outline.waiting.map(({ heading }) => ({
    level: 'warning',
    message: `the section "${heading.text}" stays as it is: if ${version} has what it says, move its text there`,
    file,
    line: heading.line + 1,
    rule: 'changelog-unreleased',
  }));
}

/** Of a release that is being finished: somebody may have committed something else together with what a run had left. */
async function recordedFindings(
  context: HandlerContext,
  { outcome, version }: ReleaseState,
): Promise<readonly Finding[]> {
  const file = requiredText(context.config, 'main_changelog');
  if (outcome !== 'continued' || styleOf(context) === 'seed' || !(await context.files.exists(file))) return [];
  const before = await context.files.read(file);
  if (!hasVersion(readOutline(before, version), version)) return [];
  const lacking = await lackingIn(before, version, writerOf(context, { version, date: '', link: null }));
  return lackingFindings({ file, before, after: before, lacking }, version);
}

/** What the changelog has for a version whose commit exists. */
async function recordedOutputs(context: HandlerContext, version: string): Promise<JsonMap> {
  const file = requiredText(context.config, 'main_changelog');
  const content = (await context.files.exists(file)) ? await context.files.read(file) : '';
  const date = formatDate(await context.now(), requiredText(context.config, 'date_format'));
  const notes = sectionOf(content, version) ?? summaryOf(context);
  return { main_changelog: file, changed: false, date, link: null, notes };
}

async function linkFor(context: HandlerContext, version: string, findings: Finding[]): Promise<string | null> {
  if (styleOf(context) !== 'seed') return null;
  const file = requiredText(context.config, 'main_changelog');
  const template = templateValue(context.config, 'link_template');
  if (template === null) return null;
  const detailed = await detailedChangelog(context, template, version);
  if (detailed !== null) {
    const path = posix.relative(posix.dirname(file), detailed);
    return fillTemplate(template, { version, path: linkTarget(path) }).trim() || null;
  }
  if (!template.template.some((part) => typeof part !== 'string' && part.name === 'path')) {
    return fillTemplate(template, { version }).trim() || null;
  }
  const message = `there is no detailed changelog of ${version}, so the entry has no link`;
  findings.push({ level: 'warning', message, file, rule: 'changelog-link' });
  return null;
}

/** Before the run nobody has written the detailed changelog yet: its path stands as the placeholder. */
async function previewLink(context: HandlerContext, version: string): Promise<string | null> {
  if (styleOf(context) !== 'seed') return null;
  const template = templateValue(context.config, 'link_template');
  const known = await linkFor(context, version, []);
  return known ?? (template === null ? null : showTemplate(template, { version }));
}

/** What `release.changelog_create` wrote before this step, else a file of that name in the folder for them. */
async function detailedChangelog(
  context: HandlerContext,
  template: TemplateText,
  version: string,
): Promise<string | null> {
  const given = givenFor(template, 'path');
  if (given !== null) return given;
  const folder = optionalText(context.config, 'changelog_dir') ?? '';
  const path = posix.join(folder, `CHANGELOG_v${version}.md`);
  return (await context.files.exists(path).catch(() => false)) ? path : null;
}

/** Blanks and parentheses would end the target of a Markdown link. */
function linkTarget(path: string): string {
  return path.replace(/[ ()]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
}

function outputsOf(update: Update): JsonMap {
  return {
    main_changelog: update.file,
    changed: update.after !== update.before,
    date: update.date,
    link: update.link,
    notes: update.notes,
  };
}
