import { realpathSync, statSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import type { Diagnostic } from '../../core/diagnostic/diagnostic.ts';
import { err, ok, type Result } from '../../core/model/result.ts';
import type { RunnerEnvironment } from './runner-files.ts';

/**
 * The workspace of the run, absolute and free of links: `GITHUB_WORKSPACE`, or the folder inside it that the input
 * `working-directory` names. One that leads outside, links included, is refused.
 */
export function actionWorkspace(
  env: RunnerEnvironment,
  workingDirectory: string | null,
  cwd: string,
): Result<string, Diagnostic> {
  const checkout = realFolder(resolve(cwd, env.GITHUB_WORKSPACE || '.'));
  if (checkout === null) {
    return err(
      refusal(
        `GITHUB_WORKSPACE is \`${env.GITHUB_WORKSPACE ?? cwd}\`, which is no folder.`,
        'Check out the repository first.',
      ),
    );
  }
  if (workingDirectory === null) return ok(checkout);
  const folder = realFolder(resolve(checkout, workingDirectory));
  const named = `The input \`working-directory\` is \`${workingDirectory}\``;
  if (folder === null)
    return err(refusal(`${named}, which is no folder of the checkout.`, 'Give a folder that exists.'));
  if (isInside(checkout, folder)) return ok(folder);
  return err(refusal(`${named}, which leads out of the checkout.`, 'Give a folder inside the checkout.'));
}

function realFolder(path: string): string | null {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats?.isDirectory() ? realpathSync(path) : null;
}

function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function refusal(message: string, hint: string): Diagnostic {
  return { code: 'path', severity: 'error', message, hint };
}
