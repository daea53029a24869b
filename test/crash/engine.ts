import { spawn } from 'node:child_process';

/** One process of the engine. */
export interface Engine {
  /** Kills this process and no other: what it started lives on. */
  kill(): void;
  readonly ended: Promise<EngineEnd>;
}

export interface EngineEnd {
  /** `null`: it was killed. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export function startEngine(cli: string, folder: string, args: readonly string[]): Engine {
  const env = { PATH: process.env.PATH ?? '', HOME: folder, NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? '' };
  const child = spawn(process.execPath, [cli, ...args], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk) => {
    stdout += String(chunk);
  });
  child.stderr.on('data', (chunk) => {
    stderr += String(chunk);
  });
  const ended = new Promise<EngineEnd>((resolve, reject) => {
    child.on('error', reject);
    // Not `close`: what the dead engine started may hold its pipes open.
    child.on('exit', (code) => setImmediate(() => resolve({ code, stdout, stderr })));
  });
  return { kill: () => child.kill('SIGKILL'), ended };
}
