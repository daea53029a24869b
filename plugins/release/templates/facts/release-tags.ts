import { type CalendarDay, guessScheme, type VersionScheme } from '../../scheme/scheme.ts';
import { packageIn, type TagStyle, tagStyles } from './tag-style.ts';

/** What tells which tags are those of releases. */
export interface TagEvidence {
  readonly tags: readonly string[];
  /** The one nearest to the newest commit; `null` where there is none. */
  readonly nearest: string | null;
  /** What the files say, the one that counts first. */
  readonly files: readonly string[];
  /** Names of parts of the repository: a tag that names one is not that of the whole. */
  readonly parts: readonly string[];
  readonly today: CalendarDay;
}

export interface ReleaseTags {
  /** Styles that name versions of the scheme, the likeliest first. */
  readonly styles: readonly ReleaseStyle[];
  /** Whether one of them is as good as certain. */
  readonly certain: boolean;
  /** What speaks for the first of several, as a clause; empty where there is one. */
  readonly why: string;
  /** A tag that names a part; `null` where none does. */
  readonly ofPart: string | null;
  /** A tag that looks like a version, where none is of the scheme; else `null`. */
  readonly unread: string | null;
}

/** Its versions are in the order of their scheme, and `example` is the tag of the last. */
export type ReleaseStyle = TagStyle & { readonly newest: string };

/** The styles of tags that can be those of releases. How many tags have one is the least of what counts. */
export function releaseTags({ tags, nearest, files, parts, today }: TagEvidence): ReleaseTags {
  const all = tagStyles(tags);
  const own = all.filter((style) => packageIn(style, parts) === null);
  const ofPart = all.find((style) => !own.includes(style))?.example ?? null;
  const lead = files[0] ?? leadOf(own, nearest);
  const scheme = lead === null ? null : schemeFor([lead], today);
  const readable = own.flatMap((style) => readStyle(style, lead, today) ?? []);
  const highest = highestOf(readable, scheme);
  const grounds: readonly Ground[] = [
    { holds: ({ newest }) => files.includes(newest), says: 'is the version of the file' },
    { holds: ({ versions }) => versions.some((version) => files.includes(version)), says: 'is like one of the file' },
    { holds: (style) => highest.includes(style), says: 'is the highest version' },
    { holds: isBare, says: 'has no name in front of it' },
    { holds: ({ template }) => template === styleOf(nearest), says: 'is like the tag nearest to the newest commit' },
  ];
  const scores = new Map(readable.map((style) => [style, grounds.map(({ holds }) => holds(style))]));
  const styles = readable.toSorted((a, b) => compareScores(scores.get(a) ?? [], scores.get(b) ?? []));
  const [first, second] = styles;
  const unread = first === undefined ? (own[0]?.example ?? null) : null;
  if (first === undefined || second === undefined)
    return { styles, certain: first !== undefined, why: '', ofPart, unread };
  const decisive = grounds.find(({ holds }) => holds(first) && !holds(second));
  const certain = decisive === grounds[0] && highest.includes(first);
  return { styles, certain, why: `${first.example} ${decisive?.says ?? 'is like most of them'}`, ofPart, unread };
}

/**
 * The same for a folder of a repository, which shares its tags with others: those that name it count. Others do only
 * where their newest version is that of the folder's file, and nothing is certain then.
 */
export function folderTags(evidence: TagEvidence, names: readonly string[]): ReleaseTags {
  const tags = evidence.tags.filter((tag) => tagStyles([tag]).some((style) => packageIn(style, names) !== null));
  if (tags.length > 0) return releaseTags({ ...evidence, tags });
  const all = releaseTags(evidence);
  const styles = all.styles.filter(({ newest }) => evidence.files.includes(newest));
  return { ...all, styles, certain: false, why: '' };
}

/** Something that speaks for a style. */
interface Ground {
  holds(style: ReleaseStyle): boolean;
  /** Of the newest tag. */
  readonly says: string;
}

/** Where no file says a version, tags without a name in front do, else those near the newest commit, else most. */
function leadOf(styles: readonly TagStyle[], nearest: string | null): string | null {
  const near = styles.find(({ template }) => template === styleOf(nearest));
  return (styles.find(isBare) ?? near ?? styles[0])?.versions.at(-1) ?? null;
}

function isBare({ template }: TagStyle): boolean {
  return template === 'v{version}' || template === '{version}';
}

function styleOf(tag: string | null): string | null {
  return tag === null ? null : (tagStyles([tag])[0]?.template ?? null);
}

function schemeFor(texts: readonly string[], today: CalendarDay): VersionScheme | null {
  const guess = guessScheme(texts, today);
  return guess.kind === 'guessed' ? guess.scheme : null;
}

/**
 * The versions of a style in their order; `null` where none of them is a version of the scheme that the first version
 * has. Where that tells no scheme nothing can be left out.
 */
function readStyle(style: TagStyle, lead: string | null, today: CalendarDay): ReleaseStyle | null {
  const texts = style.versions.toReversed();
  const scheme = schemeFor(lead === null ? texts : [lead, ...texts], today);
  if (scheme === null) return { ...style, newest: texts[0] ?? '' };
  const read = style.versions.flatMap((text) => {
    const version = scheme.parse(text);
    return version === null ? [] : [{ text, version }];
  });
  const versions = read.sort((a, b) => scheme.compare(a.version, b.version)).map(({ text }) => text);
  const newest = versions.at(-1);
  return newest === undefined
    ? null
    : { ...style, versions, newest, example: style.template.replace('{version}', () => newest) };
}

/** Those whose newest version no other style surpasses; none where no scheme compares them. */
function highestOf(styles: readonly ReleaseStyle[], scheme: VersionScheme | null): readonly ReleaseStyle[] {
  const read = styles.flatMap((style) => {
    const version = scheme?.parse(style.newest) ?? null;
    return version === null ? [] : [{ style, version }];
  });
  return read
    .filter(({ version }) => read.every((other) => (scheme?.compare(version, other.version) ?? 0) >= 0))
    .map(({ style }) => style);
}

function compareScores(a: readonly boolean[], b: readonly boolean[]): number {
  const at = a.findIndex((holds, place) => holds !== b[place]);
  return at === -1 ? 0 : Number(b[at]) - Number(a[at]);
}
