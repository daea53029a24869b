/** What the main changelog says of one version. */
export interface ChangelogEntry {
  readonly version: string;
  readonly date: string;
  readonly summary: string;
  /** Markdown link to the detailed changelog; `null` where there is none. */
  readonly link: string | null;
}

/** Summary and link as Markdown, without blank lines around them. */
export function entryBody(entry: ChangelogEntry): string {
  return [entry.summary, entry.link ?? ''].filter((text) => text !== '').join('\n\n');
}

/** Lines of the entry in a list of versions. */
export function entryItem(
  entry: ChangelogEntry,
  style: { readonly bullet: string; readonly prefix: string },
): readonly string[] {
  const summary = entry.summary === '' ? '' : `: ${oneLine(entry.summary)}`;
  const link = entry.link === null ? '' : ` (${oneLine(entry.link)})`;
  return [`${style.bullet} ${style.prefix}${entry.version} - ${entry.date}${summary}${link}`];
}

/** Cells for a row of a table, by what its header calls them. */
export function entryCells(entry: ChangelogEntry, header: readonly string[], prefix: string): readonly string[] {
  return header.map((title, at) => {
    if (/version|release/i.test(title) && !/date|notes/i.test(title)) return `${prefix}${entry.version}`;
    if (/date|when|released/i.test(title)) return entry.date;
    if (/link|file|details|notes/i.test(title)) return entry.link ?? '';
    if (/summary|change|description|what|title/i.test(title)) return oneLine(entry.summary);
    return at === 0 ? `${prefix}${entry.version}` : '';
  });
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ');
}
