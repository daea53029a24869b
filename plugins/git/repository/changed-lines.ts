import { type ChangedLines, PluginFailure } from '../../../src/plugin-api/index.ts';
import { gitFailure } from './git-process.ts';
import type { Repository } from './repository.ts';

/** Lines that head has and the point where it left `base` has not. */
export async function changedLines(repository: Repository, base: string): Promise<readonly ChangedLines[]> {
  if (base.startsWith('-')) {
    throw new PluginFailure('handler', `\`${base}\` is no name of a commit or branch`, { retryable: false });
  }
  const args = ['diff', '--unified=0', '--no-color', '--no-ext-diff', '--no-textconv', '--find-renames'];
  const steady = ['--relative', '--src-prefix=a/', '--dst-prefix=b/', '--ignore-submodules=all', '--diff-filter=d'];
  const answer = await repository.git.run({ args: [...args, ...steady, `${base}...HEAD`, '--'] });
  if (answer.code === 0)
    return linesOf(answer.stdout).map(({ path, lines }) => ({ path: repository.base + path, lines }));
  if (/unknown revision|bad revision|no merge base|bad object|Invalid symmetric difference/i.test(answer.stderr)) {
    throw new PluginFailure(
      'not-found',
      `\`${base}\` cannot be compared with head: this clone lacks it, or the commits in between (in a job: \`fetch-depth: 0\` of actions/checkout)`,
      { cause: answer.stderr.trim(), retryable: false },
    );
  }
  throw gitFailure('diff', answer);
}

/** Reads a diff without context: within a hunk only its own lines come, so that no text is taken for a header. */
function linesOf(diff: string): readonly ChangedLines[] {
  const files: { readonly path: string; readonly lines: (readonly [number, number])[] }[] = [];
  let skip = 0;
  for (const line of diff.split('\n')) {
    if (skip > 0) {
      // The remark on a missing line break at the end of the file is no line of either side.
      if (!line.startsWith('\\')) skip -= 1;
      continue;
    }
    if (line.startsWith('+++ ')) {
      const path = pathOf(line.slice('+++ '.length));
      if (path !== null) files.push({ path, lines: [] });
      continue;
    }
    const hunk = /^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(line);
    if (hunk === null) continue;
    const [, removed = '1', start = '0', added = '1'] = hunk;
    skip = Number(removed) + Number(added);
    const first = Number(start);
    if (Number(added) > 0) files.at(-1)?.lines.push([first, first + Number(added) - 1]);
  }
  return files.filter(({ lines }) => lines.length > 0);
}

/** A name with a blank in it ends in a tab; one with odd characters stands in quotes. */
function pathOf(text: string): string | null {
  const name = text.startsWith('"') ? unquoted(text) : text.replace(/\t$/, '');
  return name.startsWith('b/') ? name.slice('b/'.length) : null;
}

const escapes: { readonly [letter: string]: number } = {
  a: 7,
  b: 8,
  t: 9,
  n: 10,
  v: 11,
  f: 12,
  r: 13,
  '"': 34,
  '\\': 92,
};

/** The quoting of C: octal numbers are bytes of UTF-8. */
function unquoted(text: string): string {
  const inner = text.slice(1, text.lastIndexOf('"'));
  const bytes: number[] = [];
  const encoder = new TextEncoder();
  for (const part of inner.match(/\\[0-7]{3}|\\[\s\S]|[^\\]+/g) ?? []) {
    if (!part.startsWith('\\')) bytes.push(...encoder.encode(part));
    else if (part.length === 4) bytes.push(Number.parseInt(part.slice(1), 8));
    else bytes.push(escapes[part.slice(1)] ?? part.charCodeAt(1));
  }
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(Uint8Array.from(bytes));
}
