import { type Finding, integerValue, optionalText } from '../../../../src/plugin-api/index.ts';
import type { CommitList } from '../change/commit-list.ts';
import { quoted } from '../quoted.ts';
import { type HeaderRules, headerFaults, headerOptions, lengthOf, readHeaderRules } from './message-rules.ts';
import { checked, type Rule } from './rule.ts';

type Commit = CommitList['commits'][number];

const defaultBodyLine = 100;

export const commitMessages: Rule = {
  description: 'The commits of the change have messages that follow Conventional Commits.',
  options: {
    ...headerOptions,
    max_length: { type: 'integer', minimum: 1, description: 'Most characters of the first line; default 100.' },
    max_body_line: {
      type: 'integer',
      minimum: 0,
      description: 'Most characters of a line of the body, beyond which is a warning; default 100, 0: any.',
    },
    range: {
      type: 'string',
      minLength: 1,
      description: 'Which commits, `since..until`; default those of the change, else those since the last tag.',
    },
  },

  async check({ options, context, change }) {
    const rules = await readHeaderRules(options);
    const bodyLine = integerValue(options, 'max_body_line', defaultBodyLine);
    const { commits, more, origin } = await change.commits(optionalText(options, 'range'));
    if (commits.length === 0) return { kind: 'not-applicable', reason: `there are no commits ${origin}` };
    if (more) context.log('warning', `only the newest ${commits.length} commits ${origin} are looked at`);
    const findings = commits.filter(isOwnWork).flatMap((commit) => faultsOf(commit, rules, bodyLine));
    // A squash keeps the title and drops these messages: they are worth a word, not a red check.
    return checked(change.mergeMethod === 'squash' ? findings.map(asNotice) : findings);
  },
};

/** Messages of merges and reverts are git's own. */
function isOwnWork({ subject, parents }: Commit): boolean {
  return parents.length < 2 && !/^(?:Merge |Revert "|Reapply ")/.test(subject);
}

function faultsOf(commit: Commit, rules: HeaderRules, bodyLine: number): readonly Finding[] {
  const name = `${commit.hash.slice(0, 7)} ${quoted(commit.subject)}`;
  const ofHeader = headerFaults(commit.subject, rules).map(
    ({ text, hint }): Finding => ({
      level: 'error',
      message: `commit ${name} ${text}`,
      ...(hint === undefined ? {} : { hint }),
    }),
  );
  const long = bodyLine === 0 ? [] : commit.body.split(/\r?\n/).filter((line) => isTooLong(line, bodyLine));
  if (long.length === 0) return ofHeader;
  const count = long.length === 1 ? 'a line' : `${long.length} lines`;
  const message = `commit ${name} has ${count} of more than ${bodyLine} characters in its body`;
  return [...ofHeader, { level: 'warning', message }];
}

/** Addresses and lines without blanks cannot be broken, and trailers must not be. */
function isTooLong(line: string, most: number): boolean {
  if (line.length <= most || lengthOf(line) <= most) return false;
  return /\s/.test(line.trim()) && !line.includes('://') && !/^[A-Za-z][A-Za-z-]*: /.test(line);
}

function asNotice(finding: Finding): Finding {
  return { ...finding, level: 'notice' };
}
