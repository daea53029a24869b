import {
  type Finding,
  type GitChange,
  type HandlerContext,
  type JsonMap,
  logFindings,
  PluginFailure,
  type Preview,
  type RemoteHead,
  releaseOutputs,
  type StepHandler,
  success,
  unifiedDiff,
} from '../../src/plugin-api/index.ts';
import { type BumpSettings, bumpFields, readBumpSettings } from './bump/bump-settings.ts';
import { isOfThisRun, lacksTag } from './bump/release-at-head.ts';
import type { ReleaseFacts } from './bump/release-facts.ts';
import { type ForeseenRelease, foreseeRelease, type SettledRelease, settleRelease } from './bump/settle-release.ts';
import { refuseSharedTag } from './bump/shared-tag.ts';
import { uncountedRemarks } from './bump/unreadable-tags.ts';
import { readVersionFiles, type VersionFile, versionTexts, writeVersion } from './bump/version-files.ts';
import { isSameVersion, type VersionScheme } from './scheme/scheme.ts';
import { uncommittedEdit } from './uncommitted-edit.ts';
import { says } from './writers/text-place.ts';

const mostEditedFiles = 100;

export const versionBump: StepHandler = {
  title: 'Bump version',
  description:
    'Finds out which version is released, and writes it into every file that holds it, leaving every other byte as it is. A release that an earlier run began is finished instead of another one being made.',
  icon: '🔢',
  category: 'release',
  configuration: { type: 'object', additionalProperties: false, properties: bumpFields },
  outputs: {
    outcome: {
      type: 'string',
      description:
        'new: this run makes the version; continued: an earlier run began it; released: nothing has changed since it; nothing: what changed asks for no release.',
    },
    new_version: {
      type: ['string', 'null'],
      description: 'The version that is released, without a leading `v`; null where nothing is.',
    },
    old_version: { type: ['string', 'null'], description: 'The version that was raised; null for the first.' },
    version_file: { type: ['string', 'null'], description: 'The file that says which version there is.' },
    version_paths: { type: 'array', items: { type: 'string' }, description: 'All files that hold the version.' },
    increment_type: { type: 'string', description: 'The part that was asked for.' },
    why: { type: 'string', description: 'Why this version, or why none.' },
    current_version: { type: 'string', description: 'The version that holds after this step.' },
    tag_name: { type: ['string', 'null'], description: 'The tag of the version.' },
    release_commit: { type: ['string', 'null'], description: 'The commit of a release that is there already.' },
    previous_version: {
      type: ['string', 'null'],
      description:
        'The version of the release before, which for a final version is the final one before it; `old_version` where that has no tag.',
    },
    previous_tag: { type: ['string', 'null'], description: 'The tag of the release before; null for the first.' },
    paths: {
      type: 'array',
      items: { type: 'string' },
      description: 'Only commits that touch these paths count; empty: all do.',
    },
    remote_head: {
      type: ['object', 'null'],
      description:
        'Where the branch of the remote stood: `remote`, `branch` and `commit`; null where it cannot be seen.',
    },
    base_commit: { type: ['string', 'null'], description: 'The commit that the release is made on.' },
    moved_from: {
      type: ['string', 'null'],
      description:
        'Where head stood before the step brought the branch up to date with the remote; null where it did not.',
    },
    is_prerelease: { type: 'boolean', description: 'Whether the version is a pre-release.' },
    edited_files: {
      type: 'array',
      items: { type: 'string' },
      description: `Files with changes that nobody had committed before a new release, at most ${mostEditedFiles}.`,
    },
  },
  placeholders: { version: 'new_version' },
  permissions: ['files', 'processes', 'network'],
  rollback: 'undo',

  async execute(context) {
    const settings = await readBumpSettings(context.config);
    const settled = await settleRelease(context, settings);
    await refuseSharedTag(context, settled, settings);
    const { decision, gathered } = settled;
    if (settings.fromTag) await checkFiles(context, settings, gathered.facts.scheme, decision.version);
    const written = await writtenBefore(context);
    const edits = editsIn(settled, written);
    const remarks = logFindings(context.log, [...remarkFindings(remarksOn(settled)), ...editFindings(settled, edits)]);
    if (!settings.fromTag && decision.kind === 'release' && decision.commit === null) {
      // What an earlier run wrote is written again: it belongs to the release, whoever wrote it.
      await writeVersion(context, gathered.files, decision.version);
      const paths = gathered.files.map(({ target }) => target.path);
      await context.setState(writtenKey, [...new Set([...written, ...paths])]);
    }
    context.log('info', line(settled));
    const standing = settings.fromTag ? [] : standingFindings(settled);
    return success(outputsOf(settled, settings, edits), [...remarks, ...standing]);
  },

  async preview(context) {
    const settings = await readBumpSettings(context.config);
    const foreseen = await foreseeRelease(context, settings);
    if (foreseen.kind === 'open') return openPreview(foreseen);
    await refuseSharedTag(context, foreseen.release, settings);
    const { gathered, decision } = foreseen.release;
    if (settings.fromTag) await checkFiles(context, settings, gathered.facts.scheme, decision.version);
    return settledPreview(foreseen, settings);
  },

  /** Running it again is harmless; a probe spares that where the files say the version already. */
  async probe(context) {
    const settings = await readBumpSettings(context.config);
    const foreseen = await foreseeRelease(context, settings).catch(stopped);
    // Neither the old version nor the one that this step writes: somebody else was here.
    if (foreseen === null) return { kind: 'unknown' };
    if (foreseen.kind === 'open') return { kind: 'not-done' };
    const settled = foreseen.release;
    const { decision, gathered } = settled;
    if (decision.kind !== 'release' || decision.outcome !== 'continued') return { kind: 'not-done' };
    const isWritten = versionTexts(gathered.files, decision.version).every(({ before, after }) => after === before);
    // The copies for an undo were made by the attempt that wrote the files.
    return isWritten ? { kind: 'done', outputs: outputsOf(settled, settings, []) } : { kind: 'not-done' };
  },
};

