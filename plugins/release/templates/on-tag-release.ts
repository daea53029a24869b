import {
  isJsonList,
  type JsonMap,
  type PreparedTemplate,
  type TemplateContext,
  type TemplateForm,
  type TemplateQuestion,
} from '../../../src/plugin-api/index.ts';
import { tagCaller } from './caller-needs.ts';
import * as head from './definition-head.ts';
import * as steps from './definition-steps.ts';
import { type RepositoryFacts, repositoryFacts } from './facts/repository-facts.ts';
import { foundFacts } from './found-facts.ts';
import { answerText, changelogAnswers } from './release-answers.ts';
import * as questions from './release-questions.ts';
import { versionAnswers } from './version-answers.ts';
import { expression, scriptLines, yamlTemplate, yamlText } from './yaml-text.ts';

export const onTagRelease: PreparedTemplate = {
  name: 'On-Tag Release',
  description: 'When a tag is pushed: notes and a release on GitHub with its files. Started again, it changes nothing.',
  stem: 'release-on-tag',
  async prepare(context): Promise<TemplateForm> {
    const facts = await repositoryFacts(context);
    return {
      found: foundFacts(facts),
      questions: [
        ...(await questions.versionQuestions(context, facts)),
        questions.untypedQuestion(facts),
        ...questions.changelogQuestions(facts),
        buildQuestion,
        assetsQuestion,
        questions.callerQuestion(facts),
      ],
      write: async (answers, stem) => ({
        definition: await definitionFor(context, facts, answers, head.called(stem, facts.git.folder)),
        caller: tagCaller(answers, answerText(answers, 'tag')),
      }),
    };
  },
};

const buildQuestion: TemplateQuestion = {
  name: 'build',
  title: 'Command that makes the files of the release (empty: none)',
  type: 'text',
  default: '',
  why: 'which files a release has is for you to say',
  asked: true,
};

const assetsQuestion: TemplateQuestion = {
  name: 'assets',
  title: 'Files of the release, as paths or patterns',
  type: 'list',
  default: [],
  why: 'which files a release has is for you to say',
  asked: true,
};

async function definitionFor(
  context: TemplateContext,
  facts: RepositoryFacts,
  answers: JsonMap,
  name: string,
): Promise<string> {
  const version = await versionAnswers(context, facts, answers);
  const changelog = changelogAnswers(facts, answers);
  // Notes are never an entry.
  const style = changelog.style === 'conventional' ? 'conventional' : 'keep-a-changelog';
  const about = `A release on GitHub for each tag that is pushed.\nOn a laptop it shows version and notes of the tag on the newest commit:  vwmp run ${name}`;
  return head.textOfLines([
    ...head.headLines({ about, name: 'Release on tag', description }),
    '',
    'defaults:',
    '  timeout: 10m',
    ...steps.stepLines([
      '',
      '  # The version is that of the tag. Files that hold a version must say the same: a tag on the wrong commit is',
      '  # found here, before anybody sees a release.',
      '  - id: bump',
      '    name: Read the version from the tag',
      '    handler: release.version_bump',
      '    config:',
      '      from_tag: true',
      // What lags behind would stop every release here, where nothing is written.
      ...steps.versionConfig({ ...version, targets: version.agreeing }),
      '',
      '  - id: notes',
      '    name: Gather the notes',
      '    handler: release.notes',
      '    config:',
      `      main_changelog: ${yamlText(changelog.path)}`,
      `      style: ${style}`,
      ...(changelog.anyCommit ? steps.sectionsConfig(style) : []),
      ...steps.pathsConfig(changelog.paths),
      ...buildStep(answerText(answers, 'build')),
      ...releaseStep(version.tag, assetsOf(answers)),
    ]),
    ...head.outputLines([...head.bumpOutputs.slice(0, 2), ['notes', 'steps.notes.outputs.notes']]),
  ]);
}

const description = 'Makes the release on GitHub of a tag that was pushed.';

function buildStep(command: string): readonly string[] {
  if (command === '') return [];
  return [
    '',
    '  - id: build',
    '    name: Make the files',
    ...scriptLines('run', command, '    '),
    '    timeout: 20m',
    '    env:',
    `      VERSION: ${expression('steps.bump.outputs.new_version')}`,
  ];
}

function releaseStep(tag: string, assets: readonly string[]): readonly string[] {
  const config = [...steps.tagConfig(tag), ...(assets.length === 0 ? [] : [`      assets: ${yamlTemplate(assets)}`])];
  return [
    '',
    '  # First a draft, then its files, published last. What is there already is not made again.',
    '  - id: release',
    '    name: Release on GitHub',
    '    handler: github.release',
    '    enabled: github',
    ...(config.length === 0 ? [] : ['    config:', ...config]),
  ];
}

function assetsOf({ assets = null }: JsonMap): readonly string[] {
  return isJsonList(assets) ? assets.map(String).filter((pattern) => pattern.trim() !== '') : [];
}
