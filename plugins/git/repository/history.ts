import {
  type GitCommit,
  type GitCommitRange,
  type GitLogCommit,
  PluginFailure,
} from '../../../src/plugin-api/index.ts';
import { gitFailure } from './git-process.ts';
import { type Repository, revisionOf } from './repository.ts';

/** Commits after `since` up to head, newest first. */
export async function commitsSince(
  repository: Repository,
  since: string | null,
  limit: number,
): Promise<readonly GitCommit[]> {
  const range = since === null ? 'HEAD' : `${revisionOf(since)}..HEAD`;
  const format = '--format=%H%x00%s%x00%b%x00%an';
  const args = ['log', '-z', '--encoding=UTF-8', `--max-count=${limit}`, format, '--end-of-options', range, '--'];
  const answer = await repository.git.run({ args });
  if (answer.code !== 0) {
    if (since === null && hasNoCommits(answer.stderr)) return [];
    throw gitFailure('log', answer);
  }
  const fields = answer.stdout.split('\0');
  const commits: GitCommit[] = [];
  for (let at = 0; at + 3 < fields.length; at += 4) {
    const [hash = '', subject = '', body = '', author = ''] = fields.slice(at, at + 4);
    commits.push({ hash, subject, body: body.trim(), author });
  }
  return commits;
}

/** The same one by one, as git gives them; nothing of them is kept. */
export async function eachCommit(
  repository: Repository,
  range: GitCommitRange,
  visit: (commit: GitLogCommit) => void,
): Promise<void> {
  const until = revisionOf(range.until ?? 'HEAD');
  const revisions = range.since === null ? until : `${revisionOf(range.since)}..${until}`;
  const except = (range.except ?? []).map((revision) => `^${revisionOf(revision)}`);
  const paths = (range.paths ?? []).map((path) => `:(literal)${repository.insidePath(path)}`);
  const reader = new LogReader(visit);
  const answer = await repository.git.run({
    args: [
      'log',
      '-z',
      '--encoding=UTF-8',
      '--format=%H%x00%P%x00%s%x00%b%x00%an%x00%ae%x00%aI',
      ...(range.limit === undefined ? [] : [`--max-count=${range.limit}`]),
      ...(range.firstParent === true ? ['--first-parent'] : []),
      '--end-of-options',
      revisions,
      ...except,
      '--',
      ...paths,
    ],
    onStdout: (text) => reader.take(text),
  });
  // Empty where the pieces went to `onStdout`; a runner that knows no pieces gives the whole.
  reader.take(answer.stdout);
  if (answer.code === 0) return reader.end();
  if (range.since === null && range.until === undefined && hasNoCommits(answer.stderr)) return;
  throw gitFailure('log', answer);
}

/** Puts pieces of the log together again. Each character is looked at once, however long a message is. */
class LogReader {
  readonly #visit: (commit: GitLogCommit) => void;
  #fields: string[] = [];
  /** Pieces of the field that has not ended yet. */
  #open: string[] = [];
  #thrown: { readonly error: unknown } | null = null;

  constructor(visit: (commit: GitLogCommit) => void) {
    this.#visit = visit;
  }

  /** What `visit` throws is kept for the end: in between, nobody could catch it. */
  take(text: string): undefined {
    let from = 0;
    for (let at = text.indexOf('\0'); at >= 0; at = text.indexOf('\0', from)) {
      this.#open.push(text.slice(from, at));
      this.#endField();
      from = at + 1;
    }
    if (from < text.length) this.#open.push(text.slice(from));
  }

  end(): void {
    if (this.#thrown !== null) throw this.#thrown.error;
    if (this.#fields.length > 0 || this.#open.length > 0) {
      throw new PluginFailure('handler', 'the log of git ended in the middle of a commit');
    }
  }

  #endField(): void {
    this.#fields.push(this.#open.join(''));
    this.#open = [];
    if (this.#fields.length < 7) return;
    const [hash = '', parents = '', subject = '', body = '', author = '', authorEmail = '', date = ''] = this.#fields;
    this.#fields = [];
    if (this.#thrown !== null) return;
    const above = parents === '' ? [] : parents.split(' ');
    try {
      this.#visit({ hash, parents: above, subject, body: body.trim(), author, authorEmail, date });
    } catch (error) {
      this.#thrown = { error };
    }
  }
}

function hasNoCommits(stderr: string): boolean {
  return /does not have any commits|bad revision 'HEAD'|unknown revision/.test(stderr);
}

/** Paths that a commit changed against its first parent. */
export async function changedBy(repository: Repository, commit: string): Promise<readonly string[]> {
  const names = ['--no-commit-id', '--name-only', '--root', '-r', '-z', '-m', '--first-parent', '--relative'];
  const output = await repository.git.require({ args: ['diff-tree', ...names, '--end-of-options', commit] });
  const paths = output.split('\0').filter((name) => name !== '');
  return paths.map((path) => repository.base + path);
}

export async function isAncestor(repository: Repository, ancestor: string, descendant: string): Promise<boolean> {
  const args = ['merge-base', '--is-ancestor', '--', ancestor, descendant];
  const answer = await repository.git.run({ args });
  if (answer.code > 1) throw gitFailure('merge-base', answer);
  return answer.code === 0;
}

export async function mergeBase(repository: Repository, a: string, b: string): Promise<string | null> {
  const answer = await repository.git.run({ args: ['merge-base', '--', a, b] });
  if (answer.code > 1) throw gitFailure('merge-base', answer);
  return answer.code === 0 ? answer.stdout.trim() : null;
}

/** Commits that only one of the two has; `null` where this clone lacks one of them. */
export async function aheadBehind(
  repository: Repository,
  a: string,
  b: string,
): Promise<{ readonly ahead: number; readonly behind: number } | null> {
  const range = `${a}...${b}`;
  const args = ['rev-list', '--left-right', '--count', '--end-of-options', range, '--'];
  const answer = await repository.git.run({ args });
  if (answer.code !== 0) {
    if (/bad revision|bad object|Invalid symmetric difference|unknown revision/i.test(answer.stderr)) return null;
    throw gitFailure('rev-list', answer);
  }
  const [ahead = '', behind = ''] = answer.stdout.trim().split('\t');
  return { ahead: Number(ahead), behind: Number(behind) };
}

/** Full refs that hold a commit. */
export async function refsWith(repository: Repository, commit: string): Promise<readonly string[]> {
  const args = [
    'for-each-ref',
    `--contains=${commit}`,
    '--format=%(refname)',
    '--',
    'refs/heads',
    'refs/tags',
    'refs/remotes',
  ];
  return (await repository.git.require({ args })).split('\n').filter((ref) => ref !== '');
}
