import { describe, expect, test } from 'vitest';
import { describeDeaths, eventsOf, killedRollback, type RollbackDeaths } from './rollback-kills.ts';

const steps = 2;
const all = Array.from({ length: eventsOf(steps) }, (_, index) => index + 1);

/** `scripts/crash.ts` has the long form, with random graphs, moments and several deaths. */
const planned: readonly (readonly [RollbackDeaths['way'], readonly number[]])[] = [
  ['request', all],
  // The engine under it is the same: what differs is how it begins and what comes after.
  ['failure', [1, 3]],
];

describe('a rollback that is killed is completed by a further `vwmp rollback`', () => {
  test.concurrent.each(planned)('after each of its events, by %s', async (way, counts) => {
    let kills = 0;
    for (const count of counts) {
      const plan: RollbackDeaths = { way, steps, deaths: [{ kind: 'event', count }] };
      const result = await killedRollback(plan);
      kills += result.kills;
      expect(result.problems, describeDeaths(plan)).toEqual([]);
    }
    expect(kills).toBeGreaterThan(1);
  });
});
