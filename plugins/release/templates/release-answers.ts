import { type JsonMap, PluginFailure, type TemplateContext } from '../../../src/plugin-api/index.ts';
import type { VersionTarget } from '../writers/version-target.ts';
import type { ChangelogStyle } from './facts/changelog-facts.ts';
import type { RepositoryFacts } from './facts/repository-facts.ts';
import { type SchemeFacts, schemeNamed } from './facts/scheme-facts.ts';
import { candidateAt } from './facts/version-candidates.ts';
import { filesOfVersion, schemeOfVersions } from './release-questions.ts';
import { tagFault } from './tag-template.ts';

/** Where the one version of a repository stands, as the answers have it. */
export interface VersionAnswers {
  /** Empty: tags alone say which version there is. */
  readonly targets: readonly VersionTarget[];
  readonly scheme: SchemeFacts;
  /** `tag_template` of the steps. */
  readonly tag: string;
}

/** Rejects answers that do not fit what is there. */
export async function versionAnswers(
  context: TemplateContext,
  facts: RepositoryFacts,
  answers: JsonMap,
): Promise<VersionAnswers> {
  const path = answerText(answers, 'version_file');
  const known = filesOfVersion(facts, path);
  const own = known.length > 0 || path === '' ? null : await candidateAt(context, { path });
  if (path !== '' && known.length === 0 && own === null) {
    throw misfit('version_file', `${path} is not there, or holds no version that can be found by its name`);
  }
  const files = own === null ? known : [own];
  const found = await schemeOfVersions(facts, files[0] ?? null);
  return {
    targets: files.map(({ target }) => target),
    scheme: await chosenScheme(answerText(answers, 'scheme'), found),
    tag: tagTemplate(answerText(answers, 'tag'), ['{version}']),
  };
}

async function chosenScheme(answer: string, found: SchemeFacts | null): Promise<SchemeFacts> {
  if (found !== null && (answer === 'auto' || answer === found.title)) return found;
  if (answer === 'auto') throw misfit('scheme', 'the version that is there can be of several schemes: name one');
  const named = await schemeNamed(answer);
  if (named.kind === 'wrong') throw misfit('scheme', named.message);
  return named.facts;
}

/** The answer `tag`, which holds each of the placeholders once. */
export function tagTemplate(answer: string, placeholders: readonly string[]): string {
  const fault = tagFault(answer, placeholders);
  if (fault !== null) throw misfit('tag', `it ${fault}`);
  return answer;
}

/** The one of them that is taken where nobody names one. */
export function defaultIncrement(answers: JsonMap, offered: readonly string[]): string {
  const wanted = answerText(answers, 'increment');
  if (offered.includes(wanted)) return wanted;
  // Calendar versions have no patch: the date decides.
  if (wanted === 'patch') return 'auto';
  throw misfit('increment', `\`${wanted}\` raises nothing here: write ${offered.join(', ')}`);
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
export function changelogAnswers(facts: RepositoryFacts, answers: JsonMap): ChangelogAnswers {
  return {
    path: answerText(answers, 'changelog') || 'CHANGELOG.md',
    style: styleOf(answerText(answers, 'changelog_style')),
    anyCommit: facts.conventional === 'no',
  };
}

export interface ChangelogAnswers {
  readonly path: string;
  readonly style: ChangelogStyle;
  /** Whether commits without a type count too. */
  readonly anyCommit: boolean;
}

/** The style that an answer names. */
export function styleOf(answer: string): ChangelogStyle {
  return answer === 'conventional' || answer === 'entry' ? answer : 'keep-a-changelog';
}
