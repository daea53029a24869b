import type { RawCommit } from './commit-model.ts';

/** What the lines below a subject say besides text. */
export interface Trailers {
  /** The version that `Release-As: 2.0.0` asks for, without a leading `v`. */
  readonly releaseAs: string | null;
  /** Object names from `This reverts commit …`. */
  readonly reverted: readonly string[];
  /** Those of them with `, reversing changes made to …` behind them, as git says it of merges. */
  readonly revertedMerges: readonly string[];
  /** Object names from `Refs: …`, which say what a commit of the type `revert` takes back. */
  readonly refs: readonly string[];
  readonly coAuthors: readonly string[];
}

/** Half as much is kept of either end of a longer body: titles stand at its head and footers at its end. */
const longestBody = 20_000;
const mostNames = 50;

/**
 * The body with line ends that are all `\n`, and with its middle left out where it is very long: the parser of
 * footers calls itself for each of them and looks for links once for each reference.
 */
export function boundedBody(commit: RawCommit): string {
  const body = commit.body.length <= longestBody ? commit.body : endsOf(commit.body);
  return body.replace(/\r\n?|[\u2028\u2029]/g, '\n');
}

/** A subject on one line and of bounded length. */
export function boundedSubject(commit: RawCommit): string {
  return commit.subject
    .slice(0, 1000)
    .replace(/[\s\u2028\u2029]+/g, ' ')
    .trim();
}

/** True where the message asks for no release. */
export function asksForNoRelease(subject: string, body: string): boolean {
  return /\[(?:skip release|release skip|no release)\]/i.test(`${subject}\n${body}`);
}

export function trailersOf(body: string): Trailers {
  const reverted: string[] = [];
  const revertedMerges: string[] = [];
  const refs: string[] = [];
  const coAuthors: string[] = [];
  let releaseAs: string | null = null;
  for (const line of body === '' ? [] : body.split('\n')) {
    releaseAs ??= /^release-as:[ \t]*v?([0-9A-Za-z][0-9A-Za-z.+!_-]{0,255})[ \t]*$/i.exec(line)?.[1] ?? null;
    const [, revert, merge] = /^This reverts commit ([0-9a-f]{7,64})\b(, reversing\b)?/i.exec(line) ?? [];
    if (revert !== undefined && reverted.length < mostNames) {
      reverted.push(revert.toLowerCase());
      if (merge !== undefined) revertedMerges.push(revert.toLowerCase());
    }
    if (/^refs:/i.test(line)) refs.push(...objectNames(line).slice(0, mostNames - refs.length));
    const person = /^co-authored-by:[ \t]*([^<\n]{1,200})/i.exec(line)?.[1]?.trim();
    if (person && coAuthors.length < mostNames) coAuthors.push(person);
  }
  return { releaseAs, reverted, revertedMerges, refs, coAuthors };
}

function endsOf(body: string): string {
  const half = longestBody / 2;
  const head = body.slice(0, half);
  const tail = body.slice(-half);
  // A line that was cut in two could look like a footer that nobody wrote.
  return `${head.slice(0, head.lastIndexOf('\n') + 1)}\n${tail.slice(tail.indexOf('\n') + 1)}`;
}

function objectNames(line: string): readonly string[] {
  return (line.match(/(?<![\w#/-])[0-9a-f]{7,64}(?![\w-])/gi) ?? []).map((name) => name.toLowerCase());
}
