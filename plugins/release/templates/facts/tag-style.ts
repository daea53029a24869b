/** How the tags of releases are named so far. */
export interface TagStyle {
  /** With `{version}` in it, as `tag_template` takes it. */
  readonly template: string;
  /** Versions that tags of this style name, without a leading `v`. */
  readonly versions: readonly string[];
  /** One tag of it. */
  readonly example: string;
}

const rest = '(?:[-+.]?[0-9A-Za-z][0-9A-Za-z.+-]{0,100})?';
/** Nothing, or anything up to a sign; the shortest, so that what follows a version with a sign stays part of it. */
const before = '(?<before>(?:.{0,200}?[-/@])??v?)';
/**
 * Numbers with dots, and dates, come first: other numbers with hyphens between them may be part of a name
 * (`python-3-1.2.0`), and are a version only where there is none of those.
 */
const tagPatterns = ['\\d{4}-\\d{1,2}-\\d{1,2}|\\d{1,15}(?:\\.\\d{1,15}){1,5}', '\\d{1,15}(?:[_-]\\d{1,15}){1,5}'].map(
  (numbers) => new RegExp(`^${before}(?<version>(?:${numbers})${rest})$`),
);

/** The styles of a list of tags, the one that most of them have first. Tags that name no version are left out. */
export function tagStyles(tags: readonly string[]): readonly TagStyle[] {
  const styles = new Map<string, { versions: string[]; example: string }>();
  for (const tag of tags) {
    const { before: lead, version } = groupsOf(tag);
    if (lead === undefined || version === undefined) continue;
    const template = `${lead}{version}`;
    const style = styles.get(template) ?? { versions: [], example: tag };
    style.versions.push(version);
    style.example = tag;
    styles.set(template, style);
  }
  return [...styles]
    .map(([template, style]) => ({ template, ...style }))
    .sort((a, b) => b.versions.length - a.versions.length);
}

function groupsOf(tag: string): { readonly [name: string]: string | undefined } {
  const [usual, other] = tagPatterns;
  return (usual?.exec(tag) ?? other?.exec(tag))?.groups ?? {};
}

/** The styles of tags that name a package: the placeholder stands for it. */
export function packageTagStyle(
  tags: readonly string[],
  packages: readonly string[],
  placeholder: string,
): TagStyle | null {
  const known = tagStyles(tags).flatMap((style) => {
    const name = packageIn(style, packages);
    return name === null ? [] : [{ ...style, template: `${placeholder}${style.template.slice(name.length)}` }];
  });
  const counts = new Map<string, number>();
  for (const { template, versions } of known) counts.set(template, (counts.get(template) ?? 0) + versions.length);
  return known.sort((a, b) => (counts.get(b.template) ?? 0) - (counts.get(a.template) ?? 0))[0] ?? null;
}

/** The package that tags of a style name: of several names that fit the longest; `null` where they name none. */
export function packageIn({ template }: TagStyle, packages: readonly string[]): string | null {
  const fitting = packages.filter((name) => template.startsWith(name) && /^[@/-]/.test(template.slice(name.length)));
  return fitting.reduce<string | null>(
    (longest, name) => (name.length > (longest?.length ?? 0) ? name : longest),
    null,
  );
}
