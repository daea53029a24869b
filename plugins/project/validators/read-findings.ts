import { type Finding, isJsonMap, type Json, type JsonMap } from '../../../src/plugin-api/index.ts';

/**
 * The findings in what a validator printed: lines that are JSON maps with a `message`, and annotations of the runner
 * (`::error file=a.md,line=3::text`). All other lines are its own. `root` is taken off absolute paths.
 */
export function readFindings(output: string, rule: string, root: string): readonly Finding[] {
  return output.split(/\r?\n/).flatMap((line) => {
    const text = line.trim();
    const finding = text.startsWith('::') ? annotation(text) : text.startsWith('{') ? jsonFinding(text) : null;
    if (finding === null) return [];
    return [{ ...finding, rule: finding.rule ?? rule, ...fileOf(finding.file, root) }];
  });
}

const levels = new Map<string, Finding['level']>([
  ['error', 'error'],
  ['err', 'error'],
  ['fatal', 'error'],
  ['critical', 'error'],
  ['failure', 'error'],
  ['warning', 'warning'],
  ['warn', 'warning'],
  ['notice', 'notice'],
  ['note', 'notice'],
  ['info', 'notice'],
  ['information', 'notice'],
  ['hint', 'notice'],
]);

function jsonFinding(text: string): Finding | null {
  const map = parsedMap(text);
  if (map === null) return null;
  const message = map.message ?? map.msg;
  if (typeof message !== 'string') return null;
  const level = levelOf(map.level ?? map.severity ?? map.type);
  const file = map.file ?? map.path;
  // Without a level and without a file it is a line of a structured log, not a finding.
  if (level === null && typeof file !== 'string') return null;
  const rule = map.rule ?? map.code;
  const hint = map.hint ?? map.fix;
  return {
    level: level ?? 'error',
    message,
    ...(typeof file === 'string' ? { file } : {}),
    ...place('line', map.line),
    ...place('column', map.column ?? map.col),
    ...(typeof rule === 'string' ? { rule } : {}),
    ...(typeof hint === 'string' && hint.trim() !== '' ? { hint } : {}),
  };
}

function annotation(text: string): Finding | null {
  const match = /^::(error|warning|notice)(?:\s([^:]*(?::(?!:)[^:]*)*))?::(.*)$/i.exec(text);
  const level = levelOf(match?.[1]?.toLowerCase());
  if (!match || level === null) return null;
  const properties = propertiesOf(match[2] ?? '');
  const { file, title } = properties;
  const message = unescaped(match[3] ?? '');
  return {
    level,
    message: title ? `${title}: ${message}` : message,
    ...(file ? { file } : {}),
    ...place('line', properties.line),
    ...place('column', properties.col),
  };
}

function propertiesOf(text: string): { readonly [name: string]: string } {
  const pairs = text.split(',').flatMap((pair) => {
    const border = pair.indexOf('=');
    if (border === -1) return [];
    const value = pair
      .slice(border + 1)
      .replace(/%3A/gi, ':')
      .replace(/%2C/gi, ',');
    return [[pair.slice(0, border).trim(), unescaped(value)] as const];
  });
  return Object.fromEntries(pairs);
}

/** The runner's own escapes. `%25` comes last: it must not make new ones. */
function unescaped(text: string): string {
  return text.replace(/%0D/gi, '\r').replace(/%0A/gi, '\n').replace(/%25/g, '%');
}

function levelOf(value: Json | undefined): Finding['level'] | null {
  if (typeof value !== 'string') return null;
  return levels.get(value.toLowerCase()) ?? null;
}

function place(name: 'line' | 'column', value: Json | undefined): { readonly [place: string]: number } {
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isInteger(number) && number > 0 ? { [name]: number } : {};
}

function fileOf(file: string | undefined, root: string): { readonly file?: string } {
  if (file === undefined) return {};
  const path = file.replaceAll('\\', '/');
  const inside = path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path;
  return { file: inside.replace(/^(?:\.\/)+/, '') };
}

function parsedMap(text: string): JsonMap | null {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonMap(value) ? value : null;
  } catch {
    // Output that only looks like JSON is output.
    return null;
  }
}
