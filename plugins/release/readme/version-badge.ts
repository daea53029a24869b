/** What became of one of the two places in a README. */
export type PlaceUpdate =
  | { readonly kind: 'missing' }
  | { readonly kind: 'current' }
  | { readonly kind: 'updated'; readonly line: string };

interface Badge {
  /** Where the message stands in the line. */
  readonly start: number;
  readonly end: number;
  /** The message as people read it, without a leading `v`. */
  readonly version: string;
  readonly prefix: string;
}

const pathBadge = /(\/badge\/)([^\s"'<>)\]?#]+)/gi;
const queryBadge = /([?&]label=(?:latest[ _+]?)?(?:version|release)&(?:amp;)?message=)([^\s"'<>)\]&#]*)/gi;

/** Puts the version into each shield of the line whose label is `version` or `release`. */
export function updateBadges(line: string, version: string): PlaceUpdate {
  const badges = [...pathBadges(line), ...queryBadges(line)].sort((a, b) => b.start - a.start);
  if (badges.length === 0) return { kind: 'missing' };
  let updated = line;
  for (const badge of badges) {
    const old = updated.slice(badge.start, badge.end);
    const message = `${badge.prefix}${encodedLike(old, version, line[badge.start - 1] === '-')}`;
    updated = updated.slice(0, badge.start) + message + updated.slice(badge.end);
    updated = withAltText(updated, badge, version);
  }
  return updated === line ? { kind: 'current' } : { kind: 'updated', line: updated };
}

/** `label-message-colour`, where `--` and `__` stand for the signs themselves. */
function pathBadges(line: string): readonly Badge[] {
  return [...line.matchAll(pathBadge)].flatMap((match) => {
    const [, lead = '', body = ''] = match;
    const parts = [...body.matchAll(/(?:[^-]|--)+/g)];
    const [label, message, colour] = parts;
    if (!label || !message || !colour || parts.length !== 3) return [];
    if (!/^(?:latest[ _]?)?(?:version|release)$/i.test(readable(label[0]))) return [];
    const start = match.index + lead.length + message.index;
    return [badgeAt(start, message[0], readable(message[0]))];
  });
}

function queryBadges(line: string): readonly Badge[] {
  return [...line.matchAll(queryBadge)].map((match) => {
    const [, lead = '', message = ''] = match;
    return badgeAt(match.index + lead.length, message, decoded(message));
  });
}

function badgeAt(start: number, raw: string, message: string): Badge {
  const prefix = /^[vV](?=\d)/.exec(message)?.[0] ?? '';
  return { start, end: start + raw.length, version: message.slice(prefix.length), prefix };
}

function readable(text: string): string {
  return decoded(text)
    .replaceAll('--', '-')
    .replace(/__|_/g, (sign) => (sign === '__' ? '_' : ' '));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A stray percent sign: the text is meant as it stands.
    return text;
  }
}

/** A `+` is escaped where the old message did so; `-` and `_` only in the path form, where they separate. */
function encodedLike(old: string, version: string, inPath: boolean): string {
  const escaped = inPath ? version.replaceAll('-', '--').replaceAll('_', '__') : version;
  return /%2B/i.test(old) || !inPath ? escaped.replaceAll('+', '%2B') : escaped;
}

/** The picture's text for readers who do not see it, where it spoke of the old version. */
function withAltText(line: string, badge: Badge, version: string): string {
  if (badge.version === '') return line;
  const open = line.lastIndexOf('![', badge.start);
  const close = open === -1 ? -1 : line.indexOf('](', open);
  if (close === -1 || close > badge.start) return line;
  const alt = line.slice(open, close);
  return line.slice(0, open) + alt.replace(badge.version, () => version) + line.slice(close);
}
