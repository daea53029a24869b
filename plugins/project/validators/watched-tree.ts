import { createHash } from 'node:crypto';
import { type Finding, type GitAdapter, type HandlerContext, PluginFailure } from '../../../src/plugin-api/index.ts';

type GitChanges = Awaited<ReturnType<GitAdapter['changes']>>;

type TreeState =
  | { readonly kind: 'known'; readonly changes: GitChanges }
  /** There is no git, or no repository. */
  | { readonly kind: 'unknown'; readonly failure: PluginFailure };

/** Paths in a message. */
const mostNamed = 10;
/** Files that differ already whose content is looked at; what is left of them goes by its state. */
const mostContents = 1_000;
/** Bytes of such a file; a longer one goes by its length. */
const mostBytes = 4 * 1024 * 1024;

type Contents = ReadonlyMap<string, string>;

/** What git says of the workspace before the validators run, and what they leave behind. */
export class WatchedTree {
  readonly #context: HandlerContext;
  #before: Promise<TreeState> | null = null;
  #contents: Contents = new Map();

  constructor(context: HandlerContext) {
    this.#context = context;
  }

  /** The state before: the first call looks, so it comes before anything is started. */
  before(): Promise<TreeState> {
    this.#before ??= this.#look();
    return this.#before;
  }

  /** Keeps what files hold that differ from git already: their state stays the same, whatever a validator writes. */
  async watch(): Promise<void> {
    const before = await this.before();
    if (before.kind === 'known') this.#contents = await this.#contentsOf(pathsOf(before.changes));
  }

  /**
   * A warning that `subject` changed files, where they are not as they were before; `null` where they are, or where
   * nobody can tell.
   */
  async leftBehind(subject: string): Promise<Finding | null> {
    const before = await this.before();
    if (before.kind === 'unknown' || this.#context.signal.cancelled) return null;
    const after = await this.#look();
    if (after.kind === 'unknown') {
      this.#context.log('warning', `whether validators changed files is not known: ${after.failure.message}`);
      return null;
    }
    const contents = await this.#contentsOf([...this.#contents.keys()]);
    const paths = [
      ...new Set([
        ...differing(statesByPath(before.changes), statesByPath(after.changes)),
        ...differing(this.#contents, contents),
      ]),
    ].sort();
    const [first] = paths;
    if (first === undefined) return null;
    const named = `${paths.slice(0, mostNamed).join(', ')}${paths.length > mostNamed ? ` and ${paths.length - mostNamed} more` : ''}`;
    return {
      level: 'warning',
      message: `${subject} added or changed files: ${named}`,
      hint: 'A validator only looks. Let it write outside the workspace, or have git ignore what it makes.',
      ...(paths.length === 1 ? { file: first } : {}),
    };
  }

  async #contentsOf(paths: readonly string[]): Promise<Contents> {
    const contents = new Map<string, string>();
    for (const path of paths.slice(0, mostContents)) contents.set(path, await this.#contentOf(path));
    return contents;
  }

  async #contentOf(path: string): Promise<string> {
    const { files } = this.#context;
    try {
      const found = await files.stat(path);
      if (found === null || found.kind === 'folder') return found?.kind ?? 'gone';
      if (found.size > mostBytes) return `${found.size} bytes`;
      return createHash('sha256')
        .update(await files.readBytes(path))
        .digest('hex');
    } catch {
      // A link that leads outside of the workspace, or a file that nobody may read: its state has to do.
      return 'unreadable';
    }
  }

  async #look(): Promise<TreeState> {
    try {
      const git = await this.#context.adapter<GitAdapter>('git');
      return { kind: 'known', changes: await git.changes() };
    } catch (error) {
      if (error instanceof PluginFailure) return { kind: 'unknown', failure: error };
      throw error;
    }
  }
}

function statesByPath(changes: GitChanges): ReadonlyMap<string, string> {
  const states = new Map<string, string>();
  for (const { path, state } of changes) states.set(path, `${states.get(path) ?? ''} ${state}`);
  return states;
}

function pathsOf(changes: GitChanges): readonly string[] {
  return [...new Set(changes.map(({ path }) => path))];
}

function differing(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): readonly string[] {
  const paths = new Set([...before.keys(), ...after.keys()]);
  return [...paths].filter((path) => before.get(path) !== after.get(path));
}
