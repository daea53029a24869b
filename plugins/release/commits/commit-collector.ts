import type { Change, Increment, ParsedCommit, RawCommit, RevertTarget } from './commit-model.ts';
import { type CommitRules, incrementFor } from './commit-rules.ts';
import { type CommitSettings, defaultCommitSettings } from './commit-settings.ts';
import { parseCommit } from './parse-commit.ts';

/** Changes of one type. */
export interface ChangeGroup {
  readonly type: string;
  readonly total: number;
  /** The newest of them, newest first. */
  readonly shown: readonly Change[];
}

/** What the commits of a range come to. */
export interface CollectedCommits {
  readonly total: number;
  /** Commits that say nothing about the release. */
  readonly ignored: {
    readonly merges: number;
    readonly releases: number;
    readonly skipped: number;
    /** Not conventional, where no rule for `*` counts them. */
    readonly unconventional: number;
    /** Commits that another one of the range takes back, and those that do so. */
    readonly reverted: number;
  };
  /** By type, in the order in which the types came. */
  readonly groups: readonly ChangeGroup[];
  /** Changes that break something, of whatever type. */
  readonly breaking: ChangeGroup;
  /** What they were judged by. */
  readonly rules: CommitRules;
  /** The newest change of those that release the most; `null` where none releases anything. */
  readonly decisive: { readonly increment: Increment; readonly change: Change } | null;
  /** The newest `Release-As`. */
  readonly releaseAs: { readonly version: string; readonly hash: string } | null;
  /** Names, those of the newest changes first. */
  readonly contributors: readonly string[];
}

/** Types are words of outsiders: beyond so many, further ones count as unknown. */
const mostTypes = 100;
const mostContributors = 1000;
/** Older reverts than these count without a look at whether the range holds what they take back. */
const mostOpenReverts = 10_000;

interface Group {
  total: number;
  readonly shown: Placed[];
}

/** A change with its place in the stream. */
interface Placed {
  readonly change: Change;
  readonly place: number;
}

interface OpenRevert extends Placed {
  /** How much of what it takes back was not met so far. */
  missing: number;
}

/**
 * Takes the commits of a range one by one, NEWEST FIRST, as git lists them. Reverts rely on the order: a revert comes
 * before what it takes back. Memory does not grow with the number of commits.
 */
export class CommitCollector {
  readonly #settings: CommitSettings;
  readonly #withMerges: ReadonlySet<string>;
  readonly #groups = new Map<string, Group>();
  readonly #breaking: Group = { total: 0, shown: [] };
  readonly #newest = new Map<Increment, Placed>();
  readonly #contributors = new Set<string>();
  readonly #reverts = new Set<OpenRevert>();
  /** Open reverts by what they wait for: the beginning of an object name, or a subject. */
  readonly #awaited = new Map<string, OpenRevert>();
  /** Names among those that belong to merges. */
  readonly #awaitedMerges = new Set<string>();
  readonly #nameLengths = new Set<number>();
  readonly #ignored = { merges: 0, releases: 0, skipped: 0, unconventional: 0, reverted: 0 };
  #releaseAs: CollectedCommits['releaseAs'] = null;
  #total = 0;

  /** `withMerges`: object names of the commits that are taken back with merges, and of these as reverts name them. */
  constructor(settings: CommitSettings = defaultCommitSettings, withMerges: ReadonlySet<string> = new Set()) {
    this.#settings = settings;
    this.#withMerges = withMerges;
  }

