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
import { type NewEntry, styleOf, writerOf } from './changelog/entry-writer.ts';
import { leftEntries } from './changelog/left-entry.ts';
import { refuseOtherPackage, refuseSharedEntry } from './changelog/other-package.ts';
import { hasVersion, type Outline, readOutline } from './changelog/outline.ts';
import { passedOver } from './changelog/passed-over.ts';
import { lackingIn, renewed } from './changelog/renewed-entry.ts';
import { sectionIn, sectionOf } from './changelog/section-of.ts';
import { lineOf } from './changelog/uncommitted-entry.ts';
import { untoldItems } from './changelog/untold-items.ts';
import { type ChangedText, findingsOf, lackingFindings } from './changelog/update-findings.ts';
import { formatDate } from './format-date.ts';
import { notesFields } from './notes/notes-fields.ts';
import { previewVersion, summaryField, summaryOf, versionField, versionOf } from './release-fields.ts';
import { standingOf } from './release-standing.ts';
import { isEdited } from './uncommitted-edit.ts';

interface Update extends ChangedText {
  /** Of the changelog as it is after. */
  readonly outline: Outline;
  readonly date: string;
  readonly link: string | null;
  /** What the changelog says of the version, without its heading. */
  readonly notes: string;
}

/** What becomes of a changelog, and what people have to know of it. */
type Change = Pick<ChangedText, 'after'> & Partial<Pick<ChangedText, 'lacking' | 'left'>>;

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
          'entry: summary and link. keep-a-changelog: Added, Changed, Fixed … from the commits. conventional: Features, Bug Fixes … from the commits. Headings look like those that are there already; an entry has its date where they have none, too.',
      },
      unreleased: {
        type: 'string',
        enum: ['carry', 'keep'],
        default: 'carry',
        description:
          'What stands under "Unreleased" moves into the section of the version (carry), or stays (keep); where there is none, that under a usual name for what comes above the newest version: `HEAD`, `Main`, `Next release`, `Development`, `pkg (development version)`. Items that came under another heading there go into no release, and are warned of. An entry leaves it alone. A section that waits for an earlier version than this one, `1.2.1 (Unreleased)`, is carried like it; one that waits for a later version stays, with a warning. What went into a pre-release is not repeated under its release; a notice says where commits do not tell it.',
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
        description:
          'Where `CHANGELOG_v{version}.md` is looked for when no step before this one wrote it, or several packages are released.',
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
    // Not called `version`: two steps that give it would make the placeholder `{version}` ambiguous.
    entry_version: { type: 'string', description: 'The version that the entry is for.' },
    date: { type: 'string', description: 'The date of this entry.' },
    link: { type: ['string', 'null'], description: 'The link that was written; null where there is none.' },
    notes: { type: 'string', description: 'What the changelog says of the version, without its heading: Markdown.' },
  },
  permissions: ['files', 'processes'],
  rollback: 'undo',

  async execute(context) {
    const standing = await standingOf(context);
    if (standing.kind === 'nothing') return skipped(standing.reason);
    const version = versionOf(context);
    if (standing.kind === 'committed') {
      context.log('info', `${standing.reason}: the changelog stays as it is`);
      const content = await recordedText(context);
      const remarks = logFindings(context.log, await recordedFindings(context, content, standing.release));
      return success(await recordedOutputs(context, content, version), remarks);
    }
    const findings: Finding[] = [];
    const update = await plannedUpdate(context, version, await linkFor(context, version, findings));
    findings.push(...findingsOf(update, version));
    if (update.after === update.before) context.log('info', `${update.file} has an entry for this version already`);
    await context.files.write(update.file, update.after);
    return success(outputsOf(update, version), logFindings(context.log, findings));
  },

  async preview(context) {
    const standing = await standingOf(context);
    if (standing.kind === 'nothing') return { summary: standing.reason, diffs: [], commands: [] };
    const version = previewVersion(context);
    if (standing.kind === 'committed') {
      const outputs = await recordedOutputs(context, await recordedText(context), version);
      return { summary: `${standing.reason}: leaves the changelog as it is`, diffs: [], commands: [], outputs };
    }
    const update = await plannedUpdate(context, version, await previewLink(context, version));
    const { file, before, after } = update;
    const outputs = outputsOf(update, version);
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
    return { kind: 'done', outputs: outputsOf(update, version) };
  },
};

