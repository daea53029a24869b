import type { JsonMap, PreparedTemplate, TemplateContext, TemplateForm } from '../../../src/plugin-api/index.ts';
import { releaseCaller } from './caller-needs.ts';
import * as head from './definition-head.ts';
import * as steps from './definition-steps.ts';
import { type RepositoryFacts, repositoryFacts } from './facts/repository-facts.ts';
import { offeredIncrements } from './facts/scheme-facts.ts';
import { foundFacts } from './found-facts.ts';
import { answerText, changelogAnswers, defaultIncrement } from './release-answers.ts';
import * as questions from './release-questions.ts';
import { versionAnswers } from './version-answers.ts';

export const standardRelease: PreparedTemplate = {
  name: 'Standard Release',
  description: 'By hand: check, version, changelog, README, commit, tag, push; on GitHub a release, published last.',
  stem: 'release',
  async prepare(context): Promise<TemplateForm> {
    const facts = await repositoryFacts(context);
    return {
      found: foundFacts(facts),
      questions: [
        ...(await questions.versionQuestions(context, facts)),
        await questions.incrementQuestion(context, facts),
        questions.untypedQuestion(facts),
        ...questions.changelogQuestions(facts),
        questions.readmeQuestion(facts),
        questions.checkQuestion(facts),
        questions.branchQuestion(facts),
        questions.githubQuestion(facts),
        questions.callerQuestion(facts),
      ],
      write: async (answers, stem) => ({
        definition: await definitionFor(context, facts, answers, head.called(stem, facts.git.folder)),
        caller: releaseCaller(answers, { pushes: true }),
      }),
    };
  },
};

async function definitionFor(
  context: TemplateContext,
  facts: RepositoryFacts,
  answers: JsonMap,
  name: string,
): Promise<string> {
  const version = await versionAnswers(context, facts, answers);
  const changelog = changelogAnswers(facts, answers);
  const offered = offeredIncrements(version.scheme);
  return head.textOfLines([
    ...head.headLines({
      about: aboutOf(name, offered),
      name: 'Release',
      description: descriptionOf(answers),
      keys: head.rollback,
    }),
    ...head.parameterLines([
      head.summaryParameter(changelog.style),
      head.incrementParameter(offered, defaultIncrement(answers, offered)),
    ]),
    ...head.defaultsLines,
    ...steps.stepLines([
      ...steps.branchGuard(answerText(answers, 'branch')),
      ...steps.checkStep(answerText(answers, 'check')),
      ...steps.bumpStep({ ...changelog, version, increment: steps.askedIncrement }),
      ...steps.changelogStep(changelog),
      ...steps.readmeStep(answers.readme === true ? facts.readme : null),
      ...steps.commitSteps(steps.commitMessage(facts.conventional === 'yes'), version.tag),
      ...(answers.github_release === true ? draftStep(version.tag) : []),
      ...steps.pushStep,
      ...(answers.github_release === true ? publishStep(version.tag) : []),
    ]),
    ...head.outputLines(head.bumpOutputs),
  ]);
}

function descriptionOf(answers: JsonMap): string {
  const published = answers.github_release === true ? ', pushes and publishes' : ' and pushes';
  return `Raises the version, writes the changelog, commits, tags${published}.`;
}

function aboutOf(name: string, offered: readonly string[]): string {
  return [
    'The release of this repository, started by hand.',
    `Look first:  vwmp plan ${name}`,
    `Then run it: vwmp run ${name} --increment ${offered.find((part) => part === 'minor') ?? offered[0]} --summary "What this release is about"`,
  ].join('\n');
}

/** The release on GitHub is a draft until everything else is there. */
function draftStep(tag: string): readonly string[] {
  return [
    '',
    '  # Where the run is not on GitHub these two are left out; with a GITHUB_TOKEN: --enable draft,publish',
    '  - id: draft',
    '    name: Draft the release on GitHub',
    '    handler: github.draft_release',
    '    enabled: github',
    ...(steps.tagConfig(tag).length === 0 ? [] : ['    config:', ...steps.tagConfig(tag)]),
  ];
}

function publishStep(tag: string): readonly string[] {
  return [
    '',
    '  # Last of all: what is published cannot be taken back.',
    '  - id: publish',
    '    name: Publish it',
    '    handler: github.publish_release',
    '    enabled: github',
    ...(steps.tagConfig(tag).length === 0 ? [] : ['    config:', ...steps.tagConfig(tag)]),
  ];
}
