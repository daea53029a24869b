import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

/** The version whose log the checks know how to read. */
const version = 'v0.2.89';

/** Where nothing answers, waiting longer brings nothing. */
const buildLimitMs = 300_000;

/** Where act is, or why it cannot be had. */
export type ActInstallation =
  | { readonly kind: 'installed'; readonly command: string }
  | { readonly kind: 'left-out'; readonly reason: string };

/**
 * Finds act in the cache folder of the user, or builds it there with Go, which takes about a minute on two cores. It
 * needs no container engine: jobs run on this machine, each in a copy of the checkout.
 */
export function installedAct(): ActInstallation {
  const folder = join(cacheFolder(), 'vwmp', `act-${version}`);
  const command = join(folder, 'act');
  if (existsSync(command)) return { kind: 'installed', command };
  if (!runs('go', ['version'])) return { kind: 'left-out', reason: 'this machine has no Go to build it with' };
  console.log(`Building act ${version} into ${folder}`);
  try {
    execFileSync(
      'go',
      ['install', '-trimpath', '-ldflags=-s -w', `github.com/nektos/act@${version}`],
      // The module's own list of versions holds, whatever a checkout around us says.
      {
        cwd: tmpdir(),
        env: { ...process.env, GOBIN: folder, GOFLAGS: '-mod=mod' },
        stdio: ['ignore', 'ignore', 'pipe'],
        timeout: buildLimitMs,
      },
    );
  } catch (error) {
    return { kind: 'left-out', reason: `it cannot be built here: ${lastLine(error)}` };
  }
  return { kind: 'installed', command };
}

function cacheFolder(): string {
  return process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
}

function runs(command: string, args: readonly string[]): boolean {
  try {
    execFileSync(command, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function lastLine(error: unknown): string {
  const said = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
  return said.trim().split('\n').at(-1) ?? '';
}
