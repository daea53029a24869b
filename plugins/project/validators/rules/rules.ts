import type { JsonSchema } from '../../../../src/plugin-api/index.ts';
import { branchName } from './branch-name.ts';
import { changelogEntry } from './changelog-entry.ts';
import { cleanTree } from './clean-tree.ts';
import { commitMessages } from './commit-messages.ts';
import { prTitle } from './pr-title.ts';
import type { Rule } from './rule.ts';
import { versionMatchesTag } from './version-matches-tag.ts';

/** Every rule by the name that a step writes. */
export const rules: ReadonlyMap<string, Rule> = new Map([
  ['branch-name', branchName],
  ['changelog-entry', changelogEntry],
  ['clean-tree', cleanTree],
  ['commit-messages', commitMessages],
  ['pr-title', prTitle],
  ['version-matches-tag', versionMatchesTag],
]);

/** Options that every rule takes. */
export const commonOptions = {
  name: { type: 'string', minLength: 1, description: 'What reports call it; default the path or the rule.' },
  level: {
    enum: ['error', 'warning', 'notice'],
    description: 'The most that a finding of this rule may be; default error.',
  },
} as const satisfies { readonly [name: string]: JsonSchema };

/** The options of all rules, each with the rules that take it in front of its description. */
export function optionsOfRules(): { readonly [name: string]: JsonSchema } {
  const found = new Map<string, { readonly schema: JsonSchema; readonly takers: readonly string[] }>();
  for (const [rule, { options }] of rules) {
    for (const [name, schema] of Object.entries(options)) {
      const takers = [...(found.get(name)?.takers ?? []), rule];
      found.set(name, { schema: found.get(name)?.schema ?? schema, takers });
    }
  }
  return Object.fromEntries(
    [...found].map(([name, { schema, takers }]) => [
      name,
      { ...schema, description: `${takers.join(', ')}: ${schema.description ?? ''}` },
    ]),
  );
}
