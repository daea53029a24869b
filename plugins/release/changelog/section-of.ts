import { formatText } from '../../../src/plugin-api/index.ts';
import { readOutline } from './outline.ts';

/**
 * The text that a changelog has for a version, without its heading and without blank lines around it, with `\n` as
 * line end: the body of a release. `null` where it has no section for it.
 */
export function sectionOf(content: string, version: string): string | null {
  const { document, versions, waiting } = readOutline(content, version);
  const section = [...versions, ...waiting].find((candidate) => candidate.version.version === version);
  if (!section) return null;
  let end = section.textEnd;
  // The remark of a generator at the end of a file belongs to the file.
  while (end > section.bodyStart && /^\s*(?:<!--[^>]*-->\s*)?$/.test(document.lines[end - 1]?.text ?? '')) end--;
  const lines = document.lines.slice(section.bodyStart, end);
  return formatText({ ...document, bom: false, lines })
    .replaceAll('\r\n', '\n')
    .trim();
}
