import { posix } from 'node:path';
import {
  type Finding,
  fillTemplate,
  givenFor,
  type HandlerContext,
  type JsonMap,
  logFindings,
  requiredText,
  type StepHandler,
  showTemplate,
  success,
  type TemplateText,
  templateValue,
  unifiedDiff,
} from '../../src/plugin-api/index.ts';
import { insertEntry } from './changelog/insert-entry.ts';
import { formatDate } from './format-date.ts';
import { previewVersion, summaryField, summaryOf, versionField, versionOf } from './release-fields.ts';

interface Update {
  readonly file: string;
  readonly before: string | null;
  readonly after: string;
  readonly date: string;
  readonly link: string | null;
}

export const changelogUpdate: StepHandler = {
  title: 'Update main changelog',
  description: 'Adds an entry for the version above the newest one. A second run for the same version changes nothing.',
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
          'Link to the detailed changelog; `{path}` is its path relative to the folder of the main changelog. Left out where there is no such file.',
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
    },
  },
  outputs: {
    main_changelog: { type: 'string', description: 'The file, relative to the workspace.' },
    changed: { type: 'boolean', description: 'False where the version had its entry already.' },
    date: { type: 'string', description: 'The date of this entry.' },
    link: { type: ['string', 'null'], description: 'The link that was written; null where there is none.' },
  },
  permissions: ['files'],
  rollback: 'undo',

  async execute(context) {
    const findings: Finding[] = [];
    const version = versionOf(context);
    const update = await plannedUpdate(context, version, await linkFor(context, version, findings));
    if (update.after === update.before) context.log('info', `${update.file} has an entry for this version already`);
    else await context.files.write(update.file, update.after);
    return success(outputsOf(update), logFindings(context.log, findings));
  },

  async preview(context) {
    const version = previewVersion(context);
    const update = await plannedUpdate(context, version, await previewLink(context, version));
    const { file, before, after } = update;
    const outputs = outputsOf(update);
    if (before === after) {
      return { summary: `${file} has an entry for this version already`, diffs: [], commands: [], outputs };
    }
    const summary = before === null ? `makes ${file} with its first entry` : `adds an entry to ${file}`;
    return { summary, diffs: [{ file, diff: unifiedDiff(file, before, after) }], commands: [], outputs };
  },

  async probe(context) {
    const version = versionOf(context);
    const update = await plannedUpdate(context, version, await linkFor(context, version, []));
    if (update.after !== update.before) return { kind: 'not-done' };
    return { kind: 'done', outputs: outputsOf(update) };
  },
};

async function plannedUpdate(context: HandlerContext, version: string, link: string | null): Promise<Update> {
  const file = requiredText(context.config, 'main_changelog');
  const before = (await context.files.exists(file)) ? await context.files.read(file) : null;
  const date = formatDate(await context.now(), requiredText(context.config, 'date_format'));
  const after = insertEntry(before, { version, date, summary: summaryOf(context), link });
  return { file, before, after, date, link };
}

async function linkFor(context: HandlerContext, version: string, findings: Finding[]): Promise<string | null> {
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
  const path = posix.join(requiredText(context.config, 'changelog_dir'), `CHANGELOG_v${version}.md`);
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
  };
}
