/** Names of maps and numbers of lists (from 0), outermost first. */
export type KeyPath = readonly (string | number)[];

const firstName = /(?:[^.[\]"']+|"[^"]*"|'[^']*')/y;
const nextPart = /(?:\.(?:[^.[\]"']+|"[^"]*"|'[^']*')|\[\d{1,9}\])/y;

/** Reads `a.b[0]."c.d"`; `null` where it cannot be read. */
export function parseKeyPath(key: string): KeyPath | null {
  const parts: (string | number)[] = [];
  let at = 0;
  while (at < key.length) {
    const pattern = at === 0 && !key.startsWith('[') ? firstName : nextPart;
    pattern.lastIndex = at;
    const part = pattern.exec(key)?.[0];
    if (part === undefined) return null;
    at += part.length;
    parts.push(part.startsWith('[') ? Number(part.slice(1, -1)) : nameOf(part));
  }
  return parts.length === 0 ? null : parts;
}

function nameOf(part: string): string {
  const name = part.startsWith('.') ? part.slice(1) : part;
  return /^["']/.test(name) ? name.slice(1, -1) : name;
}
