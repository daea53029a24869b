import {
  type HandlerContext,
  type JsonMap,
  optionalText,
  releaseOfVersion,
  requiredText,
  type StepHandler,
  skipped,
  success,
} from '../../src/plugin-api/index.ts';
import { commitFields } from './bump/bump-settings.ts';
import { sectionOf } from './changelog/section-of.ts';
import { formatDate } from './format-date.ts';
import { gatherNotes } from './notes/gather-notes.ts';
import { notesFields } from './notes/notes-fields.ts';
import { previewVersion, summaryField, summaryOf, versionField, versionOf } from './release-fields.ts';

/** Reads and commits only: nothing is written. */
export const notes: StepHandler = {
  title: 'Release notes',
  description:
    'Gives the text of a release: what the changelog says of the version, or the changes since the release before, grouped by type.',
  icon: '🗒️',
  category: 'release',
  configuration: {
    type: 'object',
    additionalProperties: false,
    properties: {
      main_changelog: {
        type: 'string',
        default: 'CHANGELOG.md',
        path: true,
        description: 'Where the section of the version is looked for; an empty text: nowhere.',
      },
      style: {
        type: 'string',
        enum: ['keep-a-changelog', 'conventional'],
        default: 'conventional',
        description: 'How changes are grouped where the changelog has no section.',
      },
      date_format: { type: 'string', default: 'YYYY-MM-DD', minLength: 1, description: 'For `{date}` of a template.' },
      version: versionField,
      summary: summaryField,
      ...notesFields,
      ...commitFields,
    },
  },
  outputs: {
    notes: { type: 'string', description: 'The text: Markdown.' },
    source: { type: 'string', description: '`changelog` or `commits`.' },
    commit_count: { type: ['integer', 'null'], description: 'How many commits it is made from; null for a changelog.' },
  },
  permissions: ['files', 'processes'],

  async execute(context) {
    const release = await releaseOfVersion(context);
    if (release?.outcome === 'nothing') return skipped(`nothing to release: ${release.why}`);
    return success(await notesFor(context, versionOf(context)));
  },

  async preview(context) {
    const outputs = await notesFor(context, previewVersion(context));
    const from = outputs.source === 'changelog' ? 'the changelog' : `${outputs.commit_count} commits`;
    return { summary: `release notes from ${from}:\n\n${outputs.notes}`, diffs: [], commands: [], outputs };
  },
};

async function notesFor(context: HandlerContext, version: string): Promise<JsonMap & { readonly notes: string }> {
  const file = optionalText(context.config, 'main_changelog');
  const content = file && (await context.files.exists(file)) ? await context.files.read(file) : '';
  const section = sectionOf(content, version);
  if (section !== null && section !== '') return { notes: section, source: 'changelog', commit_count: null };
  const date = formatDate(await context.now(), requiredText(context.config, 'date_format'));
  const style = context.config.style === 'keep-a-changelog' ? 'keep-a-changelog' : 'conventional';
  const gathered = await gatherNotes(context, { version, date, summary: summaryOf(context), style, link: null });
  return { notes: gathered.body, source: 'commits', commit_count: gathered.commits.total };
}
