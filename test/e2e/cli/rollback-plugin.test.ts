import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RollbackFolder, rolledBack } from '../rollback-folder.ts';

let folder: RollbackFolder;
beforeEach(() => {
  folder = new RollbackFolder().withEffects();
});
afterEach(() => folder.remove());

/** Beside each other: what one of them leaves standing keeps none of the others. */
const book = (id: string, config: object = {}, more: object = {}) => ({
  id,
  handler: 'effects.book',
  config: { way: id, ...config },
  ...more,
});
const beside = (...steps: readonly object[]) => ({ order: 'graph', max_parallel: 1, steps });

describe('the undo of a plugin of the repository', () => {
  it('gets what the step gave, and the files that the step wrote are put back after it', async () => {
    folder.write('note.txt', 'before');
    const { run } = await folder.ran(beside(book('undone', { path: 'note.txt' })));
    expect([folder.read('note.txt'), run.steps[0]?.outputs]).toEqual(['booked', { number: 7 }]);
    const rolled = await folder.rollbackAfresh(run.run_id);
    expect([rolled.code, rolledBack(rolled)]).toEqual([0, ['undone undone']]);
    expect([folder.log(), folder.read('note.txt')]).toEqual([['do undone', 'undo undone 7'], 'before']);
  });

  it('is one word among many: whatever it does wrong is its own failure, and the others are taken back', async () => {
    const wrong: readonly (readonly [string, RegExp])[] = [
      ['failed', /^the door is shut$/],
      ['throws', /no way back/],
      ['exits', /exit code 7/],
      ['nonsense', /no answer/],
      ['nothing', /no answer/],
      ['outside', /FileSystemWrite of \/etc\/vwmp-test/],
    ];
    const { run } = await folder.ran(
      beside(
        book('undone'),
        ...wrong.map(([way]) => book(way, { path: `${way}.txt` }, { retry: { max_attempts: 1 } })),
        { id: 'locked', handler: 'effects.locked' },
        book('says'),
      ),
    );
    const rolled = await folder.rollback(run.run_id);
    expect(rolled.code).toBe(1);
    const byId = new Map(rolled.run.rollback?.steps.map((step) => [step.id, step]));
    for (const [way, message] of wrong) {
      expect(byId.get(way), way).toMatchObject({
        status: 'failed',
        message: expect.stringMatching(message),
        commands: [`vwmp rollback ${run.run_id} --only ${way}`],
      });
    }
    expect(byId.get('locked')).toMatchObject({
      status: 'failed',
      message: expect.stringContaining("permissions: ['files']"),
    });
    expect(byId.get('says')).toMatchObject({ status: 'undone', message: 'it was gone already' });
    expect(byId.get('undone')).toMatchObject({ status: 'undone' });
    // Files belong to what was not taken back.
    for (const [way] of wrong) expect(folder.read(`${way}.txt`), way).toBe('booked');
    expect(existsSync('/etc/vwmp-test')).toBe(false);
    expect(rolled.states).toMatchObject({ exits: 'success', says: 'undone' });
  });

  it('that leaves what it did says why and how to finish, and keeps what it was built on', async () => {
    const { run } = await folder.ran({ steps: [book('undone'), book('left', { path: 'left.txt' })] });
    const rolled = await folder.rollback(run.run_id);
    expect([rolled.code, rolledBack(rolled)]).toEqual([1, ['left left', 'undone left']]);
    expect(folder.read('left.txt')).toBe('booked');
    expect(rolled.run.rollback?.steps).toMatchObject([
      { message: 'somebody has moved it', commands: ['service move --back'] },
      { message: '"left", which was built on it, stands', commands: [] },
    ]);
    expect(rolledBack(await folder.rollback(run.run_id, '--only', 'undone'))).toEqual(['undone undone']);
  });

  it("that hangs ends with the step's timeout", async () => {
    const { run } = await folder.ran(beside(book('undone'), book('hangs', {}, { timeout: '1500ms' })));
    const rolled = await folder.rollback(run.run_id);
    expect([rolled.code, rolledBack(rolled)]).toEqual([1, ['hangs failed', 'undone undone']]);
    expect(rolled.run.rollback?.steps[0]?.message).toContain('1.5 s');
  });

  it('that the plugin does not have any more is a failure, not a step undone', async () => {
    const { run } = await folder.ran(beside(book('undone')));
    const file = '.github/vwmp/plugins/effects.mjs';
    const text = folder.read(file);
    folder.write(file, text.replace('undo: async (context)', 'probe: async (context)'));
    const rolled = await folder.rollback(run.run_id);
    expect([rolled.code, rolledBack(rolled)]).toEqual([1, ['undone failed']]);
    expect(rolled.run.rollback?.steps[0]?.message).toContain('effects.book');
    folder.write(file, text);
    expect((await folder.rollback(run.run_id)).code).toBe(0);
    expect(folder.log()).toEqual(['do undone', 'undo undone 7']);
  });

  it('of a plugin that is gone, as its last use in the definition is, is a failure, whoever wrote the rollback', async () => {
    const rollback = { handler: 'effects.write', config: { path: 'a', text: 'b' } };
    const { run } = await folder.ran(beside(book('undone'), { id: 'own', handler: 'effects.final', rollback }));
    folder.define('w.json', { steps: [{ id: 'other', run: 'true' }] });
    rmSync(join(folder.path, '.github'), { recursive: true });
    const rolled = await folder.rollback(run.run_id);
    expect([rolled.code, rolledBack(rolled)]).toEqual([1, ['own failed', 'undone failed']]);
    for (const { message } of rolled.run.rollback?.steps ?? []) expect(message).toContain('No plugin provides');
  });
});
