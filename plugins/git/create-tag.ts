import {
  booleanValue,
  failed,
  fillTemplate,
  type GitAdapter,
  type HandlerContext,
  handlerFailure,
  type JsonMap,
  PluginFailure,
  type StepHandler,
  showTemplate,
  success,
  templateValue,
  unfilledPlaceholders,
} from '../../src/plugin-api/index.ts';
import { showCommand } from './show-command.ts';
import { recordTag } from './tag-record.ts';

/**
 * Has no `probe`: running it again is harmless, and only a run of it records the tag for `git.push`.
 */
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
        type: 'string',
        default: 'v{version}',
        template: true,
        description: 'Name of the tag.',
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
    },
  },
  outputs: {
    tag: { type: 'string', description: 'Name of the tag.' },
    target: { type: 'string', description: 'Full object name of the commit that it points at.' },
    created: { type: 'boolean', description: 'False where the tag was there already.' },
  },
  permissions: ['files', 'processes'],
  rollback: 'undo',

  async execute(context) {
    const tag = tagOf(context);
    const git = await context.adapter<GitAdapter>('git');
    const { head, target } = await git.headAndTag(tag);
    if (head === null) {
      return failed(
        handlerFailure(`there is no commit for the tag \`${tag}\` yet: commit first`, { retryable: false }),
      );
    }
    if (target !== null && target !== head) return failed(takenFailure(context, tag, target, head));
    if (target === null) await git.createTag(tag, messageOf(context, tag));
    else context.log('info', `the tag ${tag} is there already, on this commit`);
    await recordTag(context, tag);
    return success(outputsOf(tag, head, target === null));
  },

  async preview(context) {
    const template = templateValue(context.config, 'tag_template');
    const tag = template === null ? '' : showTemplate(template);
    const message = previewMessage(context, tag);
    const args = message === null ? ['tag', tag] : ['tag', '--annotate', '--message', message, tag];
    return {
      summary: `tags the newest commit as ${tag}`,
      diffs: [],
      commands: [showCommand(args)],
      outputs: { tag },
    };
  },
};

function tagOf(context: HandlerContext): string {
  const template = templateValue(context.config, 'tag_template');
  const unfilled = template === null ? [] : unfilledPlaceholders(template);
  if (unfilled.length > 0) {
    const names = unfilled.map((name) => `{${name}}`).join(', ');
    throw new PluginFailure('handler', `nothing gives ${names} of \`tag_template\` a value`, { retryable: false });
  }
  const tag = template === null ? '' : fillTemplate(template).trim();
  if (tag === '') throw new PluginFailure('handler', '`tag_template` gives an empty name', { retryable: false });
  return tag;
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

function outputsOf(tag: string, target: string, created: boolean): JsonMap {
  return { tag, target, created };
}

/** A push that went through without the tag is a success, which only `--from` runs again. */
function takenFailure(context: HandlerContext, tag: string, target: string, head: string) {
  const again = `vwmp resume ${context.run.id} --from ${context.step.id}`;
  return handlerFailure(
    `the tag \`${tag}\` exists already on commit ${target}, but this run is at commit ${head}: release another version, or, if the tag was made by mistake, delete it (${showCommand(['tag', '--delete', tag])}) and have it made and pushed: ${again}`,
    { retryable: false, details: { tag, tagged_commit: target, head } },
  );
}
