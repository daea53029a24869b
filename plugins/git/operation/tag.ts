import { filledText, PluginFailure, showTemplate, success, templateValue } from '../../../src/plugin-api/index.ts';
import { probeTag, tagHead } from '../create-tag.ts';
import { showCommand } from '../show-command.ts';
import { signingFields, signingOptions } from '../signing-fields.ts';
import { takeBackTag, unknownPast } from '../take-back.ts';
import { type Operation, outputsFor } from './operation.ts';

/** Tags the newest commit, with a message as an annotated tag, without one as a lightweight tag. */
export const tagOperation: Operation = {
  keys: ['tag', 'message', ...Object.keys(signingFields)],
  required: ['tag'],

  async execute(context, git) {
    const name = filledText(context.config, 'tag');
    if (name === '') throw new PluginFailure('handler', '`tag` gives an empty name', { retryable: false });
    const message = filledText(context.config, 'message') || null;
    const outcome = await tagHead(context, git, { name, message, options: signingOptions(context.config) });
    if (outcome.kind !== 'success') return outcome;
    const { tag = name, object = null, created } = outcome.outputs;
    return success(await outputsFor(git, 'tag', created === true, { tag, object }));
  },

  async preview({ config }) {
    const tag = shown(templateValue(config, 'tag'));
    const message = shown(templateValue(config, 'message'));
    const args = message === '' ? ['tag', tag] : ['tag', '--annotate', '--message', message, tag];
    return { summary: `tags the newest commit as ${tag}`, commands: [showCommand(args)] };
  },

  async probe(context, git) {
    const answer = await probeTag(context, git, filledText(context.config, 'tag'));
    if (answer.kind !== 'done') return answer;
    const { tag = null, object = null } = answer.outputs;
    return { kind: 'done', outputs: await outputsFor(git, 'tag', true, { tag, object }) };
  },

  async undo(context, git) {
    const { tag, object, changed } = context.done.outputs;
    if (changed === false) return { kind: 'undone', message: 'the tag was there before this run' };
    if (typeof tag !== 'string' || typeof object !== 'string') return unknownPast('which tag was made');
    return takeBackTag(git, tag, object);
  },
};

function shown(template: ReturnType<typeof templateValue>): string {
  return template === null ? '' : showTemplate(template).trim();
}
