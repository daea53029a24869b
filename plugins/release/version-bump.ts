import {
  failed,
  type GitAdapter,
  type HandlerContext,
  type JsonMap,
  PluginFailure,
  requiredText,
  type StepHandler,
  success,
  unifiedDiff,
} from '../../src/plugin-api/index.ts';
import { incrementTypes, isIncrementType, partsOf, raiseVersion } from './version/raise-version.ts';
import { formatVersion, type Version } from './version/version.ts';
import { findVersion, type VersionPlace, withVersion } from './version/version-file.ts';

interface Bump {
  readonly file: string;
  readonly content: string;
  readonly place: VersionPlace;
  readonly oldVersion: string;
  readonly newVersion: string;
  readonly part: string;
}

export const versionBump: StepHandler = {
  title: 'Bump version',
  description: 'Raises one part of the version in a file and leaves every other byte of it as it is.',
  icon: '🔢',
  category: 'release',
  configuration: {
    type: 'object',
    additionalProperties: false,
    properties: {
      version_file: {
        type: 'string',
        default: 'VERSION',
        minLength: 1,
        path: true,
        description:
          'File that holds the version, relative to the workspace: Python (`__version__ = "…"`), JSON (`version`), or a file with nothing else in it.',
      },
      increment_type: {
        type: 'string',
        enum: incrementTypes,
        default: 'patch',
        description:
          'The part to raise. Three parts: major, minor, patch. Four parts: major, feature_set, feature, patch, build.',
      },
    },
  },
  outputs: {
    new_version: { type: 'string', description: 'The version after the bump, without a leading `v`.' },
    old_version: { type: 'string', description: 'The version before it.' },
    version_file: { type: 'string', description: 'The file that was changed.' },
    increment_type: { type: 'string', description: 'The part that was raised.' },
  },
  placeholders: { version: 'new_version' },
  permissions: ['files'],
  rollback: 'undo',

  async execute(context) {
    const bump = await plannedBump(context);
    await context.files.write(bump.file, withVersion(bump.content, bump.place, bump.newVersion));
    const written = findVersion(bump.file, await context.files.read(bump.file));
    if (written.kind === 'refused' || formatVersion(written.place.version) !== bump.newVersion) {
      await context.files.write(bump.file, bump.content);
      return failed({
        kind: 'handler',
        message: `${bump.file} did not read back as ${bump.newVersion}, so it was put back as it was`,
        file: bump.file,
      });
    }
    context.log('info', `${bump.file}: ${bump.oldVersion} → ${bump.newVersion}`);
    return success(outputsOf(bump));
  },

  async preview(context) {
    const bump = await plannedBump(context);
    const after = withVersion(bump.content, bump.place, bump.newVersion);
    return {
      summary: `raises ${bump.part} in ${bump.file}: ${bump.oldVersion} → ${bump.newVersion}`,
      diffs: [{ file: bump.file, diff: unifiedDiff(bump.file, bump.content, after) }],
      commands: [],
      outputs: outputsOf(bump),
    };
  },

  /** The committed file tells whether the one in the workspace was raised already. */
  async probe(context) {
    const file = requiredText(context.config, 'version_file');
    const git = await context.adapter<GitAdapter>('git').catch(() => null);
    const committed = (await git?.fileAt('HEAD', file).catch(() => null)) ?? null;
    if (committed === null) return { kind: 'unknown' };
    const now = await context.files.read(file);
    if (now === committed) return { kind: 'not-done' };
    const bump = bumpOf(file, committed, requiredText(context.config, 'increment_type'));
    if (now !== withVersion(committed, bump.place, bump.newVersion)) return { kind: 'unknown' };
    return { kind: 'done', outputs: outputsOf(bump) };
  },
};

async function plannedBump(context: HandlerContext): Promise<Bump> {
  const file = requiredText(context.config, 'version_file');
  const found = await context.files.stat(file);
  if (found === null) throw refusal('not-found', file, `there is no version file ${file}: set \`version_file\``);
  if (found.kind === 'folder') throw refusal('handler', file, `${file} is a folder: \`version_file\` names a file`);
  return bumpOf(file, await context.files.read(file), requiredText(context.config, 'increment_type'));
}

function bumpOf(file: string, content: string, part: string): Bump {
  const search = findVersion(file, content);
  if (search.kind === 'refused') throw refusal('handler', file, search.message);
  const { place } = search;
  const oldVersion = formatVersion(place.version);
  const next = isIncrementType(part) ? raiseVersion(place.version, part) : null;
  if (next === null) throw refusal('handler', file, misfitMessage(part, oldVersion, place.version));
  return { file, content, place, oldVersion, newVersion: formatVersion(next), part };
}

function misfitMessage(part: string, text: string, version: Version): string {
  const count = version.kind === 'semver' ? 'three' : 'four';
  return `${text} has ${count} parts, and \`increment_type: ${part}\` raises none of them: write ${listed(partsOf[version.kind])}`;
}

function listed(words: readonly string[]): string {
  return `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

function refusal(kind: 'handler' | 'not-found', file: string, message: string): PluginFailure {
  return new PluginFailure(kind, message, { file, retryable: false });
}

function outputsOf(bump: Bump): JsonMap {
  return {
    new_version: bump.newVersion,
    old_version: bump.oldVersion,
    version_file: bump.file,
    increment_type: bump.part,
  };
}
