import { describe, expect, it } from 'vitest';
import { compilePattern, defaultBranchPattern, PluginFailure, workItemOf } from '../../../src/plugin-api/index.ts';

describe('epic and story of a branch', () => {
  it.each([
    ['epic/21-story-3', '21', '3'],
    ['E01S02', '01', '02'],
    ['feature/e21-s4-login', '21', '4'],
    ['epic-7', '7', null],
    ['E01:S01:T001', '01', '01'],
    ['users/ada/EPIC_12/Story 5', '12', '5'],
    ['release2', null, null],
    ['main', null, null],
    ['feature2/the-2nd', null, null],
  ])('%s names epic %s and story %s', async (branch, epic, story) => {
    expect(await workItemOf(branch, defaultBranchPattern)).toEqual({ epic, story });
  });

  it('come from named groups in any order', async () => {
    const pattern = '^s(?P<story>\\d+)-of-(?P<epic>\\d+)$';
    expect(await workItemOf('s4-of-9', pattern)).toEqual({ epic: '9', story: '4' });
  });

  it('are unknown without a branch', async () => {
    expect(await workItemOf(null, defaultBranchPattern)).toEqual({ epic: null, story: null });
  });
});

describe('a pattern of a document', () => {
  it('is refused by name where it cannot be read', async () => {
    await expect(compilePattern('(?<=a)b')).rejects.toThrow(PluginFailure);
    await expect(compilePattern('(a)\\1')).rejects.toThrow('`(a)\\1`');
  });

  it('matches a text that would take a backtracking engine for ever', async () => {
    const pattern = await compilePattern('^(a+)+$');
    expect(pattern.firstMatch(`${'a'.repeat(5_000)}!`)).toBeNull();
  });
});
