import { fillTemplate } from '../../../src/plugin-api/index.ts';
import type { Change, Reference } from '../commits/commit-model.ts';
import type { HostLinks } from './host-links.ts';
import { inlineScope, inlineText } from './inline-text.ts';
import type { NotesOptions } from './notes-model.ts';

/** One item of a list, without its bullet and on one line. `text` stands in place of the subject; it is Markdown. */
export function changeItem(change: Change, options: NotesOptions, text: string | null = null): string {
  const values = itemValues(change, options, text);
  if (options.item !== null) return oneLine(fillTemplate(options.item, values));
  const scope = values.scope === '' ? '' : `**${values.scope}:** `;
  const pull = values.pull_request === '' ? '' : ` (${values.pull_request})`;
  const link = values.link === '' ? '' : ` (${values.link})`;
  const closes = values.references === '' ? '' : `, ${values.references}`;
  const author = options.authors === 'items' && values.author !== '' ? `, by ${values.author}` : '';
  return `${scope}${values.subject}${pull}${link}${closes}${author}`;
}

/** What the placeholders of an item stand for. */
function itemValues(change: Change, options: NotesOptions, text: string | null) {
  const { links } = options;
  return {
    type: change.type === '*' ? '' : change.type,
    scope: change.scope === null ? '' : inlineScope(change.scope),
    subject: text ?? inlineText(change.subject, links),
    hash: change.hash.slice(0, 7),
    link: commitLink(change.hash, links),
    references: closedReferences(change.references, links),
    pull_request: pullLink(change.pullRequest, links),
    author: change.authors.map((name) => inlineText(name, null)).join(', '),
  };
}

function commitLink(hash: string, links: HostLinks | null): string {
  const short = hash.slice(0, 7);
  return links === null ? short : `[${short}](${links.commit(hash)})`;
}

function pullLink(number: string | null, links: HostLinks | null): string {
  if (number === null) return '';
  return links === null ? `#${number}` : `[#${number}](${links.pull(number)})`;
}

/** What the commit closes; what it only mentions stands in its text or is of no interest here. */
function closedReferences(references: readonly Reference[], links: HostLinks | null): string {
  const closed = references.filter((reference) => reference.action !== null);
  const texts = closed.map((reference) => {
    const text = inlineScope(`${reference.repository ?? ''}${reference.prefix}${reference.issue}`);
    const isNumber = /^\d{1,10}$/.test(reference.issue);
    return links === null || !isNumber ? text : `[${text}](${links.issue(reference.issue, reference.repository)})`;
  });
  return texts.length === 0 ? '' : `closes ${[...new Set(texts)].join(', ')}`;
}

function oneLine(text: string): string {
  return text.replace(/\s*[\r\n]\s*/g, ' ').trim();
}
