import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

function demo(...args: readonly string[]) {
  return spawnSync(process.execPath, ['scripts/demo.ts', ...args], { cwd: root, encoding: 'utf8' });
}

describe('the demo', () => {
  test('releases a sample repository, shows plan, diagram, table and remote, and leaves nothing behind', () => {
    const { status, stdout, stderr } = demo();
    expect({ status, stderr: stderr.includes('error[') }).toEqual({ status: 0, stderr: false });
    for (const shown of [
      '10 of 10 steps would run',
      'success (10 success',
      'flowchart TD',
      '| ✓\u00a0success | Push to Remote',
      'tag v0.21.0.3+1',
      '✓ The release is as it must be',
    ]) {
      expect(stdout).toContain(shown);
    }
    const folder = / in (\S+)$/m.exec(stdout)?.[1] ?? '';
    expect(folder).not.toBe('');
    expect(existsSync(folder)).toBe(false);
  });
});

describe('the demo, asked to keep its repository', () => {
  test('names the folder, in which the run can be looked at', () => {
    const { stdout } = demo('--keep');
    const folder = /is kept: (\S+)$/m.exec(stdout)?.[1] ?? '';
    try {
      expect(existsSync(join(folder, '.vwmp/state.db'))).toBe(true);
    } finally {
      if (folder !== '') rmSync(join(folder, '..'), { recursive: true });
    }
  });
});
