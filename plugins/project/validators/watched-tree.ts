import { type Finding, type GitAdapter, type HandlerContext, PluginFailure } from '../../../src/plugin-api/index.ts';

type GitChanges = Awaited<ReturnType<GitAdapter['changes']>>;

type TreeState =
  | { readonly kind: 'known'; readonly changes: GitChanges }
  /** There is no git, or no repository. */
  | { readonly kind: 'unknown'; readonly failure: PluginFailure };

/** Paths in a message. */
const mostNamed = 10;

/** What git says of the workspace before the validators run, and what they leave behind. */
export class WatchedTree {
  readonly #context: HandlerContext;
  #before: Promise<TreeState> | null = null;

  constructor(context: HandlerContext) {
    this.#context = context;
  }

  /** The state before: the first call looks, so it comes before anything is started. */
  before(): Promise<TreeState> {
    this.#before ??= this.#look();
    return this.#before;
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
    const paths = differing(statesByPath(before.changes), statesByPath(after.changes));
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

function differing(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): readonly string[] {
  const paths = new Set([...before.keys(), ...after.keys()]);
  return [...paths].filter((path) => before.get(path) !== after.get(path)).sort();
}