/** Where the run keeps which files its steps of this kind wrote: one for another package need not stand upstream. */
const writtenKey = 'release_version_files';

async function writtenBefore(context: HandlerContext): Promise<readonly string[]> {
  const paths = await context.getState(writtenKey);
  return [...(await context.changedFiles()), ...(Array.isArray(paths) ? paths.map(String) : [])];
}

/** Without outputs: steps that read them show what is not known yet. */
function openPreview({ lack, decision }: Extract<ForeseenRelease, { kind: 'open' }>): Preview {
  const isDecided = decision.kind === 'release' || decision.kind === 'nothing';
  const alone = isDecided ? `; from what is here alone it would be: ${line({ decision })}` : '';
  return {
    summary: `the version is not known yet, and may be higher than it looks: ${lack}, and the run fetches what is missing before it decides (git fetch --tags, with --unshallow in a shallow clone, shows it here)${alone}`,
    diffs: [],
    commands: [],
  };
}

function settledPreview(foreseen: Extract<ForeseenRelease, { kind: 'settled' }>, settings: BumpSettings): Preview {
  const settled = foreseen.release;
  const { decision, gathered } = settled;
  const writes = decision.kind === 'release' && decision.commit === null && !settings.fromTag;
  const texts = writes ? versionTexts(gathered.files, decision.version) : [];
  const changes = texts.filter(({ before, after }) => after !== before);
  const diffs = changes.map(({ path, before, after }) => ({ file: path, diff: unifiedDiff(path, before, after) }));
  const lack = foreseen.lack === null ? [] : [`${foreseen.lack}: the run fetches what is missing first`];
  const edits = editsIn(settled, []);
  const edited = editFindings(settled, edits).map(({ message }) => message);
  const notes = [...lack, ...remarksOn(settled), ...edited];
  const remarks = notes.map((remark) => `note: ${remark}`);
  const { previous_tag, previous_version, ...certain } = outputsOf(settled, settings, edits);
  return {
    summary: [line(settled), ...remarks].join('\n'),
    diffs,
    commands: [],
    outputs: { ...certain, ...(foreseen.knowsPrevious && { previous_tag, previous_version }) },
  };
}

/** With the version from a tag nothing is written; files that say something else make the release a lie. */
async function checkFiles(
  context: HandlerContext,
  settings: BumpSettings,
  scheme: VersionScheme,
  version: string,
): Promise<void> {
  const given = context.config.version_files;
  const asked = Array.isArray(given) && given.length > 0;
  const [first] = settings.targets;
  // `version_file` has a default, which need not be there.
  if (!asked && (first === undefined || !(await context.files.exists(first.path)))) return;
  const odd = (await readVersionFiles(context, settings.targets)).find((file) => !agrees(file, scheme, version));
  if (!odd) return;
  throw new PluginFailure(
    'handler',
    `the tag says ${version}, but ${odd.target.path} says ${odd.text}: tag the commit that holds the version, or correct the file and tag that`,
    { file: odd.target.path, retryable: false },
  );
}

