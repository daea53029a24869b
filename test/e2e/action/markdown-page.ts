/** A page as a renderer takes it apart, as far as reports use Markdown. */
export type MarkdownBlock =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'code'; readonly language: string; readonly text: string }
  | { readonly kind: 'table'; readonly rows: readonly (readonly string[])[] }
  | { readonly kind: 'text'; readonly text: string };

/**
 * Reads a report. Throws where a renderer would show something else than was meant: a block of code without an end, a
 * table row with more or fewer cells, an element of HTML that is not one of ours or is left open.
 */
export function readMarkdown(page: string): readonly MarkdownBlock[] {
  const blocks: MarkdownBlock[] = [];
  const lines = page.split('\n');
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    const fence = /^(`{3,})(\w*)$/.exec(line);
    if (fence !== null) {
      const end = lines.indexOf(fence[1] ?? '', at + 1);
      if (end < 0) throw new Error(`a block of code opens in line ${at + 1} and has no end`);
      blocks.push({ kind: 'code', language: fence[2] ?? '', text: lines.slice(at + 1, end).join('\n') });
      at = end;
    } else if (line.startsWith('|')) {
      const rows: (readonly string[])[] = [];
      for (; lines[at]?.startsWith('|'); at++) rows.push(cellsOf(lines[at] ?? ''));
      at -= 1;
      for (const row of rows) {
        if (row.length !== rows[0]?.length) throw new Error(`a row has ${row.length} cells: ${row.join(' | ')}`);
      }
      blocks.push({ kind: 'table', rows });
    } else if (/^#{1,6} /.test(line)) blocks.push({ kind: 'heading', text: line.replace(/^#+ /, '') });
    else if (line !== '') blocks.push({ kind: 'text', text: line });
  }
  checkElements(blocks);
  return blocks;
}

/** The rows of the table below a heading, its head left out. */
export function tableBelow(page: string, heading: string): readonly (readonly string[])[] {
  const blocks = readMarkdown(page);
  const place = blocks.findIndex((block) => block.kind === 'heading' && block.text === heading);
  const table = place < 0 ? undefined : blocks[place + 1];
  if (table?.kind !== 'table') throw new Error(`there is no table below ${heading}`);
  return table.rows.slice(2);
}

function cellsOf(line: string): readonly string[] {
  const cells = line.split('|').map((cell) => cell.trim());
  if (cells.at(-1) !== '') throw new Error(`a row without its end: ${line}`);
  return cells.slice(1, -1);
}

/** Reports fold with `details` and break lines in cells; nothing else of HTML is theirs. */
function checkElements(blocks: readonly MarkdownBlock[]): void {
  const written = blocks.flatMap((block) => {
    if (block.kind === 'code') return [];
    return block.kind === 'table' ? block.rows.flat() : [block.text];
  });
  const elements = written.flatMap((text) =>
    [...text.replace(/`[^`]*`/g, '').matchAll(/<[^>]*>?/g)].map(([tag]) => tag),
  );
  const open: string[] = [];
  for (const element of elements) {
    const name = /^<\/?(details|summary|code|br)>$/.exec(element)?.[1];
    if (name === undefined) throw new Error(`an element that is not ours: ${element}`);
    if (name === 'br') continue;
    if (!element.startsWith('</')) open.push(name);
    else if (open.pop() !== name) throw new Error(`${element} closes what is not open`);
  }
  if (open.length > 0) throw new Error(`left open: ${open.join(', ')}`);
}
