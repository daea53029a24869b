import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { StandardBench } from './standard-bench.ts';

const bumped = (config: object) => ({
  name: 'Release',
  steps: [
    { id: 'bump', handler: 'release.version_bump', config: { version_file: 'package.json', ...config } },
    { id: 'changelog', handler: 'release.changelog_update', config: { main_changelog: 'HISTORY.md' } },
  ],
});

/** What the plan says of the first step, and how its diffs change the version. */
async function planned(
  standard: StandardBench,
  config: object,
): Promise<{ summary: string; files: readonly string[] }> {
  const { bench } = standard;
  writeFileSync(bench.definition, JSON.stringify(bumped(config)));
  const before = bench.refs(bench.root);
  const { code, stdout, stderr } = await bench.vwmp(['plan', bench.definition, '--json']);
  expect(code, stderr).toBe(0);
  expect(bench.refs(bench.root)).toBe(before);
  const [step] = (JSON.parse(stdout) as { steps: [{ preview: { summary: string; diffs: [{ file: string }] } }] }).steps;
  return { summary: step.preview.summary, files: step.preview.diffs.map(({ file }) => file) };
}

describe('the plan of a release in a clone that lacks something', () => {
  it.each([
    [['--depth', '1'], { version_file: '' }, 'this clone is shallow'],
    [['--depth', '1'], { increment_type: 'auto' }, 'this clone is shallow'],
    [['--no-tags'], { version_file: '' }, 'this clone lacks the tag v1.0.0'],
    [['--no-tags'], { increment_type: 'auto' }, 'this clone lacks the tag v1.0.0'],
  ])('with %j and %j shows no version as if it were sure', async (options, config, lack) => {
    const standard = new StandardBench();
    standard.cloneAnew(...options);
    const { summary, files } = await planned(standard, config);
    expect(summary).toContain('the version is not known yet');
    expect(summary).toContain(lack);
    expect(files).toEqual([]);

    const { run } = await standard.run(bumped(config), '--only', 'bump');
    expect(run.steps[0]?.outputs.old_version).toBe('1.0.0');
  });

  it('counts from a tag that only the remote has', async () => {
    const standard = new StandardBench('0.0.0');
    standard.bench.git('tag', 'v1.2.3');
    standard.bench.git('push', '--quiet', 'origin', 'v1.2.3');
    standard.work('fix: more', 'more.txt');
    standard.cloneAnew('--no-tags');
    expect((await planned(standard, {})).summary).toContain('the version is not known yet');
  });

  it('is sure where what is missing changes nothing', async () => {
    const standard = new StandardBench();
    standard.cloneAnew('--depth', '1');
    const { summary, files } = await planned(standard, { increment_type: 'patch' });
    expect(summary).toMatch(
      /^1\.0\.0 → 1\.0\.1: .*\nnote: this clone is shallow: the run fetches what is missing first$/,
    );
    expect(files).toEqual(['package.json']);
  });
});

describe('a release in a clone that lacks a tag, and has another one where it was before', () => {
  /** The tag has moved on the remote, and the clone never got `v1.0.0`. */
  const moved = (tag: string) => {
    const standard = new StandardBench();
    standard.bench.git('tag', tag);
    standard.bench.git('push', '--quiet', 'origin', tag);
    standard.cloneAnew('--no-tags');
    standard.bench.git('tag', tag, 'HEAD~2');
    return standard.run(bumped({ increment_type: 'auto' }), '--only', 'bump');
  };

  it('begins with the first start where that is no version', async () => {
    const { code, run } = await moved('v1');
    expect([code, run.steps[0]?.outputs.new_version]).toEqual([0, '1.1.0']);
  });

  it('stops where that is a version', async () => {
    const { code, run } = await moved('v0.9.0');
    expect(code).toBe(1);
    expect(run.steps[0]?.error?.message).toContain('tags here stand on other objects than on the remote: v0.9.0');
  });
});

describe('a release in a sparse checkout', () => {
  it('stops before it writes a new changelog in the place of one that is only not checked out', async () => {
    const standard = new StandardBench();
    const { bench } = standard;
    bench.write('notes/HISTORY.md', '# Changelog\n\nWhat has changed.\n');
    bench.save('docs: the changelog in a folder');
    bench.git('sparse-checkout', 'set', '--cone', 'workflows');
    const definition = bumped({});
    Object.assign(definition.steps[1]?.config ?? {}, { main_changelog: 'notes/HISTORY.md' });
    const { code, run } = await standard.run(definition);
    expect(code).toBe(1);
    expect(run.steps[1]?.error?.message).toMatch(
      /^notes\/HISTORY\.md is in the newest commit, and not in this checkout/,
    );
    expect(existsSync(join(bench.root, 'notes'))).toBe(false);
  });
});
