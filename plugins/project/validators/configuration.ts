import type { JsonSchema } from '../../../src/plugin-api/index.ts';
import { changeField } from './change/change-fields.ts';
import { durationField } from './duration.ts';
import { commonOptions, optionsOfRules, rules } from './rules/rules.ts';

const item: JsonSchema = {
  anyOf: [
    { type: 'string', minLength: 1, path: true, title: 'a path or the name of a rule' },
    {
      title: 'a map with `script` or `rule`',
      type: 'object',
      additionalProperties: false,
      minProperties: 1,
      properties: {
        script: { type: 'string', minLength: 1, path: true, description: 'Path, relative to the workspace.' },
        args: { type: 'array', items: { type: ['string', 'number'] }, description: 'Arguments of the script.' },
        timeout: { ...durationField, description: 'Time limit of the script, e.g. 30 or "1m30s".' },
        sarif: { type: 'string', minLength: 1, path: true, description: 'File that the script writes SARIF 2.1.0 to.' },
        rule: { enum: [...rules.keys()], description: 'A rule that comes with the product.' },
        ...commonOptions,
        ...optionsOfRules(),
      },
    },
  ],
};

/** The configuration of `project.run_validators`. */
export const configuration: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    validators: {
      type: 'array',
      default: [],
      description: `Scripts, started by their ending (.py .sh .js .mjs .ts .rb .ps1) or their run bit, where an exit code other than 0 is a failure; and rules: ${[...rules.keys()].join(', ')}.`,
      items: item,
    },
    strict_mode: { type: 'boolean', default: false, description: 'Warnings fail too.' },
    only_changed: {
      enum: [true, false, 'lines', 'files'],
      default: false,
      description:
        'Keep only findings of scripts that stand on lines (`true`, `lines`) or in files (`files`) of the change.',
    },
    merge_method: {
      enum: ['auto', 'merge', 'rebase', 'squash'],
      default: 'auto',
      description: 'How the change will land. With `squash` its title counts and commit messages are notices.',
    },
    change: changeField,
    timeout: {
      ...durationField,
      default: '10m',
      description: 'Time limit of each script that has none of its own.',
    },
    max_parallel: {
      type: 'integer',
      default: 4,
      minimum: 1,
      maximum: 64,
      description: 'How many run at the same time.',
    },
  },
};
