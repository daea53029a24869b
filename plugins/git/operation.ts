import {
  type GitAdapter,
  type HandlerContext,
  handlerFailure,
  type JsonSchema,
  PluginFailure,
  requiredText,
  type StepHandler,
} from '../../src/plugin-api/index.ts';
import { branchOperation } from './operation/branch.ts';
import { commitOperation } from './operation/commit.ts';
import { fetchOperation } from './operation/fetch.ts';
import { mergeOperation } from './operation/merge.ts';
import type { Operation } from './operation/operation.ts';
import { pushOperation } from './operation/push.ts';
import { rebaseOperation } from './operation/rebase.ts';
import { syncOperation } from './operation/sync.ts';
import { tagOperation } from './operation/tag.ts';
import { noVerifyField, signingFields } from './signing-fields.ts';

const operations = {
  branch: branchOperation,
  commit: commitOperation,
  merge: mergeOperation,
  rebase: rebaseOperation,
  push: pushOperation,
  tag: tagOperation,
  fetch: fetchOperation,
  sync: syncOperation,
} as const satisfies { readonly [name: string]: Operation };

const names = Object.keys(operations);

/** No field has a default: a default would stand in every operation, also where the field does not belong to it. */
const fields: { readonly [key: string]: JsonSchema } = {
  branch: {
    type: 'string',
    minLength: 1,
    description:
      'branch: its name. commit: where the commit goes, made where it is missing; default: the one that is checked out. merge: what is merged. rebase: what the own commits are put on. push, fetch, sync: the branch of the remote.',
  },
  message: {
    type: 'string',
    template: true,
    description:
      'commit: its message. merge: that of the merge commit. tag: that of an annotated tag; without one the tag is lightweight.',
  },
  from: { type: 'string', minLength: 1, description: 'branch: where a new branch begins; default: head.' },
  switch: { type: 'boolean', description: 'branch: check it out too; default true.' },
  paths: {
    type: 'array',
    items: { type: 'string', minLength: 1 },
    minItems: 1,
    description: 'commit: paths or patterns that are staged before; default: everything that has changed.',
  },
  into: {
    type: 'string',
    minLength: 1,
    description: 'merge: the branch that is merged into; default: the one that is checked out.',
  },
  fast_forward: {
    type: 'string',
    enum: ['auto', 'only', 'never'],
    description:
      'merge: auto (default) makes a merge commit where one is needed, only makes none, never always makes one.',
  },
  tag: { type: 'string', template: true, description: 'tag: its name.' },
  remote: {
    type: 'string',
    minLength: 1,
    description: 'push, fetch, sync: name or URL of the remote; default: `remote` of the adapter `git` (origin).',
  },
  push_tags: { type: 'boolean', description: 'push: push the tags that this run made too; default true.' },
  all_tags: { type: 'boolean', description: 'fetch: bring all tags; default: those on commits that are brought.' },
  unshallow: { type: 'boolean', description: 'fetch: bring the commits that a shallow clone lacks; default false.' },
  strategy: {
    type: 'string',
    enum: ['rebase', 'fast-forward'],
    description:
      'sync: what to do where both sides have commits: rebase (default) puts the own ones on top, fast-forward fails.',
  },
  push: { type: 'boolean', description: 'sync: push in the end; default true.' },
  no_verify: noVerifyField,
  ...signingFields,
};

const knownOperation: JsonSchema = { required: ['operation'], properties: { operation: { enum: names } } };

export const operation: StepHandler = {
  title: 'Git operation',
  description: `One operation of git: ${names.join(', ')}.`,
  icon: '🌿',
  category: 'git',
  configuration: {
    type: 'object',
    additionalProperties: false,
    required: ['operation'],
    properties: { operation: { type: 'string', enum: names, description: 'What to do.' }, ...fields },
    // An operation that is not known is a fault of that key alone.
    anyOf: [...Object.entries(operations).map(formOf), { not: knownOperation }],
  },
  outputs: {
    operation: { type: 'string', description: 'What was done.' },
    commit: {
      type: ['string', 'null'],
      description: 'The commit that is checked out afterwards; of push what was pushed.',
    },
    branch: { type: ['string', 'null'], description: 'The branch that is checked out afterwards.' },
    changed: { type: 'boolean', description: 'Whether anything changed.' },
    before: { type: ['string', 'null'], description: 'commit, merge, rebase, sync: where the branch stood before.' },
    message: { type: 'string', description: 'commit: its message.' },
    tag: { type: 'string', description: 'tag: its name.' },
    remote: { type: 'string', description: 'push, fetch, sync: the remote.' },
    pushed: { type: 'array', items: { type: 'string' }, description: 'push, sync: refs that changed on the remote.' },
  },
  permissions: ['files', 'processes', 'network'],
  rollback: 'undo-with-care',

  async execute(context) {
    return operationOf(context).execute(context, await context.adapter<GitAdapter>('git'));
  },

  async preview(context) {
    const git = await context.adapter<GitAdapter>('git');
    return { ...(await operationOf(context).preview(context, git)), diffs: [] };
  },

  async probe(context) {
    return operationOf(context).probe(context, await context.adapter<GitAdapter>('git'));
  },

  async undo(context) {
    return operationOf(context).undo(context, await context.adapter<GitAdapter>('git'));
  },
};

function operationOf(context: HandlerContext): Operation {
  const name = requiredText(context.config, 'operation');
  const found: Operation | undefined = Object.entries(operations).find(([known]) => known === name)?.[1];
  if (found !== undefined) return found;
  const { kind, message } = handlerFailure(`\`${name}\` is no operation: write ${names.join(', ')}`);
  throw new PluginFailure(kind, message, { retryable: false });
}

/**
 * The form of a configuration for one operation. A form of another operation is refused as a whole and one of this
 * operation by its keys, so that a fault names the key.
 */
function formOf([name, { keys, required }]: readonly [string, Operation]): JsonSchema {
  const foreign = Object.keys(fields).filter((key) => !keys.includes(key));
  return {
    title: `operation ${name}`,
    not: { title: 'another operation', properties: { operation: { not: { const: name } } } },
    required,
    properties: Object.fromEntries(foreign.map((key) => [key, { not: { title: `a key that ${name} does not take` } }])),
  };
}
