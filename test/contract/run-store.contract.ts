import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Journal, RunStore } from '../../src/core/ports/run-store.ts';
import { eventfulRun, runStarted, sampleRun, sampleRunId, sampleStart, stepEvents } from '../fakes/sample-run.ts';

/** What one kind of store needs to be tested: a fresh one, and others that see the same runs. */
export interface RunStoreRig {
  readonly store: RunStore;
  /** The same runs as another process sees them. */
  another(): RunStore;
  dispose(): Promise<void>;
}

/** What every run store keeps to. */
export function runStoreContract(name: string, makeRig: () => RunStoreRig): void {
  describe(`${name} keeps the contract of a run store:`, () => {
    let rig: RunStoreRig;
    const id = sampleRunId(1);

    beforeEach(() => {
      rig = makeRig();
    });
    afterEach(() => rig.dispose());

    async function created(number = 1): Promise<Journal> {
      const journal = await rig.store.create(sampleRunId(number));
      if (!journal.ok) throw new Error(journal.error.message);
      return journal.value;
    }

    it('gives back the events as they were appended, in order', async () => {
      const journal = await created();
      const events = sampleRun(id, 3);
      await journal.append(events.slice(0, 1), 'full');
      await journal.append(events.slice(1, 6), 'normal');
      await journal.append(events.slice(6), 'full');
      expect(await rig.store.read(id)).toEqual({ ok: true, value: events });
      expect(JSON.stringify(await rig.another().read(id))).toBe(JSON.stringify({ ok: true, value: events }));
    });

    it('gives back every kind of event', async () => {
      const journal = await created();
      await journal.append(eventfulRun(id), 'normal');
      expect(await rig.another().read(id)).toEqual({ ok: true, value: eventfulRun(id) });
    });

    it('lets a run be read while it is owned', async () => {
      const journal = await created();
      await journal.append([runStarted(id)], 'normal');
      expect(await rig.another().read(id)).toEqual({ ok: true, value: [runStarted(id)] });
    });

    it('goes on with a run where its last owner left it', async () => {
      const journal = await created();
      await journal.append([runStarted(id)], 'normal');
      await journal.close();
      const opened = await rig.another().open(id);
      if (!opened.ok) throw new Error(opened.error.message);
      expect(opened.value.events).toEqual([runStarted(id)]);
      expect(opened.value.journal.runId).toBe(id);
      await opened.value.journal.append(stepEvents('a', sampleStart), 'normal');
      await opened.value.journal.close();
      expect(await rig.store.read(id)).toEqual({ ok: true, value: [runStarted(id), ...stepEvents('a', sampleStart)] });
    });

    it('refuses a second owner, and takes one when the first has closed', async () => {
      const journal = await created();
      await journal.append([runStarted(id)], 'normal');
      expect(await rig.another().open(id)).toMatchObject({ ok: false, error: { kind: 'owned' } });
      expect(await rig.store.open(id)).toMatchObject({ ok: false, error: { kind: 'owned' } });
      await journal.close();
      expect(await rig.another().open(id)).toMatchObject({ ok: true });
    });

    it('refuses to create a run twice', async () => {
      const journal = await created();
      expect(await rig.another().create(id)).toMatchObject({ ok: false });
      await journal.append([runStarted(id)], 'normal');
      await journal.close();
      expect(await rig.another().create(id)).toMatchObject({ ok: false });
    });

    it('does not know a run that has no events', async () => {
      expect(await rig.store.open(id)).toMatchObject({ ok: false, error: { kind: 'unknown-run' } });
      expect(await rig.store.read(id)).toMatchObject({ ok: false, error: { kind: 'unknown-run' } });
      const journal = await created();
      await journal.close();
      expect(await rig.store.open(id)).toMatchObject({ ok: false, error: { kind: 'unknown-run' } });
      expect(await rig.store.list()).toEqual([]);
      expect(await rig.store.create(id)).toMatchObject({ ok: true });
    });

    it('takes nothing any more after it was closed', async () => {
      const journal = await created();
      await journal.append([runStarted(id)], 'normal');
      await journal.close();
      await journal.close();
      await expect(journal.append(stepEvents('a', sampleStart), 'normal')).rejects.toThrow(/closed/);
      expect(await rig.store.read(id)).toEqual({ ok: true, value: [runStarted(id)] });
    });

    it('refuses events that do not begin with the start of the run', async () => {
      const journal = await created();
      await expect(journal.append(stepEvents('a', sampleStart), 'normal')).rejects.toThrow(/run-started/);
      await expect(journal.append([runStarted(sampleRunId(2))], 'normal')).rejects.toThrow(sampleRunId(2));
      await journal.append([runStarted(id)], 'normal');
      await expect(journal.append([runStarted(id)], 'normal')).rejects.toThrow(/second time/);
    });

    it('lists nothing where nothing ran', async () => {
      expect(await rig.store.list()).toEqual([]);
    });

    it('lists runs newest first, with their status and whether somebody owns them', async () => {
      const old = await created(2);
      await old.append(sampleRun(sampleRunId(2), 1, sampleStart - 5000), 'normal');
      await old.close();
      const dead = await created(3);
      await dead.append([runStarted(sampleRunId(3), sampleStart, 'left')], 'normal');
      await dead.close();
      const living = await created(1);
      await living.append([runStarted(id, sampleStart + 5000)], 'normal');

      const workflow = { name: 'release', version: '1.2.0' };
      const expected = [
        { runId: id, workflow, status: 'running', owned: true, startedAt: sampleStart + 5000, durationMs: null },
        {
          runId: sampleRunId(3),
          workflow: { name: 'left', version: '1.2.0' },
          status: 'running',
          owned: false,
          startedAt: sampleStart,
          durationMs: null,
        },
        {
          runId: sampleRunId(2),
          workflow,
          status: 'success',
          owned: false,
          startedAt: sampleStart - 5000,
          durationMs: 21,
        },
      ];
      expect(await rig.another().list()).toEqual(expected);
      expect(await rig.store.list()).toEqual(expected);
    });

    it('lists an ended run as running again once it was resumed', async () => {
      const journal = await created();
      await journal.append(sampleRun(id), 'normal');
      await journal.append(
        [{ kind: 'run-resumed', at: sampleStart + 9999, attempt: 2, changes: {}, again: [], keepsOrder: true }],
        'full',
      );
      expect(await rig.store.list()).toMatchObject([{ status: 'running', owned: true, durationMs: null }]);
    });

    it('keeps runs apart that are recorded at the same time', async () => {
      const [one, two] = [await created(1), await created(2)];
      await one.append([runStarted(id)], 'normal');
      await two.append([runStarted(sampleRunId(2))], 'normal');
      await one.append(stepEvents('a', sampleStart), 'normal');
      await two.append(stepEvents('b', sampleStart), 'full');
      expect(await rig.store.read(id)).toEqual({ ok: true, value: [runStarted(id), ...stepEvents('a', sampleStart)] });
      expect(await rig.store.read(sampleRunId(2))).toEqual({
        ok: true,
        value: [runStarted(sampleRunId(2)), ...stepEvents('b', sampleStart)],
      });
    });

    it('gives all its runs free when it closes', async () => {
      const journal = await created();
      await journal.append([runStarted(id)], 'normal');
      await rig.store.close();
      expect(await rig.another().open(id)).toMatchObject({ ok: true });
    });
  });
}
