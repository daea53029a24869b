/** The first line of a message that follows Conventional Commits: `type(scope)!: subject`. */
export interface ConventionalHeader {
  readonly kind: 'header';
  /** As it is written. */
  readonly type: string;
  /** `null` where there are no brackets. */
  readonly scope: string | null;
  readonly breaking: boolean;
  readonly subject: string;
}

export type HeaderAnswer = ConventionalHeader | { readonly kind: 'malformed'; readonly reason: string };

const headerPattern = /^([A-Za-z][\w-]*)(?:\(([^()]*)\))?(!?):(.*)$/s;

/** Reads one line. `reason` is a clause whose subject is the message: `it …`. */
export function readHeader(line: string): HeaderAnswer {
  const match = headerPattern.exec(line);
  if (!match) return { kind: 'malformed', reason: 'does not begin with `type: ` or `type(scope): `' };
  const [, type = '', scope, breaking, rest = ''] = match;
  const subject = rest.trim();
  if (subject === '') return { kind: 'malformed', reason: 'says nothing behind the colon' };
  if (!rest.startsWith(' ') || /^ \s/.test(rest)) {
    return { kind: 'malformed', reason: 'needs exactly one space behind the colon' };
  }
  return { kind: 'header', type, scope: scope ?? null, breaking: breaking === '!', subject };
}
