import { expect, test } from 'vitest';
import { builtProgram } from '../rigs/built-bundle.ts';
import { crashScenarios } from './scenario.ts';

/** `CRASH_SEED` replays workflows; the moments of death are real, so they come only about the same. */
const firstSeed = Number(process.env.CRASH_SEED ?? Math.floor(Math.random() * 1_000_000));

test('a run whose engine is killed again and again ends as if nothing had happened', { timeout: 240_000 }, async () => {
  const results = await crashScenarios(builtProgram('cli.js'), { firstSeed, kills: 25, lanes: 2 });
  expect(results.flatMap(({ seed, violations }) => violations.map((line) => `seed ${seed}: ${line}`))).toEqual([]);
  expect(results.some(({ kills }) => kills > 1)).toBe(true);
});
