import { type AdapterContext, type GitUpstream, optionalText } from '../../../src/plugin-api/index.ts';
import { GitProcess } from './git-process.ts';

/** What is checked out, and where the folder stands in its repository. */
export interface Checkout {
  /** `null` on a detached head. */
  readonly branch: string | null;
  /** Path of the folder inside the repository, with a `/` at the end; empty at its top. */
  readonly prefix: string;
}

export type UnderWay = 'merge' | 'cherry-pick' | 'revert' | 'rebase';

/** By what stands in the folder of the repository meanwhile. */
const markersOf: { readonly [marker: string]: UnderWay } = {
  MERGE_HEAD: 'merge',
  CHERRY_PICK_HEAD: 'cherry-pick',
  REVERT_HEAD: 'revert',
  'rebase-merge': 'rebase',
  'rebase-apply': 'rebase',
};

/** Of the indexes of packs: some 35,000 objects, whose commits git walks through in a tenth of a second. */
const longIndexBytes = 1_000_000;

/**
 * The repository that a handler call works on. In a plain checkout (a folder `.git` at its top, refs as files) the
 * smallest questions are answered from those files, whose format is fixed: that spares a process in every step of a
 * release. Everywhere else git is asked.
 */
export class Repository {
  readonly context: AdapterContext;
  readonly git: GitProcess;
  /** Folder of the repository relative to the workspace, with a `/` at the end; empty at its top. */
  readonly base: string;
  #plain: Promise<boolean> | null = null;
  #checkout: Promise<Checkout> | null = null;
  #usualRemote: Promise<string> | null = null;

  constructor(context: AdapterContext) {
    const folder = optionalText(context.config, 'workspace_root') ?? '.';
    const trimmed = folder.replace(/^(?:\.\/+)+/, '').replace(/\/+$/, '');
    this.context = context;
    this.base = trimmed === '' || trimmed === '.' ? '' : `${trimmed}/`;
    this.git = new GitProcess(context, this.base === '' ? '.' : trimmed);
  }

  /** Asked once a handler call, unless something here checks out another branch. */
  checkout(): Promise<Checkout> {
    this.#checkout ??= this.#readHead().then((known) => known ?? this.#askCheckout());
    return this.#checkout;
  }

  forgetCheckout(): void {
    this.#checkout = null;
  }

  /** The commit that is checked out; `null` where there is none yet. */
  async head(): Promise<string | null> {
    const known = await this.#readHead();
    if (known?.commit) return known.commit;
    const ref = known?.branch ? await this.readRef(`refs/heads/${known.branch}`) : null;
    return ref ?? this.commitOf('HEAD');
  }

  /** The commit that a revision leads to; `null` where there is no such thing. */
  async commitOf(revision: string): Promise<string | null> {
    return this.objectOf(`${revision}^{commit}`);
  }

  async objectOf(revision: string): Promise<string | null> {
    const answer = await this.git.run({ args: ['rev-parse', '--quiet', '--verify', '--end-of-options', revision] });
    // Older versions of git print the marker of the options' end back.
    return answer.code === 0 ? (answer.stdout.trim().split('\n').at(-1) ?? null) : null;
  }

  /** What a ref of a plain checkout points at, if it stands in a file of its own: that goes before packed refs. */
  async readRef(ref: string): Promise<string | null> {
    const text = await this.#readPlain(ref);
    return text !== null && isObjectName(text.trim()) ? text.trim() : null;
  }

