import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Json } from '../../../../../src/plugin-api/index.ts';
import { findHandler } from '../../../../rigs/step-driver.ts';
import { TempFolder } from '../../../../rigs/temp-folder.ts';
import { contextIn, rowOf, runIn } from './review.ts';

let work: TempFolder;
beforeEach(() => {
  work = new TempFolder();
});
afterEach(() => work.remove());

describe('an item of validators', () => {
  it('that is a bare text is a rule, unless the workspace has a file of that name', async () => {
    expect(rowOf(await runIn(work, { validators: ['version-matches-tag'] }))).toMatchObject({
      rule: 'version-matches-tag',
      script: null,
    });
    work.write('version-matches-tag', '#!/bin/sh\nexit 0\n', 0o755);
    expect(rowOf(await runIn(work, { validators: ['version-matches-tag'] }))).toMatchObject({
      rule: null,
      script: 'version-matches-tag',
      status: 'passed',
    });
    expect(rowOf(await runIn(work, { validators: [{ rule: 'version-matches-tag' }] })).rule).toBe(
      'version-matches-tag',
    );
    expect(rowOf(await runIn(work, { validators: ['no-such-rule'] })).status).toBe('not-found');
  });

  it('goes by its own name in reports', async () => {
    expect(rowOf(await runIn(work, { validators: [{ rule: 'pr-title', name: 'Title' }] })).name).toBe('Title');
  });

  it.each<[Json, string]>([
    [{ rule: 'commit-massages' }, 'there is no rule `commit-massages`: rules are branch-name,'],
    [
      { rule: 'clean-tree', types: ['feat'] },
      'the rule clean-tree takes no `types`: it takes rule, name, level, ignore',
    ],
    [{ rule: 'clean-tree', args: ['x'], timeout: 3 }, 'takes no `args`, `timeout`'],
    [{ script: 'a.sh', types: ['feat'], level: 'error' }, 'the script a.sh takes no `types`, `level`'],
    [{ script: 'a.sh', rule: 'clean-tree' }, 'is a path, a map with `script` or a map with `rule`'],
    [{ name: 'x' }, 'is a path, a map with `script` or a map with `rule`'],
    [3, 'is a path, a map with `script` or a map with `rule`'],
  ])('%j is refused', async (item, reason) => {
    await expect(runIn(work, { validators: [item] })).rejects.toThrow(reason);
  });

  it('may write what is not set as null', async () => {
    const outcome = await runIn(work, { validators: [{ rule: 'pr-title', title: null, types: null, args: null }] });
    expect(rowOf(outcome).status).toBe('skipped');
  });
});

describe('the preview', () => {
  const preview = (validators: readonly Json[], more = {}) =>
    findHandler('project.run_validators').preview?.(contextIn(work, { validators, ...more }));

  it('lists scripts and rules, and what is missing now', async () => {
    work.write('a.sh', '');
    const shown = await preview(['a.sh', { script: 'b.sh', args: ['x'] }, 'clean-tree', { rule: 'pr-title' }], {
      strict_mode: true,
    });
    expect(shown).toEqual({
      summary: 'runs 2 scripts and 2 rules (clean-tree, pr-title); warnings fail too; missing now: b.sh',
      diffs: [],
      commands: ['a.sh', 'b.sh x'],
    });
    expect((await preview(['a.sh']))?.summary).toBe('runs 1 script');
    expect((await preview(['clean-tree']))?.summary).toBe('runs 1 rule (clean-tree)');
  });
});