/** A file may spell the version otherwise; a build number that only the file has is not what a tag names. */
function agrees({ text, places }: VersionFile, scheme: VersionScheme, version: string): boolean {
  if (places.every((place) => says(place, version))) return true;
  const [written, tagged] = [scheme.parse(text), scheme.parse(version)];
  return written !== null && tagged !== null && isSameVersion(scheme, written, tagged);
}

function stopped(error: unknown): null {
  if (error instanceof PluginFailure && error.failure.kind === 'handler') return null;
  throw error;
}

/** A run that releases nothing is green; its summary says why there is no new version. */
function standingFindings(settled: SettledRelease): readonly Finding[] {
  const { decision } = settled;
  if (decision.kind === 'release' && decision.outcome !== 'released') return [];
  return [{ level: 'notice', message: line(settled), rule: 'nothing-new' }];
}

/** What is worth saying besides the version. */
function remarksOn(settled: SettledRelease): readonly string[] {
  const { decision, gathered } = settled;
  return [...gathered.remarks, ...unpushedRemarks(settled), ...uncountedRemarks(decision, gathered.facts)];
}

/** A release whose push was refused, and on top of which another commit came: its tag would stay in this clone. */
function unpushedRemarks({ decision, gathered: { facts } }: SettledRelease): readonly string[] {
  const isLast = decision.kind === 'nothing' || decision.outcome === 'new';
  // What this run released it pushes itself.
  const tag = isLast && !isOfThisRun(facts) ? decision.previousTag : null;
  const remote = facts.survey?.remote ?? null;
  if (tag === null || remote === null || facts.survey?.tags[tag] === undefined || !lacksTag(remote, tag)) return [];
  return [
    `the tag ${tag} of the release before is not on ${remote.name}: push it, too (git push ${remote.name} ${tag}), or delete it if it was never to be released`,
  ];
}

/** What somebody, and no step of this run, changed before the release and did not commit. */
function editsIn({ decision, gathered: { facts } }: SettledRelease, written: readonly string[]): readonly GitChange[] {
  if (decision.kind !== 'release' || decision.outcome !== 'new') return [];
  return (facts.survey?.changes ?? []).filter(({ path }) => !written.includes(path));
}

/** In a version file it goes into the release with the version. */
function editFindings({ gathered: { files } }: SettledRelease, edits: readonly GitChange[]): readonly Finding[] {
  const edited = new Set(edits.map(({ path }) => path));
  const paths = [...new Set(files.map(({ target }) => target.path))].filter((path) => edited.has(path));
  return paths.map(uncommittedEdit);
}

/** Those that git knows: there may be any number of others. */
function editedFiles(edits: readonly GitChange[]): readonly string[] {
  const known = edits.flatMap(({ path, state }) => (state === 'untracked' ? [] : [path]));
  return [...new Set(known)].slice(0, mostEditedFiles);
}

function line({ decision }: Pick<SettledRelease, 'decision'>): string {
  if (decision.kind === 'nothing') return `nothing to release: ${decision.why}`;
  const { outcome, version, old, why } = decision;
  switch (outcome) {
    case 'new':
      return `${old ?? 'no version'} → ${version}: ${why}`;
    case 'continued':
      return `goes on with ${version}: ${why}`;
    case 'released':
      return `${version} is released: ${why}`;
  }
}

function outputsOf(
  { decision, gathered, movedFrom }: SettledRelease,
  settings: BumpSettings,
  edits: readonly GitChange[],
): JsonMap {
  const { facts, files } = gathered;
  const release =
    decision.kind === 'nothing'
      ? {
          ...decision,
          outcome: 'nothing' as const,
          tag: null,
          commit: null,
          old: decision.version,
          previous: decision.version,
        }
      : decision;
  const version = facts.scheme.parse(release.version);
  return {
    ...releaseOutputs({
      ...release,
      paths: settings.paths,
      remoteHead: remoteHeadOf(facts),
      base: facts.survey?.head ?? null,
      movedFrom,
    }),
    version_file: files[0]?.target.path ?? null,
    version_paths: [...new Set(files.map((file) => file.target.path))],
    increment_type: settings.request.increment,
    is_prerelease: version !== null && facts.scheme.isPrerelease(version),
    edited_files: [...editedFiles(edits)],
  };
}

function remoteHeadOf({ survey }: ReleaseFacts): RemoteHead | null {
  const [branch, remote] = [survey?.pushBranch ?? null, survey?.remote ?? null];
  if (branch === null || !remote?.reachable || remote.branch === null) return null;
  return { remote: remote.name, branch, commit: remote.branch };
}

function remarkFindings(remarks: readonly string[]): readonly Finding[] {
  return remarks.map((message) => ({ level: 'warning', message, rule: 'version' }));
}
