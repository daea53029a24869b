import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const memory = '/dev/shm';
const gibibyte = 1024 ** 3;

/**
 * Where tests make their folders: in memory where the machine has 2 GiB of it to spare, else where temporary files
 * go. Thousands of small repositories come and go in a run of the suite, and on a disk that is a third of its time.
 * `TMPDIR` has the last word.
 */
export function scratchFolder(): string {
  if (process.env['TMPDIR']) return process.env['TMPDIR'];
  return hasRoom(memory, 2 * gibibyte) && runsPrograms(memory) ? memory : tmpdir();
}

function hasRoom(folder: string, bytes: number): boolean {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize >= bytes;
  } catch {
    return false;
  }
}

/** Containers often mount it so that nothing in it can be started. */
function runsPrograms(folder: string): boolean {
  let own: string | null = null;
  try {
    own = mkdtempSync(join(folder, 'vwmp-'));
    const program = join(own, 'program');
    writeFileSync(program, '#!/bin/sh\nexit 0\n');
    chmodSync(program, 0o755);
    return spawnSync(program).status === 0;
  } catch {
    return false;
  } finally {
    if (own !== null) rmSync(own, { recursive: true, force: true });
  }
}
