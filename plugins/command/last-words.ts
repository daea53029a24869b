import type { Failure } from '../../src/plugin-api/index.ts';

const longestLine = 500;

/** The last line that says something, without colours: what a program prints before it gives up is mostly why. */
export function lastMeaningfulLine(output: string): string {
  const lines = withoutColours(output).split(/\r\n|\n|\r/);
  const last = lines.findLast((line) => /[\p{L}\p{N}]/u.test(line))?.trim() ?? '';
  return last.length > longestLine ? `${last.slice(0, longestLine)}…` : last;
}

const mostLines = 20;
const mostCharacters = 4000;

/** The end of the output, small enough to be kept with every failure; the step's log has it all. */
export function lastLines(output: string): string {
  const lines = withoutColours(output).trimEnd().split('\n').slice(-mostLines);
  while (lines.length > 1 && lines.join('\n').length > mostCharacters) lines.shift();
  return lines.join('\n').slice(-mostCharacters);
}

const colour = new RegExp(`${String.fromCharCode(27)}\\[[0-?]*[ -/]*[@-~]`, 'g');

function withoutColours(text: string): string {
  return text.replace(colour, '');
}

/** `path:line:`, as compilers and linters write it, and Python's `File "path", line 3`. */
const places = [
  /(?:^|[\s(])([\w@.][\w@./-]*):(\d+)(?::\d+)?[:)\s]/,
  /(?:^|[\s(])([\w@.][\w@./-]*)\((\d+)(?:,\d+)?\)/,
  /File "([^"]+)", line (\d+)/,
];

/** The place that a line of output names, where such a file is in the workspace. */
export async function placeIn(
  line: string,
  isFile: (path: string) => Promise<boolean>,
): Promise<Pick<Failure, 'file' | 'line'>> {
  for (const place of places) {
    const [, file, number] = place.exec(line) ?? [];
    if (file !== undefined && number !== undefined && (await exists(file, isFile)))
      return { file, line: Number(number) };
  }
  return {};
}

/** A path that leads out of the workspace is refused there; here it only means: not one of ours. */
async function exists(path: string, isFile: (path: string) => Promise<boolean>): Promise<boolean> {
  try {
    return await isFile(path);
  } catch {
    return false;
  }
}
