import { beforeAll, describe, expect, test } from 'vitest';
import { prepareBundle, UsedAction, useWorkflow } from './action-rig.ts';
import { readMarkdown } from './markdown-page.ts';

beforeAll(prepareBundle, 300_000);

const failing = `
name: Release
on_failure: rollback
steps:
  - { id: bump, name: Raise the version, run: echo bumped > version, rollback: { run: rm version } }
  - { id: plain, run: "true" }
  - { id: tag, run: echo tagged, rollback: { run: 'echo untagged | tee untagged' } }
  - { id: publish, run: exit 9 }
finally:
  - { id: look, run: 'echo "$BUMP $(ls version 2>/dev/null)" > seen', env: { BUMP: "\${{ steps.bump.status }}" } }
outputs: { tag: "\${{ steps.tag.status }}" }
`;

/** Of the table in the section, which begins with a sentence. */
function rollbackRows(summary: string): readonly (readonly string[])[] {
  const blocks = readMarkdown(summary);
  const place = blocks.findIndex((block) => block.kind === 'heading' && block.text === 'Rollback');
  const table = blocks.slice(place).find((block) => block.kind === 'table');
  if (place < 0 || table?.kind !== 'table') throw new Error(`there is no rollback in ${summary}`);
  return table.rows.slice(2);
}

/** Uses the action and looks at the checkout afterwards. */
async function used(definition: string, sign: string | null = null) {
  const action = new UsedAction({ files: { 'w.yml': definition } });
  try {
    if (sign !== null) {
      await action.runner.prints(sign);
      action.runner.cancel();
    }
    const end = await action.runner.end();
    const read = (file: string) => (action.checkout.has(file) ? action.checkout.read(file).trim() : null);
    return { end, read: Object.fromEntries(['version', 'untagged', 'seen'].map((file) => [file, read(file)])) };
  } finally {
    action.remove();
  }
}

describe.concurrent('a run of the action that fails and rolls back', () => {
  test('fails the job with its first error, and tells in the summary, the log and the outputs what was undone', async () => {
    const { end, read } = await used(failing);
    expect(end).toMatchObject({ exitCode: 1, conclusion: 'failure', survivors: [] });
    expect(read).toEqual({ version: null, untagged: 'untagged', seen: 'undone' });
    expect(Object.fromEntries(end.outputs)).toMatchObject({ status: 'failed', tag: 'undone' });
    expect(JSON.parse(end.outputs.get('steps') ?? '')).toMatchObject([
      { id: 'bump', status: 'undone' },
      { id: 'plain', status: 'success' },
      { id: 'tag', status: 'undone' },
      { id: 'publish', status: 'failed' },
      { id: 'look', status: 'success' },
    ]);
    expect(end.log.annotations.filter(({ level }) => level === 'error')).toMatchObject([{ title: 'publish: exit 9' }]);
    expect(end.summary).toContain('Rolled back: 2 undone.');
    expect(rollbackRows(end.summary)).toEqual([
      ['↶\u00a0undone', '`tag`', '', ''],
      ['↶\u00a0undone', 'Raise the version `bump`', '', ''],
    ]);
    expect(() => readMarkdown(end.summary)).not.toThrow();
    expect(end.log.text).toMatch(/rolling back/i);
    expect(end.log.text).toContain('untagged');
    expect(end.log.complaints).toEqual([]);
  });

  test('shows what stands after a failing undo and what the undo printed, and no command for a run that is gone', async () => {
    const end = await useWorkflow(failing.replace('rm version', 'echo "the <b>door</b> | is shut"; exit 4'));
    expect(end.exitCode).toBe(1);
    const rows = rollbackRows(end.summary);
    expect(rows.map((row) => row[0])).toEqual(['↶\u00a0undone', '✗\u00a0failed']);
    expect(rows[1]?.[2]).toContain('code 4');
    expect(rows[1]?.[3]).toBe('');
    expect(end.summary).not.toMatch(/vwmp (?:resume|rollback)/);
    expect(end.summary).toContain('Rolled back: 1 undone, 1 failed.');
    expect(end.log.annotations.filter(({ level }) => level === 'error')[0]).toMatchObject({ title: 'publish: exit 9' });
    expect(end.log.text).toContain('is shut');
  });

  test('has no section of it where it succeeds', async () => {
    const end = await useWorkflow(failing.replace('exit 9', '"true"'));
    expect([end.exitCode, end.summary.includes('Rollback')]).toEqual([0, false]);
  });

  const slow = (undo: string) => failing.replace('echo untagged | tee untagged', undo);

  test('and is cancelled meanwhile lets the undo end, leaves the rest, and still runs `finally`', async () => {
    const { end, read } = await used(slow('echo undoing; sleep 1; echo untagged > untagged'), 'undoing');
    expect(end.cancel?.end).toBe('ended after SIGINT');
    expect(read).toEqual({ version: 'bumped', untagged: 'untagged', seen: 'success version' });
    expect(rollbackRows(end.summary).map((row) => [row[0], row[1]])).toEqual([
      ['↶\u00a0undone', '`tag`'],
      ['▲\u00a0left', 'Raise the version `bump`'],
    ]);
    expect(end.survivors).toEqual([]);
  }, 40_000);

  test('and is cancelled while an undo hangs ends it before the runner asks a second time', async () => {
    const { end } = await used(slow('echo undoing; sleep 3000'), 'undoing');
    expect(end.cancel?.end).toBe('ended after SIGINT');
    expect(rollbackRows(end.summary).map((row) => row[0])).toEqual(['✗\u00a0failed', '▲\u00a0left']);
    expect(end.survivors).toEqual([]);
  }, 40_000);
});
