/** What the main changelog says of one version. */
export interface ChangelogEntry {
  readonly version: string;
  readonly date: string;
  readonly summary: string;
  /** Markdown link to the detailed changelog; `null` where there is none. */
  readonly link: string | null;
}

/** How the entries of a changelog look that are there already. */
export type EntryStyle =
  | {
      readonly kind: 'heading';
      readonly level: number;
      readonly prefix: string;
      /** `[1.2.3]`, as Keep a Changelog writes it. */
      readonly bracketed: boolean;
    }
  | { readonly kind: 'item'; readonly bullet: string; readonly prefix: string };

export const freshStyle: EntryStyle = { kind: 'heading', level: 2, prefix: 'v', bracketed: false };

/** Lines of the entry, without blank lines around it. */
export function entryLines(entry: ChangelogEntry, style: EntryStyle): readonly string[] {
  switch (style.kind) {
    case 'heading': {
      const name = `${style.prefix}${entry.version}`;
      const head = `${'#'.repeat(style.level)} ${style.bracketed ? `[${name}]` : name} - ${entry.date}`;
      const summary = entry.summary === '' ? [] : ['', ...entry.summary.split('\n')];
      const link = entry.link === null ? [] : ['', entry.link];
      return [head, ...summary, ...link];
    }
    case 'item': {
      const summary = entry.summary === '' ? '' : `: ${oneLine(entry.summary)}`;
      const link = entry.link === null ? '' : ` (${oneLine(entry.link)})`;
      return [`${style.bullet} ${style.prefix}${entry.version} - ${entry.date}${summary}${link}`];
    }
  }
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
