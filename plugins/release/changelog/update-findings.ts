import type { Finding } from '../../../src/plugin-api/index.ts';
import { uncommittedEdit } from '../uncommitted-edit.ts';
import type { LeftEntry } from './left-entry.ts';
import type { Outline } from './outline.ts';
import type { PassedOver } from './passed-over.ts';
import type { UntoldItems } from './untold-items.ts';

/** A changelog before and after a step, as far as people have to know of it. */
export interface ChangedText {
  readonly file: string;
  readonly before: string | null;
  readonly after: string;
  /** Lines that the entry would have if it were made now, and that the one which is there does not have. */
  readonly lacking: readonly string[];
  /** Entries of other versions, which are not released any more. */
  readonly left: readonly LeftEntry[];
  /** What pre-releases say and the section of their release does not. */
  readonly untold: readonly UntoldItems[];
  readonly passed: readonly PassedOver[];
  /** Whether somebody changed it before the release and did not commit that. */
  readonly edited: boolean;
}

/** What people have to know of the changelog besides. */
export function findingsOf(update: ChangedText & { readonly outline: Outline }, version: string): readonly Finding[] {
  return [
    ...(update.edited ? [uncommittedEdit(update.file)] : []),
    ...waitingFindings(update, version),
    ...passedFindings(update, version),
    ...lackingFindings(update, version),
    ...leftFindings(update, version),
    ...untoldFindings(update, version),
  ];
}

/** Of an entry that was there before this run: what was written anew because commits came since, or what is left alone. */
export function lackingFindings(
  { file, before, after, lacking }: Omit<ChangedText, 'left' | 'untold' | 'passed' | 'edited'>,
  version: string,
): readonly Finding[] {
  if (lacking.length === 0) return [];
  const there = `the entry for ${version} was there before this run`;
  const message =
    before === after
      ? `${there} and stays as it is; made now it would say, too: ${someOf(lacking)}`
      : `${there}, as a run that failed had staged it; it is written anew with what came since: ${someOf(lacking)}`;
  return [{ level: 'notice', message, file, rule: 'changelog-earlier-entry' }];
}

/** Of entries that nobody releases: what a run that failed has left is taken out; of the rest somebody has to look. */
function leftFindings({ file, left }: Pick<ChangedText, 'file' | 'left'>, version: string): readonly Finding[] {
  return left.map((entry) => ({
    level: entry.kind === 'untouched' ? 'notice' : 'warning',
    message: leftMessage(entry, version),
    file,
    rule: 'changelog-left-entry',
  }));
}

function leftMessage({ kind, version: left }: LeftEntry, version: string): string {
  switch (kind) {
    case 'untouched':
      return `the entry for ${left} is in no commit, and this run releases ${version}: it is taken out, as a run that failed had left it`;
    case 'touched':
      return `the entry for ${left} is in no commit, and this run releases ${version}: it stays, because the changelog is not just as a run like this one leaves it; take the entry out if ${version} has what it says`;
    case 'committed':
      return `there is an entry for ${left} and no tag, and this run releases ${version}: take the entry out if ${version} has what it says`;
  }
}

/** Of what somebody wrote under a pre-release: only people know whether it still holds. */
function untoldFindings({ file, untold }: Pick<ChangedText, 'file' | 'untold'>, version: string): readonly Finding[] {
  return untold.map(({ preRelease, line, since, items }) => {
    const commits = since === null ? 'the commits' : `the commits since ${since}`;
    const [count, they] = items.length === 1 ? ['1 item', 'it is'] : [`${items.length} items`, 'they are'];
    const message = `${preRelease} holds ${count} that ${commits} do not tell: ${they} not repeated under ${version}`;
    return { level: 'notice', message, file, line: line + 1, rule: 'changelog-pre-release' };
  });
}

/** Sections that go on waiting: nobody but the people who wrote them knows whether this release has what they say. */
function waitingFindings(
  { file, outline }: { readonly file: string; readonly outline: Outline },
  version: string,
): readonly Finding[] {
  return outline.waiting.map(({ heading }) => ({
    level: 'warning',
    message: `the section "${heading.text}" stays as it is: if ${version} has what it says, move its text there`,
    file,
    line: heading.line + 1,
    rule: 'changelog-unreleased',
  }));
}

/** Of items under headings that nothing tells to be about a release. */
function passedFindings({ file, passed }: ChangedText, version: string): readonly Finding[] {
  return passed.map(({ heading, items }) => ({
    level: 'warning',
    message: `what came under "${heading.text}" (${items === 1 ? '1 item' : `${items} items`}) goes into no release: if ${version} has it, move it there, or under a heading "Unreleased" before the release`,
    file,
    line: heading.line + 1,
    rule: 'changelog-unreleased',
  }));
}

/** The first of some lines. */
export function someOf(lines: readonly string[]): string {
  return `${lines.slice(0, 3).join('; ')}${lines.length > 3 ? '; …' : ''}`;
}
