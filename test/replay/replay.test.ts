import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadPatterns } from '../../src/core/expression/pattern.ts';
import type { RunEvent } from '../../src/core/model/event.ts';
import type { RunState } from '../../src/core/run/state.ts';
import { viewOf } from '../../src/core/run/view.ts';
import { endedAs, isShiftedByCrash, wrongCalls } from '../property/crash-rules.ts';
import { replayed, simulateAfterCrash } from '../rigs/simulate.ts';
import { journalCases } from './journal-cases.ts';
import { eventsIn } from './journal-files.ts';

const folder = new URL('./journals/', import.meta.url);
const files = readdirSync(folder);
const names = files.filter((file) => file.endsWith('.jsonl')).map((file) => file.slice(0, -'.jsonl'.length));
const journals = new Map(names.map((name) => [name, eventsIn(readFileSync(new URL(`${name}.jsonl`, folder), 'utf8'))]));

function eventsOf(name: string): readonly RunEvent[] {
  return journals.get(name) ?? [];
}

beforeAll(loadPatterns);

describe.each(names)('the journal %s', (name) => {
  test('replays to the run that was recorded with it', () => {
    const recorded: unknown = JSON.parse(readFileSync(new URL(`${name}.view.json`, folder), 'utf8'));
    expect(JSON.parse(JSON.stringify(viewOf(replayed(eventsOf(name)))))).toEqual(recorded);
  });

  test('goes on to the same end wherever it is cut', async () => {
    const events = eventsOf(name);
    const { world, later = [] } = journalCases[name] ?? {};
    const lastWorld = later.at(-1)?.world ?? world;
    if (!lastWorld) throw new Error(`no case is called ${name}`);
    const openedAt = Math.max(
      0,
      events.findLastIndex((event) => event.kind === 'run-resumed'),
    );
    const end = endedAs(viewOf(replayed(events)));
    for (let length = openedAt + 1; length < events.length; length++) {
      const recorded = events.slice(0, length);
      const state = replayed(recorded);
      if (isShiftedByCrash(state) || forgetsSecrets(state)) continue;
      const resumed = await simulateAfterCrash(recorded, { world: lastWorld, undisturbed: events, openedAt });
      expect(wrongCalls(recorded, resumed.attempts), `cut after ${length} events`).toEqual([]);
      expect(endedAs(resumed.view), `cut after ${length} events`).toEqual(end);
    }
  });
});

/** Values of secret outputs die with the engine; `resume-rules.test.ts` says what becomes of their readers. */
function forgetsSecrets({ graph, steps }: RunState): boolean {
  return graph.nodes.some(({ position }) => {
    const step = steps.at(position);
    return step.kind === 'ended' && step.result.kind === 'success' && step.result.secretOutputs.length > 0;
  });
}

describe('the journals together', () => {
  const all = [...journals.values()].flat();

  function found<T>(pick: (event: RunEvent) => readonly T[]): readonly T[] {
    return [...new Set(all.flatMap(pick))].sort();
  }

  test('are those of the cases', () => {
    expect(files.toSorted()).toEqual(
      Object.keys(journalCases)
        .flatMap((name) => [`${name}.jsonl`, `${name}.view.json`])
        .sort(),
    );
  });

  test('hold every kind of event', () => {
    const kinds: { readonly [kind in RunEvent['kind']]: true } = {
      'run-started': true,
      'run-resumed': true,
      'step-settled': true,
      'attempt-started': true,
      'attempt-failed': true,
      'retry-due': true,
      'attempt-lost': true,
      'step-ended': true,
      'cancel-requested': true,
      'run-timed-out': true,
      'diagnostic-noted': true,
      'outputs-settled': true,
      'rollback-started': true,
      'undo-started': true,
      'undo-failed': true,
      'step-undone': true,
      'run-ended': true,
    };
    expect(found((event) => [event.kind])).toEqual(Object.keys(kinds).sort());
  });

  test('hold every way in which a step, an attempt that was lost and a run can end', () => {
    expect(found((event) => (event.kind === 'step-ended' ? [event.outcome.kind] : []))).toEqual([
      'cancelled',
      'failed',
      'skipped',
      'success',
    ]);
    expect(found((event) => (event.kind === 'attempt-lost' ? [event.resolution.kind] : []))).toEqual([
      'done',
      'fail',
      'rerun',
    ]);
    expect(found((event) => (event.kind === 'run-ended' ? [event.status] : []))).toEqual([
      'cancelled',
      'failed',
      'partial',
      'success',
    ]);
  });

  test('lead to every reason of a skip that this version gives', () => {
    const steps = [...journals.values()].flatMap((events) => viewOf(replayed(events)).steps);
    expect([...new Set(steps.flatMap(({ skipped }) => skipped?.kind ?? []))].sort()).toEqual([
      'blocked',
      'condition',
      'disabled',
      'edge',
      'handler',
      'not-selected',
      'run-ended',
    ]);
  });

  test('pass through every phase', () => {
    const phases = new Set<string>();
    for (const events of journals.values())
      for (let length = 1; length <= events.length; length++) phases.add(replayed(events.slice(0, length)).phase);
    expect([...phases].sort()).toEqual(['ended', 'ending', 'finally', 'main', 'outputs', 'rollback']);
  });

  test('hold no secret', () => {
    expect(JSON.stringify(all)).not.toMatch(/correct-horse|a-session-of/);
  });
});
