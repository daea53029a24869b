/** A version somewhere in a text, with its place. */
export interface VersionText {
  /** Without a leading `v`. */
  readonly version: string;
  /** `v`, `V` or empty. */
  readonly prefix: string;
  /** Where the prefix begins. */
  readonly start: number;
  readonly end: number;
}

/** Three or four numbers with what semantic versions or PEP 440 put behind them: `-rc.1+5`, `rc1.post2.dev3`. */
const versionPattern =
  /(?<![0-9A-Za-z.])([vV]?)(\d+(?:\.\d+){2,3}(?:(?:a|b|rc)\d+)?(?:\.post\d+)?(?:\.dev\d+)?(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?)(?![0-9A-Za-z]|\.\d)/g;

/** Versions of three or four parts, in order. Dates written with dots are none. */
export function findVersions(text: string): readonly VersionText[] {
  const found: VersionText[] = [];
  for (const match of text.matchAll(versionPattern)) {
    const prefix = match[1] ?? '';
    // The end of a file name is no part of a pre-release: `v1.2.3-rc.1.md`.
    const version = (match[2] ?? '').replace(/\.(?:md|markdown|txt|rst|html?|json|zip|gz|tgz|tar)$/i, '');
    if (prefix === '' && isDate(version)) continue;
    found.push({ version, prefix, start: match.index, end: match.index + prefix.length + version.length });
  }
  return found;
}

/** True where the text speaks of exactly this version: `1.2.3` is not in `1.2.30`, `1.2.3.1` or `1.2.3-rc.1`. */
export function mentionsVersion(text: string, version: string): boolean {
  if (findVersions(text).some((found) => found.version === version)) return true;
  // A calendar version may look like a date, which is no version by itself.
  for (let at = text.indexOf(version); at !== -1; at = text.indexOf(version, at + 1)) {
    const [before, after] = [text.slice(0, at), text.slice(at + version.length)];
    if (/(?:^|[^\w.+-]|[^\w]v)$|^v$/i.test(before) && !/^(?:[\w+]|[.-]\w)/.test(after)) return true;
  }
  return false;
}

function isDate(version: string): boolean {
  return (
    /^\d{1,2}\.\d{1,2}\.(?:19|20)\d{2}$/.test(version) || /^(?:19|20)\d{2}\.(?:0[1-9]|1[0-2])\.\d{2}$/.test(version)
  );
}
