import {
  defaultBranchPattern,
  type Finding,
  fillTemplate,
  type GitAdapter,
  type HandlerContext,
  inertComments,
  type JsonMap,
  logFindings,
  optionalText,
  PluginFailure,
  releaseOfVersion,
  requiredText,
  type StepHandler,
  showTemplate,
  skipped,
  success,
  type TemplateText,
  templateValue,
  unifiedDiff,
  type WorkItem,
  withoutV,
  workItemOf,
} from '../../src/plugin-api/index.ts';
import { updateBoard } from './kanban/board.ts';
import { addRelease, type ReleaseRecord } from './kanban/release-record.ts';

interface Edit {
  readonly file: string;
  readonly before: string;
  readonly after: string;
}

interface Update {
  readonly epic: string;
  readonly version: string;
  readonly document: Edit | null;
  readonly board: Edit | null;
  readonly findings: readonly Finding[];
}

type Plan = { readonly kind: 'update'; readonly update: Update } | { readonly kind: 'skip'; readonly reason: string };

export const kanbanUpdate: StepHandler = {
  title: 'Update kanban documents',
  description: "Notes the release in the epic's document and on the board. The epic is read from the branch's name.",
  icon: '📋',
  category: 'project',
  configuration: {
    type: 'object',
    additionalProperties: false,
    properties: {
      epic_doc_pattern: {
        type: 'string',
        template: ['epic', 'story'],
        description:
          "Path of the epic's document; `{epic}` is tried as the branch writes it, then with two digits, then without leading zeros.",
      },
      kanban_board: {
        type: 'string',
        minLength: 1,
        path: true,
        description: 'Path of the board: Markdown with a table that has a row for the epic.',
      },
      branch_pattern: {
        type: 'string',
        default: defaultBranchPattern,
        minLength: 1,
        description:
          'How a branch names its epic (first group, or the group `epic`) and its story (second, or `story`).',
      },
      epic_detection: {
        type: ['string', 'integer'],
        default: 'auto',
        description: 'auto: the epic that the branch names; off: none; anything else is the epic itself.',
      },
      story_detection: {
        type: ['string', 'integer'],
        default: 'auto',
        description: 'auto: the story that the branch names; off: none; anything else is the story itself.',
      },
      version: {
        type: ['string', 'null'],
        default: '{version}',
        template: true,
        description:
          'The version that is released; the one that `release.version_bump` gave where it is not set. Of several packages a step names its own, and does nothing where that is null.',
      },
      summary: { type: 'string', parameter: 'summary', description: 'What the release is about, in one sentence.' },
    },
  },
  // No output is called `epic` or `story`: the changelog gives these, and two steps would make placeholders ambiguous.
  outputs: {
    epic_id: { type: 'string', description: 'The epic, as the branch writes it.' },
    epic_document: { type: ['string', 'null'], description: "The epic's document; null where none is configured." },
    kanban_board: { type: ['string', 'null'], description: 'The board; null where none is configured.' },
    changed: { type: 'array', items: { type: 'string' }, description: 'Files that were changed.' },
    // Not called `version`: two steps that give it would make the placeholder `{version}` ambiguous.
    noted_version: { type: 'string', description: 'The version that was noted.' },
  },
  permissions: ['files', 'processes'],
  rollback: 'undo',

  async execute(context) {
    const plan = await planOf(context, fillTemplate);
    if (plan.kind === 'skip') return skipped(plan.reason);
    for (const edit of editsOf(plan.update)) await context.files.write(edit.file, edit.after);
    return success(outputsOf(plan.update), logFindings(context.log, plan.update.findings));
  },

  async preview(context) {
    const plan = await planOf(context, showTemplate);
    if (plan.kind === 'skip') return { summary: plan.reason, diffs: [], commands: [] };
    const edits = changesOf(plan.update);
    const summary = edits.length === 0 ? 'changes nothing' : `updates ${edits.map((edit) => edit.file).join(' and ')}`;
    const diffs = edits.map(({ file, before, after }) => ({ file, diff: unifiedDiff(file, before, after) }));
    return { summary, diffs, commands: [], outputs: outputsOf(plan.update) };
  },

  async probe(context) {
    const plan = await planOf(context, fillTemplate);
    if (plan.kind === 'skip' || changesOf(plan.update).length > 0) return { kind: 'not-done' };
    return { kind: 'done', outputs: outputsOf(plan.update) };
  },
};

/** Where nothing is released there is no version, and the plan says why before it asks for one. */
async function planOf(context: HandlerContext, fill: typeof fillTemplate): Promise<Plan> {
  const pattern = patternOf(context);
  const board = optionalText(context.config, 'kanban_board');
  const release = await releaseOfVersion(context);
  if (release?.outcome === 'nothing') return { kind: 'skip', reason: `nothing to release: ${release.why}` };
  if (release !== null && release.commit !== null) {
    return { kind: 'skip', reason: `the commit of ${release.version} exists already (${release.commit.slice(0, 7)})` };
  }
  const version = versionOf(context, fill);
  if (pattern === null && board === null) {
    return { kind: 'skip', reason: 'neither `epic_doc_pattern` nor `kanban_board` is set' };
  }
  const item = await itemOf(context);
  if (item.kind === 'skip') return item;
  const record = { version, date: await today(context), summary: summaryOf(context) };
  const findings: Finding[] = [];
  const update = {
    epic: item.epic,
    version,
    document: pattern === null ? null : await documentEdit(context, pattern, item, record),
    board: board === null ? null : await boardEdit(context, board, item.epic, version, findings),
    findings,
  };
  return { kind: 'update', update };
}

