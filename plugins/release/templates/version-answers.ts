import type { JsonMap, TemplateContext } from '../../../src/plugin-api/index.ts';
import { schemeOfFile } from '../writers/format-of-file.ts';
import type { VersionTarget } from '../writers/version-target.ts';
import type { RepositoryFacts } from './facts/repository-facts.ts';
import { offeredIncrements, type SchemeFacts, schemeFacts, schemeNamed } from './facts/scheme-facts.ts';
import { candidateAt, isStaleLock, type VersionCandidate } from './facts/version-candidates.ts';
import { answerText, misfit, tagTemplate } from './release-answers.ts';

/** Where the one version of a repository stands, as the answers have it. */
export interface VersionAnswers {
  /** Empty: tags alone say which version there is. */
  readonly targets: readonly VersionTarget[];
  /** Those of them that say the version already: entries of lock files may lag behind. */
  readonly agreeing: readonly VersionTarget[];
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
  const files = await chosenFiles(context, facts, answers);
  if (files === null) throw misfit('version_file', fileFault(answerText(answers, 'version_file')));
  const scheme = await chosenScheme(facts, files, answers);
  if (scheme.kind === 'wrong') throw misfit('scheme', scheme.message);
  return {
    targets: [...files, ...facts.staleLocks.filter((lock) => isStaleLock(lock, files))].map(({ target }) => target),
    agreeing: files.map(({ target }) => target),
    scheme: scheme.facts,
    tag: tagTemplate(answerText(answers, 'tag'), ['{version}']),
  };
}

/** What is wrong with the answer `version_file`, as a clause; `null` where nothing is. */
export async function versionFileFault(
  context: TemplateContext,
  facts: RepositoryFacts,
  answers: JsonMap,
): Promise<string | null> {
  const files = await chosenFiles(context, facts, answers);
  return files === null ? `does not fit: ${fileFault(answerText(answers, 'version_file'))}` : null;
}

/** The same for `scheme`, after the answers before it. */
export async function schemeFault(
  context: TemplateContext,
  facts: RepositoryFacts,
  answers: JsonMap,
): Promise<string | null> {
  const scheme = await chosenScheme(facts, (await chosenFiles(context, facts, answers)) ?? [], answers);
  return scheme.kind === 'scheme' ? null : `does not fit: ${scheme.message}`;
}

/** What can be raised where these answers are given; `null` where they do not tell a scheme. */
export async function answeredIncrements(
  context: TemplateContext,
  facts: RepositoryFacts,
  answers: JsonMap,
): Promise<readonly string[] | null> {
  const scheme = await chosenScheme(facts, (await chosenFiles(context, facts, answers)) ?? [], answers);
  return scheme.kind === 'scheme' ? offeredIncrements(scheme.facts) : null;
}

/** Files that are written together: each that says what the chosen one says, and that one first; `null`: no such file. */
async function chosenFiles(
  context: TemplateContext,
  facts: RepositoryFacts,
  answers: JsonMap,
): Promise<readonly VersionCandidate[] | null> {
  const path = answerText(answers, 'version_file');
  if (path === '') return [];
  const chosen = facts.versions.find(({ target }) => target.path === path) ?? (await candidateAt(context, { path }));
  if (chosen === null) return null;
  // One that somebody names besides those that were found stands alone.
  if (!facts.versions.includes(chosen)) return [chosen];
  return [chosen, ...facts.versions.filter((each) => each !== chosen && each.version === chosen.version)];
}

function fileFault(path: string): string {
  return `${path} is not there, or holds no version that can be found by its name`;
}

async function chosenScheme(
  facts: RepositoryFacts,
  [first]: readonly VersionCandidate[],
  answers: JsonMap,
): ReturnType<typeof schemeNamed> {
  const answer = answerText(answers, 'scheme');
  const found = await schemeOfVersions(facts, first ?? null, answerText(answers, 'tag'));
  if (found !== null && (answer === 'auto' || answer === found.title)) return { kind: 'scheme', facts: found };
  return answer === 'auto'
    ? { kind: 'wrong', message: 'the version that is there can be of several schemes: name one' }
    : schemeNamed(answer, first?.version);
}

/** As the versions that are there tell; `null` where they do not. `tag`: the shape of tags, the likeliest by default. */
export async function schemeOfVersions(
  { releases, today }: RepositoryFacts,
  first: VersionCandidate | null,
  tag?: string,
): Promise<SchemeFacts | null> {
  const style = tag === undefined ? releases.styles[0] : releases.styles.find(({ template }) => isShape(template, tag));
  const tagged = style?.versions.slice(-20).toReversed() ?? [];
  const texts = first === null ? tagged : [first.version, ...tagged.filter((text) => text !== first.version)];
  // With a file the step looks at the version in it alone, else at the tags.
  return first === null
    ? schemeFacts(texts, { today, alone: tagged.length, usual: null })
    : schemeFacts(texts, { today, alone: 1, usual: schemeOfFile(first.target.path) });
}

/** The step reads tags with and without a leading `v` alike. */
function isShape(template: string, tag: string): boolean {
  const plain = (text: string) => (text === 'v{version}' ? '{version}' : text);
  return plain(template) === plain(tag);
}
