import {
  type AdapterContext,
  type GitAdapter,
  type GitCommit,
  type GitRefUpdate,
  optionalText,
  PluginFailure,
  type PushAnswer,
} from '../../src/plugin-api/index.ts';
import { GitProcess, gitFailure, lastWords, withoutCredentials } from './git-process.ts';
import { pathspecs } from './pathspec.ts';
import { pushAnswerOf } from './push-answer.ts';

type Change = Awaited<ReturnType<GitAdapter['changes']>>[number];

interface Checkout {
  /** `null` on a detached head. */
  readonly branch: string | null;
  /** Path of the folder inside the repository, with a `/` at the end; empty at its top. */
  readonly prefix: string;
}

/**
 * Git by its command line. What cannot change within one handler call is asked once; every other question costs one
 * process, never one for each path or commit.
 */
export class ProcessGit implements GitAdapter {
  readonly #context: AdapterContext;
  readonly #git: GitProcess;
  /** Folder of the repository relative to the workspace, with a `/` at the end; empty at its top. */
  readonly #base: string;
  #checkout: Promise<Checkout> | null = null;

  constructor(context: AdapterContext) {
    const folder = optionalText(context.config, 'workspace_root') ?? '.';
    const trimmed = folder.replace(/^\.\/+/, '').replace(/\/+$/, '');
    this.#context = context;
    this.#base = trimmed === '' || trimmed === '.' ? '' : `${trimmed}/`;
    this.#git = new GitProcess(context, this.#base === '' ? '.' : trimmed);
  }

  async settings(): Promise<{ readonly remote: string; readonly branch: string | null }> {
    const { config } = this.#context;
    return { remote: optionalText(config, 'remote') ?? 'origin', branch: optionalText(config, 'branch') };
  }

