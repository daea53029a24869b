import { formatText, parseText, type TextDocument, visibleLines } from '../../../src/plugin-api/index.ts';
import { type Outline, readOutline, separatorLine } from './outline.ts';

/**
 * The text that a changelog has for a version, without its heading, without the line between versions and without blank
 * lines around it, with `\n` as line end: the body of a release. Link definitions of the file that it uses stand at its
 * end. `null` where the changelog has no section for the version.
 */
export function sectionOf(content: string, version: string): string | null {
  return sectionIn(readOutline(content, version), version);
}

/** The same of a changelog that is outlined already. */
export function sectionIn(outline: Outline, version: string): string | null {
  const { document, versions, waiting } = outline;
  const section = [...versions, ...waiting].find((candidate) => candidate.version.version === version);
  if (!section) return null;
  let end = section.textEnd;
  // The remark of a generator at the end of a file belongs to the file.
  while (end > section.bodyStart && /^\s*(?:<!--[^>]*-->\s*)?$/.test(document.lines[end - 1]?.text ?? '')) end--;
  end = separatorLine(outline, { bodyStart: section.bodyStart, end }) ?? end;
  const lines = document.lines.slice(section.bodyStart, end);
  const text = formatText({ ...document, bom: false, lines })
    .replaceAll('\r\n', '\n')
    .trim();
  const used = usedDefinitions(document, text);
  return used.length === 0 ? text : `${text}\n\n${used.join('\n')}`;
}

/** Those that the text uses and does not have itself. */
function usedDefinitions(document: TextDocument, text: string): readonly string[] {
  const section = parseText(text);
  const uses = shownLines(section).flatMap((line) => [...line.matchAll(/\[([^\][]{1,200})\](?!\()/g)]);
  const used = new Set(uses.map((match) => normalLabel(match[1] ?? '')));
  const own = definitions(section);
  return [...definitions(document)].flatMap(([label, line]) => (used.has(label) && !own.has(label) ? [line] : []));
}

/** By label; of several with one label the first holds. */
function definitions(document: TextDocument): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const line of shownLines(document)) {
    const label = normalLabel(/^ {0,3}\[([^\][]{1,200})\]:\s*\S/.exec(line)?.[1] ?? '');
    if (label !== '' && !found.has(label)) found.set(label, line.trim());
  }
  return found;
}

/** Lines that are neither code nor comment. */
function shownLines(document: TextDocument): readonly string[] {
  const visible = visibleLines(document);
  return document.lines.flatMap(({ text }, at) => (visible[at] === true ? [text] : []));
}

function normalLabel(label: string): string {
  return label.trim().replace(/\s+/g, ' ').toLowerCase();
}
