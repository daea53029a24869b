import {
  booleanValue,
  failed,
  filledName,
  fillTemplate,
  type GitAdapter,
  type GitIdentity,
  type GitSigning,
  type GitTag,
  type HandlerContext,
  handlerFailure,
  type Outcome,
  optionalText,
  type ProbeAnswer,
  releaseOfTag,
  type StepHandler,
  showTemplate,
  skipped,
  success,
  templateValue,
} from '../../src/plugin-api/index.ts';
import { nothingToRelease, refuseMovedBetween } from './release-standing.ts';
import { recordedCommit, recordTag } from './run-record.ts';
import { showCommand } from './show-command.ts';
import { signingFields, signingOptions } from './signing-fields.ts';
import { takeBackTag, unknownPast } from './take-back.ts';

export const createTag: StepHandler = {
  title: 'Create git tag',
  description:
    'Tags the newest commit. A tag that is there already stays as it is; one on another commit is a failure.',
  icon: '🏷️',
  category: 'git',
  configuration: {
    type: 'object',
    additionalProperties: false,
    properties: {
      tag_template: {
        type: ['string', 'null'],
        default: 'v{version}',
        template: true,
        description:
          'Name of the tag. Of several packages each step names its own, and does nothing where that is null.',
      },
      message_template: {
        type: 'string',
        default: 'Release {tag}',
        template: ['tag'],
        description: 'Message of an annotated tag; `{tag}` is its name.',
      },
      annotated: {
        type: 'boolean',
        default: true,
        description: 'An annotated tag has a message, a date and an author; a lightweight one has none of these.',
      },
      ...signingFields,
    },
  },
  outputs: {
    tag: { type: 'string', description: 'Name of the tag.' },
    target: { type: 'string', description: 'Full object name of the commit that it points at.' },
    object: { type: 'string', description: 'Full object name of the tag itself; of a lightweight one its commit.' },
    created: { type: 'boolean', description: 'False where the tag was there already.' },
  },
  permissions: ['files', 'processes'],
  rollback: 'undo',

  async execute(context) {
    if (await releasesNothing(context)) return skipped(nothingToRelease);
    const name = filledName(context.config, 'tag_template');
    const message = messageOf(context, name);
    const git = await context.adapter<GitAdapter>('git');
    const options = signingOptions(context.config);
    return tagHead(context, git, { name, message, options });
  },

  async preview(context) {
    const release = await releaseOfTag(context);
    if (release?.outcome === 'nothing') return { summary: nothingToRelease, diffs: [], commands: [] };
    const template = templateValue(context.config, 'tag_template');
    const tag = template === null ? '' : showTemplate(template);
    if (release !== null && release.outcome !== 'new' && (await isAtHead(context, tag))) {
      return { summary: `leaves the tag ${tag}, which is there already`, diffs: [], commands: [], outputs: { tag } };
    }
    const message = previewMessage(context, tag);
    const args = message === null ? ['tag', tag] : ['tag', '--annotate', '--message', message, tag];
    return {
      summary: `tags the newest commit as ${tag}`,
      diffs: [],
      commands: [showCommand(args)],
      outputs: { tag },
    };
  },

  async probe(context) {
    if (await releasesNothing(context)) return { kind: 'not-done' };
    const git = await context.adapter<GitAdapter>('git');
    return probeTag(context, git, filledName(context.config, 'tag_template'));
  },

  async undo(context) {
    const { outputs } = context.done;
    if (outputs.created === false) return { kind: 'undone', message: 'the tag was there before this run' };
    const tag = optionalText(outputs, 'tag');
    const object = optionalText(outputs, 'object');
    if (tag === null || object === null) return unknownPast('which tag was made');
    return takeBackTag(await context.adapter<GitAdapter>('git'), tag, object);
  },
};

async function releasesNothing(context: HandlerContext): Promise<boolean> {
  return (await releaseOfTag(context))?.outcome === 'nothing';
}

async function isAtHead(context: HandlerContext, tag: string): Promise<boolean> {
  const git = await context.adapter<GitAdapter>('git');
  const { head, target } = await git.headAndTag(tag);
  return target !== null && target === head;
}

/** Tags head, and records the tag for a push of this run. */
export async function tagHead(
  context: HandlerContext,
  git: GitAdapter,
  request: { readonly name: string; readonly message: string | null; readonly options: GitSigning & GitIdentity },
): Promise<Outcome> {
  await refuseMovedBetween(context);
  const { name, message, options } = request;
  if (message === null && options.sign === true) return failed(lightweightFailure());
  const { created, tag } = await git.createTag(name, message, options);
  const head = created ? tag.commit : await git.head();
  if (head === null || tag.commit !== head) return failed(takenFailure(context, tag, head));
  if (!created) context.log('info', `the tag ${name} is there already, on this commit`);
  await recordTag(context, { tag: name, object: tag.object, commit: head, created });
  return success({ tag: name, target: head, object: tag.object, created });
}

/** A tag on a commit that this run made was made after it; on another one it may have been there before. */
export async function probeTag(context: HandlerContext, git: GitAdapter, name: string): Promise<ProbeAnswer> {
  const object = await git.tagObject(name);
  const head = await git.head();
  if (object === null || head === null || (await git.tagTarget(name)) !== head) return { kind: 'not-done' };
  if ((await recordedCommit(context))?.commit !== head) return { kind: 'unknown' };
  return { kind: 'done', outputs: { tag: name, target: head, object, created: true } };
}

/** `null` for a lightweight tag. An annotated one whose template comes out empty takes its own name as message. */
function messageOf(context: HandlerContext, tag: string): string | null {
  if (!booleanValue(context.config, 'annotated', true)) return null;
  const template = templateValue(context.config, 'message_template');
  return (template === null ? '' : fillTemplate(template, { tag }).trim()) || tag;
}

function previewMessage(context: HandlerContext, tag: string): string | null {
  if (!booleanValue(context.config, 'annotated', true)) return null;
  const template = templateValue(context.config, 'message_template');
  return template === null ? tag : showTemplate(template, { tag });
}

function lightweightFailure() {
  return handlerFailure(
    'a lightweight tag cannot be signed: give it a message (`annotated: true`), or take `sign: true` away',
    {
      retryable: false,
    },
  );
}

/** A push that went through without the tag is a success, which only `--from` runs again. */
function takenFailure(context: HandlerContext, tag: GitTag, head: string | null) {
  const again = `vwmp resume ${context.run.id} --from ${context.step.id}`;
  const { name, commit } = tag;
  return handlerFailure(
    `the tag \`${name}\` exists already in this clone, on ${commit === null ? `${tag.object}, which is no commit` : `commit ${commit}`}, but this run is at commit ${head ?? 'none'}: release another version, or, if the tag was made by mistake, delete it (${showCommand(['tag', '--delete', name])}; if the remote has it too, there first) and have it made and pushed: ${again}`,
    { retryable: false, details: { tag: name, tagged_commit: commit, head, where: 'local' } },
  );
}
