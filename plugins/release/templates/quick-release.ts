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

export const quickRelease: PreparedTemplate = {
  name: 'Quick Release',
  description: 'By hand: version, changelog, commit, tag and push, and nothing else.',
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
        questions.branchQuestion(facts),
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
  const about = `A quick release of this repository, started by hand.\nLook first:  vwmp plan ${name}\nThen run it: vwmp run ${name}`;
  return head.textOfLines([
    ...head.headLines({ about, name: 'Quick Release', description, keys: head.rollback }),
    ...head.parameterLines([
      ...(changelog.style === 'entry' ? [head.summaryParameter(changelog.style)] : []),
      head.incrementParameter(offered, defaultIncrement(answers, offered)),
    ]),
    ...head.defaultsLines,
    ...steps.stepLines([
      ...steps.branchGuard(answerText(answers, 'branch')),
      ...steps.bumpStep({ ...changelog, version, increment: steps.askedIncrement }),
      ...steps.changelogStep(changelog),
      ...steps.shortCommitSteps(steps.commitMessage(facts.conventional === 'yes'), version.tag),
      ...steps.pushStep,
    ]),
    ...head.outputLines(head.bumpOutputs),
  ]);
}

const description = 'Raises the version, writes the changelog, commits, tags and pushes.';
