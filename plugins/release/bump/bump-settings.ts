import { posix } from 'node:path';
import {
  booleanValue,
  compilePattern,
  isJsonList,
  isJsonMap,
  type Json,
  type JsonMap,
  type JsonSchema,
  optionalText,
  PluginFailure,
  requiredText,
  type TemplateText,
  templateValue,
  textList,
  withoutV,
} from '../../../src/plugin-api/index.ts';
import { readRules } from '../commits/commit-rules.ts';
import { type CommitSettings, defaultCommitSettings } from '../commits/commit-settings.ts';
import type { SchemeConfig } from '../scheme/scheme.ts';
import { type VersionTarget, versionTargetOf, versionTargetSchema } from '../writers/version-target.ts';
import type { ReleaseRequest } from './release-facts.ts';

/** The configuration of `release.version_bump`, read. */
export interface BumpSettings {
  readonly request: ReleaseRequest;
  /** The first one says which version there is; empty: tags alone do. */
  readonly targets: readonly VersionTarget[];
  /** `auto`: found out from the versions that are there. */
  readonly scheme: SchemeConfig | 'auto';
  readonly tagTemplate: TemplateText;
  readonly fromTag: boolean;
  /** Only commits that touch these paths count. */
  readonly paths: readonly string[];
  readonly commits: CommitSettings;
  readonly zeroMajor: 'minor' | 'major';
  readonly remote: string | null;
  readonly checkRemote: boolean;
  readonly fetch: boolean;
  readonly whenBehind: 'update' | 'stop';
}

const usualTags: TemplateText = { template: ['v', { name: 'version', otherwise: null }] };
const releaseCommits = '^(?:chore\\(release\\)|[Rr]elease (?:v?\\d|\\S+[@/-]v?\\d+\\.\\d)|v?\\d+\\.\\d\\S* - )';

const schemeNames = ['auto', 'semver', 'pep440', 'calver', 'parts', 'pattern'] as const;

export const tagTemplateField: JsonSchema = {
  type: 'string',
  default: 'v{version}',
  template: ['version'],
  description:
    'How the tags of releases are named; a leading `v` may be missing in tags that are there already. Of two tags of one version (`v1.1.0`, `1.1.0`) the one that is named like this counts.',
};

/** Keys that say which commits count and how; shared with the handlers that write notes. */
export const commitFields: { readonly [key: string]: JsonSchema } = {
  paths: {
    type: 'array',
    items: { type: 'string', minLength: 1 },
    default: [],
    description: 'Only commits that touch these paths count: for repositories of several packages.',
  },
  rules: {
    type: 'object',
    default: {},
    description:
      'What a type of commit releases: major, minor, patch or none, as `{ docs: patch, "deps(major)": minor, "*": patch }`; `breaking` for breaking changes.',
  },
  merges: {
    type: 'string',
    enum: ['ignore', 'title'],
    default: 'ignore',
    description:
      'Merge commits say nothing and what they merged counts (ignore), or the title of their pull request counts instead of its commits (title).',
  },
  squash_bodies: {
    type: 'boolean',
    default: false,
    description: 'Lines such as `* feat: x` in the body of a squash merge are changes of their own.',
  },
  release_commit: {
    type: 'string',
    default: releaseCommits,
    minLength: 1,
    description: 'Commits whose first line this pattern finds were made by a release and do not count.',
  },
};

