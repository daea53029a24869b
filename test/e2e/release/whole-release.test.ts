import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readRun } from '../../rigs/cli.ts';
import { releasePaths } from '../../rigs/release-repository.ts';
import { releaseBench, seed, summary } from './release-rig.ts';

const tag = 'v0.21.0.3+1';
const hostile = [
  '::error::"x"',
  "'y' $(touch pwned) `touch pwned`",
  '{version} {tag} \\{a {{ parameters.summary }}',
  `\${config.version_file}`,
  '*b* |',
].join(' ');

describe('the sample release', () => {
  it('as a process of its own ends with 0, one JSON object, one commit, one tag, and both on the remote', async () => {
    const bench = releaseBench();
    const head = bench.git('rev-parse', 'HEAD');

    const { code, run, stderr } = readRun(await bench.vwmpProcess(['run', seed, '--json', '--summary', summary]));

    expect([code, stderr, run.status, run.workflow]).toEqual([
      0,
      '',
      'success',
      { name: 'Release Workflow', version: '1.0.0' },
    ]);
    expect(run.steps.map(({ id, status, attempts }) => `${id} ${status} ${attempts}`)).toEqual(
      Array.from({ length: 10 }, (_, at) => `step-${at + 1} success 1`),
    );
    expect(run.steps[4]?.handler).toBe('project.kanban_update');
    expect(bench.commitsSince(head)).toBe(1);
    expect(bench.isReleased(tag)).toBe(true);
    expect(bench.git('cat-file', '-t', tag)).toBe('tag');
    expect(bench.git('status', '--porcelain')).toBe('');
  });

  it('writes a hostile summary as it stands, and neither fills in nor runs anything of it', async () => {
    const bench = releaseBench();
    const details = '- one {version}\r\n- two\n\n```\n::error::z\n```';

    const { code } = await bench.release(
      '--summary',
      hostile,
      '--change_type',
      'feature',
      '--detailed_changes',
      details,
    );

    expect(code).toBe(0);
    expect(bench.has('pwned')).toBe(false);
    expect(bench.git('log', '-1', '--format=%B')).toBe(`0.21.0.3+1 - ${hostile}`);
    expect(bench.git('tag', '--list', '--format=%(contents)', tag)).toBe(`Release ${tag}: ${hostile}`);
    const path = `${releasePaths.changelogs}/CHANGELOG_${tag}.md`;
    expect(bench.read('CHANGELOG.md')).toContain(
      `\n\n${hostile}\n\n[CHANGELOG_${tag}.md](${path})\n\n## v0.21.0.2+1 - `,
    );
    expect(bench.read(path)).toMatch(
      /^# Changelog v0\.21\.0\.3\+1\n\n- \*\*Version:\*\* 0\.21\.0\.3\+1\n- \*\*Release Date:\*\* \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC\n- \*\*Release Type:\*\* Feature 🚀\n- \*\*Epic:\*\* 21\n- \*\*Story:\*\* 3\n/,
    );
    expect(bench.read(path)).toContain(
      `\n## Summary\n\n${hostile}\n\n## Detailed Changes\n\n- one {version}\n- two\n\n\`\`\`\n::error::z\n\`\`\`\n\n## Commits\n`,
    );
    expect(bench.read(releasePaths.epic)).toContain(`): ${hostile}\n- v0.21.0.2+1 (`);
  });

  it('does not let the summary hide the older entries of a page', async () => {
    const bench = releaseBench();
    await bench.release('--summary', 'See <!-- the docs');

    for (const page of ['CHANGELOG.md', releasePaths.epic]) expect(bench.read(page)).toContain('See \\<!-- the docs');
  });
});

