import { isJsonMap, type Json, type JsonSchema, optionalText, textList } from '../../../../src/plugin-api/index.ts';

const pull = 'github.event.pull_request';

/**
 * What an expression knows of the change under review. The defaults read the event of a pull request or of a merge
 * queue; where the run has no such event, they are null, which leaves a key unset.
 */
export const changeField: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  description: 'The change under review; by default the pull request, or the group of a merge queue, of the event.',
  properties: {
    title: { type: 'string', description: 'Title of the pull request.' },
    branch: { type: 'string', description: 'Its branch; default the one that git or the event names.' },
    base: { type: 'string', description: 'Commit, branch or tag that the change starts from.' },
    labels: { type: 'array', items: { type: 'string' }, description: 'Labels of the pull request.' },
    commits: { type: 'integer', minimum: 0, description: 'How many commits it has.' },
    merge_method: {
      enum: ['merge', 'rebase', 'squash'],
      description: 'How it will land, as far as the event tells: the only method that is allowed, or the chosen one.',
    },
    squash_title: {
      type: 'string',
      description: "Where a squash takes its title from: the platform's word for it, e.g. PR_TITLE.",
    },
  },
  default: {
    title: `\${{ ${pull}.title }}`,
    branch: `\${{ ${pull}.head.ref }}`,
    base: `\${{ ${pull}.base.sha ?? github.event.merge_group.base_sha }}`,
    labels: `\${{ (${pull}.labels ?? []).map(label => label.name) }}`,
    commits: `\${{ ${pull}.commits }}`,
    merge_method: `\${{ ${pull}.auto_merge.merge_method ?? (${pull}.base.repo.allow_squash_merge == false ? 'merge' : ${pull}.base.repo.allow_squash_merge == true && ${pull}.base.repo.allow_merge_commit == false && ${pull}.base.repo.allow_rebase_merge == false ? 'squash' : null) }}`,
    squash_title: `\${{ ${pull}.base.repo.squash_merge_commit_title }}`,
  },
};

export type MergeMethod = 'merge' | 'rebase' | 'squash';

/** The key `change` of the configuration, read. */
export interface ChangeFields {
  readonly title: string | null;
  readonly branch: string | null;
  readonly base: string | null;
  readonly labels: readonly string[];
  readonly commitCount: number | null;
  /** `null`: any that the repository allows. */
  readonly mergeMethod: MergeMethod | null;
  readonly squashTitle: string | null;
}

export function readChangeFields(value: Json | undefined): ChangeFields {
  const fields = isJsonMap(value) ? value : {};
  const { commits, merge_method: method } = fields;
  return {
    title: optionalText(fields, 'title'),
    branch: optionalText(fields, 'branch'),
    base: optionalText(fields, 'base'),
    labels: textList(fields, 'labels'),
    commitCount: typeof commits === 'number' ? commits : null,
    mergeMethod: isMergeMethod(method) ? method : null,
    squashTitle: optionalText(fields, 'squash_title'),
  };
}

export function isMergeMethod(value: Json | undefined): value is MergeMethod {
  return value === 'merge' || value === 'rebase' || value === 'squash';
}
