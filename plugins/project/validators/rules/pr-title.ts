import { type Finding, type HandlerContext, optionalText, PluginFailure } from '../../../../src/plugin-api/index.ts';
import type { Change } from '../change/change.ts';
import { quoted } from '../quoted.ts';
import { type HeaderFault, headerFaults, headerOptions, readHeaderRules } from './message-rules.ts';
import { checked, type Rule } from './rule.ts';

export const prTitle: Rule = {
  description: 'The title of the pull request follows Conventional Commits: it is what a squash puts on the branch.',
  options: {
    ...headerOptions,
    max_length: { type: 'integer', minimum: 1, description: 'Most characters of the title; default 100.' },
    title: { type: 'string', description: 'The title; default that of the change.' },
  },

  async check({ options, context, change }) {
    const title = optionalText(options, 'title') ?? change.fields.title;
    if (title === null) {
      const reason = 'there is no pull request: the event has none, and neither `title` nor `change.title` is given';
      return { kind: 'not-applicable', reason };
    }
    const [line = ''] = title.split(/\r\n|[\r\n\u2028\u2029]/);
    const faults: HeaderFault[] = [...headerFaults(line.trim(), await readHeaderRules(options))];
    if (line !== title) faults.push({ text: 'has a line break, and only its first line would stay' });
    // With another method than a squash the title stays on the pull request.
    const mayLand = change.mergeMethod === null || change.mergeMethod === 'squash';
    const findings = faults.map(
      ({ text, hint }): Finding => ({
        level: mayLand ? 'error' : 'notice',
        message: `the title ${quoted(title)} ${text}`,
        ...(hint === undefined ? {} : { hint }),
      }),
    );
    const other = mayLand && (await subjectGoesBefore(change, title, context.log));
    return checked(other ? [...findings, singleCommitNotice] : findings);
  },
};

const singleCommitNotice: Finding = {
  level: 'notice',
  message:
    "the pull request has one commit, and a squash takes that commit's own subject unless the repository says otherwise",
  hint: 'Give the commit the same subject, or set the title of squash merges to the title of the pull request.',
};

/** True where a squash may take the subject of the only commit, and that is not the title. */
async function subjectGoesBefore(change: Change, title: string, log: HandlerContext['log']): Promise<boolean> {
  const { commitCount, squashTitle } = change.fields;
  if (commitCount !== 1 || squashTitle === 'PR_TITLE') return false;
  try {
    const { commits } = await change.commits(null);
    const own = commits.filter(({ parents }) => parents.length < 2);
    return own.length !== 1 || own[0]?.subject !== title;
  } catch (error) {
    if (!(error instanceof PluginFailure)) throw error;
    log('debug', `the subject of the only commit is not known: ${error.failure.message}`);
    return true;
  }
}
