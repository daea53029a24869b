import gitPlugin from '../../../../../plugins/git/index.ts';
import { versionBump } from '../../../../../plugins/release/version-bump.ts';
import type { GitAdapter, JsonMap, Outcome } from '../../../../../src/plugin-api/index.ts';
import { pluginContext } from '../../../../rigs/plugin-context.ts';
import type { TempFolder } from '../../../../rigs/temp-folder.ts';

export const now = Date.parse('2026-11-28T12:00:00Z');

export interface DecidedVersion {
  /** A failure as its text. */
  readonly outcome: Outcome | string;
  /** Tags of which git was asked whether they are in the history, in how many lists. */
  readonly asked: readonly string[];
  readonly listed: number;
  /** Ranges of commits that were read. */
  readonly ranges: readonly string[];
}

let runs = 0;

/** What is decided where all tags are asked about, or no more than it takes. Leaves the files as they are committed. */
export async function decidedVersion(at: TempFolder, config: JsonMap, tags: 'all' | 'few'): Promise<DecidedVersion> {
  const factory = gitPlugin.adapters?.git;
  if (factory === undefined) throw new Error('there is no adapter git');
  const context = pluginContext(at.path, {
    now,
    config: { version_file: 'VERSION', increment_type: 'auto', ...config },
    adapters: {
      git: {
        ...factory,
        initialize: async (given) => {
          const { api, ...rest } = await factory.initialize(given);
          const git = api as GitAdapter;
          const survey: GitAdapter['survey'] = (options) => git.survey({ ...options, among: (names) => names });
          return { ...rest, api: tags === 'all' ? withSurvey(git, survey) : git };
        },
      },
    },
  });
  // Commits that another run has read are not seen again, and repositories of one second have equal ones.
  const run = { ...context.run, id: `run-${++runs}` };
  const outcome = await versionBump.execute({ ...context, run }).catch((error: unknown) => String(error));
  at.git('checkout', '--quiet', '--', '.');
  const lists = context.started.filter(({ args }) => args.includes('for-each-ref'));
  const asked = lists.flatMap(({ args }) => args.filter((argument) => argument.startsWith('refs/tags/')));
  const ranges = context.started.flatMap(({ args }) => (args.includes('log') ? (args.at(-2) ?? []) : []));
  return { outcome, asked, listed: lists.length, ranges };
}

/** The adapter with a survey of its own. */
function withSurvey(git: GitAdapter, survey: GitAdapter['survey']): GitAdapter {
  return new Proxy(git, {
    get: (target, name) => {
      if (name === 'survey') return survey;
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
