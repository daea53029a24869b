import { type CommitBase, CommitParser } from 'conventional-commits-parser';
import { breakingNotes, issueActions } from './breaking-notes.ts';
import { headerPattern } from './commit-header.ts';
import type { Change, ParsedCommit, RawCommit, Reference, RevertTarget } from './commit-model.ts';
import type { ParseSettings } from './commit-settings.ts';
import { asksForNoRelease, boundedBody, boundedSubject, type Trailers, trailersOf } from './message-lines.ts';

interface Header {
  readonly type: string;
  readonly scope: string | null;
  readonly breaking: boolean;
  readonly subject: string;
}

/** What every change of one commit has in common. */
interface Message {
  readonly hash: string;
  readonly subject: string;
  readonly body: string;
  /** Lines of the body that are subjects of squashed commits without a type. */
  readonly titles: ReadonlySet<string>;
  readonly trailers: Trailers;
  readonly authors: readonly string[];
}

/** More changes than this are not read from one squash body. */
const mostChanges = 500;
const mostReferences = 50;

const parser = new CommitParser({
  headerPattern,
  headerCorrespondence: ['type', 'scope', 'breaking', 'subject'],
  issuePrefixes: ['#', 'GH-'],
  referenceActions: [...issueActions],
  // The default lets a line such as `-notes-` write over the parser's own fields, and it throws then.
  fieldPattern: /(?!)/,
  revertPattern: /(?!)/,
  // The parser ends a note at any line that names an issue, so notes are read without it.
  notesPattern: () => /(?!)/,
});

/** Reads one commit. Never throws, whatever the message is. */
export function parseCommit(commit: RawCommit, settings: ParseSettings): ParsedCommit {
  if (settings.isReleaseCommit(commit)) return { kind: 'release' };
  const message = readMessage(commit);
  if (asksForNoRelease(message.subject, message.body)) return { kind: 'skipped' };
  if (isMerge(commit, message.subject)) return mergeOf(message, settings);
  // What takes a release back is as little a change as the release was.
  if (settings.isReleaseCommit({ subject: revertedSubject(message.subject) })) return { kind: 'release' };
  return revertOf(message) ?? changesOf(message, settings);
}

function readMessage(commit: RawCommit): Message {
  const body = boundedBody(commit);
  const trailers = trailersOf(body);
  const authors = [...new Set([commit.author, ...trailers.coAuthors].filter((name) => name.trim() !== ''))];
  return { hash: commit.hash, subject: boundedSubject(commit), body, titles: new Set(), trailers, authors };
}

