import {
  compilePattern,
  type Finding,
  type HandlerContext,
  isJsonList,
  isJsonMap,
  type Json,
  type JsonMap,
  optionalText,
  PluginFailure,
} from '../../../../src/plugin-api/index.ts';
import { quoted } from '../quoted.ts';
import { checked, type Rule } from './rule.ts';
import { versionIn } from './version-in-file.ts';

/** `v1.2.3`, `1.2.3`, `pkg@1.2.3`, `pkg/v1.2.3`, `pkg-v1.2.3`. */
const defaultTagPattern = '^(?:.*[@/]|[A-Za-z_-]*-)?[vV]?(?P<version>[0-9].*)$';
/** Looked at where the step names no files; those that name no version are passed over. */
const usualFiles = ['package.json', 'pyproject.toml', 'Cargo.toml', 'VERSION'] as const;

interface VersionFile {
  readonly path: string;
  readonly pattern: string | null;
}

export const versionMatchesTag: Rule = {
  description: 'Files name the version of the tag that is being released.',
  options: {
    files: {
      type: 'array',
      minItems: 1,
      items: {
        anyOf: [
          { type: 'string', minLength: 1, path: true },
          {
            type: 'object',
            additionalProperties: false,
            required: ['path'],
            properties: {
              path: { type: 'string', minLength: 1, path: true },
              pattern: {
                type: 'string',
                minLength: 1,
                description: 'RE2 pattern; its group `version` or first group.',
              },
            },
          },
        ],
      },
      description: `Files that name the version; default those of ${usualFiles.join(', ')} that do.`,
    },
    tag: { type: 'string', minLength: 1, description: 'The tag; default the one whose push started the run.' },
    tag_pattern: {
      type: 'string',
      minLength: 1,
      description: 'RE2 pattern whose group `version`, or first group, is the version of a tag.',
    },
  },

  async check({ options, context }) {
    const tag = optionalText(options, 'tag') ?? tagOfEvent(context.env.GITHUB_REF);
    if (tag === null) {
      return {
        kind: 'not-applicable',
        reason: 'no tag is being released: no tag started the run, and `tag` is not given',
      };
    }
    const pattern = optionalText(options, 'tag_pattern') ?? defaultTagPattern;
    const match = (await compilePattern(pattern)).firstMatch(tag);
    const version = match?.named.version ?? match?.groups[0] ?? null;
    if (version === null) {
      const message = `the tag ${quoted(tag)} names no version that the pattern \`${pattern}\` finds`;
      return checked([{ level: 'error', message, hint: 'Set `tag_pattern`.' }]);
    }
    return checked(await compare(context, options, { tag, version }));
  },
};

interface TaggedVersion {
  readonly tag: string;
  readonly version: string;
}

async function compare(context: HandlerContext, options: JsonMap, tagged: TaggedVersion): Promise<readonly Finding[]> {
  const files = filesOf(options.files);
  if (files !== null) {
    const findings = await Promise.all(files.map((file) => findingFor(context, file, tagged, true)));
    return findings.flat();
  }
  const usual = await Promise.all(
    usualFiles.map(async (path) => {
      const place = (await context.files.exists(path))
        ? await versionIn(path, await context.files.read(path), null)
        : null;
      return place === null ? [] : [{ path, pattern: null }];
    }),
  );
  const named = usual.flat();
  if (named.length === 0) {
    throw new PluginFailure('not-found', `none of ${usualFiles.join(', ')} names a version: list \`files\``, {
      retryable: false,
    });
  }
  return (await Promise.all(named.map((file) => findingFor(context, file, tagged, false)))).flat();
}

async function findingFor(
  { files }: HandlerContext,
  { path, pattern }: VersionFile,
  { tag, version }: TaggedVersion,
  isListed: boolean,
): Promise<readonly Finding[]> {
  if (isListed && !(await files.exists(path))) {
    return [
      { level: 'error', message: `${path} does not exist, so it names no version`, hint: 'Mend the list `files`.' },
    ];
  }
  const place = await versionIn(path, await files.read(path), pattern);
  if (place === null) {
    const hint = 'Give the file a `pattern` that finds its version.';
    return [{ level: 'error', message: `${path} names no version that can be found`, file: path, hint }];
  }
  if (place.version === version) return [];
  return [
    {
      level: 'error',
      message: `${path} names the version ${quoted(place.version)}, and the tag ${quoted(tag)} releases ${quoted(version)}`,
      file: path,
      ...(place.line === null ? {} : { line: place.line }),
      hint: 'Raise the version in a commit, and put the tag on that one.',
    },
  ];
}

function filesOf(value: Json | undefined): readonly VersionFile[] | null {
  if (!isJsonList(value)) return null;
  return value.flatMap((item): readonly VersionFile[] => {
    if (typeof item === 'string') return [{ path: item, pattern: null }];
    if (!isJsonMap(item) || typeof item.path !== 'string') return [];
    return [{ path: item.path, pattern: optionalText(item, 'pattern') }];
  });
}

function tagOfEvent(ref: string | undefined): string | null {
  return /^refs\/tags\/(.+)$/s.exec(ref ?? '')?.[1] ?? null;
}
