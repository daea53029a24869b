import { posix } from 'node:path';
import {
  isJsonList,
  type Json,
  type JsonMap,
  PluginFailure,
  type PreparedTemplate,
  type TemplateContext,
  type TemplateForm,
  type TemplateQuestion,
} from '../../../src/plugin-api/index.ts';
import { schemeOfFile } from '../writers/format-of-file.ts';
import { releaseCaller } from './caller-needs.ts';
import * as head from './definition-head.ts';
import * as steps from './definition-steps.ts';
import { filesBelow } from './facts/files-below.ts';
import type { PackageFacts } from './facts/package-facts.ts';
import { type RepositoryFacts, repositoryFacts } from './facts/repository-facts.ts';
import { schemeFacts } from './facts/scheme-facts.ts';
import { packageTagStyle, tagStyles } from './facts/tag-style.ts';
import { foundFacts } from './found-facts.ts';
import * as packageSteps from './monorepo-steps.ts';
import { packageIds } from './package-names.ts';
import { answerText, countsAnyCommit, misfit, styleOf, tagTemplate } from './release-answers.ts';
import * as questions from './release-questions.ts';
import { tagFault } from './tag-template.ts';

export const monorepoRelease: PreparedTemplate = {
  name: 'Monorepo Release',
  description: 'By hand: every package that has changed gets its version, changelog and tag; one commit, one push.',
  stem: 'release',
  async prepare(context): Promise<TemplateForm> {
    const facts = await repositoryFacts(context);
    const { lack } = facts.packages;
    if (lack !== null) {
      const advice = `Take another template, such as Standard Release${await folderAdvice(context, facts)}`;
      throw new PluginFailure('handler', `there are no packages: ${lack}. ${advice}`, { retryable: false });
    }
    return {
      found: foundFacts(facts).filter(({ name }) => name !== 'packages'),
      questions: [
        packagesQuestion(facts),
        packageTagQuestion(facts),
        questions.untypedQuestion(facts),
        changelogStyleQuestion(facts),
        questions.checkQuestion(facts),
        questions.branchQuestion(facts),
        questions.githubQuestion(facts),
        questions.callerQuestion(facts),
      ],
      write: async (answers, stem) => ({
        definition: await definitionFor(facts, answers, head.called(stem, facts.git.folder)),
        caller: releaseCaller(answers, { pushes: true }),
      }),
    };
  },
};

/** A folder that holds no version, as modules of Go do not, is released by its tags alone. */
async function folderAdvice(context: TemplateContext, { packages }: RepositoryFacts): Promise<string> {
  const modules = await filesBelow(context, (name) => name === 'go.mod');
  const [first] = [...modules.map((path) => posix.dirname(path)), ...packages.unversioned];
  return first === undefined
    ? ''
    : `, or release a folder without a version file by its own tags: \`vwmp init standard --workspace ${first}\``;
}

function packagesQuestion({ packages: { packages, why } }: RepositoryFacts): TemplateQuestion {
  return {
    name: 'packages',
    title: 'Packages that are released',
    type: 'list',
    options: packages.map(({ name, folder }) => ({ value: name, label: `${name} in ${folder}` })),
    default: packages.map(({ name }) => name),
    why: `${packages.map(({ name, versions }) => `${name} ${versions[0]?.version ?? ''}`).join(', ')} (${why})${questions.staleText(packages.flatMap(({ staleLocks }) => staleLocks))}`,
    asked: false,
    check: async (answer) => packagesFault(packages, isJsonList(answer) ? answer.map(String) : []),
  };
}

/** What is wrong with a choice of packages, as a clause; `null` where nothing is. */
function packagesFault(known: readonly PackageFacts[], names: readonly string[]): string | null {
  if (names.length === 0) return 'must name at least one package';
  const strange = names.find((name) => !known.some((each) => each.name === name));
  return strange === undefined
    ? null
    : `must name packages, which \`${strange}\` is not: there are ${known.map(({ name }) => name).join(', ')}`;
}

function packageTagQuestion({ git, packages: { packages } }: RepositoryFacts): TemplateQuestion {
  const [byName, byFolder] = [tagsBy('{name}', git.tags, packages), tagsBy('{folder}', git.tags, packages)];
  const folders = packages.map((each) => nameFor('{folder}', each));
  const areDifferent = new Set(folders).size === folders.length;
  const { style } = areDifferent && byFolder.named > byName.named ? byFolder : byName;
  const common = {
    name: 'tag',
    title:
      'How the tags of packages are named, with {name}, or {folder} for the name of its folder, and {version} in it',
    type: 'text',
    options: [{ value: '{name}@{version}' }, { value: '{name}/v{version}' }, { value: '{folder}@{version}' }],
    check: async (answer: Json) => tagFault(String(answer), [placeholderIn(String(answer)), '{version}']),
  } as const;
  return style === null
    ? { ...common, default: '{name}@{version}', why: 'no tag names a package yet', asked: true }
    : { ...common, default: style.template, why: `there are tags like ${style.example}`, asked: false };
}