async function plannedUpdate(context: HandlerContext, version: string, link: string | null): Promise<Update> {
  const file = requiredText(context.config, 'main_changelog');
  const before = (await context.files.exists(file)) ? await context.files.read(file) : null;
  if (before === null) await refuseHidden(context, file);
  const date = formatDate(await context.now(), requiredText(context.config, 'date_format'));
  const { after, lacking = [], left = [] } = await updated(context, before, { version, date, link });
  const outline = readOutline(after, version);
  const notes = sectionIn(outline, version) ?? summaryOf(context);
  const isGathered = before !== null && after !== before && styleOf(context) !== 'seed';
  const withEntry = writerOf(context, { version, date, link });
  const untold = isGathered ? await untoldItems(context, { outline, version, withEntry }) : [];
  const passed = isGathered && context.config.unreleased !== 'keep' ? await passedOver(context, { file, outline }) : [];
  // An entry that a run which failed has left is told of by itself.
  const mayBeEdited = left.length === 0 && before !== null && (await isEdited(context, file));
  const edited = mayBeEdited && lineOf(readOutline(before, version), version) === null;
  return { file, before, after, outline, date, link, notes, lacking, left, untold, passed, edited };
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

async function updated(context: HandlerContext, before: string | null, entry: NewEntry): Promise<Change> {
  const style = styleOf(context);
  const withEntry = writerOf(context, entry);
  const { version } = entry;
  const file = requiredText(context.config, 'main_changelog');
  await refuseSharedEntry(context, { file, version });
  if (before === null) return { after: await withEntry(null) };
  const outline = readOutline(before, version);
  const asked = { file, before, outline, version, withEntry };
  await refuseOtherPackage(context, asked);
  const left = await leftEntries(context, asked);
  const [only] = left;
  if (only?.kind === 'untouched') return { after: await withEntry(only.base), left };
  // An old release has its section, and its commits need not be looked at.
  if (!hasVersion(outline, version)) return { after: await withEntry(before), left };
  return style === 'seed' ? { after: before, left } : { ...(await renewed(context, asked)), left };
}

/** Of a release that is being finished: somebody may have committed something else together with what a run had left. */
async function recordedFindings(
  context: HandlerContext,
  content: string,
  { outcome, version }: ReleaseState,
): Promise<readonly Finding[]> {
  if (outcome !== 'continued' || styleOf(context) === 'seed') return [];
  if (!hasVersion(readOutline(content, version), version)) return [];
  const lacking = await lackingIn(content, version, writerOf(context, { version, date: '', link: null }));
  const file = requiredText(context.config, 'main_changelog');
  return lackingFindings({ file, before: content, after: content, lacking }, version);
}

/** The changelog of a release whose commit exists; empty where there is none. */
async function recordedText(context: HandlerContext): Promise<string> {
  const file = requiredText(context.config, 'main_changelog');
  return (await context.files.exists(file)) ? context.files.read(file) : '';
}

async function recordedOutputs(context: HandlerContext, content: string, version: string): Promise<JsonMap> {
  const file = requiredText(context.config, 'main_changelog');
  const date = formatDate(await context.now(), requiredText(context.config, 'date_format'));
  const notes = sectionOf(content, version) ?? summaryOf(context);
  return { main_changelog: file, changed: false, entry_version: version, date, link: null, notes };
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

/** Before the run nobody has written the detailed changelog yet: where a step will, its path stands as the placeholder. */
async function previewLink(context: HandlerContext, version: string): Promise<string | null> {
  if (styleOf(context) !== 'seed') return null;
  const template = templateValue(context.config, 'link_template');
  const known = await linkFor(context, version, []);
  if (known !== null || template === null || (await isOneOfSeveral(context))) return known;
  const writers = await context.upstream('release.changelog_create');
  return writers.length === 0 ? null : showTemplate(template, { version });
}

/** What `release.changelog_create` wrote before this step, else a file of that name in the folder for them. */
async function detailedChangelog(
  context: HandlerContext,
  template: TemplateText,
  version: string,
): Promise<string | null> {
  // Of several packages each has its own, in the folder that the step names.
  const given = (await isOneOfSeveral(context)) ? null : givenFor(template, 'path');
  if (given !== null) return given;
  const folder = optionalText(context.config, 'changelog_dir') ?? '';
  const path = posix.join(folder, `CHANGELOG_v${version}.md`);
  const writers = await context.upstream('release.changelog_create');
  if (writers.some(({ outputs }) => outputs.path === path)) return path;
  return (await context.files.exists(path).catch(() => false)) ? path : null;
}

/** Whether the steps before this one speak of several packages, whose detailed changelogs are not all meant. */
async function isOneOfSeveral(context: HandlerContext): Promise<boolean> {
  const writers = await context.upstream('release.changelog_create');
  return writers.length > 1 || (await releasesOf(context)).length > 1;
}

/** Blanks and parentheses would end the target of a Markdown link. */
function linkTarget(path: string): string {
  return path.replace(/[ ()]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
}

function outputsOf(update: Update, version: string): JsonMap {
  return {
    main_changelog: update.file,
    changed: update.after !== update.before,
    entry_version: version,
    date: update.date,
    link: update.link,
    notes: update.notes,
  };
}
