import { type CommitBase, CommitParser } from 'conventional-commits-parser';
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
  readonly trailers: Trailers;
  readonly authors: readonly string[];
}

const headerPattern = /^([A-Za-z][\w-]{0,49})(?:\(([^()]{0,100})\))?(!)?: (\S.*)$/;
/** More changes than this are not read from one squash body. */
const mostChanges = 500;
const mostReferences = 50;

const parser = new CommitParser({
  headerPattern,
  headerCorrespondence: ['type', 'scope', 'breaking', 'subject'],
  issuePrefixes: ['#', 'GH-'],
  // The default lets a line such as `-notes-` write over the parser's own fields, and it throws then.
  fieldPattern: /(?!)/,
  revertPattern: /(?!)/,
  // Conventional Commits wants capitals here, so that a sentence of the body is no footer.
  notesPattern: (keywords) => new RegExp(`^(?:\\*\\s+)?(${keywords}):\\s*(.*)`),
});

/** Reads one commit. Never throws, whatever the message is. */
export function parseCommit(commit: RawCommit, settings: ParseSettings): ParsedCommit {
  if (settings.isReleaseCommit(commit)) return { kind: 'release' };
  const message = readMessage(commit);
  if (asksForNoRelease(message.subject, message.body)) return { kind: 'skipped' };
  if (isMerge(commit, message.subject)) return mergeOf(message, settings);
  return revertOf(message) ?? changesOf(message, settings);
}

function readMessage(commit: RawCommit): Message {
  const body = boundedBody(commit);
  const trailers = trailersOf(body);
  const authors = [...new Set([commit.author, ...trailers.coAuthors].filter((name) => name.trim() !== ''))];
  return { hash: commit.hash, subject: boundedSubject(commit), body, trailers, authors };
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
  return revertOf(titled) ?? changesOf(titled, settings);
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
  const header = readHeader(message.subject);
  const listed = settings.squashBodies ? listedChanges(message) : [];
  if (header === null && listed.length === 0) {
    return { kind: 'unconventional', change: changeOf(message, plainHeader(message.subject)), releaseAs };
  }
  const own = header === null ? [] : [changeOf(message, header)];
  return { kind: 'changes', changes: [...own, ...listed], releaseAs };
}

/** Lines of a squash body that are conventional subjects; one that only repeats the title is not a second change. */
function listedChanges(message: Message): readonly Change[] {
  const seen = new Set([withoutNumber(message.subject)]);
  const changes: Change[] = [];
  for (const line of message.body.split('\n')) {
    const written = /^[*-] (.{1,1000})$/.exec(line)?.[1]?.trim();
    const header = written === undefined ? null : readHeader(written);
    if (written === undefined || header === null || seen.has(withoutNumber(written))) continue;
    seen.add(withoutNumber(written));
    changes.push(changeOf({ ...message, subject: written, body: '' }, header));
    if (changes.length === mostChanges) break;
  }
  return changes;
}

/**
 * `Revert "feat: x"` with `This reverts commit …`, `Reapply "feat: x"`, and the type `revert`. A revert of a revert
 * brings back what was taken: where neither is in the range, it counts as what it brings back.
 */
function revertOf(message: Message): ParsedCommit | null {
  const { reverted, refs, releaseAs } = message.trailers;
  const quoted = unquote(message.subject);
  const header = quoted === null ? readHeader(message.subject) : null;
  if (quoted === null && header?.type !== 'revert') return null;
  const hashes = quoted === null && reverted.length === 0 ? refs : reverted;
  const target: RevertTarget = { hashes: [...new Set(hashes)], subject: namedSubject(quoted, header) };
  if (header !== null) return { kind: 'revert', target, change: changeOf(message, header), releaseAs };
  const inner = quoted?.inner ?? '';
  const restored = quoted?.restores === true ? readHeader(inner) : null;
  const change = changeOf(message, restored ?? { ...plainHeader(inner), type: 'revert' });
  const pullRequest = pullRequestOf(message.subject) ?? null;
  return { kind: 'revert', target, change: { ...change, pullRequest }, releaseAs };
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
  const details = readDetails(message);
  return {
    hash: message.hash,
    type: header.type,
    scope: header.scope,
    subject: withoutNumber(header.subject),
    breaking: header.breaking || details.notes.length > 0,
    breakingNotes: details.notes.map((note) => note.text.trim()).filter((text) => text !== ''),
    references: referencesOf(details).filter((one) => one.issue !== pullRequest || one.repository !== null),
    pullRequest,
    authors: message.authors,
  };
}

const noDetails: Pick<CommitBase, 'notes' | 'references'> = { notes: [], references: [] };

/** Most messages have neither footers nor references, and need no parser. */
function readDetails(message: Message): Pick<CommitBase, 'notes' | 'references'> {
  const text = `${message.subject}\n\n${message.body}`;
  if (message.subject === '' || !/#|GH-|BREAKING[ -]CHANGE/i.test(text)) return noDetails;
  return parser.parse(text);
}

function referencesOf(details: Pick<CommitBase, 'references'>): readonly Reference[] {
  return details.references.slice(0, mostReferences).map((found) => ({
    action: found.action?.toLowerCase() ?? null,
    repository: found.owner !== null && found.repository !== null ? `${found.owner}/${found.repository}` : null,
    prefix: found.prefix,
    issue: found.issue,
  }));
}

const numberPattern = / \((?:pull request )?#(\d{1,10})\)$/;

function pullRequestOf(subject: string): string | null {
  return numberPattern.exec(subject)?.[1] ?? null;
}

function withoutNumber(subject: string): string {
  return subject.replace(numberPattern, '').trim();
}