  async branch(): Promise<string | null> {
    const configured = optionalText(this.#context.config, 'branch');
    return configured ?? (await this.checkedOutBranch()) ?? this.#branchOfEvent();
  }

  async checkedOutBranch(): Promise<string | null> {
    return (await this.#whereabouts()).branch;
  }

  async isShallow(): Promise<boolean> {
    return (await this.#git.require({ args: ['rev-parse', '--is-shallow-repository'] })).trim() === 'true';
  }

  async head(): Promise<string | null> {
    return this.#objectOf('HEAD');
  }

  async changes(): Promise<readonly Change[]> {
    const { prefix } = await this.#whereabouts();
    const args = ['--no-optional-locks', 'status', '--porcelain=v2', '-z', '--untracked-files=all', '--no-renames'];
    const records = (await this.#git.require({ args: [...args, '--', ...pathspecs(['.'])] })).split('\0');
    return records
      .flatMap((record) => changesOf(record))
      .map((change) => ({
        ...change,
        path: this.#base + (change.path.startsWith(prefix) ? change.path.slice(prefix.length) : change.path),
      }));
  }

  async staged(): Promise<readonly string[]> {
    const args = ['diff', '--cached', '--name-only', '-z', '--no-renames', '--no-ext-diff', '--relative'];
    const names = (await this.#git.require({ args })).split('\0').filter((name) => name !== '');
    return names.map((name) => this.#base + name);
  }

  async fileAt(revision: string, path: string): Promise<string | null> {
    const inside = path.startsWith(this.#base) ? path.slice(this.#base.length) : path;
    const args = ['show', '--no-textconv', '--end-of-options', `${revision}:./${inside}`];
    const answer = await this.#git.run({ args });
    return answer.code === 0 ? answer.stdout : null;
  }

  async stage(patterns: readonly string[]): Promise<readonly string[]> {
    const answer = await this.#git.run({ args: ['add', '--all', '--', ...pathspecs(patterns)] });
    if (answer.code !== 0) this.#acceptStaging(answer.stderr, () => gitFailure('add', answer));
    return this.staged();
  }

  async commit(message: string): Promise<string> {
    // Only blanks at the ends are tidied: by default git would drop lines that begin with `#`.
    const args = ['commit', '--cleanup=whitespace', '--file=-'];
    const answer = await this.#git.run({ args, stdin: message });
    if (answer.code !== 0) throw identityFailure(answer.stderr) ?? commitFailure(gitFailure('commit', answer));
    if (answer.stderr.trim() !== '') this.#context.log('info', lastWords(answer.stderr));
    return (await this.head()) ?? '';
  }

  async tagTarget(tag: string): Promise<string | null> {
    return this.#objectOf(`refs/tags/${tag}`);
  }

  async headAndTag(tag: string): Promise<{ readonly head: string | null; readonly target: string | null }> {
    const name = `refs/tags/${tag}`;
    const answer = await this.#git.run({ args: ['show-ref', '--head', '--dereference', '--', 'HEAD', name] });
    if (answer.code > 1) throw gitFailure('show-ref', answer);
    const objects = new Map<string, string>();
    for (const line of answer.stdout.split('\n')) {
      const border = line.indexOf(' ');
      // The peeled line of an annotated tag follows its own and takes its place.
      if (border > 0) objects.set(line.slice(border + 1).replace(/\^\{\}$/, ''), line.slice(0, border));
    }
    return { head: objects.get('HEAD') ?? null, target: objects.get(name) ?? null };
  }

  async tagsInHistory(tags: readonly string[]): Promise<readonly string[]> {
    if (tags.length === 0) return [];
    const names = tags.map((tag) => `refs/tags/${tag}`);
    const args = ['for-each-ref', '--merged=HEAD', '--format=%(refname)', '--', ...names];
    const found = (await this.#git.require({ args })).split('\n');
    return tags.filter((tag) => found.includes(`refs/tags/${tag}`));
  }

  async changedBy(commit: string): Promise<readonly string[]> {
    const args = [
      'diff-tree',
      '--no-commit-id',
      '--name-only',
      '--root',
      '-r',
      '-z',
      '-m',
      '--first-parent',
      '--relative',
    ];
    const names = await this.#git.require({ args: [...args, '--end-of-options', commit] });
    return names
      .split('\0')
      .filter((name) => name !== '')
      .map((name) => this.#base + name);
  }

  async createTag(tag: string, message: string | null): Promise<void> {
    // A lightweight tag says so: where the user's settings sign tags, git would open an editor for a message.
    const kind = message === null ? ['--no-sign'] : ['--annotate', '--cleanup=whitespace', '--file=-'];
    const answer = await this.#git.run({ args: ['tag', ...kind, '--', tag, 'HEAD'], stdin: message ?? '' });
    if (answer.code === 0) return;
    if (/is not a valid tag name/.test(answer.stderr)) {
      throw new PluginFailure('handler', `\`${tag}\` is not a name that git takes for a tag: check \`tag_template\``, {
        retryable: false,
      });
    }
    throw identityFailure(answer.stderr) ?? gitFailure('tag', answer);
  }

  async lastTag(): Promise<string | null> {
    const answer = await this.#git.run({ args: ['describe', '--tags', '--abbrev=0'] });
    if (answer.code === 0) return answer.stdout.trim();
    if (/No names found|No tags can describe|cannot describe|Not a valid object name HEAD/i.test(answer.stderr))
      return null;
    throw gitFailure('describe', answer);
  }

  async commits(since: string | null, limit: number): Promise<readonly GitCommit[]> {
    const range = since === null ? 'HEAD' : `${isObjectName(since) ? since : `refs/tags/${since}`}..HEAD`;
    const format = '--format=%H%x00%s%x00%b%x00%an';
    const args = ['log', '-z', '--encoding=UTF-8', `--max-count=${limit}`, format, '--end-of-options', range, '--'];
    const answer = await this.#git.run({ args });
    if (answer.code !== 0) {
      if (/does not have any commits|bad revision 'HEAD'|unknown revision/.test(answer.stderr) && since === null)
        return [];
      throw gitFailure('log', answer);
    }
    return commitsOf(answer.stdout);
  }

  async remoteRefs(remote: string, refs: readonly string[]): Promise<{ readonly [ref: string]: string | null }> {
    const args = ['ls-remote', '--', remote, ...refs.flatMap((ref) => [ref, `${ref}^{}`])];
    const found = new Map<string, string>();
    for (const line of (await this.#git.require({ args })).split('\n')) {
      const [object, ref] = line.split('\t');
      // The peeled line of an annotated tag follows its own and takes its place.
      if (object && ref) found.set(ref.replace(/\^\{\}$/, ''), object);
    }
    return Object.fromEntries(refs.map((ref) => [ref, found.get(ref) ?? null]));
  }

  async push(remote: string, refs: readonly GitRefUpdate[]): Promise<PushAnswer> {
    const pairs = refs.map((ref) => `${ref.source}:${ref.target}`);
    // Tags of other origin must not travel along, whatever the user's settings say.
    const args = ['push', '--atomic', '--porcelain', '--no-follow-tags', '--', remote, ...pairs];
    const answer = await this.#git.run({ args });
    const missing = /src refspec (\S+) does not match any/.exec(answer.stderr)?.[1];
    if (answer.code !== 0 && missing) {
      throw new PluginFailure(
        'not-found',
        `there is nothing to push: \`${missing}\` does not exist in this repository`,
        {
          retryable: false,
        },
      );
    }
    return pushAnswerOf(answer);
  }

  async remoteUrl(remote: string): Promise<string | null> {
    const answer = await this.#git.run({ args: ['remote', 'get-url', '--', remote] });
    return answer.code === 0 ? withoutCredentials(answer.stdout.trim()) : null;
  }

  async #objectOf(revision: string): Promise<string | null> {
    const args = ['rev-parse', '--quiet', '--verify', '--end-of-options', `${revision}^{commit}`];
    const answer = await this.#git.run({ args });
    // Older versions of git print the marker of the options' end back.
    return answer.code === 0 ? (answer.stdout.trim().split('\n').at(-1) ?? null) : null;
  }

  #whereabouts(): Promise<Checkout> {
    this.#checkout ??= this.#readHead().then((known) => known ?? this.#askWhereabouts());
    return this.#checkout;
  }

  /** HEAD of a plain checkout is a file with a fixed format: reading it spares a process in every step of a release. */
  async #readHead(): Promise<Checkout | null> {
    const { env, files } = this.#context;
    if (env.GIT_DIR || env.GIT_WORK_TREE) return null;
    const text = await files.read(`${this.#base}.git/HEAD`).catch(() => null);
    if (text === null) return null;
    if (/^[0-9a-f]{40,64}\s*$/.test(text)) return { branch: null, prefix: '' };
    const branch = /^ref: refs\/heads\/(.+?)\s*$/.exec(text)?.[1];
    return branch && branch !== '.invalid' ? { branch, prefix: '' } : null;
  }

  async #askWhereabouts(): Promise<Checkout> {
    const prefix = (await this.#git.require({ args: ['rev-parse', '--show-prefix'] })).trimEnd();
    const answer = await this.#git.run({ args: ['symbolic-ref', '--quiet', 'HEAD'] });
    const branch = answer.code === 0 ? /^refs\/heads\/(.+)$/.exec(answer.stdout.trim())?.[1] : undefined;
    return { branch: branch ?? null, prefix };
  }

  /** CI checks out a commit, not a branch; the event still knows the branch. A pull request's own name stands first. */
  #branchOfEvent(): string | null {
    const { env } = this.#context;
    if (env.GITHUB_HEAD_REF) return env.GITHUB_HEAD_REF;
    return /^refs\/heads\/(.+)$/.exec(env.GITHUB_REF ?? '')?.[1] ?? null;
  }

  /** Ignored files that a path names are left out with a word; a path that matches nothing is a failure. */
  #acceptStaging(stderr: string, failure: () => PluginFailure): void {
    if (/paths are ignored by one of your/.test(stderr)) {
      const names = lastWords(stderr).split('\n').slice(1);
      this.#context.log('warning', `left out because git ignores it: ${names.join(', ')}`);
      return;
    }
    const unmatched = /pathspec '(.*)' did not match any file/.exec(stderr)?.[1]?.replace(/^:\(glob\)/, '');
    if (unmatched === undefined) throw failure();
    if (unmatched === '*' || unmatched === '.') return;
    throw new PluginFailure('not-found', `the path \`${unmatched}\` matches no file of the repository`, {
      retryable: false,
    });
  }
}

/** One record of `git status --porcelain=v2 -z`; a path can be staged and changed again since. */
function changesOf(record: string): readonly Change[] {
  if (record.startsWith('? ')) return [{ path: record.slice(2), state: 'untracked' }];
  const ordinary = /^1 (.)(.) (?:\S+ ){6}([\s\S]+)$/.exec(record);
  const unmerged = /^u .. (?:\S+ ){8}([\s\S]+)$/.exec(record);
  if (unmerged?.[1]) return [{ path: unmerged[1], state: 'unstaged' }];
  if (!ordinary) return [];
  const [, index = '.', work = '.', path = ''] = ordinary;
  const changes: Change[] = [];
  if (index !== '.') changes.push({ path, state: 'staged' });
  if (work !== '.') changes.push({ path, state: 'unstaged' });
  return changes;
}

function commitsOf(output: string): readonly GitCommit[] {
  const fields = output.split('\0');
  const commits: GitCommit[] = [];
  for (let at = 0; at + 3 < fields.length; at += 4) {
    const [hash = '', subject = '', body = '', author = ''] = fields.slice(at, at + 4);
    commits.push({ hash, subject, body: body.trim(), author });
  }
  return commits;
}

function isObjectName(text: string): boolean {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text);
}

function identityFailure(stderr: string): PluginFailure | null {
  if (!/identity unknown|tell me who you are|empty ident name|auto-detect email|no email was given/i.test(stderr))
    return null;
  return new PluginFailure(
    'handler',
    'git does not know who is committing: set `git config user.name` and `git config user.email`, or GIT_AUTHOR_NAME, GIT_AUTHOR_EMAIL, GIT_COMMITTER_NAME and GIT_COMMITTER_EMAIL in the `env` of the step',
    { retryable: false },
  );
}

/** A hook that refuses will refuse again. */
function commitFailure(failure: PluginFailure): PluginFailure {
  const { kind, message, exitCode } = failure.failure;
  return new PluginFailure(kind, message, { ...(exitCode === undefined ? {} : { exitCode }), retryable: false });
}
