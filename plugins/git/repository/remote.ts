import {
  type GitFetchAnswer,
  type GitFetchOptions,
  type GitRemoteState,
  type GitTag,
  PluginFailure,
} from '../../../src/plugin-api/index.ts';
import { type GitAnswer, type GitCommand, lastWords, withoutCredentials } from './git-process.ts';
import { isRemoteName, type Repository } from './repository.ts';
import { tagMap } from './tags.ts';

/** A remote that has not told its refs by then is taken for one that cannot be reached. */
const answerWithinMs = 60_000;

/** What a remote is asked for. */
export interface RemoteQuestion {
  readonly remote: string;
  readonly branch: string | null;
  /** Patterns; default: all. */
  readonly tags?: readonly string[] | undefined;
}

/** What the remote has of a branch and of tags; `null` where the repository has no such remote. */
export function remoteState(repository: Repository, question: RemoteQuestion): Promise<GitRemoteState | null> {
  return stateAt(repository, question.remote, question);
}

/** The same of the place that a push to the remote goes to. */
export async function pushState(repository: Repository, question: RemoteQuestion): Promise<GitRemoteState | null> {
  return stateAt(repository, await repository.pushAddress(question.remote), question);
}

async function stateAt(
  repository: Repository,
  address: string,
  { remote, branch, tags = ['*'] }: RemoteQuestion,
): Promise<GitRemoteState | null> {
  refuseOption(remote);
  const name = withoutCredentials(remote);
  const wanted = [...(branch === null ? [] : [`refs/heads/${branch}`]), ...tags.flatMap(peeledToo)];
  const answer = await askRemote(repository, {
    // `--heads` and `--tags` keep servers from listing every ref of every pull request.
    args: ['ls-remote', '--heads', '--tags', '--', address, ...wanted],
    timeoutMs: answerWithinMs,
  });
  if (answer.code !== 0) {
    if (isUnknownRemote(remote, answer.stderr)) return null;
    const cause = lastWords(answer.stderr) || `git ls-remote ended with code ${answer.code}`;
    return { name, reachable: false, cause, branch: null, tags: tagMap([]) };
  }
  const refs = refsOf(answer.stdout);
  const at = branch === null ? null : (refs.get(`refs/heads/${branch}`) ?? null);
  return { name, reachable: true, cause: null, branch: at, tags: tagMap(remoteTags(refs)) };
}

/** Object names of full refs on the remote, peeled for annotated tags. Rejects where it cannot be asked. */
export async function remoteRefs(
  repository: Repository,
  remote: string,
  refs: readonly string[],
): Promise<{ readonly [ref: string]: string | null }> {
  refuseOption(remote);
  const args = ['ls-remote', '--', remote, ...refs.flatMap((ref) => [ref, `${ref}^{}`])];
  const found = refsOf(await repository.git.require({ args, timeoutMs: answerWithinMs }));
  return Object.fromEntries(refs.map((ref) => [ref, found.get(`${ref}^{}`) ?? found.get(ref) ?? null]));
}

/** URL of a remote without credentials; `null` where there is no such remote. */
export async function remoteUrl(repository: Repository, remote: string): Promise<string | null> {
  const known = await repository.configuredUrl(remote);
  if (known !== null) return withoutCredentials(known);
  const answer = await repository.git.run({ args: ['remote', 'get-url', '--push', '--', remote] });
  return answer.code === 0 ? withoutCredentials(answer.stdout.trim()) : null;
}

/** The branch that the clone's `HEAD` of a remote stands for; `null` where there is none. */
export async function defaultBranch(repository: Repository, remote: string): Promise<string | null> {
  const before = `refs/remotes/${remote}/`;
  const answer = await repository.git.run({ args: ['symbolic-ref', '--quiet', `${before}HEAD`] });
  const ref = answer.code === 0 ? answer.stdout.trim() : '';
  return ref.startsWith(before) ? ref.slice(before.length) : null;
}

/** Brings commits and tags. */
export async function fetch(
  repository: Repository,
  remote: string,
  options: GitFetchOptions = {},
): Promise<GitFetchAnswer> {
  refuseOption(remote);
  const whole = options.unshallow === true && (await repository.isShallow()) ? ['--unshallow'] : [];
  const deeper = options.deepen === undefined ? [] : [`--deepen=${options.deepen}`];
  const tags = options.tags === true ? ['--tags'] : [];
  const branches = (options.branches ?? []).map((branch) => fetchedTo(remote, branch));
  const args = ['fetch', '--no-recurse-submodules', ...whole, ...deeper, ...tags, '--', remote, ...branches];
  const answer = await repository.git.run({ args });
  if (answer.code === 0) return { kind: 'fetched' };
  const clashes = [...answer.stderr.matchAll(/^ ! \[rejected\]\s+(\S+)\s+-> .*would clobber existing tag/gm)];
  if (clashes.length > 0) return { kind: 'clash', tags: clashes.map(([, tag]) => tag ?? '') };
  const message = lastWords(answer.stderr) || `git fetch ended with code ${answer.code}`;
  if (/couldn't find remote ref/i.test(answer.stderr)) return { kind: 'absent', message };
  return { kind: 'unreachable', message };
}

/** A branch of a named remote goes where git itself keeps it; that of a URL is only remembered as FETCH_HEAD. */
function fetchedTo(remote: string, branch: string): string {
  return isRemoteName(remote) ? `+refs/heads/${branch}:refs/remotes/${remote}/${branch}` : `refs/heads/${branch}`;
}

/** As `GitProcess.run`; a remote that does not answer in time is one that cannot be reached. */
async function askRemote(repository: Repository, command: GitCommand): Promise<GitAnswer> {
  try {
    return await repository.git.run(command);
  } catch (error) {
    const late = error instanceof PluginFailure && error.failure.kind === 'timeout';
    if (!late || command.timeoutMs === undefined || repository.context.signal.cancelled) throw error;
    return { code: 128, stdout: '', stderr: `it did not answer within ${command.timeoutMs / 1000} s` };
  }
}

export function refuseOption(remote: string): void {
  if (!remote.startsWith('-')) return;
  throw new PluginFailure('handler', `\`${remote}\` is no name of a remote`, { retryable: false });
}

/** Git takes a name that it does not know for a path, and says that there is no repository. */
export function isUnknownRemote(remote: string, stderr: string): boolean {
  return isRemoteName(remote) && stderr.includes(`'${remote}' does not appear to be a git repository`);
}

function peeledToo(pattern: string): readonly string[] {
  return pattern.endsWith('*') ? [`refs/tags/${pattern}`] : [`refs/tags/${pattern}`, `refs/tags/${pattern}^{}`];
}

function refsOf(output: string): ReadonlyMap<string, string> {
  const refs = new Map<string, string>();
  for (const line of output.split('\n')) {
    const [object, ref] = line.split('\t');
    if (object && ref) refs.set(ref, object);
  }
  return refs;
}

/** The remote tells of an annotated tag both its object and, under the name with `^{}`, what that leads to. */
function remoteTags(refs: ReadonlyMap<string, string>): readonly GitTag[] {
  return [...refs].flatMap(([ref, object]) => {
    if (!ref.startsWith('refs/tags/') || ref.endsWith('^{}')) return [];
    const peeled = refs.get(`${ref}^{}`);
    const name = ref.slice('refs/tags/'.length);
    return [{ name, object, annotated: peeled !== undefined, commit: peeled ?? object }];
  });
}
