/** A table in GitHub's Markdown; cells are texts without line ends. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (texts: readonly string[]) => `| ${texts.map(cell).join(' | ')} |`;
  return [line(head), `|${' --- |'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replace(/\s*\n\s*/g, ' ');
}

export function code(text: string): string {
  return text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``;
}

/** What GitHub makes of a heading as the target of a link. */
export function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
}

/** One page: its parts with an empty line between, under a title and a line that says where it comes from. */
export function page(title: string, source: string, parts: readonly string[]): string {
  return [`# ${title}`, `<!-- Made by scripts/generate-reference.ts from ${source}. -->`, ...parts, footer].join(
    '\n\n',
  );
}

const footer = '[All reference pages](README.md) · [Guide](../guide/README.md)\n';
