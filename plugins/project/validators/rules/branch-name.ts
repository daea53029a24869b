import {
  booleanValue,
  compilePattern,
  defaultBranchPattern,
  type Finding,
  integerValue,
  optionalText,
} from '../../../../src/plugin-api/index.ts';
import { quoted } from '../quoted.ts';
import { lengthOf } from './message-rules.ts';
import { checked, type Rule } from './rule.ts';

/** Letters, digits, `.`, `_` and `-`, in parts with `/` between them: no shell and no URL takes them for more. */
const generalPattern = '^[A-Za-z0-9][A-Za-z0-9._-]*(?:/[A-Za-z0-9][A-Za-z0-9._-]*)*$';
const defaultLength = 100;

export const branchName: Rule = {
  description: 'The name of the branch matches a pattern.',
  options: {
    pattern: {
      type: 'string',
      minLength: 1,
      description:
        'RE2 pattern that is found in the name; default letters, digits and `._-` in parts with `/` between.',
    },
    work_item: {
      type: 'boolean',
      description: 'The name has to name an epic, as releases read it: `epic/21-story-3`, `E01S02`; default false.',
    },
    max_length: { type: 'integer', minimum: 1, description: 'Most characters of the name; default 100.' },
    branch: { type: 'string', minLength: 1, description: 'The branch; default that of the change.' },
  },

  async check({ options, change }) {
    const branch = optionalText(options, 'branch') ?? (await change.branch());
    if (branch === null) {
      return { kind: 'not-applicable', reason: 'no branch is checked out, and the event names none' };
    }
    const findings: Finding[] = [];
    const patterns = [
      optionalText(options, 'pattern') ?? generalPattern,
      ...(booleanValue(options, 'work_item', false) ? [defaultBranchPattern] : []),
    ];
    for (const pattern of patterns) {
      if ((await compilePattern(pattern)).firstMatch(branch) !== null) continue;
      const message = `the branch ${quoted(branch)} does not match the pattern \`${pattern}\``;
      findings.push({ level: 'error', message, hint: 'Rename it with `git branch --move`.' });
    }
    const most = integerValue(options, 'max_length', defaultLength);
    const length = lengthOf(branch);
    if (length > most) {
      const message = `the branch ${quoted(branch)} has ${length} characters, and ${most} is the most`;
      findings.push({ level: 'error', message });
    }
    return checked(findings);
  },
};
