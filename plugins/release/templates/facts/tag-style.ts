/** How the tags of releases are named so far. */
export interface TagStyle {
  /** With `{version}` in it, as `tag_template` takes it. */
  readonly template: string;
  /** Versions that tags of this style name, without a leading `v`. */
  readonly versions: readonly string[];
  /** One tag of it. */
  readonly example: string;
}

const version = '(?<version>\\d{1,15}(?:[._-]\\d{1,15}){1,5}(?:[-+.]?[0-9A-Za-z][0-9A-Za-z.+-]{0,100})?)';
const tagPattern = new RegExp(`^(?<before>|v|.{1,200}?[/@]v?|[A-Za-z][\\w.]{0,100}?-v?)${version}$`);

/** The styles of a list of tags, the one that most of them have first. Tags that name no version are left out. */
export function tagStyles(tags: readonly string[]): readonly TagStyle[] {
  const styles = new Map<string, { versions: string[]; example: string }>();
  for (const tag of tags) {
    const { before, version: named } = tagPattern.exec(tag)?.groups ?? {};
    if (before === undefined || named === undefined) continue;
    const template = `${before}{version}`;
    const style = styles.get(template) ?? { versions: [], example: tag };
    styles.set(template, { versions: [...style.versions, named], example: tag });
  }
  return [...styles]
    .map(([template, style]) => ({ template, ...style }))
    .sort((a, b) => b.versions.length - a.versions.length);
}

/** The styles of tags that name a package: `{name}` stands for it. */
export function packageTagStyle(tags: readonly string[], packages: readonly string[]): TagStyle | null {
  const known = tagStyles(tags).flatMap((style) => {
    const name = packages.find(
      (each) => /^[@/-]/.test(style.template.slice(each.length)) && style.template.startsWith(each),
    );
    return name === undefined ? [] : [{ ...style, template: `{name}${style.template.slice(name.length)}` }];
  });
  const counts = new Map<string, number>();
  for (const { template, versions } of known) counts.set(template, (counts.get(template) ?? 0) + versions.length);
  return known.sort((a, b) => (counts.get(b.template) ?? 0) - (counts.get(a.template) ?? 0))[0] ?? null;
}
