/** A workflow command as the runner reads it from a line of the log. */
export interface RunnerCommand {
  readonly name: string;
  readonly properties: { readonly [name: string]: string };
  readonly data: string;
}

/** The names that the runner registers; anything else is a line like every other. */
const registered = new Set(
  (
    'add-mask add-matcher add-path debug echo endgroup error group internal-set-repo-path notice remove-matcher ' +
    'save-state set-env set-output stop-commands warning'
  ).split(' '),
);

/** White space as the runner's platform trims it. */
const leadingBlanks = /^[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/;

/** `null` where the line is no command. The newer spelling is looked for first, as the runner does. */
export function readCommand(line: string): RunnerCommand | null {
  return readColons(line) ?? readBracket(line);
}

/** While commands are stopped only the token resumes them. */
export function resumesCommands(line: string, token: string): boolean {
  const text = line.replace(leadingBlanks, '').toLowerCase();
  return text.startsWith(`::${token.toLowerCase()}::`) || text.includes(`##[${token.toLowerCase()}]`);
}

/** `::name key=value,key=value::data`, at the start of the line after white space. */
function readColons(line: string): RunnerCommand | null {
  const text = line.replace(leadingBlanks, '');
  const end = text.startsWith('::') ? text.indexOf('::', 2) : -1;
  if (end < 0) return null;
  return command(text.slice(2, end), text.slice(end + 2), ',', [
    ['%0D', '\r'],
    ['%0A', '\n'],
    ['%3A', ':'],
    ['%2C', ','],
    ['%25', '%'],
  ]);
}

/** `##[name key=value;key=value]data`, anywhere in the line. */
function readBracket(line: string): RunnerCommand | null {
  const start = line.indexOf('##[');
  const end = start < 0 ? -1 : line.indexOf(']', start);
  if (end < 0) return null;
  return command(line.slice(start + 3, end), line.slice(end + 1), ';', [
    ['%3B', ';'],
    ['%0D', '\r'],
    ['%0A', '\n'],
    ['%5D', ']'],
  ]);
}

type Escapes = readonly (readonly [code: string, character: string])[];

function command(info: string, data: string, separator: string, escapes: Escapes): RunnerCommand | null {
  const space = info.indexOf(' ');
  const name = (space < 0 ? info : info.slice(0, space)).toLowerCase();
  if (!registered.has(name)) return null;
  const properties = (space < 0 ? '' : info.slice(space + 1)).split(separator).flatMap((pair) => {
    const equals = pair.indexOf('=');
    return equals < 1 ? [] : [[pair.slice(0, equals).trim(), unescaped(pair.slice(equals + 1), escapes)] as const];
  });
  return { name, properties: Object.fromEntries(properties), data: unescaped(data, escapes) };
}

function unescaped(text: string, escapes: Escapes): string {
  return escapes.reduce((result, [code, character]) => result.replaceAll(code, character), text);
}