export const bumpFields: { readonly [key: string]: JsonSchema } = {
  version_file: {
    type: 'string',
    default: 'VERSION',
    path: true,
    description:
      'File that holds the version, relative to the workspace; how it is read is told by its name. An empty text: tags alone say which version there is.',
  },
  version_files: {
    type: 'array',
    default: [],
    items: { anyOf: [{ type: 'string', minLength: 1, path: true }, versionTargetSchema] },
    description:
      'All files that hold the version, instead of `version_file`: paths, or maps with `path` and, where the name of the file does not say it, `format`, `key`, `pattern` (with `(?<version>…)` or `{version}` in it), `package`, `count` and `range`. The first one says which version there is.',
  },
  scheme: {
    anyOf: [
      { type: 'string', enum: schemeNames },
      {
        type: 'object',
        additionalProperties: false,
        required: ['name'],
        properties: {
          name: { type: 'string', enum: schemeNames },
          format: { type: 'string', minLength: 1, description: 'Of calver and pattern.' },
          count: { type: 'integer', minimum: 1, maximum: 9, description: 'Of parts: how many numbers.' },
          names: {
            type: 'array',
            items: { type: 'string', minLength: 1 },
            description: 'Of parts: a name for each number.',
          },
          pattern: { type: 'string', minLength: 1, description: 'Of pattern: a regular expression with named groups.' },
          increments: {
            type: 'array',
            items: { type: 'string' },
            description: 'Of pattern: groups that can be raised.',
          },
          values: { type: 'object', description: 'Of pattern: the texts that a group takes, in order.' },
          texts: { type: 'array', items: { type: 'string' }, description: 'Of pattern: groups of any text.' },
          reset: { type: 'object', description: 'Of pattern: what a group begins with when one before it is raised.' },
        },
      },
    ],
    default: 'auto',
    description:
      'How versions are written and raised: semver, pep440, `{ name: calver, format: YYYY.MM.MICRO }`, parts (`0.21.0.2+1`), or a pattern of your own. auto: as the version that is there tells.',
  },
  increment_type: {
    type: 'string',
    default: 'patch',
    minLength: 1,
    description:
      'The part to raise: major, minor, patch; major, feature_set, feature, patch, build of versions with four parts; prerelease and release; whatever else the scheme has. auto: the commits since the last release decide.',
  },
  prerelease: {
    type: ['string', 'null'],
    default: null,
    description: 'Make a pre-release of this name (rc, beta), or raise the one there is.',
  },
  build: { type: ['string', 'null'], default: null, description: 'Build metadata of the new version.' },
  keep_build: {
    type: 'boolean',
    default: false,
    description:
      'Keep the build metadata of the old version. The build number of a pubspec (`1.2.3+45`) stays in any case, and the tag names the version without it; where `build` gives one, the tag has it too.',
  },
  version: {
    type: ['string', 'null'],
    default: null,
    description:
      'This very version, instead of one that is worked out; beside `prerelease` it has to be a pre-release.',
  },
  from_tag: {
    type: 'boolean',
    default: false,
    description:
      'The version comes from the tag that started the run, or from the tag on the newest commit; no file is written.',
  },
  initial_version: {
    type: ['string', 'null'],
    default: null,
    description:
      "The first version, where there is no tag and either no file or a placeholder in it (`0.0.0-development`); 0.1.0 where this is not set, today's of calendar versions.",
  },
  allow_empty: {
    type: 'boolean',
    default: false,
    description: 'Release again although nothing has changed since the newest release.',
  },
  tag_template: tagTemplateField,
  ...commitFields,
  zero_major: {
    type: 'string',
    enum: ['minor', 'major'],
    default: 'minor',
    description: 'What a breaking change raises before 1.0.0, with `increment_type: auto`.',
  },
  remote: {
    type: 'string',
    minLength: 1,
    description: 'The remote to look at; where it is not set, `remote` of the adapter `git` (origin).',
  },
  check_remote: {
    type: 'boolean',
    default: true,
    description: 'Look at the remote before anything is written: whether the branch went on and the tag is free.',
  },
  fetch: {
    type: 'boolean',
    default: true,
    description: 'Fetch the history and the tags that this clone lacks. false: stop instead.',
  },
  when_behind: {
    type: 'string',
    enum: ['update', 'stop'],
    default: 'update',
    description: 'Where the remote has newer commits: go forward to them first, or stop.',
  },
};

/** Reads the configuration; rejects with everything that does not fit, in one sentence. */
export async function readBumpSettings(config: JsonMap): Promise<BumpSettings> {
  const exact = given(optionalText(config, 'version'));
  return {
    request: {
      increment: requiredText(config, 'increment_type'),
      prerelease: given(optionalText(config, 'prerelease')),
      build: given(optionalText(config, 'build')),
      keepBuild: booleanValue(config, 'keep_build', false),
      exact: exact === null ? null : withoutV(exact),
      allowEmpty: booleanValue(config, 'allow_empty', false),
      initial: given(optionalText(config, 'initial_version')),
    },
    targets: targetsOf(config),
    scheme: schemeConfigOf(config.scheme ?? 'auto'),
    tagTemplate: templateValue(config, 'tag_template') ?? usualTags,
    fromTag: booleanValue(config, 'from_tag', false),
    paths: textList(config, 'paths'),
    commits: await commitSettingsOf(config),
    zeroMajor: config.zero_major === 'major' ? 'major' : 'minor',
    remote: optionalText(config, 'remote'),
    checkRemote: booleanValue(config, 'check_remote', true),
    fetch: booleanValue(config, 'fetch', true),
    whenBehind: config.when_behind === 'stop' ? 'stop' : 'update',
  };
}

