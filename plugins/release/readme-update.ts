import {
  booleanValue,
  type Finding,
  formatText,
  type HandlerContext,
  type JsonMap,
  lineText,
  logFindings,
  PluginFailure,
  parseText,
  releaseOfVersion,
  replaceLine,
  requiredText,
  type StepHandler,
  skipped,
  success,
  type TextDocument,
  unifiedDiff,
  visibleLines,
} from '../../src/plugin-api/index.ts';
import { findLatestRelease, type SoughtVersion, updateLatestRelease } from './readme/latest-release.ts';
import { type PlaceUpdate, updateBadges } from './readme/version-badge.ts';
import { previewVersion, versionField, versionOf } from './release-fields.ts';
import { standingOf } from './release-standing.ts';

type PlaceState = PlaceUpdate['kind'] | 'not-wanted';

interface Update {
  readonly file: string;
  readonly before: string;
  readonly after: string;
  readonly badge: PlaceState;
  readonly latestRelease: PlaceState;
}

export const readmeUpdate: StepHandler = {
  title: 'Update README',
  description: 'Puts the version into the version badge and after "Latest release".',
  icon: '📖',
  category: 'release',
  configuration: {
    type: 'object',
    additionalProperties: false,
    properties: {
      readme_file: {
        type: 'string',
        default: 'README.md',
        minLength: 1,
        path: true,
        description: 'The README, relative to the workspace.',
      },
      update_badge: {
        type: 'boolean',
        default: true,
        description: 'Update shields with the label `version` or `release` (`…/badge/version-1.2.3-blue`).',
      },
      update_latest_release: {
        type: 'boolean',
        default: true,
        description: 'Update the version that directly follows the words "Latest release", or stands under them.',
      },
      skip: {
        type: 'boolean',
        default: false,
        parameter: 'skip_readme',
        description: 'Leave the README as it is.',
      },
      version: versionField,
    },
  },
  outputs: {
    readme_file: { type: 'string', description: 'The file, relative to the workspace.' },
    badge_updated: { type: 'boolean', description: 'True where the badge was changed.' },
    latest_release_updated: { type: 'boolean', description: 'True where the latest release was changed.' },
    changed: { type: 'boolean', description: 'False where the file had the version already.' },
  },
  permissions: ['files'],
  rollback: 'undo',

  async execute(context) {
    const reason = reasonToSkip(context) ?? (await reasonToLeave(context));
    if (reason !== null) return skipped(reason);
    const update = await plannedUpdate(context, versionOf(context));
    const missing = missingPlaces(update);
    if (nothingFound(update)) return skipped(nothingText(update));
    await context.files.write(update.file, update.after);
    const findings = missing.map((place) => missingFinding(update.file, place));
    return success(outputsOf(update), logFindings(context.log, findings));
  },

  async preview(context) {
    const reason = reasonToSkip(context) ?? (await reasonToLeave(context));
    if (reason !== null) return { summary: reason, diffs: [], commands: [] };
    const update = await plannedUpdate(context, previewVersion(context));
    if (nothingFound(update)) return { summary: `skipped: ${nothingText(update)}`, diffs: [], commands: [] };
    const { file, before, after } = update;
    const outputs = outputsOf(update);
    if (before === after) return { summary: `leaves ${file} as it is`, diffs: [], commands: [], outputs };
    const diffs = [{ file, diff: unifiedDiff(file, before, after) }];
    return { summary: `updates ${file}`, diffs, commands: [], outputs };
  },

  async probe(context) {
    if ((reasonToSkip(context) ?? (await reasonToLeave(context))) !== null) return { kind: 'not-done' };
    const update = await plannedUpdate(context, versionOf(context));
    if (nothingFound(update) || update.after !== update.before) return { kind: 'not-done' };
    return { kind: 'done', outputs: outputsOf(update) };
  },
};

function reasonToSkip(context: HandlerContext): string | null {
  const { config } = context;
  if (booleanValue(config, 'skip', false))
    return 'the README is to be left as it is (`skip`, or the parameter `skip_readme`)';
  if (booleanValue(config, 'update_badge', true) || booleanValue(config, 'update_latest_release', true)) return null;
  return '`update_badge` and `update_latest_release` are both false';
}

/** There is no release, or its commit exists already. */
async function reasonToLeave(context: HandlerContext): Promise<string | null> {
  const standing = await standingOf(context);
  return standing.kind === 'write' ? null : standing.reason;
}

async function plannedUpdate(context: HandlerContext, version: string): Promise<Update> {
  const file = requiredText(context.config, 'readme_file');
  if (!(await context.files.exists(file))) {
    throw new PluginFailure('not-found', `there is no README ${file}: set \`readme_file\``, { file, retryable: false });
  }
  const before = await context.files.read(file);
  const document = parseText(before);
  const badge = booleanValue(context.config, 'update_badge', true)
    ? withBadges(document, version)
    : { document, state: 'not-wanted' as const };
  const latest = booleanValue(context.config, 'update_latest_release', true)
    ? withLatestRelease(badge.document, { version, old: (await releaseOfVersion(context))?.old ?? null })
    : { document: badge.document, state: 'not-wanted' as const };
  return { file, before, after: formatText(latest.document), badge: badge.state, latestRelease: latest.state };
}

interface Step {
  readonly document: TextDocument;
  readonly state: PlaceState;
}

function withBadges(document: TextDocument, version: string): Step {
  const visible = visibleLines(document);
  let state: PlaceState = 'missing';
  let changed = document;
  for (const [at, line] of document.lines.entries()) {
    const update: PlaceUpdate = visible[at] ? updateBadges(line.text, version) : { kind: 'missing' };
    if (update.kind === 'updated') changed = replaceLine(changed, at, update.line);
    if (update.kind === 'updated' || (update.kind === 'current' && state === 'missing')) state = update.kind;
  }
  return { document: changed, state };
}

function withLatestRelease(document: TextDocument, sought: SoughtVersion): Step {
  const lines = document.lines.map((line) => line.text);
  const place = findLatestRelease(lines, visibleLines(document), sought);
  if (place === null) return { document, state: 'missing' };
  const update = updateLatestRelease(lineText(document, place.at), place, sought.version);
  if (update.kind !== 'updated') return { document, state: update.kind };
  return { document: replaceLine(document, place.at, update.line), state: 'updated' };
}

function missingPlaces(update: Update): readonly string[] {
  return [
    ...(update.badge === 'missing' ? ['badge `version-…-colour`'] : []),
    ...(update.latestRelease === 'missing' ? ['version after "Latest release"'] : []),
  ];
}

function nothingText(update: Update): string {
  return `${update.file} has ${missingPlaces(update)
    .map((place) => `no ${place}`)
    .join(' and ')}`;
}

function nothingFound(update: Update): boolean {
  return [update.badge, update.latestRelease].every((state) => state === 'missing' || state === 'not-wanted');
}

function missingFinding(file: string, place: string): Finding {
  return { level: 'warning', message: `${file} has no ${place}`, file, rule: 'readme-place' };
}

function outputsOf(update: Update): JsonMap {
  return {
    readme_file: update.file,
    badge_updated: update.badge === 'updated',
    latest_release_updated: update.latestRelease === 'updated',
    changed: update.after !== update.before,
  };
}
