import { formatText, headings, lineText, parseText } from '../../../src/plugin-api/index.ts';

/**
 * A text that can stand under a heading of this level: its own headings are deeper, and what it opens (code, a
 * comment) is closed, so that nothing below it is swallowed.
 */
export function bodyUnder(body: string, level: number): string {
  return deepened(closed(body.replace(/\r\n?/g, '\n').trim()), level);
}

function deepened(body: string, level: number): string {
  const document = parseText(body);
  const own = headings(document);
  const highest = Math.min(...own.map((heading) => heading.level));
  if (own.length === 0 || highest > level) return body;
  const shift = level + 1 - highest;
  const lines = document.lines.flatMap((line, at) => {
    const heading = own.find((one) => one.line === at);
    const underlineOf = own.find((one) => one.line === at - 1);
    if (heading) return [{ ...line, text: `${'#'.repeat(Math.min(6, heading.level + shift))} ${heading.text}` }];
    return underlineOf && !/^ {0,3}#/.test(lineText(document, at - 1)) ? [] : [line];
  });
  return formatText({ ...document, lines }).trim();
}

function closed(body: string): string {
  if (body === '' || showsWhatFollows(body)) return body;
  const lastClose = body.lastIndexOf('-->');
  const visible = body.replace(/<!--/g, (opening, at: number) => (at > lastClose ? '&lt;!--' : opening));
  if (showsWhatFollows(visible)) return visible;
  const marks = new Set((visible.match(/^ {0,3}(?:`{3,}|~{3,})/gm) ?? []).map((mark) => mark.trim()));
  const fence = [...marks].find((mark) => showsWhatFollows(`${visible}\n${mark}`));
  return fence === undefined ? visible : `${visible}\n${fence}`;
}

function showsWhatFollows(body: string): boolean {
  const probe = parseText(`${body}\n\n# probe`);
  return headings(probe).at(-1)?.line === probe.lines.length - 1;
}