describe('parameters of the release', () => {
  it('that do not fit are refused all at once, by name, before anything is touched', async () => {
    const bench = releaseBench();
    const { code, refusal } = await bench.release(
      ...['--summary', 'short', '--change_type', 'nope', '--skip_readme', 'maybe', '-p', 'unknown=1'],
      ...['--detailed_changes', 'x'.repeat(2001)],
    );

    expect([code, refusal.valid]).toEqual([2, false]);
    const errors = refusal.diagnostics.filter(({ severity }) => severity === 'error');
    expect(errors.map(({ path }) => path).sort()).toEqual([
      'parameters.change_type',
      'parameters.detailed_changes',
      'parameters.skip_readme',
      'parameters.summary',
      'parameters.unknown',
    ]);
    const wrongType = errors.find(({ path }) => path === 'parameters.change_type');
    for (const option of ['feature', 'fix', 'security', 'maintenance'])
      expect(wrongType?.message).toContain(`"${option}"`);
    expect([bench.git('status', '--porcelain'), bench.has('.vwmp')]).toEqual(['', false]);
  });

  it.each([
    ['🚀'.repeat(9), 2],
    ['🚀'.repeat(10), 0],
    ['🚀'.repeat(200), 0],
    ['🚀'.repeat(201), 2],
    ['--- a summary that begins with dashes', 0],
  ])('take the summary %s with exit code %i, counted in characters', async (text, code) => {
    const bench = releaseBench();
    expect((await bench.vwmp(['plan', seed, '--json', `--summary=${text}`])).code).toBe(code);
  });

  it('must be given where they are required', async () => {
    const bench = releaseBench();
    const { code, stderr } = await bench.vwmp(['run', seed]);

    expect(code).toBe(2);
    expect(stderr).toContain('Parameter `summary` (Release Summary) is required and was not given.');
  });

  it('may stand in a file', async () => {
    const bench = releaseBench();
    const file = join(bench.base, 'parameters.yml');
    writeFileSync(file, 'summary: A summary from a file\nchange_type: security\nskip_readme: true\n');

    const { code, states } = readRun(await bench.vwmp(['run', seed, '--json', '--parameters', file]));

    expect([code, states['step-4']]).toEqual([0, 'handler']);
    expect(bench.git('log', '-1', '--format=%s')).toBe('0.21.0.3+1 - A summary from a file');
    expect(bench.read(`${releasePaths.changelogs}/CHANGELOG_${tag}.md`)).toContain('Security 🔒');
  });
});

describe('the plan of a release', () => {
  it('shows versions, files and git commands, and changes nothing at all', async () => {
    const bench = releaseBench();
    const refs = [bench.refs(bench.root), bench.refs(bench.remote)];
    const index = bench.git('ls-files', '--stage', '--debug');

    const { code, stdout } = await bench.vwmp(['plan', seed, '--summary', summary]);

    expect(code).toBe(0);
    for (const shown of [
      '0.21.0.2+1 → 0.21.0.3+1',
      '+__version__ = "0.21.0.3+1"',
      `+++ b/${releasePaths.changelogs}/CHANGELOG_${tag}.md`,
      '+++ b/CHANGELOG.md',
      '+++ b/README.md',
      `+++ b/${releasePaths.epic}`,
      `+++ b/${releasePaths.board}`,
      'scripts/validation/validate_branch_context.py',
      `git commit --message '0.21.0.3+1 - ${summary}'`,
      `git tag --annotate --message 'Release ${tag}: ${summary}' ${tag}`,
      'git push --atomic origin',
    ]) {
      expect(stdout).toContain(shown);
    }
    expect(bench.git('status', '--porcelain', '--ignored')).toBe('');
    expect([bench.refs(bench.root), bench.refs(bench.remote)]).toEqual(refs);
    expect(bench.git('ls-files', '--stage', '--debug')).toBe(index);
    expect(bench.has('.vwmp')).toBe(false);
  });

  it('needs no remote, no right to push and no identity', async () => {
    const bench = releaseBench();
    bench.git('remote', 'set-url', 'origin', 'https://localhost:1/x.git');
    bench.git('config', 'user.useConfigOnly', 'true');
    const env = { HOME: '/nonexistent' };

    const { code, stdout } = await bench.vwmp(['plan', seed, '--json', '--summary', summary], { env });

    const plan = JSON.parse(stdout) as { levels: readonly string[][]; steps: readonly { will_run: boolean }[] };
    expect(code).toBe(0);
    expect(plan.levels.flat()).toHaveLength(10);
    expect(plan.steps.every(({ will_run }) => will_run)).toBe(true);
  });
});
