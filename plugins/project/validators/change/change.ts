import { type GitAdapter, type HandlerContext, type JsonMap, PluginFailure } from '../../../../src/plugin-api/index.ts';
import { type ChangeFields, isMergeMethod, type MergeMethod, readChangeFields } from './change-fields.ts';
import { type CommitList, commitsInRange, commitsOf } from './commit-list.ts';
import { type PullTexts, queuedPull, readPull } from './queued-pull.ts';

/** Stretches of new lines by path of each file that is touched, both from 1 and both included. */
export type LinesByPath = ReadonlyMap<string, readonly (readonly [number, number])[]>;

/** The change that validators look at. What needs git is asked once, and only where somebody wants to know. */
export class Change {
  readonly fields: ChangeFields;
  /** How it will land: as the step says, else as the event tells; `null` where that is open. */
  readonly mergeMethod: MergeMethod | null;
  readonly #context: HandlerContext;
  #start: Promise<string | null> | null = null;
  #lines: Promise<LinesByPath | null> | null = null;
  #commits: Promise<CommitList> | null = null;
  #texts: Promise<PullTexts | null> | null = null;

  constructor(context: HandlerContext, config: JsonMap) {
    const { merge_method: method } = config;
    this.#context = context;
    this.fields = readChangeFields(config.change);
    this.mergeMethod = isMergeMethod(method) ? method : this.fields.mergeMethod;
  }

  /** Name of the branch under review; `null` on a detached head that no event explains, and on one of a merge queue. */
  async branch(): Promise<string | null> {
    if (this.fields.branch !== null) return this.fields.branch;
    return this.#queued() === null ? (await this.#git()).branch() : null;
  }

  /** Title and labels, empty where there is no pull request; `null` where there is one that cannot be read here. */
  texts(): Promise<PullTexts | null> {
    this.#texts ??= this.#readTexts();
    return this.#texts;
  }

  /** Its commits, newest first: of a pull request, else those since the last tag; a range of its own goes before. */
  commits(range: string | null): Promise<CommitList> {
    if (range !== null) return this.#git().then((git) => commitsInRange(git, range));
    this.#commits ??= this.#ownCommits();
    return this.#commits;
  }

  /** Lines that it adds or changes; `null` where nothing says what it starts from. */
  lines(): Promise<LinesByPath | null> {
    this.#lines ??= this.#changedLines();
    return this.#lines;
  }

  /** A file's text where the change starts; `null` where it was not there, or nothing says where that is. */
  async textBefore(path: string): Promise<string | null> {
    const start = await this.#startOf();
    return start === null ? null : (await this.#git()).fileAt(start, path);
  }

  async #readTexts(): Promise<PullTexts | null> {
    const { title, labels } = this.fields;
    const queued = title === null && labels.length === 0 ? this.#queued() : null;
    return queued === null ? { title, labels } : readPull(this.#context, queued);
  }

  #queued(): number | null {
    return queuedPull(this.#context.env.GITHUB_REF);
  }

  async #ownCommits(): Promise<CommitList> {
    const git = await this.#git();
    const start = await this.#startOf();
    if (start !== null) return commitsOf(git, { since: start }, 'of the change');
    const tag = await git.lastTag();
    return commitsOf(git, { since: tag }, tag === null ? 'of the branch' : `since ${tag}`);
  }

  async #changedLines(): Promise<LinesByPath | null> {
    const start = await this.#startOf();
    if (start === null) return null;
    const changed = await (await this.#git()).changedLines(start);
    return new Map(changed.map(({ path, lines }) => [path, lines]));
  }

  /** Object name of the commit where the change leaves its base; `null` where nothing names a base. */
  #startOf(): Promise<string | null> {
    this.#start ??= this.#findStart();
    return this.#start;
  }

  /** Asks nobody: most runs are no reviews, and some have no repository. */
  #namesBase(): boolean {
    const { env } = this.#context;
    return this.fields.base !== null || Boolean(env.GITHUB_BASE_REF) || isMergeRef(env.GITHUB_REF);
  }

  async #findStart(): Promise<string | null> {
    if (!this.#namesBase()) return null;
    const git = await this.#git();
    const bases = await this.#bases(git);
    let failure: PluginFailure | null = null;
    for (const base of bases) {
      try {
        const start = await git.mergeBase(base, 'HEAD');
        if (start !== null) return start;
      } catch (error) {
        if (!(error instanceof PluginFailure)) throw error;
        failure ??= error;
      }
    }
    if (bases.length === 0) return null;
    throw baseFailure(bases, await git.isShallow(), failure);
  }

  /** What may name the base, the most exact first. */
  async #bases(git: GitAdapter): Promise<readonly string[]> {
    const { env } = this.#context;
    const ofEvent = this.fields.base;
    if (ofEvent !== null && !isObjectName(ofEvent)) return [ofEvent];
    const ofMerge = await this.#baseOfMergeCommit(git);
    const branch = env.GITHUB_BASE_REF ? `${(await git.settings()).remote}/${env.GITHUB_BASE_REF}` : null;
    return [ofMerge, ofEvent, branch].filter((base) => base !== null);
  }

  /**
   * On a pull request the platform checks out a merge commit of its own making, whose message names both sides. The
   * base of the event is older where other changes landed meanwhile, and would count those as part of this one.
   * A commit that the event does not name may be anybody's, and so may be its message.
   */
  async #baseOfMergeCommit(git: GitAdapter): Promise<string | null> {
    const { GITHUB_REF: ref, GITHUB_SHA: sha } = this.#context.env;
    if (!sha || !isMergeRef(ref)) return null;
    const [tip] = await git.commits(null, 1);
    if (tip?.hash !== sha) return null;
    return /^Merge [0-9a-f]{40,64} into ([0-9a-f]{40,64})$/.exec(tip.subject)?.[1] ?? null;
  }

  #git(): Promise<GitAdapter> {
    return this.#context.adapter<GitAdapter>('git');
  }
}

function isMergeRef(ref: string | undefined): boolean {
  return /^refs\/pull\/\d+\/merge$/.test(ref ?? '');
}

function isObjectName(text: string): boolean {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text);
}

function baseFailure(bases: readonly string[], shallow: boolean, cause: PluginFailure | null): PluginFailure {
  const names = bases.map((base) => `\`${base}\``).join(' or ');
  const advice = shallow
    ? 'this clone lacks older commits: check out with `fetch-depth: 0`'
    : 'check that the base of the change is in this clone';
  return new PluginFailure('not-found', `the change cannot be told from its base ${names}; ${advice}`, {
    retryable: false,
    ...(cause === null ? {} : { cause: cause.failure.message }),
  });
}
