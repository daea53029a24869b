import type { GitAdapter, GitCommitRange, GitLogCommit } from '../../../src/plugin-api/index.ts';
import type { CollectedCommits, CommitCollector } from '../commits/commit-collector.ts';
import type { RawCommit } from '../commits/commit-model.ts';

export type CommitVisitor = (commit: GitLogCommit) => void;

/** What a range is read with. */
export interface RangeReader {
  readonly git: GitAdapter;
  readonly range: GitCommitRange;
  /** Gets each commit of the range, as often as the range is read. */
  readonly seen: CommitVisitor;
  /** A collector that leaves these commits out, which are taken back with the merges that brought them. */
  collector(withMerges: ReadonlySet<string>): CommitCollector;
  /** True for a merge that says nothing, so that what it merged has to be read where the range leaves it out. */
  isSilentMerge(commit: RawCommit): boolean;
}

/** What one reading of a range showed, or the one before. */
interface Known {
  /** Commits that a range along first parents leaves out, by the merge that brought them. */
  readonly sides: ReadonlyMap<string, readonly RawCommit[]>;
  readonly withMerges: ReadonlySet<string>;
}

/** More reverts of merges than these, which are the newest, count without a look at what the merges brought. */
const mostRevertedMerges = 100;

/**
 * Reads the commits of a range. It is read again, which few ranges need, where there are merges without a title along
 * first parents, and where merges are taken back: what they brought has to be known before it comes.
 */
export async function readRange(reader: RangeReader): Promise<CollectedCommits> {
  let known: Known = { sides: new Map(), withMerges: new Set() };
  let { collector, silent } = await readOnce(reader, known);
  if (silent.length > 0) {
    known = { ...known, sides: await readSides(reader, silent) };
    collector = (await readOnce(reader, known)).collector;
  }
  const withMerges = await broughtByMerges(reader, collector.revertedMerges);
  if (withMerges.size === 0) return collector.result();
  return (await readOnce(reader, { ...known, withMerges })).collector.result();
}

async function readOnce(
  reader: RangeReader,
  known: Known,
): Promise<{ readonly collector: CommitCollector; readonly silent: readonly GitLogCommit[] }> {
  const collector = reader.collector(known.withMerges);
  const silent: GitLogCommit[] = [];
  await reader.git.eachCommit(reader.range, (commit) => {
    reader.seen(commit);
    collector.add(rawOf(commit));
    for (const side of known.sides.get(commit.hash) ?? []) collector.add(side);
    if (reader.range.firstParent === true && reader.isSilentMerge(rawOf(commit))) silent.push(commit);
  });
  return { collector, silent };
}

async function readSides(reader: RangeReader, merges: readonly GitLogCommit[]): Promise<Known['sides']> {
  const sides = new Map<string, readonly RawCommit[]>();
  for (const merge of merges) sides.set(merge.hash, await sideOf(reader, merge, []));
  return sides;
}

/** What a merge brought, along first parents again; `except` is what the lines hold that it was met on. */
async function sideOf(
  reader: RangeReader,
  merge: GitLogCommit,
  except: readonly string[],
): Promise<readonly RawCommit[]> {
  const side: RawCommit[] = [];
  for (const [at, parent] of merge.parents.entries()) {
    if (at === 0) continue;
    const others = [...except, ...merge.parents.slice(0, at)];
    const line: GitLogCommit[] = [];
    await reader.git.eachCommit({ ...reader.range, until: parent, except: others }, (commit) => line.push(commit));
    for (const commit of line) {
      side.push(rawOf(commit));
      if (!reader.isSilentMerge(rawOf(commit))) continue;
      for (const inner of await sideOf(reader, commit, others)) side.push(inner);
    }
  }
  return side;
}

/** Merges of the range, by the names that are given, together with what they brought. */
async function broughtByMerges({ git, range }: RangeReader, names: readonly string[]): Promise<ReadonlySet<string>> {
  const brought = new Set<string>();
  for (const name of names.slice(0, mostRevertedMerges)) {
    const merge = await git.commitOf(name);
    // Anybody can write the name of a commit that is elsewhere.
    if (merge === null || !(await git.isAncestor(merge, range.until ?? 'HEAD'))) continue;
    const except = (await parentsOf(git, merge)).slice(0, 1);
    const hashes: string[] = [];
    await git.eachCommit({ since: range.since, until: merge, except }, ({ hash }) => hashes.push(hash));
    if (hashes.length > 0) brought.add(name);
    for (const hash of hashes) brought.add(hash);
  }
  return brought;
}

/** The parents of a commit, the one that it went on from first. */
export async function parentsOf(git: GitAdapter, commit: string): Promise<readonly string[]> {
  const parents: string[] = [];
  await git.eachCommit({ since: null, until: commit, limit: 1 }, (found) => parents.push(...found.parents));
  return parents;
}

function rawOf(commit: GitLogCommit): RawCommit {
  return { ...commit, parents: commit.parents.length };
}
