import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import {
  type HandlerContext,
  isJsonList,
  isJsonMap,
  type Json,
  optionalText,
  PluginFailure,
  type WorkspaceFiles,
} from '../../../src/plugin-api/index.ts';
import { nameKey, sentName } from './asset-name.ts';
import { contentTypeOf } from './content-type.ts';

/** A file of the workspace that a release is to carry. */
export interface AssetFile {
  readonly path: string;
  /** As GitHub keeps it. */
  readonly name: string;
  readonly label: string | null;
  readonly contentType: string;
  /** Bytes. */
  readonly size: number;
}

/** An entry of `assets`, before the files are looked at. */
export interface AssetRequest {
  /** A path, or a pattern where no name is given. */
  readonly pattern: string;
  readonly name: string | null;
  readonly label: string | null;
  readonly contentType: string | null;
}

/** GitHub takes files below 2 GiB, and that many of them. */
const firstTooLarge = 2 * 1024 ** 3;
const mostAssets = 1000;

export function assetRequests(context: HandlerContext): readonly AssetRequest[] {
  const value = context.config.assets;
  return isJsonList(value) ? value.map(requestOf) : [];
}

/**
 * The files by their names, each once. Rejects where an entry matches none, two files would have one name, or a file
 * or their number is more than GitHub takes.
 */
export async function assetFiles(
  files: WorkspaceFiles,
  requests: readonly AssetRequest[],
): Promise<readonly AssetFile[]> {
  const found = new Map<string, AssetFile>();
  for (const request of requests) {
    const paths = await pathsOf(files, request);
    if (paths.length === 0) {
      throw new PluginFailure(
        'not-found',
        `\`assets\`: \`${request.pattern}\` matches no file: build the files of the release before this step, or take the entry away`,
        { retryable: false },
      );
    }
    for (const path of paths) {
      const file = await assetFile(files, path, request);
      const other = found.get(nameKey(file.name));
      if (other !== undefined && other.path !== path) throw doubleFailure(file, other);
      found.set(nameKey(file.name), file);
    }
  }
  if (found.size > mostAssets) {
    throw new PluginFailure('handler', `\`assets\` names ${found.size} files, and a release takes ${mostAssets}`, {
      retryable: false,
    });
  }
  return [...found.values()];
}

/** As `assetFiles` for people before the run: what is missing then may be built by a step before. */
export async function expectedFiles(
  files: WorkspaceFiles,
  requests: readonly AssetRequest[],
): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const request of requests) {
    const paths = await pathsOf(files, request);
    if (paths.length === 0) lines.push(`${request.pattern} (nothing yet)`);
    for (const path of paths) {
      const { name, size } = await assetFile(files, path, request);
      lines.push(`${name} (${size} bytes)`);
    }
  }
  return lines;
}

export interface AssetContent {
  readonly bytes: Uint8Array;
  /** `sha256:` and 64 hexadecimal digits, as GitHub writes it. */
  readonly digest: string;
}

/** The whole file, and its digest. One file at a time is held. */
export async function readAsset(files: WorkspaceFiles, file: AssetFile): Promise<AssetContent> {
  const bytes = await files.readBytes(file.path);
  return { bytes, digest: `sha256:${createHash('sha256').update(bytes).digest('hex')}` };
}

async function pathsOf(files: WorkspaceFiles, request: AssetRequest): Promise<readonly string[]> {
  const plain = await files.stat(request.pattern).catch(() => null);
  if (plain?.kind === 'file') return [request.pattern];
  if (request.name === null) return files.glob([request.pattern]);
  const matches = await files.glob([request.pattern]);
  if (matches.length <= 1) return matches;
  throw new PluginFailure(
    'handler',
    `\`assets\`: \`${request.pattern}\` matches ${matches.length} files, and \`name\` can name one: write one entry for each file`,
    { retryable: false },
  );
}

async function assetFile(files: WorkspaceFiles, path: string, request: AssetRequest): Promise<AssetFile> {
  const stat = await files.stat(path);
  if (stat === null || stat.kind !== 'file') {
    throw new PluginFailure('not-found', `\`assets\`: ${path} is no file`, { file: path, retryable: false });
  }
  if (stat.size >= firstTooLarge) {
    throw new PluginFailure(
      'handler',
      `\`assets\`: ${path} has ${stat.size} bytes, and GitHub takes files below 2 GiB (${firstTooLarge} bytes): split it`,
      { file: path, retryable: false },
    );
  }
  const wanted = request.name ?? posix.basename(path);
  const name = sentName(wanted);
  if (!/[A-Za-z0-9]/.test(posix.parse(wanted).name)) {
    throw new PluginFailure(
      'handler',
      `\`assets\`: GitHub would rename \`${wanted}\` beyond recognition: give the entry a \`name\` of letters and digits`,
      { file: path, retryable: false },
    );
  }
  return {
    path,
    name,
    label: request.label,
    contentType: request.contentType ?? contentTypeOf(path),
    size: stat.size,
  };
}

function requestOf(entry: Json): AssetRequest {
  if (typeof entry === 'string') return { pattern: entry, name: null, label: null, contentType: null };
  const config = isJsonMap(entry) ? entry : {};
  return {
    pattern: optionalText(config, 'path') ?? '',
    name: optionalText(config, 'name'),
    label: optionalText(config, 'label'),
    contentType: optionalText(config, 'content_type'),
  };
}

function doubleFailure(one: AssetFile, other: AssetFile): PluginFailure {
  return new PluginFailure(
    'handler',
    `\`assets\`: ${other.path} and ${one.path} would both be named \`${one.name}\` on GitHub: give one of them another \`name\``,
    { retryable: false },
  );
}