/** Which commits count and how, from `commitFields`. */
export async function commitSettingsOf(config: JsonMap): Promise<CommitSettings> {
  const rules = readRules(config.rules ?? {});
  if (rules.kind === 'wrong') throw misfit(rules.problems.join('; '));
  const isReleaseCommit = await subjectFilter(optionalText(config, 'release_commit') ?? releaseCommits);
  return {
    ...defaultCommitSettings,
    rules: rules.rules,
    merges: config.merges === 'title' ? 'title' : 'ignore',
    squashBodies: booleanValue(config, 'squash_bodies', false),
    isReleaseCommit: ({ subject }) => isReleaseCommit(subject.slice(0, 1000)),
  };
}

async function subjectFilter(source: string): Promise<(subject: string) => boolean> {
  // The usual pattern is ours and takes linear time as it is: most releases need no engine for foreign ones.
  if (source === releaseCommits) {
    const usual = new RegExp(releaseCommits);
    return (subject) => usual.test(subject);
  }
  const pattern = await compilePattern(source);
  return (subject) => pattern.firstMatch(subject) !== null;
}

function targetsOf(config: JsonMap): readonly VersionTarget[] {
  const { version_files: files, version_file: file } = config;
  if (isJsonList(files) && files.length > 0) {
    const targets = files.map((item) => plainTarget(typeof item === 'string' ? { path: item } : versionTargetOf(item)));
    if (targets[0]?.range !== true) return targets;
    throw misfit('the first of `version_files` says which version there is, so it cannot be a `range`');
  }
  return typeof file === 'string' && file !== '' ? [plainTarget({ path: file })] : [];
}

/** One spelling for each file: `./a.json` is `a.json`. */
function plainTarget(target: VersionTarget): VersionTarget {
  return { ...target, path: posix.normalize(target.path.replaceAll('\\', '/')) };
}

/** What each scheme has to say beside its name. */
const schemeKeys: { readonly [name: string]: readonly string[] } = {
  calver: ['format'],
  parts: ['count', 'names'],
  pattern: ['pattern', 'format', 'increments', 'values', 'texts', 'reset'],
};

function schemeConfigOf(value: Json): SchemeConfig | 'auto' {
  const map: JsonMap = isJsonMap(value) ? value : { name: value };
  const known = schemeKeys[String(map.name)] ?? [];
  const idle = Object.keys(map).filter((key) => key !== 'name' && !known.includes(key));
  if (idle.length > 0) {
    const keys = idle.map((key) => `\`${key}\``).join(' and ');
    throw misfit(
      `${keys} ${idle.length === 1 ? 'means' : 'mean'} nothing for the scheme ${String(map.name)}: leave ${idle.length === 1 ? 'it' : 'them'} out`,
    );
  }
  const text = (key: string): string => {
    const found = map[key];
    if (typeof found === 'string') return found;
    throw misfit(
      `\`scheme: ${String(map.name)}\` needs \`${key}\`: write \`scheme: { name: ${String(map.name)}, ${key}: … }\``,
    );
  };
  const texts = (key: string) => (isJsonList(map[key]) ? { [key]: map[key].map(String) } : {});
  switch (map.name) {
    case 'semver':
    case 'pep440':
      return { scheme: map.name };
    case 'calver':
      return { scheme: 'calver', format: text('format') };
    case 'parts':
      return { scheme: 'parts', ...(typeof map.count === 'number' && { count: map.count }), ...texts('names') };
    case 'pattern':
      return {
        scheme: 'pattern',
        pattern: text('pattern'),
        format: text('format'),
        ...texts('increments'),
        ...texts('texts'),
        ...(isJsonMap(map.values) && { values: listsIn(map.values) }),
        ...(isJsonMap(map.reset) && { reset: startsIn(map.reset) }),
      };
    default:
      return 'auto';
  }
}

function listsIn(map: JsonMap): { readonly [group: string]: readonly string[] } {
  const entries = Object.entries(map).map(([group, values]) => [group, isJsonList(values) ? values.map(String) : []]);
  return Object.fromEntries(entries);
}

function startsIn(map: JsonMap): { readonly [group: string]: number | string } {
  const entries = Object.entries(map).map(([group, value]) => [
    group,
    typeof value === 'number' ? value : String(value),
  ]);
  return Object.fromEntries(entries);
}

function given(text: string | null): string | null {
  return text === null || text.trim() === '' ? null : text.trim();
}

function misfit(message: string): PluginFailure {
  return new PluginFailure('configuration', message, { retryable: false });
}
