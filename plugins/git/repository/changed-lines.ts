import { type ChangedLines, PluginFailure } from '../../../src/plugin-api/index.ts';
import { gitFailure } from './git-process.ts';
import type { Repository } from './repository.ts';

/**
 * The files in which head differs from the point where it left `base`, with the lines that only head has: none where a
 * file was deleted, renamed, given another mode, is binary, or only lost lines.
 */
export async function changedLines(repository: Repository, base: string): Promise<readonly ChangedLines[]> {
  if (base.startsWith('-')) {
    throw new PluginFailure('handler', `\`${base}\` is no name of a commit or branch`, { retryable: false });
  }
  const args = ['diff', '--raw', '--patch', '--unified=0', '--no-color', '--no-ext-diff', '--no-textconv'];
  const steady = ['--find-renames', '--relative', '--src-prefix=a/', '--dst-prefix=b/', '--ignore-submodules=all'];
  const answer = await repository.git.run({ args: [...args, ...steady, `${base}...HEAD`, '--'] });
  if (answer.code === 0)
    return filesOf(answer.stdout).map(({ path, lines }) => ({ path: repository.base + path, lines }));
  if (/unknown revision|bad revision|no merge base|bad object|Invalid symmetric difference/i.test(answer.stderr)) {
    throw new PluginFailure(
      'not-found',
      `\`${base}\` cannot be compared with head: this clone lacks it, or the commits in between (in a job: \`fetch-depth: 0\` of actions/checkout)`,
      { cause: answer.stderr.trim(), retryable: false },
    );
  }
  throw gitFailure('diff', answer);
}

/**
 * Reads the list of files and the diff without context behind it. Within a hunk only its own lines come, so that no text
 * is taken for a header.
 */
function filesOf(diff: string): readonly ChangedLines[] {
  const files = new Map<string, (readonly [number, number])[]>();
  let lines: (readonly [number, number])[] = [];
  let skip = 0;
  for (const line of diff.split('\n')) {
    if (skip > 0) {
      // The remark on a missing line break at the end of the file is no line of either side.
      if (!line.startsWith('\\')) skip -= 1;
      continue;
    }
    for (const path of listedPaths(line)) files.set(path, []);
    if (line.startsWith('+++ ')) {
      const path = pathOf(line.slice('+++ '.length));
      lines = (path === null ? undefined : files.get(path)) ?? [];
      continue;
    }
    const hunk = /^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(line);
    if (hunk === null) continue;
    const [, removed = '1', start = '0', added = '1'] = hunk;
    skip = Number(removed) + Number(added);
    const first = Number(start);
    if (Number(added) > 0) lines.push([first, first + Number(added) - 1]);
  }
  return [...files].map(([path, stretches]) => ({ path, lines: stretches }));
}

/** A line of the list, such as `:100644 100644 5d8ea4d 1bc307a M<tab>a.ts`; of a rename it has both names. */
function listedPaths(line: string): readonly string[] {
  if (!line.startsWith(':')) return [];
  return line.split('\t').slice(1).map(unquoted);
}

/** A name with a blank in it ends in a tab. */
function pathOf(text: string): string | null {
  const name = unquoted(text.replace(/\t$/, ''));
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

/** A name with odd characters stands in the quotes of C: octal numbers are bytes of UTF-8. */
function unquoted(text: string): string {
  if (!text.startsWith('"')) return text;
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