  async isShallow(): Promise<boolean> {
    if (await this.#isPlain()) return ((await this.#readPlain('shallow')) ?? '') !== '';
    return (await this.git.require({ args: ['rev-parse', '--is-shallow-repository'] })).trim() === 'true';
  }

  /** What somebody has begun and not ended: the next commit would end it. Costs no process in a plain checkout. */
  async underWay(): Promise<UnderWay | null> {
    const names = (await this.#isPlain()) ? await this.context.files.list(`${this.base}.git`) : await this.#markers();
    return Object.entries(markersOf).find(([marker]) => names.includes(marker))?.[1] ?? null;
  }

  /** Hooks of a plain checkout stand in one folder, unless its settings name another. */
  async hasNoHooks(): Promise<boolean> {
    const settings = await this.#readPlain('config');
    if (settings === null || /hookspath|^\s*\[include/im.test(settings)) return false;
    const names = await this.context.files.list(`${this.base}.git/hooks`);
    return names.every((name) => name.endsWith('.sample'));
  }

  /**
   * Where a remote of a plain checkout is pushed to, as its settings have it; `null` where they name none, or where
   * other settings may turn it into another URL.
   */
  async configuredUrl(remote: string): Promise<string | null> {
    const settings = (await this.#isPlain()) ? await this.#readPlain('config') : null;
    if (settings === null || /insteadof|^\s*\[include/im.test(settings)) return null;
    const values = valuesIn(settings, `remote "${remote}"`);
    const url = values.get('pushurl') ?? values.get('url') ?? null;
    if (url === null || /["\\]/.test(url)) return null;
    // A host without a dot may be a word that the user's own settings replace.
    return /^(?:(?:file:\/\/)?\/|(?:[a-z+]+:\/\/|[^/:@]+@)[^/:]*\.)/i.test(url) ? url : null;
  }

  /**
   * Where a push to a remote goes: the remote itself, unless settings name another place for pushes alone. Costs no
   * process in a plain checkout where they name none.
   */
  async pushAddress(remote: string): Promise<string> {
    if (!isRemoteName(remote) || !(await this.#hasPushUrl(remote))) return remote;
    const answer = await this.git.run({ args: ['remote', 'get-url', '--push', '--', remote] });
    return answer.code === 0 ? answer.stdout.trim() : remote;
  }

  /** The remote and its branch that a branch of this clone follows. Costs no process in a plain checkout. */
  async upstreamOf(branch: string): Promise<GitUpstream | null> {
    const settings = await this.#plainSettings();
    if (settings !== null) {
      const values = valuesIn(settings, `branch "${branch}"`);
      return upstreamAt(values.get('remote') ?? '', values.get('merge') ?? '');
    }
    const format = '--format=%(upstream:remotename) %(upstream:remoteref)';
    const text = await this.git.require({ args: ['for-each-ref', format, '--', `refs/heads/${branch}`] });
    const [remote = '', ref = ''] = text.split('\n')[0]?.split(' ') ?? [];
    return upstreamAt(remote, ref);
  }

  /** `origin`; where there is one remote alone, that one, whatever it is called. Asked once a handler call. */
  usualRemote(): Promise<string> {
    this.#usualRemote ??= this.#remotes().then((names) => (names.length === 1 ? (names[0] ?? 'origin') : 'origin'));
    return this.#usualRemote;
  }

  /** The tags of a plain checkout by their files; `null` where files do not tell all of them. */
  async tagFiles(): Promise<{ readonly packed: string; readonly loose: readonly string[] } | null> {
    if (!(await this.#isPlain())) return null;
    const loose = await this.context.files.list(`${this.base}.git/refs/tags`);
    return { packed: (await this.#readPlain('packed-refs')) ?? '', loose };
  }

  /** Whether a walk through all history takes long, as far as the packs of a plain checkout tell. */
  async isLong(): Promise<boolean> {
    const { files } = this.context;
    const folder = `${this.base}.git/objects/pack`;
    const indexes = (await files.list(folder)).filter((name) => name.endsWith('.idx'));
    const sizes = await Promise.all(indexes.map(async (name) => (await files.stat(`${folder}/${name}`))?.size ?? 0));
    return sizes.reduce((sum, size) => sum + size, 0) > longIndexBytes;
  }

  /** A path of the repository as a path of the workspace. */
  async workspacePaths(): Promise<(path: string) => string> {
    const { prefix } = await this.checkout();
    return (path) => this.base + (path.startsWith(prefix) ? path.slice(prefix.length) : path);
  }

  /** A path of the workspace as git takes it here: relative to the folder. */
  insidePath(path: string): string {
    return path.startsWith(this.base) ? path.slice(this.base.length) : path;
  }

  /** CI checks out a commit, not a branch; the event still knows the branch. A pull request's own name stands first. */
  branchOfEvent(): string | null {
    const { env } = this.context;
    if (env.GITHUB_HEAD_REF) return env.GITHUB_HEAD_REF;
    return /^refs\/heads\/(.+)$/.exec(env.GITHUB_REF ?? '')?.[1] ?? null;
  }

  /** Git is asked in worktrees and subfolders, whose settings stand elsewhere. */
  async #remotes(): Promise<readonly string[]> {
    const settings = await this.#plainSettings();
    if (settings !== null) return remotesIn(settings);
    const answer = await this.git.run({ args: ['remote'] });
    return answer.code === 0 ? answer.stdout.split('\n').filter((name) => name !== '') : [];
  }

  /** Those that are refs: folders of the repository cannot be looked at here. */
  async #markers(): Promise<readonly string[]> {
    const refs = [...Object.keys(markersOf).filter((marker) => marker.endsWith('_HEAD')), 'REBASE_HEAD'];
    const text = await this.git.require({ args: ['cat-file', '--batch-check'], stdin: `${refs.join('\n')}\n` });
    const lines = text.split('\n');
    const found = refs.filter((_, at) => lines[at]?.includes(' commit ') === true);
    // A rebase that was given up with --quit leaves its ref behind: the words of git tell.
    if (!found.includes('REBASE_HEAD') || !(await this.#isRebasing())) return found;
    return [...found, 'rebase-merge'];
  }

  async #isRebasing(): Promise<boolean> {
    const text = await this.git.require({ args: ['status', '--untracked-files=no'] });
    return /^(?:interactive )?rebase in progress|^You are currently (?:rebasing|editing|splitting)/m.test(text);
  }

  async #hasPushUrl(remote: string): Promise<boolean> {
    const settings = await this.#plainSettings();
    if (settings !== null) return valuesIn(settings, `remote "${remote}"`).has('pushurl');
    return (await this.git.run({ args: ['config', '--get', `remote.${remote}.pushurl`] })).code === 0;
  }

  /** `null` where other files add to them, too. */
  async #plainSettings(): Promise<string | null> {
    const settings = (await this.#isPlain()) ? await this.#readPlain('config') : null;
    return settings === null || /^\s*\[include/im.test(settings) ? null : settings;
  }

  /** Asked once a handler call: a repository stays what it is. */
  #isPlain(): Promise<boolean> {
    this.#plain ??= this.#readHead().then((head) => head !== null);
    return this.#plain;
  }

  async #readPlain(path: string): Promise<string | null> {
    const { env, files } = this.context;
    if (env.GIT_DIR || env.GIT_WORK_TREE || env.GIT_COMMON_DIR) return null;
    return files.read(`${this.base}.git/${path}`).catch(() => null);
  }

  async #readHead(): Promise<(Checkout & { readonly commit: string | null }) | null> {
    const text = await this.#readPlain('HEAD');
    if (text === null) return null;
    if (isObjectName(text.trim())) return { branch: null, prefix: '', commit: text.trim() };
    const branch = /^ref: refs\/heads\/(.+)$/.exec(text.trimEnd())?.[1];
    return branch && branch !== '.invalid' ? { branch, prefix: '', commit: null } : null;
  }

  async #askCheckout(): Promise<Checkout> {
    const prefix = (await this.git.require({ args: ['rev-parse', '--show-prefix'] })).trimEnd();
    const answer = await this.git.run({ args: ['symbolic-ref', '--quiet', 'HEAD'] });
    const branch = answer.code === 0 ? /^refs\/heads\/(.+)$/.exec(answer.stdout.trim())?.[1] : undefined;
    return { branch: branch ?? null, prefix };
  }
}

/** The first value of each key in a section of a settings file; keys in small letters. */
function valuesIn(settings: string, section: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  let current = '';
  for (const line of settings.split('\n')) {
    current = /^\s*\[(.*)\]\s*$/.exec(line)?.[1] ?? current;
    const [, key = '', value = ''] = /^\s*([a-z]+)\s*=\s*(\S+)\s*$/i.exec(line) ?? [];
    if (current === section && key !== '' && !found.has(key.toLowerCase())) found.set(key.toLowerCase(), value);
  }
  return found;
}

/** A branch that follows one of the same clone has `.` for a remote. */
function upstreamAt(remote: string, ref: string): GitUpstream | null {
  const branch = /^refs\/heads\/(.+)$/.exec(ref)?.[1];
  return branch === undefined || remote === '' || remote === '.' ? null : { remote, branch };
}

function remotesIn(settings: string): readonly string[] {
  return [...new Set([...settings.matchAll(/^\s*\[remote "([\w.-]+)"\]/gm)].map(([, name]) => name ?? ''))];
}

/** Else it is a URL or a path. */
export function isRemoteName(remote: string): boolean {
  return /^[\w.-]+$/.test(remote);
}

export function isObjectName(text: string): boolean {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text);
}

/** The revision that a tag's name, an object name or a full ref stands for. A branch of that name is not in its way. */
export function revisionOf(tagOrObject: string): string {
  const known = isObjectName(tagOrObject) || tagOrObject === 'HEAD' || tagOrObject.startsWith('refs/');
  return known ? tagOrObject : `refs/tags/${tagOrObject}`;
}
