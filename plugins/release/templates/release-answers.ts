import { type JsonMap, PluginFailure } from '../../../src/plugin-api/index.ts';
import type { ChangelogStyle } from './facts/changelog-facts.ts';
import type { RepositoryFacts } from './facts/repository-facts.ts';
import { tagFault } from './tag-template.ts';

/** The answer `tag`, which holds each of the placeholders once. */
export function tagTemplate(answer: string, placeholders: readonly string[]): string {
  const fault = tagFault(answer, placeholders);
  if (fault !== null) throw misfit('tag', `it ${fault}`);
  return answer;
}

/** The one of them that is taken where nobody names one. */
export function defaultIncrement(answers: JsonMap, offered: readonly string[]): string {
  const wanted = answerText(answers, 'increment');
  const fault = incrementFault(wanted, offered);
  if (fault !== null) throw misfit('increment', `\`${wanted}\` raises nothing here: it ${fault}`);
  // Calendar versions have no patch: the date decides.
  return offered.includes(wanted) ? wanted : 'auto';
}

/** What is wrong with the answer `increment`, as a clause; `null` where nothing is. */
export function incrementFault(wanted: string, offered: readonly string[]): string | null {
  return offered.includes(wanted) || wanted === 'patch' ? null : `must be one of ${offered.join(', ')}`;
}

/** A text answer without blanks around it; empty where it is none. */
export function answerText(answers: JsonMap, name: string): string {
  const value = answers[name];
  return typeof value === 'string' ? value.trim() : '';
}

/** The failure of an answer that does not fit. */
export function misfit(question: string, message: string): PluginFailure {
  return new PluginFailure('configuration', `the answer \`${question}\` does not fit: ${message}`, {
    retryable: false,
  });
}

/** The changelog as the answers have it. */
export function changelogAnswers({ git }: RepositoryFacts, answers: JsonMap): ChangelogAnswers {
  return {
    path: answerText(answers, 'changelog'),
    style: styleOf(answerText(answers, 'changelog_style')),
    anyCommit: countsAnyCommit(answers),
    paths: ownPaths(git.folder),
  };
}

/** Whether commits without a type release something too, and are listed. */
export function countsAnyCommit({ untyped_commits: counted }: JsonMap): boolean {
  return counted === true;
}

export interface ChangelogAnswers {
  readonly path: string;
  readonly style: ChangelogStyle;
  /** Whether commits without a type count too. */
  readonly anyCommit: boolean;
  /** Only commits that touch these count; empty: all. */
  readonly paths: readonly string[];
}

/** A workspace that is a folder of its repository is released for what touches it. */
export function ownPaths(folder: string): readonly string[] {
  return folder === '' ? [] : ['.'];
}

/** The style that an answer names. */
export function styleOf(answer: string): ChangelogStyle {
  return answer === 'conventional' || answer === 'entry' ? answer : 'keep-a-changelog';
}
