import { realpathSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { err, ok, type Result } from '../../core/model/result.ts';
import { gitFolderOf } from './git-folder.ts';

export interface WorkspaceQuestion {
  /** `--workspace`, relative to `cwd`; `null` where it was not given. */
  readonly option: string | null;
  readonly env: { readonly [name: string]: string | undefined };
  /** Absolute. */
  readonly cwd: string;
}

/**
 * The workspace, absolute and free of links: what the option names, else `GITHUB_WORKSPACE`, else the top folder of
 * the git checkout around the current folder, else that folder. The error is one sentence for people.
 */
export function findWorkspace({ option, env, cwd }: WorkspaceQuestion): Result<string, string> {
  if (option !== null) return existing(resolve(cwd, option), `--workspace names ${JSON.stringify(option)}`);
  const given = env.GITHUB_WORKSPACE;
  if (given !== undefined && given !== '') return existing(resolve(cwd, given), `GITHUB_WORKSPACE names ${given}`);
  return existing(checkoutAround(cwd) ?? cwd, `The current folder is ${cwd}`);
}

/** The nearest folder, going up, that is the top of a git checkout. */
export function checkoutAround(folder: string): string | null {
  for (let at = folder; ; at = dirname(at)) {
    if (gitFolderOf(at) !== null) return at;
    if (dirname(at) === at) return null;
  }
}

function existing(folder: string, origin: string): Result<string, string> {
  try {
    const real = realpathSync(folder);
    return statSync(real).isDirectory() ? ok(real) : err(`${origin}, which is a file, not a folder.`);
  } catch (error) {
    const reason =
      error instanceof Error && 'code' in error && error.code === 'ENOENT'
        ? 'does not exist'
        : `cannot be used (${error instanceof Error ? error.message : error})`;
    return err(`${origin}, which ${reason}.`);
  }
}
