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
  const columns = header.map(columnOf);
  const summary = oneLine(entry.summary);
  const values = {
    version: `${prefix}${entry.version}`,
    date: entry.date,
    link: entry.link ?? '',
    summary,
    other: '',
  };
  const place = summaryPlace(header, columns);
  const sharesLink = place === columns.indexOf('link') && place === columns.lastIndexOf('link');
  const told = sharesLink ? withLink(summary, values.link) : summary;
  return columns.map((column, at) => (at === place ? told : values[column]));
}

/**
 * The column that says what is new, as a row has to: where none is meant for it, that of notes, which may be a link, or
 * the last that is called something else.
 */
function summaryPlace(header: readonly string[], columns: readonly Column[]): number | undefined {
  const notes = columns.findIndex((column, at) => column === 'link' && /notes|details/i.test(header[at] ?? ''));
  const places = [columns.indexOf('summary'), notes, columns.lastIndexOf('other'), columns.indexOf('link')];
  return places.find((at) => at !== -1);
}

type Column = 'version' | 'date' | 'link' | 'summary' | 'other';

function columnOf(title: string, at: number): Column {
  if (/version|release/i.test(title) && !/date|notes/i.test(title)) return 'version';
  if (/date|when|released/i.test(title)) return 'date';
  if (/link|file|details|notes/i.test(title)) return 'link';
  if (/summary|change|description|what|title/i.test(title)) return 'summary';
  return at === 0 ? 'version' : 'other';
}

function withLink(summary: string, link: string): string {
  return summary === '' || link === '' ? `${summary}${link}` : `${summary} (${link})`;
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ');
}
