import type {
  JsonMap,
  PreparedTemplate,
  TemplateContext,
  TemplateForm,
  TemplateQuestion,
} from '../../../src/plugin-api/index.ts';
import { releaseCaller } from './caller-needs.ts';
import * as head from './definition-head.ts';
import * as steps from './definition-steps.ts';
import * as own from './documented-parts.ts';
import { type RepositoryFacts, repositoryFacts } from './facts/repository-facts.ts';
import { offeredIncrements } from './facts/scheme-facts.ts';
import { foundFacts } from './found-facts.ts';
import { answerText, countsAnyCommit, defaultIncrement, ownPaths } from './release-answers.ts';
import * as questions from './release-questions.ts';
import { versionAnswers } from './version-answers.ts';
import { yamlText } from './yaml-text.ts';

export const documentedRelease: PreparedTemplate = {
  name: 'Documented Release',
  description:
    'By hand, with a summary: version, a changelog for each version, main changelog, README, kanban, validators, commit, tag, push.',
  stem: 'release',
  async prepare(context): Promise<TemplateForm> {
    const facts = await repositoryFacts(context);
    const [changelog] = questions.changelogQuestions(facts);
    return {
      found: foundFacts(facts),
      questions: [
        ...(await questions.versionQuestions(context, facts)),
        await questions.incrementQuestion(context, facts),
        questions.untypedQuestion(facts),
        ...(changelog === undefined ? [] : [changelog]),
        await changelogFolderQuestion(context),
        questions.readmeQuestion(facts),
        ...(await kanbanQuestions(context)),
        await validatorsQuestion(context),
        questions.callerQuestion(facts),
      ],
      write: async (answers, stem) => ({
        definition: await definitionFor(context, facts, answers, head.called(stem, facts.git.folder)),
        caller: releaseCaller(answers, { pushes: true }),
      }),
    };
  },
};

const knowledgeFolder = 'KB/Changelog_and_Release_Notes/Changelog_Archive';
const epics = 'KB/PM_and_Portfolio/epics/overview';

async function changelogFolderQuestion({ files }: TemplateContext): Promise<TemplateQuestion> {
  const isThere = (await files.stat(knowledgeFolder)) !== null;
  return {
    name: 'changelog_dir',
    title: 'Folder for the changelog of each version',
    type: 'text',
    default: isThere ? knowledgeFolder : 'docs/changelogs',
    why: isThere ? 'it is there' : 'there is none yet',
    asked: !isThere,
    check: async (answer) => (answer === '' ? 'must be a folder' : null),
  };
}

async function kanbanQuestions({ files }: TemplateContext): Promise<readonly TemplateQuestion[]> {
  const board = `${epics}/_index.md`;
  const isThere = (await files.stat(board)) !== null;
  const common = { type: 'text', asked: false, why: isThere ? `${board} is there` : 'there is none' } as const;
  return [
    { ...common, name: 'kanban_board', title: 'Board of the epics (empty: none)', default: isThere ? board : '' },
    {
      ...common,
      name: 'epic_doc_pattern',
      title: "Path of an epic's document, with {epic} in it (empty: none)",
      default: isThere ? `${epics}/Epic {epic}/Epic-{epic}.md` : '',
    },
  ];
}

async function validatorsQuestion({ files }: TemplateContext): Promise<TemplateQuestion> {
  const found = await files.glob(['scripts/validation/validate_*']);
  return {
    name: 'validators',
    title: 'Scripts that look at the release before it is committed',
    type: 'list',
    default: [...found],
    why: found.length === 0 ? 'scripts/validation holds none' : `${found.length} scripts are in scripts/validation`,
    asked: false,
  };
}

async function definitionFor(
  context: TemplateContext,
  facts: RepositoryFacts,
  answers: JsonMap,
  name: string,
): Promise<string> {
  const version = await versionAnswers(context, facts, answers);
  const offered = offeredIncrements(version.scheme);
  const about = `A release with documents, started by hand.\nLook first:  vwmp plan ${name} --summary "What this release is about"\nThen run it: vwmp run ${name} --summary "What this release is about" --change_type feature`;
  return head.textOfLines([
    ...head.headLines({ about, name: 'Documented Release', description, keys: head.rollback }),
    '',
    'config:',
    `  changelog_dir: ${yamlText(answerText(answers, 'changelog_dir'))}`,
    `  main_changelog: ${yamlText(answerText(answers, 'changelog'))}`,
    ...head.parameterLines([
      own.summaryParameter,
      own.changeTypeParameter,
      head.incrementParameter(offered, defaultIncrement(answers, offered)),
      own.detailsParameter,
      own.skipReadmeParameter(answers.readme === true),
      own.documentsParameter,
    ]),
    ...head.defaultsLines,
    ...steps.stepLines([
      ...steps.bumpStep({
        version,
        increment: steps.askedIncrement,
        anyCommit: countsAnyCommit(answers),
        paths: ownPaths(facts.git.folder),
      }),
      ...own.changelogSteps,
      ...own.documentSteps(facts, answers),
      ...own.validateStep(answers),
      ...own.commitSteps(version.tag),
    ]),
    ...head.outputLines(head.bumpOutputs),
  ]);
}

const description = 'Version, changelogs, README, kanban documents, validators, commit, tag and push.';
