import type { Repository } from './repository.ts';

interface Wanted {
  readonly revision: string;
  readonly path: string;
}

/** A file's text at a revision; `null` where it has no such file. */
export async function fileAt(repository: Repository, { revision, path }: Wanted): Promise<string | null> {
  if (revision.startsWith('-')) return null;
  const answer = await repository.git.run({
    args: ['cat-file', 'blob', `${revision}:./${repository.insidePath(path)}`],
  });
  return answer.code === 0 ? answer.stdout : null;
}

/**
 * Texts of many files in one process. Git says how many bytes each has; where bytes that are not UTF-8 (those of
 * a folder too) make the count useless, or a name holds a line break, each file is asked for by itself.
 */
export async function filesAt(repository: Repository, wanted: readonly Wanted[]): Promise<readonly (string | null)[]> {
  if (wanted.length === 0) return [];
  const names = wanted.map(({ revision, path }) => `${revision}:./${repository.insidePath(path)}`);
  const texts = names.some((name) => name.includes('\n')) ? null : await batch(repository, names);
  if (texts !== null) return texts;
  const asked: (string | null)[] = [];
  for (const file of wanted) asked.push(await fileAt(repository, file));
  return asked;
}

async function batch(repository: Repository, names: readonly string[]): Promise<readonly (string | null)[] | null> {
  const stdin = names.map((name) => `${name}\n`).join('');
  const bytes = new TextEncoder().encode(await repository.git.require({ args: ['cat-file', '--batch'], stdin }));
  const texts: (string | null)[] = [];
  let at = 0;
  for (const name of names) {
    const end = bytes.indexOf(lineBreak, at);
    if (end < 0) return null;
    const header = decoder.decode(bytes.subarray(at, end));
    at = end + 1;
    if (header === `${name} missing`) {
      texts.push(null);
      continue;
    }
    const [, type, size] = /^[0-9a-f]+ (\w+) (\d+)$/.exec(header) ?? [];
    const next = at + Number(size);
    if (type === undefined || bytes[next] !== lineBreak) return null;
    texts.push(type === 'blob' ? decoder.decode(bytes.subarray(at, next)) : null);
    at = next + 1;
  }
  return at === bytes.length ? texts : null;
}

const lineBreak = 10;
// A byte order mark belongs to the text.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
