import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { actionWorkspace } from '../../../../src/adapters/github-runner/action-workspace.ts';

let root: string;
let checkout: string;

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'vwmp-workspace-')));
  checkout = join(root, 'checkout');
  mkdirSync(join(checkout, 'packages/app'), { recursive: true });
  mkdirSync(join(root, 'checkout-other'));
  writeFileSync(join(checkout, 'file'), '');
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

function workspaceOf(
  workingDirectory: string | null,
  env: { GITHUB_WORKSPACE?: string } = { GITHUB_WORKSPACE: checkout },
) {
  const found = actionWorkspace(env, workingDirectory, checkout);
  return found.ok ? found.value : found.error.message;
}

describe('the workspace of the action', () => {
  test('is the checkout, or the folder inside it that is named', () => {
    expect(workspaceOf(null)).toBe(checkout);
    expect(workspaceOf('packages/app')).toBe(join(checkout, 'packages/app'));
    expect(workspaceOf('./packages/../packages/app/')).toBe(join(checkout, 'packages/app'));
    expect(workspaceOf('.')).toBe(checkout);
  });

  test('is the current folder where the runner names none', () => {
    expect(workspaceOf(null, {})).toBe(checkout);
    expect(workspaceOf(null, { GITHUB_WORKSPACE: '' })).toBe(checkout);
  });

  test.each(['..', '../checkout-other', 'packages/../..', '/'])('never leads out of the checkout as %s', (path) => {
    expect(workspaceOf(path)).toContain('leads out of the checkout');
  });

  test('never leads out through a link', () => {
    symlinkSync(join(root, 'checkout-other'), join(checkout, 'away'));
    expect(workspaceOf('away')).toContain('leads out of the checkout');
  });

  test.each(['missing', 'file'])('has to be a folder, which %s is not', (path) => {
    expect(workspaceOf(path)).toContain('is no folder of the checkout');
  });

  test('needs a checkout', () => {
    expect(workspaceOf(null, { GITHUB_WORKSPACE: join(root, 'nowhere') })).toContain('is no folder');
  });
});