/** An empty pattern is none. */
function patternOf(context: HandlerContext): TemplateText | null {
  const pattern = templateValue(context.config, 'epic_doc_pattern');
  return pattern === null || showTemplate(pattern) === '' ? null : pattern;
}

type Item = { readonly kind: 'item'; readonly epic: string; readonly story: string | null };

async function itemOf(context: HandlerContext): Promise<Item | Extract<Plan, { kind: 'skip' }>> {
  const epic = optionalText(context.config, 'epic_detection') ?? 'auto';
  const story = optionalText(context.config, 'story_detection') ?? 'auto';
  if (epic === 'off') return { kind: 'skip', reason: '`epic_detection` is off' };
  const branch = epic === 'auto' || story === 'auto' ? await branchOf(context) : null;
  const found: WorkItem = await workItemOf(branch, requiredText(context.config, 'branch_pattern'));
  const chosenEpic = epic === 'auto' ? found.epic : epic;
  const chosenStory = story === 'auto' ? found.story : story === 'off' ? null : story;
  if (chosenEpic !== null) return { kind: 'item', epic: chosenEpic, story: chosenStory };
  const reason = branch === null ? 'there is no branch to read an epic from' : `the branch \`${branch}\` names no epic`;
  return { kind: 'skip', reason };
}

async function branchOf(context: HandlerContext): Promise<string | null> {
  const git = await context.adapter<GitAdapter>('git').catch(() => null);
  try {
    return (await git?.branch()) ?? null;
  } catch (error) {
    // A workspace without a repository has no branch; there is nothing else to learn from the failure.
    if (error instanceof PluginFailure && error.failure.kind === 'not-found') return null;
    throw error;
  }
}

async function documentEdit(
  context: HandlerContext,
  pattern: TemplateText,
  item: Item,
  record: ReleaseRecord,
): Promise<Edit> {
  const tried: string[] = [];
  for (const [epic, story] of spellings(item)) {
    const file = fillTemplate(pattern, { epic, story });
    if (tried.includes(file)) continue;
    tried.push(file);
    if (!(await context.files.exists(file))) continue;
    const before = await context.files.read(file);
    return {
      file,
      before,
      after: addRelease(before, record, { isBeside: await isNoted(context, file, record.version) }),
    };
  }
  throw new PluginFailure('not-found', `epic ${item.epic} has no document: looked for ${tried.join(', ')}`, {
    retryable: false,
  });
}

/** Whether a step before this one noted this version in the file: of a package that has the same one. */
async function isNoted(context: HandlerContext, file: string, version: string): Promise<boolean> {
  const steps = await context.upstream('project.kanban_update');
  return steps.some(({ outputs }) => outputs.epic_document === file && outputs.noted_version === version);
}

/** As the branch writes it, with two digits, without leading zeros. */
function spellings(item: Item): readonly (readonly [string, string | null])[] {
  const forms: readonly ((text: string) => string)[] = [
    (text) => text,
    (text) => (/^\d+$/.test(text) ? text.replace(/^0+(?=\d)/, '').padStart(2, '0') : text),
    (text) => (/^\d+$/.test(text) ? text.replace(/^0+(?=\d)/, '') : text),
  ];
  return forms.flatMap((epicForm) =>
    forms.map((storyForm) => [epicForm(item.epic), item.story === null ? null : storyForm(item.story)] as const),
  );
}

async function boardEdit(
  context: HandlerContext,
  file: string,
  epic: string,
  version: string,
  findings: Finding[],
): Promise<Edit> {
  if (!(await context.files.exists(file))) {
    throw new PluginFailure('not-found', `there is no board ${file}: set \`kanban_board\``, { file, retryable: false });
  }
  const before = await context.files.read(file);
  const update = updateBoard(before, epic, version);
  if (update.kind === 'no-row') {
    findings.push({ level: 'warning', message: `${file} has no row for epic ${epic}`, file, rule: 'kanban-row' });
  }
  return { file, before, after: update.kind === 'updated' ? update.content : before };
}

function versionOf(context: HandlerContext, fill: (text: TemplateText) => string): string {
  const template = templateValue(context.config, 'version');
  const version = template === null ? '' : withoutV(fill(template).trim());
  if (version !== '') return version;
  throw new PluginFailure(
    'handler',
    'there is no version to write about: let a step `release.version_bump` come before this one, or set `version`',
    { retryable: false },
  );
}

function summaryOf(context: HandlerContext): string {
  return inertComments((optionalText(context.config, 'summary') ?? '').trim());
}

async function today(context: HandlerContext): Promise<string> {
  return new Date(await context.now()).toISOString().slice(0, 10);
}

function editsOf(update: Update): readonly Edit[] {
  return [update.document, update.board].flatMap((edit) => edit ?? []);
}

function changesOf(update: Update): readonly Edit[] {
  return editsOf(update).filter((edit) => edit.before !== edit.after);
}

function outputsOf(update: Update): JsonMap {
  return {
    epic_id: update.epic,
    epic_document: update.document?.file ?? null,
    kanban_board: update.board?.file ?? null,
    changed: changesOf(update).map((edit) => edit.file),
    noted_version: update.version,
  };
}
