import { existsSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CliFolder, until } from '../../rigs/cli.ts';

let folder: CliFolder;
beforeEach(() => {
  folder = new CliFolder();
});
afterEach(() => folder.remove());

describe('a cancel in the very moment in which the run has started', () => {
  it('ends it as any cancel does', async () => {
    const file = folder.define('w.json', {
      steps: [{ id: 'a', run: 'sleep 60' }],
      finally: [{ id: 'f', run: 'true' }],
    });
    for (let turn = 0; turn < 6; turn++) {
      const running = folder.start(['run', file, '--events']);
      running.child.stdout?.once('data', () => running.child.kill('SIGINT'));
      const { code, stdout } = await running.end;
      expect([code, stdout]).toEqual([130, expect.stringContaining('"status":"cancelled"')]);
    }
  });
});

describe('while the engine works out what comes next', () => {
  it('the end of a step stands already: killed then, it goes on behind it', async () => {
    folder.write('big', '');
    truncateSync(join(folder.path, 'big'), 2 ** 31);
    const file = folder.define('w.json', {
      steps: [
        { id: 'charge', run: 'echo charged >> log' },
        { id: 'after', if: "hashFiles('big') != ''", run: 'echo after >> log' },
      ],
    });
    const running = folder.start(['run', file, '--events']);
    await until(() => kindsIn(join(folder.path, '.vwmp/state.db')).includes('step-ended'));
    const kinds = kindsIn(join(folder.path, '.vwmp/state.db'));
    running.child.kill('SIGKILL');
    await running.end;
    expect(kinds).toEqual(['run-started', 'step-settled', 'attempt-started', 'step-ended']);
    expect(folder.lines('log')).toEqual(['charged']);
    folder.write('big', 'small');
    const id = /"runId":"([^"]+)"/.exec(running.printed())?.[1] ?? '';
    expect((await folder.vwmp(['resume', id])).code).toBe(0);
    expect(folder.lines('log')).toEqual(['charged', 'after']);
  });

  it('a cancel is heard: nothing is started any more, however long the chain of skipped steps', async () => {
    const skipped = Array.from({ length: 8000 }, (_, index) => ({
      id: `s${index}`,
      run: 'true',
      if: index === 0 ? '1 == 2' : `steps.s${index - 1}.status == 'success'`,
      ...(index > 0 && { needs: [`s${index - 1}`] }),
    }));
    const real = { id: 'real', run: 'touch real', needs: [{ step: 's7999', on: ['skipped'] }] };
    const file = folder.define('w.json', { order: 'graph', steps: [...skipped, real] });
    const running = folder.start(['run', file, '--events']);
    await until(() => running.printed().includes('"kind":"step-settled"'));
    running.child.kill('SIGINT');
    expect((await running.end).code).toBe(130);
    expect(running.printed()).not.toContain('"kind":"attempt-started"');
  });
});

/** The kinds of all events that the state file holds, in order; none where it is not made yet. */
function kindsIn(file: string): readonly string[] {
  if (!existsSync(file)) return [];
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const rows = database.prepare('SELECT kind FROM execution_history ORDER BY sequence').all();
    return rows.map(({ kind }) => String(kind));
  } catch {
    // It is being made.
    return [];
  } finally {
    database.close();
  }
}
