import { mkdirSync, readdirSync, realpathSync, type Stats, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { WorkspaceFiles } from '../../core/ports/plugin.ts';
import { FileFailure, fileFailure } from './file-failure.ts';
import { findFiles } from './find-files.ts';
import { loopTurn } from './loop-turn.ts';
import { readBytes } from './read-bytes.ts';
import { readText } from './read-text.ts';
import { replaceFile } from './replace-file.ts';
import { resolveInside } from './resolve-inside.ts';

/**
 * Files of a workspace on this machine, asked at once: the way through the pool of threads would take many times as long
 * as the answer. An absolute path is taken where it lies inside. Rejects with `FileFailure`.
 */
export class NodeWorkspaceFiles implements WorkspaceFiles {
  readonly root: string;

  /** `workspace` must exist; throws where it does not. */
  constructor(workspace: string) {
    this.root = realpathSync(workspace);
  }

  async read(path: string): Promise<string> {
    return readText(resolveInside(this.root, path), path);
  }

  async readBytes(path: string): Promise<Uint8Array> {
    return readBytes(resolveInside(this.root, path), path);
  }

  async glob(patterns: readonly string[]): Promise<readonly string[]> {
    await loopTurn();
    const found = findFiles(this.root, patterns);
    if (!found.ok) throw new FileFailure('configuration', `The patterns cannot be followed: ${found.error}.`);
    return found.value;
  }

  async write(path: string, text: string): Promise<void> {
    await loopTurn();
    const place = resolveInside(this.root, path);
    const replaced = statOf(place, path);
    if (replaced?.isDirectory() || place === this.root) {
      throw new FileFailure('handler', `"${path}" is a folder, not a file.`);
    }
    if (replaced && !replaced.isFile()) throw new FileFailure('handler', `"${path}" is not a regular file.`);
    try {
      mkdirSync(dirname(place), { recursive: true });
      replaceFile(place, text);
    } catch (error) {
      throw fileFailure(error, path);
    }
  }

  async exists(path: string): Promise<boolean> {
    await loopTurn();
    return statOf(resolveInside(this.root, path), path) !== null;
  }

  async stat(path: string): ReturnType<WorkspaceFiles['stat']> {
    await loopTurn();
    const found = statOf(resolveInside(this.root, path), path);
    if (found === null) return null;
    const kind = found.isDirectory() ? 'folder' : 'file';
    return { kind, executable: kind === 'file' && (found.mode & 0o111) !== 0, size: found.size };
  }

  async list(path: string): Promise<readonly string[]> {
    await loopTurn();
    const place = resolveInside(this.root, path);
    const found = statOf(place, path);
    if (found === null) return [];
    if (!found.isDirectory()) throw new FileFailure('not-found', `"${path}" is a file, not a folder.`);
    try {
      return readdirSync(place).sort();
    } catch (error) {
      throw fileFailure(error, path);
    }
  }
}

function statOf(place: string, path: string): Stats | null {
  try {
    return statSync(place, { throwIfNoEntry: false }) ?? null;
  } catch (error) {
    const failure = fileFailure(error, path);
    if (failure.failure.kind === 'not-found') return null;
    throw failure;
  }
}
