import { spawnSync } from 'node:child_process';

export interface VwmpCall {
  /** The command line: the bundle, or its source. */
  readonly program: string;
  readonly cwd: string;
  /** Variables over `quietEnvironment` of the caller. */
  readonly env: { readonly [name: string]: string };
  /** `inherit`: what it prints goes straight to the terminal. */
  readonly output: 'capture' | 'inherit';
}

export interface VwmpResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line as a process of its own. */
export function vwmp(args: readonly string[], { program, cwd, env, output }: VwmpCall): VwmpResult {
  const result = spawnSync(process.execPath, [program, ...args], {
    cwd,
    env,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', output === 'capture' ? 'pipe' : 'inherit', output === 'capture' ? 'pipe' : 'inherit'],
  });
  if (result.error) throw result.error;
  return { exitCode: result.status ?? 128, stdout: result.stdout ?? '', stderr: result.stderr ?? '' };
}