/** How tags are named by what the placeholder stands for, and of how many packages there are any. */
function tagsBy(placeholder: Placeholder, tags: readonly string[], packages: readonly PackageFacts[]) {
  const style = packageTagStyle(
    tags,
    packages.map((each) => nameFor(placeholder, each)),
    placeholder,
  );
  const styles = new Set(tagStyles(tags).map(({ template }) => template));
  const own = packages.map((each) => style?.template.replace(placeholder, () => nameFor(placeholder, each)) ?? '');
  return { style, named: own.filter((template) => styles.has(template)).length };
}

type Placeholder = '{name}' | '{folder}';

/** What tells packages apart in a tag: tags often go without the scope of a name, or by the folder. */
function placeholderIn(template: string): Placeholder {
  return template.includes('{folder}') ? '{folder}' : '{name}';
}

function nameFor(placeholder: Placeholder, { name, folder }: PackageFacts): string {
  return placeholder === '{name}' ? name : posix.basename(folder);
}

function changelogStyleQuestion({ packages }: RepositoryFacts): TemplateQuestion {
  const found = packages.packages.find(({ changelog }) => changelog !== null)?.changelog;
  return {
    name: 'changelog_style',
    title: 'What the changelogs say of a version',
    type: 'choice',
    options: [
      { value: 'keep-a-changelog', label: 'Added, Changed, Fixed … from the commits' },
      { value: 'conventional', label: 'Features, Bug Fixes … from the commits' },
    ],
    default: found?.style === 'conventional' ? 'conventional' : 'keep-a-changelog',
    why: found ? `${found.path}: ${found.why}` : 'nothing is written yet',
    asked: found === undefined,
  };
}

async function definitionFor(facts: RepositoryFacts, answers: JsonMap, name: string): Promise<string> {
  const packages = await packageParts(facts, answers);
  const anyCommit = countsAnyCommit(answers);
  const style = styleOf(answerText(answers, 'changelog_style'));
  const about = `A release of every package that has changed since its last one, started by hand.\nLook first:  vwmp plan ${name}\nThen run it: vwmp run ${name}`;
  const github = answers.github_release === true;
  return head.textOfLines([
    ...head.headLines({ about, name: 'Release', description, keys: [...order, ...head.rollback] }),
    ...head.defaultsLines,
    ...steps.stepLines([
      ...steps.branchGuard(answerText(answers, 'branch')),
      ...steps.checkStep(answerText(answers, 'check')),
      ...packageSteps.bumpsAbout,
      ...packages.flatMap((each) => packageSteps.bumpStep(each, { after: firstSteps(answers), anyCommit })),
      ...packages.flatMap((each) => packageSteps.changelogStep(each, { style, anyCommit })),
      ...packageSteps.commitSteps(packages, facts.conventional === 'yes'),
      ...packages.flatMap(packageSteps.tagStep),
      ...packageSteps.pushStep(packages),
      ...(github ? packages.flatMap(packageSteps.releaseStep) : []),
    ]),
    ...head.outputLines(packages.map(({ id }) => [id, `steps.bump-${id}.outputs.new_version`] as const)),
  ]);
}

const description =
  'Raises the version of every package that has changed, with changelog and tag, in one commit and one push.';

const order: readonly string[] = [
  '# Steps run by their dependencies, one at a time: two of them may write the same lock file.',
  'order: graph',
  'max_parallel: 1',
];

async function packageParts(facts: RepositoryFacts, answers: JsonMap): Promise<readonly packageSteps.PackagePart[]> {
  const wanted = answerText(answers, 'tag');
  const placeholder = placeholderIn(wanted);
  const template = tagTemplate(wanted, [placeholder, '{version}']);
  const { packages: listed = null } = answers;
  const names = isJsonList(listed) ? listed.map(String) : [];
  const known = facts.packages.packages;
  const fault = packagesFault(known, names);
  if (fault !== null) throw misfit('packages', `it ${fault}`);
  const chosen = known.filter(({ name }) => names.includes(name));
  const styles = tagStyles(facts.git.tags);
  const tags = chosen.map((each) => {
    const named = (by: Placeholder) => template.replace(placeholder, () => nameFor(by, each));
    // Where the tags of one package go by the other name, they go on.
    const [usual, other] = [named(placeholder), named(placeholder === '{name}' ? '{folder}' : '{name}')];
    const isThere = (tag: string) => styles.some((style) => style.template === tag);
    return isThere(other) && !isThere(usual) ? other : usual;
  });
  const twice = tags.find((tag, at) => tags.indexOf(tag) !== at);
  if (twice !== undefined) throw misfit('tag', `it gives two packages the same tags, \`${twice}\``);
  const ids = packageIds(chosen.map(({ name }) => name));
  return Promise.all(
    chosen.map(async (each, at) => {
      const tag = tags[at] ?? '';
      const tagged = styles.find((style) => style.template === tag)?.versions ?? [];
      const [first] = each.versions;
      const versions = [first?.version ?? '', ...tagged.toReversed()];
      const usual = schemeOfFile(first?.target.path ?? '');
      const scheme = await schemeFacts(versions, { today: facts.today, alone: 1, usual });
      return { id: ids[at] ?? each.name, facts: each, tag, scheme };
    }),
  );
}

/** What comes before the first version is raised. */
function firstSteps(answers: JsonMap): readonly string[] {
  if (answerText(answers, 'check') !== '') return ['check'];
  return answerText(answers, 'branch') === '' ? [] : ['branch'];
}