  add(commit: RawCommit): void {
    const place = this.#total++;
    const parsed = parseCommit(commit, this.#settings);
    if (isRevertible(parsed) && this.#takenBack(commit)) return;
    if (this.#withMerges.has(commit.hash)) {
      this.#ignored.reverted++;
      return;
    }
    this.#noteReleaseAs(parsed, commit.hash);
    switch (parsed.kind) {
      case 'merge':
        this.#ignored.merges++;
        this.#noteRevertedMerge(commit);
        return;
      case 'release':
        this.#ignored.releases++;
        return;
      case 'skipped':
        this.#ignored.skipped++;
        return;
      case 'unconventional':
        if (incrementFor(parsed.change, this.#settings.rules) === null) this.#ignored.unconventional++;
        this.#count({ change: parsed.change, place });
        return;
      case 'changes':
        for (const change of parsed.changes) this.#count({ change, place });
        return;
      case 'revert':
        this.#openRevert({ change: parsed.change, place }, parsed.target);
        return;
    }
  }

  /** What the commits so far come to; more may be added afterwards. */
  result(): CollectedCommits {
    const whole = new CommitCollector(this.#settings);
    whole.#takeOver(this);
    for (const { change, place } of this.#reverts) whole.#count({ change, place });
    return {
      total: this.#total,
      ignored: { ...this.#ignored },
      groups: [...whole.#groups].map(([type, group]) => this.#shownGroup(type, group)),
      breaking: this.#shownGroup('breaking', whole.#breaking),
      rules: this.#settings.rules,
      decisive: whole.#decisive(),
      releaseAs: this.#releaseAs,
      contributors: [...whole.#contributors],
    };
  }

  /**
   * Merges that reverts take back, as these name them. What they brought is not known here: whoever finds it out gives
   * it to another collector.
   */
  get revertedMerges(): readonly string[] {
    return [...this.#awaitedMerges].filter((name) => this.#awaited.has(name));
  }

  /** How many things are kept, for those who watch over memory. */
  get size(): number {
    const shown = [...this.#groups.values(), this.#breaking].reduce((sum, group) => sum + group.shown.length, 0);
    return (
      shown +
      this.#reverts.size +
      this.#awaited.size +
      this.#awaitedMerges.size +
      this.#contributors.size +
      this.#groups.size
    );
  }

  #takeOver(other: CommitCollector): void {
    for (const [type, group] of other.#groups) this.#groups.set(type, { total: group.total, shown: [...group.shown] });
    this.#breaking.total = other.#breaking.total;
    this.#breaking.shown.push(...other.#breaking.shown);
    for (const [level, placed] of other.#newest) this.#newest.set(level, placed);
    for (const name of other.#contributors) this.#contributors.add(name);
  }

  #noteReleaseAs(parsed: ParsedCommit, hash: string): void {
    if (parsed.kind === 'release' || parsed.kind === 'skipped' || parsed.releaseAs === null) return;
    this.#releaseAs ??= { version: parsed.releaseAs, hash };
  }

  #count(placed: Placed): void {
    const { change } = placed;
    this.#keep(this.#groupOf(change.type), placed);
    if (change.breaking) this.#keep(this.#breaking, placed);
    for (const name of change.authors) if (this.#contributors.size < mostContributors) this.#contributors.add(name);
    const increment = incrementFor(change, this.#settings.rules);
    if (increment === null) return;
    const newest = this.#newest.get(increment);
    if (newest === undefined || placed.place < newest.place) this.#newest.set(increment, placed);
  }

  #groupOf(type: string): Group {
    const name = this.#groups.has(type) || this.#groups.size < mostTypes ? type : '*';
    const group = this.#groups.get(name) ?? { total: 0, shown: [] };
    this.#groups.set(name, group);
    return group;
  }

  #keep(group: Group, placed: Placed): void {
    group.total++;
    const { mostPerType } = this.#settings;
    if (group.shown.length < mostPerType) group.shown.push(placed);
    // Only a revert comes later than its place in the stream.
    else if (placed.place < (group.shown.at(-1)?.place ?? 0)) group.shown.push(placed);
  }

  #shownGroup(type: string, group: Group): ChangeGroup {
    const newest = group.shown.toSorted((one, other) => one.place - other.place);
    const shown = newest.slice(0, this.#settings.mostPerType).map(({ change }) => change);
    return { type, total: group.total, shown };
  }

  #decisive(): CollectedCommits['decisive'] {
    for (const increment of ['major', 'minor', 'patch'] as const) {
      const placed = this.#newest.get(increment);
      if (placed) return { increment, change: placed.change };
    }
    return null;
  }

  #openRevert(placed: Placed, target: RevertTarget): void {
    const hashes = target.hashes.filter((hash) => !this.#withMerges.has(hash));
    if (hashes.length === 0 && target.hashes.length > 0) {
      this.#ignored.reverted++;
      return;
    }
    const names = hashes.length > 0 ? hashes : target.subject === null ? [] : [target.subject];
    const free = names.filter((name) => !this.#awaited.has(name));
    if (names.length === 0 || free.length < names.length || this.#reverts.size >= mostOpenReverts) {
      this.#count(placed);
      return;
    }
    const revert: OpenRevert = { ...placed, missing: names.length };
    this.#reverts.add(revert);
    for (const name of names) this.#awaited.set(name, revert);
    for (const hash of hashes) this.#nameLengths.add(hash.length);
    for (const merge of target.merges) if (hashes.includes(merge)) this.#awaitedMerges.add(merge);
  }

  /** True where a revert that came before takes this commit back: neither counts then. */
  #takenBack(commit: RawCommit): boolean {
    const name = this.#awaitedName(commit);
    const revert = name === null ? undefined : this.#awaited.get(name);
    if (name === null || revert === undefined) return false;
    this.#awaited.delete(name);
    this.#ignored.reverted++;
    revert.missing--;
    if (revert.missing > 0) return true;
    this.#reverts.delete(revert);
    this.#ignored.reverted++;
    return true;
  }

  #noteRevertedMerge(commit: RawCommit): void {
    const name = this.#awaitedName(commit);
    if (name !== null && name !== commit.subject) this.#awaitedMerges.add(name);
  }

  #awaitedName(commit: RawCommit): string | null {
    if (this.#awaited.size === 0) return null;
    for (const length of this.#nameLengths) {
      const name = commit.hash.slice(0, length).toLowerCase();
      if (this.#awaited.has(name)) return name;
    }
    return this.#awaited.has(commit.subject) ? commit.subject : null;
  }
}

/** A merge and a release commit stand for others: whoever takes them back takes back more than them. */
function isRevertible(parsed: ParsedCommit): boolean {
  return parsed.kind === 'changes' || parsed.kind === 'revert' || parsed.kind === 'unconventional';
}

/** True for a merge that says nothing itself: what it brought counts by its own commits. */
export function isSilentMerge(commit: RawCommit, settings: CommitSettings): boolean {
  return (commit.parents ?? 0) > 1 && parseCommit(commit, settings).kind === 'merge';
}
