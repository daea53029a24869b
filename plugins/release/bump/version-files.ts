import { type GitAdapter, type HandlerContext, PluginFailure } from '../../../src/plugin-api/index.ts';
import { findPlaces, readsBack } from '../writers/find-places.ts';
import { replacePlaces, says, type TextPlace } from '../writers/text-place.ts';
import type { VersionTarget } from '../writers/version-target.ts';
import type { FileVersions } from './release-facts.ts';

/** A version file as it stands in the workspace. */
export interface VersionFile {
  readonly target: VersionTarget;
  readonly content: string;
  readonly places: readonly TextPlace[];
  /** The version that all its places say. */
  readonly text: string;
}

/** Reads all files that hold the version, or says what is wrong with each of them. */
export async function readVersionFiles(
  context: Pick<HandlerContext, 'files'>,
  targets: readonly VersionTarget[],
): Promise<readonly VersionFile[]> {
  const files: VersionFile[] = [];
  const faults: PluginFailure[] = [];
  for (const target of targets) {
    try {
      files.push(await readVersionFile(context, target));
    } catch (error) {
      if (!(error instanceof PluginFailure)) throw error;
      faults.push(error);
    }
  }
  const [first, ...others] = faults;
  if (first === undefined) return files;
  if (others.length === 0) throw first;
  const message = faults.map((fault) => fault.failure.message).join('; ');
  throw new PluginFailure(first.failure.kind, message, { retryable: false });
}

async function readVersionFile({ files }: Pick<HandlerContext, 'files'>, target: VersionTarget): Promise<VersionFile> {
  const { path } = target;
  const found = await files.stat(path);
  if (found === null) {
    const advice = 'set `version_file`, to "" where tags alone say which version there is';
    throw refusal('not-found', path, `there is no version file ${path}: ${advice}`);
  }
  if (found.kind === 'folder') throw refusal('handler', path, `${path} is a folder: \`version_file\` names a file`);
  const content = await files.read(path);
  const search = await findPlaces(target, content);
  if (search.kind === 'refused') throw refusal('handler', path, search.message);
  const [first, ...others] = search.places;
  const text = first?.text ?? '';
  const odd = others.find((place) => place.text !== text);
  if (odd) {
    throw refusal(
      'handler',
      path,
      `${path} says ${text} in one place and ${odd.text} in another: make them equal first`,
    );
  }
  return { target, content, places: search.places, text };
}

/** What the first file said in the newest commit and in the one before it; one process. */
export async function committedVersions(git: GitAdapter, file: VersionFile): Promise<FileVersions> {
  const { path } = file.target;
  const [head, parent] = await git.filesAt([
    { revision: 'HEAD', path },
    { revision: 'HEAD^', path },
  ]);
  const textIn = async (content: string | null | undefined) => {
    const search = content == null ? null : await findPlaces(file.target, content);
    return search?.kind === 'found' ? (search.places[0]?.text ?? null) : null;
  };
  return { path, work: file.text, head: await textIn(head), parent: await textIn(parent) };
}

/** A file of the workspace as it stands, and with the version in it: the same text where it says so already. */
export interface VersionText {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/** Each file once, in the order of the targets: several of them may stand in one. */
export function versionTexts(versionFiles: readonly VersionFile[], version: string): readonly VersionText[] {
  return [...Map.groupBy(versionFiles, ({ target }) => target.path)].map(([path, targets]) => {
    const before = targets[0]?.content ?? '';
    const places = new Map(targets.flatMap((file) => file.places).map((place) => [place.start, place]));
    const open = [...places.values()].filter((place) => !says(place, version));
    return {
      path,
      before,
      after: replacePlaces(
        before,
        open.sort((a, b) => a.start - b.start),
        version,
      ),
    };
  });
}

/**
 * Writes the version into all files, those too that say it already, and reads each target back. Where one does not say
 * the version then, all files are put as they were, and the call rejects.
 */
export async function writeVersion(
  context: Pick<HandlerContext, 'files'>,
  versionFiles: readonly VersionFile[],
  version: string,
): Promise<void> {
  const { files } = context;
  const texts = versionTexts(versionFiles, version);
  for (const { path, after } of texts) await files.write(path, after);
  // All of them last: two paths may lead to one file.
  const odd = await firstUnwritten(context, versionFiles, version);
  if (odd === null) return;
  for (const { path, before } of texts) await files.write(path, before);
  throw refusal('handler', odd, `${odd} did not read back as ${version}, so all files were put back as they were`);
}

/** The path of the first target that does not say the version. */
async function firstUnwritten(
  { files }: Pick<HandlerContext, 'files'>,
  versionFiles: readonly VersionFile[],
  version: string,
): Promise<string | null> {
  for (const [path, targets] of Map.groupBy(versionFiles, ({ target }) => target.path)) {
    const content = await files.read(path);
    for (const { target } of targets) if (!(await readsBack(target, content, version))) return path;
  }
  return null;
}

function refusal(kind: 'handler' | 'not-found', file: string, message: string): PluginFailure {
  return new PluginFailure(kind, message, { file, retryable: false });
}