/** The names that platforms and git give to merges. */
const mergeSubject =
  /^Merge (?:pull request #\d+ from |branch(?:es)? |remote-tracking branch |tag |commit )|^Merged in \S+ \(pull request #\d+\)|^Merged PR \d+: /;

function isMerge(commit: RawCommit, subject: string): boolean {
  return commit.parents === undefined ? mergeSubject.test(subject) : commit.parents > 1;
}

function mergeOf(message: Message, settings: ParseSettings): ParsedCommit {
  const { releaseAs } = message.trailers;
  const title = settings.merges === 'title' ? mergeTitle(message) : null;
  if (title === null) return { kind: 'merge', releaseAs };
  const titled = { ...message, subject: title };
  const revert = revertOf(titled);
  // What a pull request takes back stands in the messages of its commits.
  if (revert?.kind === 'revert' && revert.target.hashes.length === 0) return { kind: 'merge', releaseAs };
  return revert ?? changesOf(titled, settings);
}

/** The title of the merged pull request; where the merge has a subject of its own, that is the title. */
function mergeTitle(message: Message): string | null {
  if (!mergeSubject.test(message.subject)) return message.subject;
  const inSubject = /^Merged PR \d+: (.*)$/.exec(message.subject)?.[1];
  const title = inSubject ?? message.body.split('\n').find((line) => line.trim() !== '');
  if (title === undefined) return null;
  const number = /#(\d+)|^Merged PR (\d+)/.exec(message.subject);
  const pull = number?.[1] ?? number?.[2];
  return pull === undefined || pullRequestOf(title) !== null ? title.trim() : `${title.trim()} (#${pull})`;
}

function changesOf(message: Message, settings: ParseSettings): ParsedCommit {
  const { releaseAs } = message.trailers;
  const changes = settings.squashBodies ? squashedChanges(message) : ownChange(message);
  if (changes.length > 0) return { kind: 'changes', changes, releaseAs };
  return { kind: 'unconventional', change: changeOf(message, plainHeader(message.subject)), releaseAs };
}

/** Empty where the title is not conventional. */
function ownChange(message: Message): readonly Change[] {
  const header = readHeader(message.subject);
  return header === null ? [] : [changeOf(message, header)];
}

/**
 * The change of the title and those that lines of the body list, each with the footers that stand below it. A pull
 * request brought them all.
 */
function squashedChanges(message: Message): readonly Change[] {
  const pullRequest = pullRequestOf(message.subject);
  return squashedMessages(message).flatMap((one) =>
    ownChange(one).map((change) => ({ ...change, pullRequest: change.pullRequest ?? pullRequest })),
  );
}

/**
 * The message cut before each line of its body that is a conventional subject. What repeats a subject goes on where
 * that one ended. A title that is not conventional leaves what stands below it to the first change.
 */
function squashedMessages(message: Message): readonly Message[] {
  const title: { readonly subject: string; readonly lines: string[] } = { subject: message.subject, lines: [] };
  const parts = new Map([[withoutNumber(title.subject), title]]);
  let open = title;
  for (const line of message.body.split('\n')) {
    const subject = listedSubject(line);
    const known = subject === null ? undefined : parts.get(withoutNumber(subject));
    if (subject === null || (known === undefined && parts.size > mostChanges)) {
      open.lines.push(line);
      continue;
    }
    const takesOver = parts.size === 1 && readHeader(title.subject) === null;
    open = known ?? { subject, lines: takesOver ? title.lines : [] };
    parts.set(withoutNumber(subject), open);
  }
  const titles = untypedTitles(message.body);
  return [...parts.values()].map(({ subject, lines }) => ({ ...message, subject, body: lines.join('\n'), titles }));
}

/** Items by themselves, such as `* wip`, with the sign of those that are conventional: platforms list commits so. */
function untypedTitles(body: string): ReadonlySet<string> {
  const lines = body.split('\n');
  const signs = new Set(lines.flatMap((line) => (listedSubject(line) === null ? [] : [line[0]])));
  const isBlank = (at: number) => (lines[at] ?? '').trim() === '';
  const isTitle = (line: string, at: number) =>
    /^[*-] \S/.test(line) && signs.has(line[0]) && isBlank(at - 1) && isBlank(at + 1) && listedSubject(line) === null;
  return new Set(lines.filter(isTitle));
}

function listedSubject(line: string): string | null {
  const written = /^[*-] (.{1,1000})$/.exec(line)?.[1]?.trim();
  return written === undefined || readHeader(written) === null ? null : written;
}

/**
 * `Revert "feat: x"` with `This reverts commit …`, `Reapply "feat: x"`, and the type `revert`. A revert of a revert
 * brings back what was taken: where neither is in the range, it counts as what it brings back.
 */
function revertOf(message: Message): ParsedCommit | null {
  const { reverted, revertedMerges, refs, releaseAs } = message.trailers;
  const quoted = unquote(message.subject);
  const header = quoted === null ? readHeader(message.subject) : null;
  if (quoted === null && header?.type !== 'revert') return null;
  const hashes = quoted === null && reverted.length === 0 ? refs : reverted;
  const target: RevertTarget = {
    hashes: [...new Set(hashes)],
    merges: [...new Set(revertedMerges)],
    subject: namedSubject(quoted, header),
  };
  if (header !== null) return { kind: 'revert', target, change: changeOf(message, header), releaseAs };
  const inner = quoted?.inner ?? '';
  const restored = quoted?.restores === true ? readHeader(inner) : null;
  const change = changeOf(message, restored ?? { ...plainHeader(inner), type: 'revert' });
  const pullRequest = pullRequestOf(message.subject) ?? null;
  return { kind: 'revert', target, change: { ...change, pullRequest }, releaseAs };
}

/** Empty where it is no revert. */
function revertedSubject(subject: string): string {
  const header = readHeader(subject);
  return unquote(subject)?.inner ?? (header?.type === 'revert' ? header.subject : '');
}

interface Quoted {
  /** The subject that the outermost quotes hold. */
  readonly first: string;
  /** The subject inside all of them. */
  readonly inner: string;
  readonly restores: boolean;
}

function unquote(subject: string): Quoted | null {
  let inner = subject;
  let first: string | null = null;
  let reverts = 0;
  for (let depth = 0; depth < 10; depth++) {
    const match = /^(Revert|Reapply) "(.*)"(?: \((?:pull request )?#\d{1,10}\))?$/.exec(inner);
    if (!match) break;
    inner = match[2] ?? '';
    first ??= inner;
    reverts += match[1] === 'Reapply' ? 2 : 1;
  }
  return first === null ? null : { first, inner, restores: reverts % 2 === 0 };
}

/** A quoted subject names one commit only where it has the number of a pull request. */
function namedSubject(quoted: Quoted | null, header: Header | null): string | null {
  const subject = quoted?.first ?? header?.subject ?? '';
  return pullRequestOf(subject) === null ? null : subject;
}

function readHeader(subject: string): Header | null {
  const match = headerPattern.exec(subject);
  if (!match?.[1]) return null;
  const scope = match[2]?.trim() ?? '';
  return {
    type: match[1].toLowerCase(),
    scope: scope === '' ? null : scope,
    breaking: match[3] !== undefined,
    subject: match[4] ?? '',
  };
}

function plainHeader(subject: string): Header {
  return { type: '*', scope: null, breaking: false, subject };
}

function changeOf(message: Message, header: Header): Change {
  const pullRequest = pullRequestOf(message.subject);
  const notes = breakingNotes(message.body, message.titles);
  return {
    hash: message.hash,
    type: header.type,
    scope: header.scope,
    subject: withoutNumber(header.subject),
    breaking: header.breaking || notes.length > 0,
    breakingNotes: notes.filter((text) => text !== ''),
    references: readReferences(message).filter((one) => one.issue !== pullRequest || one.repository !== null),
    pullRequest,
    authors: message.authors,
  };
}

/** Most messages name no issue, and need no parser. */
function readReferences(message: Message): readonly Reference[] {
  const text = `${message.subject}\n\n${message.body}`;
  if (message.subject === '' || !/#|GH-/i.test(text)) return [];
  return parser.parse(text).references.slice(0, mostReferences).map(referenceOf);
}

function referenceOf(found: CommitBase['references'][number]): Reference {
  return {
    action: found.action?.toLowerCase() ?? null,
    repository: found.owner !== null && found.repository !== null ? `${found.owner}/${found.repository}` : null,
    prefix: found.prefix,
    issue: found.issue,
  };
}

const numberPattern = / \((?:pull request )?#(\d{1,10})\)$/;

function pullRequestOf(subject: string): string | null {
  return numberPattern.exec(subject)?.[1] ?? null;
}

function withoutNumber(subject: string): string {
  return subject.replace(numberPattern, '').trim();
}
