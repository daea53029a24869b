import { describe, expect, it } from 'vitest';
import { type ReleaseBench, releaseBench } from './release-rig.ts';

/** Branch, its epic and its story. */
const branches: readonly (readonly [string, string | null, string | null])[] = [
  ['epic/21-story-3', '21', '3'],
  ['E01S02', '01', '02'],
  ['feature/E1-S2-x', '1', '2'],
  ['EPIC/021/STORY/004', '021', '004'],
  ['epic/21', '21', null],
  ['release2', null, null],
  ['main', null, null],
  ['fix/the2-issue-12', null, null],
];

/** Runs the steps that read the branch, each on its own. */
async function readBranch(bench: ReleaseBench, epicDocument: string) {
  const version = { version: '9.9.9', summary: 'Summary' };
  const { run } = await bench.runEach([
    { id: 'c', handler: 'release.changelog_create', config: { ...version, changelog_dir: 'log' } },
    { id: 'k', handler: 'project.kanban_update', config: { ...version, epic_doc_pattern: epicDocument } },
  ]);
  const [changelog, kanban] = run.steps;
  if (!changelog || !kanban) throw new Error('the run has two steps');
  return { changelog, kanban };
}

describe('the branch', () => {
  it.each(branches)('%s gives epic %s and story %s', async (branch, epic, story) => {
    const bench = releaseBench(branch);
    const { changelog, kanban } = await readBranch(bench, 'epics/{epic}/{story}.md');

    expect(changelog.outputs).toMatchObject({ epic, story });
    const text = bench.read('log/CHANGELOG_v9.9.9.md');
    expect(text.includes('**Epic:**')).toBe(epic !== null);
    expect(text.includes('**Story:**')).toBe(story !== null);
    if (epic === null) {
      expect(kanban).toMatchObject({ status: 'skipped', skipped_reason: 'handler' });
      expect(kanban.skipped_message).toBe(`the branch \`${branch}\` names no epic`);
    } else {
      expect(kanban.error?.message).toContain(`looked for epics/${epic}/${story ?? ''}.md`);
    }
  });

  it.each([
    ['E07S02', 'epics/07.md', 'as the branch writes it'],
    ['E7S02', 'epics/07.md', 'padded to two digits'],
    ['E007S02', 'epics/7.md', 'without padding'],
  ])('%s leads to the document %s, %s', async (branch, document) => {
    const bench = releaseBench(branch);
    bench.write(document, '# Epic\n\n## Releases\n\n- v1.0.0 (2024-01-01): old\n\n## Stories\n');
    const { kanban } = await readBranch(bench, 'epics/{epic}.md');

    expect(kanban.outputs.epic_document).toBe(document);
    expect(bench.read(document)).toMatch(
      /^# Epic\n\n## Releases\n\n- v9\.9\.9 \(\d{4}-\d\d-\d\d\): Summary\n- v1\.0\.0 \(2024-01-01\): old\n\n## Stories\n$/,
    );
  });

  it('takes the spelling of the branch first where several documents exist', async () => {
    const bench = releaseBench('E07');
    for (const name of ['07', '7']) bench.write(`epics/${name}.md`, '# Epic\n');
    const { kanban } = await readBranch(bench, 'epics/{epic}.md');

    expect(kanban.outputs.epic_document).toBe('epics/07.md');
    expect(bench.read('epics/7.md')).toBe('# Epic\n');
  });

  it('without an epic leaves the release whole but for the kanban step', async () => {
    const bench = releaseBench('release2');
    const { code, run, states } = await bench.release();

    expect([code, run.status, states['step-5']]).toEqual([0, 'success', 'handler']);
    expect(bench.isReleased('v0.21.0.3+1')).toBe(true);
  });

  it('of an epic without a document makes the run partial and names every path that was tried', async () => {
    const bench = releaseBench('E03S04');
    const { code, run, step } = await bench.release();

    expect([code, run.status]).toEqual([0, 'partial']);
    expect(step('step-5').error).toMatchObject({ kind: 'not-found' });
    for (const epic of ['03', '3']) expect(step('step-5').error?.message).toContain(`Epic ${epic}/Epic-${epic}.md`);
    expect(bench.isReleased('v0.21.0.3+1')).toBe(true);
  });

  it('that is not checked out cannot be pushed, and the failure says what to do', async () => {
    const bench = releaseBench();
    bench.git('checkout', '--quiet', '--detach');
    const before = bench.refs(bench.remote);

    const { code, run, step } = await bench.release();

    expect([code, run.status]).toEqual([0, 'partial']);
    expect(step('step-10').error?.message).toMatch(/^the head is detached, .*: check out a branch first/);
    expect(bench.refs(bench.remote)).toBe(before);
  });
});
