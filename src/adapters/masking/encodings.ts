/** Shorter values are not masked: they would stand in every other word. */
export const shortestMasked = 4;

/**
 * Every spelling in which a secret may turn up in a log: the value, its lines, and each of them in the encodings that
 * programs use without being asked to hide anything. All have at least 4 characters.
 */
export function spellingsOf(secret: string): ReadonlySet<string> {
  const spellings = new Set<string>();
  for (const part of partsOf(secret)) {
    for (const spelling of encodingsOf(part)) if (spelling.length >= shortestMasked) spellings.add(spelling);
  }
  return spellings;
}

/** The value itself, its trimmed forms, its lines, and what a secret that is a JSON document holds. */
function partsOf(secret: string): ReadonlySet<string> {
  const parts = new Set<string>();
  const take = (part: string) => {
    if (part.length >= shortestMasked) parts.add(part);
  };
  const wholes = [secret, secret.trim(), withoutQuotes(secret.trim())];
  for (const whole of wholes) take(whole);
  if (/[\r\n]/.test(secret)) {
    take(secret.replace(/\r\n?/g, '\n'));
    take(secret.replace(/\r\n?|\n/g, '\r\n'));
    for (const line of secret.split(/[\r\n]+/)) {
      const trimmed = line.trim();
      if (!isStructure(trimmed)) take(trimmed);
    }
  }
  for (const leaf of jsonLeaves(secret)) {
    take(leaf);
    for (const line of leaf.split(/[\r\n]+/)) if (!isStructure(line.trim())) take(line.trim());
  }
  return parts;
}

/** Lines such as `}, {` or `null` of a document are in every other document too: masking them would eat the log. */
function isStructure(line: string): boolean {
  return ['', 'true', 'false', 'null'].includes(line.replace(/[\s[\]{}(),:;"'=-]/g, ''));
}

function withoutQuotes(text: string): string {
  const quoted = /^(["'`])([\s\S]*)\1$/.exec(text);
  return quoted?.[2] ?? text;
}

const tellingKey = /pass|secret|token|key|credential|pwd|auth|private/i;
const longValue = 16;

/**
 * Programs print the fields of a JSON secret one by one. Fields with a telling name and long values are taken;
 * short ones such as a region's name are not, because the log would lose its words.
 */
function jsonLeaves(secret: string): readonly string[] {
  if (!/^\s*[{[]/.test(secret)) return [];
  const leaves: string[] = [];
  const visit = (value: unknown, key: string): void => {
    if (typeof value === 'string') {
      if (tellingKey.test(key) || value.length >= longValue) leaves.push(value);
    } else if (Array.isArray(value)) {
      for (const item of value) visit(item, key);
    } else if (typeof value === 'object' && value !== null) {
      for (const [name, item] of Object.entries(value)) visit(item, name);
    }
  };
  try {
    visit(JSON.parse(secret), '');
  } catch {
    // Begins like JSON and is none: the value and its lines are all there is.
  }
  return leaves;
}

function encodingsOf(text: string): readonly string[] {
  return [
    text,
    ...base64Of(text),
    ...hexOf(text),
    ...percentOf(text),
    ...jsonOf(text),
    ...markupOf(text),
    ...quotedOf(text),
  ];
}

/**
 * Base64 of a text that stands anywhere in the encoded bytes: three alignments, without the characters that its
 * neighbours decide. Wrapped encodings (76 columns by default, 64 by openssl) are taken line by line.
 */
function base64Of(text: string): readonly string[] {
  const bytes = Buffer.from(text, 'utf8');
  const padded = bytes.toString('base64');
  const spellings = [padded.replace(/=+$/, ''), padded];
  for (const offset of [0, 1, 2]) {
    const encoded = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
    spellings.push(encoded.slice(offset === 0 ? 0 : offset + 1, Math.floor((8 * (offset + bytes.length)) / 6)));
  }
  const whole = spellings[2] ?? '';
  for (const columns of [64, 76]) if (whole.length > columns) spellings.push(...wrapped(whole, columns));
  return spellings.flatMap((spelling) => [spelling, spelling.replaceAll('+', '-').replaceAll('/', '_')]);
}

function wrapped(text: string, columns: number): readonly string[] {
  const lines: string[] = [];
  for (let at = 0; at < text.length; at += columns) lines.push(text.slice(at, at + columns));
  return lines.filter((line) => line.length >= 8);
}

function hexOf(text: string): readonly string[] {
  const lower = Buffer.from(text, 'utf8').toString('hex');
  return [lower, lower.toUpperCase()];
}

function percentOf(text: string): readonly string[] {
  const whole = text.toWellFormed();
  const component = encodeURIComponent(whole);
  const strict = component.replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  const form = strict.replaceAll('%20', '+');
  const every = Buffer.from(whole, 'utf8').toString('hex').replace(/../g, '%$&');
  const upper = [encodeURI(whole), component, strict, form, form.replaceAll('%2A', '*'), every.toUpperCase()];
  return upper.flatMap((spelling) => [spelling, spelling.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase())]);
}

function jsonOf(text: string): readonly string[] {
  const json = inJson(text);
  const spellings = [json, inJson(json), json.replaceAll('/', '\\/')];
  for (const upper of [false, true]) {
    const escaped = (character: string) => unicodeEscape(character, upper);
    const ascii = json.replace(/[\u007f-\uffff]/g, escaped);
    const html = json.replace(/[<>&\u2028\u2029]/g, escaped);
    const careful = text.replace(/["&'<>+`\\\u007f-\uffff]/g, escaped);
    const every = text.replace(/[\s\S]/g, escaped);
    spellings.push(ascii, html, html.replace(/[\u007f-\uffff]/g, escaped), careful, every);
  }
  return spellings;
}

function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function unicodeEscape(character: string, upper: boolean): string {
  const code = character.charCodeAt(0).toString(16).padStart(4, '0');
  return `\\u${upper ? code.toUpperCase() : code}`;
}

function markupOf(text: string): readonly string[] {
  const basic = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const quot = basic.replaceAll('"', '&quot;');
  const numeric = basic.replaceAll('"', '&#34;').replaceAll("'", '&#39;');
  return [
    basic,
    quot,
    numeric,
    quot.replaceAll("'", '&apos;'),
    quot.replaceAll("'", '&#39;'),
    quot.replaceAll("'", '&#x27;'),
    quot.replaceAll("'", '&#039;'),
  ];
}

function quotedOf(text: string): readonly string[] {
  const doubled = text.replaceAll('\\', '\\\\');
  return [
    doubled,
    doubled.replaceAll("'", "\\'"),
    doubled.replaceAll('"', '\\"'),
    text.replaceAll('"', '\\"'),
    text.replaceAll("'", "'\\''"),
    text.replaceAll("'", `'"'"'`),
    text.replaceAll("'", "''"),
    text.replaceAll('"', '""'),
    text.replace(/["$`\\]/g, '\\$&'),
    text.replace(/["$`]/g, '`$&'),
    text.replace(/[^A-Za-z0-9_\-.,:/@+%^=\u0080-\uffff\n]/g, '\\$&'),
    text.replace(/[^A-Za-z0-9_\-./\u0080-\uffff\n]/g, '\\$&'),
    text.replace(/[^A-Za-z0-9_\-.,:+/@\u0080-\uffff\n]/g, '\\$&'),
    ansiQuoted(text),
  ];
}

/** Inside `$'…'`, as bash prints values that hold control characters. */
function ansiQuoted(text: string): string {
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll("'", "\\'")
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
    .replaceAll('\u001b', '\\E');
}
