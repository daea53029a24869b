import {
  booleanValue,
  failed,
  type GitAdapter,
  type HandlerContext,
  logFindings,
  optionalText,
  releaseOf,
  releaseOfTag,
  type StepHandler,
  skipped,
  success,
  templateValue,
} from '../../src/plugin-api/index.ts';
import { branchProblems, readBranchRules } from './check/branch-rules.ts';
import { findingOf, type Problem } from './check/problem.ts';
import { notesProblems, tagProblems } from './check/tag-problems.ts';
import { tokenProblems } from './check/token-rights.ts';
import { expectedPlace } from './release/preview-release.ts';
import { contentFields } from './release/release-fields.ts';
import { expectedTag, expectedWish, notesRemark, tagOf, wishFor } from './release/release-wish.ts';
import { nothingToRelease, type ReleasePlace, releasePlace } from './release/release-work.ts';
import { retryableHere } from './release/retryable.ts';

const { body, body_file, target } = contentFields;

export const releaseCheck: StepHandler = {
  title: 'Check release',
  description:
    'Asks GitHub before anything is written whether a release can be made: rights, tag, rules of the branch, size of the notes. Reads only.',
  icon: '🔎',
  category: 'github',
  configuration: {
    type: 'object',
    additionalProperties: false,
    properties: {
      tag_template: {
        type: 'string',
        template: true,
        description:
          'Tag of the release; where it is not set, the one that a step before found out. Before such a step the tag is not known and not looked at.',
      },
      body: body ?? {},
      body_file: body_file ?? {},
      target: target ?? {},
      push_to_branch: {
        type: 'boolean',
        default: true,
        description: 'Whether the run pushes to the branch, so that its rules count.',
      },
      branch: {
        type: ['string', 'null'],
        default: null,
        description: 'The branch that is pushed to; null: the one of the adapter `git`.',
      },
      may_bypass: {
        type: 'boolean',
        default: false,
        description: 'The token is exempt from the rules of the branch: what they refuse is a warning.',
      },
    },
  },
  outputs: {
    tag: { type: ['string', 'null'], description: 'Tag of the release; null where it was not known yet.' },
    branch: { type: ['string', 'null'], description: 'The branch whose rules were read.' },
    remarks: { type: 'array', items: { type: 'string' }, description: 'What was found, one sentence each.' },
  },
  retry: { enabled: true, maxAttempts: 3, backoff: 'exponential' },
  permissions: ['files', 'processes', 'network'],
  rollback: 'none',

  async execute(context) {
    if (await checksNothing(context)) return skipped(nothingToRelease);
    const place = await releasePlace(context);
    const tag = await checkedTag(context);
    const wish = await wishFor(context, place, tag ?? unknownTag);
    const branch = await branchOf(context);
    const problems = [
      ...(await tokenProblems(place)),
      ...(tag === null ? [] : await tagProblems(place, wish)),
      ...notesProblems(wish),
      ...(branch === null ? [] : await rulesOf(context, place, branch)),
    ];
    const findings = logFindings(context.log, problems.map(findingOf));
    const failures = problems.filter(({ level }) => level === 'failure');
    if (failures.length > 0) return failed(checkFailure(failures), findings);
    return success({ tag, branch, remarks: problems.map(({ message }) => message) }, findings);
  },

  async preview(context) {
    if (await checksNothing(context)) return { summary: nothingToRelease, diffs: [], commands: [] };
    const tag = expectedTag(context) || ((await releaseOf(context))?.tag ?? null);
    const named = tag ?? unknownTag;
    const cut = notesRemark((await expectedWish(context, await expectedPlace(context), named)).notes);
    const looks = ['rights of the token', ...(tag === null ? [] : ['the tag']), 'rules of the branch'];
    return {
      summary: `asks GitHub whether ${named} can be released: ${looks.join(', ')}${cut === null ? '' : ` - ${cut}`}`,
      diffs: [],
      commands: [],
      outputs: { tag },
    };
  },

  /** What was true a moment ago says nothing about now, and asking again is harmless. */
  async probe() {
    return { kind: 'not-done' };
  },

  retryable: retryableHere,
};

/** Without a tag of its own the step is about whatever is released. */
async function checksNothing(context: HandlerContext): Promise<boolean> {
  const isNamed = templateValue(context.config, 'tag_template') !== null;
  return (await (isNamed ? releaseOfTag(context) : releaseOf(context)))?.outcome === 'nothing';
}

/** What messages say instead of a tag that is not known yet. */
const unknownTag = 'the next version';

/** `null` where no step before has found out what is released, and none is named. */
async function checkedTag(context: HandlerContext): Promise<string | null> {
  if (templateValue(context.config, 'tag_template') !== null) return tagOf(context);
  return (await releaseOf(context))?.tag ?? null;
}

async function branchOf(context: HandlerContext): Promise<string | null> {
  if (!booleanValue(context.config, 'push_to_branch', true)) return null;
  const written = optionalText(context.config, 'branch');
  return written ?? (await (await context.adapter<GitAdapter>('git')).branch());
}

async function rulesOf(context: HandlerContext, place: ReleasePlace, branch: string): Promise<readonly Problem[]> {
  const { token } = await place.github.settings();
  return branchProblems(branch, await readBranchRules(place, branch), {
    mayBypass: booleanValue(context.config, 'may_bypass', false),
    appToken: token === 'app',
  });
}

function checkFailure(failures: readonly Problem[]) {
  return {
    kind: failures.every(({ permission }) => permission) ? ('permission' as const) : ('handler' as const),
    message: `the release would fail: ${failures.map(({ message }) => message).join('; ')}`,
    retryable: false,
    details: { rules: failures.map(({ rule }) => rule) },
  };
}
