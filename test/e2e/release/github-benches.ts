import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { FakeGitHub } from '../../rigs/fake-github/fake-github.ts';
import { GitHubBench, removeSample } from './github-bench.ts';

/**
 * For a file of tests: one fake GitHub, and what makes benches at it, which are gone after their test. Tokens that
 * anybody can see anywhere fail it.
 */
export function gitHubBenches(onStart: (fake: FakeGitHub) => void): () => GitHubBench {
  let fake: FakeGitHub;
  const benches: GitHubBench[] = [];
  beforeAll(async () => {
    fake = await FakeGitHub.start();
    onStart(fake);
  });
  afterAll(async () => {
    removeSample();
    await fake.stop();
  });
  afterEach(() => {
    const left = benches.splice(0);
    const sightings = left.flatMap((bench) => bench.tokenSightings());
    for (const bench of left) bench.remove();
    expect(sightings).toEqual([]);
  });
  return () => {
    const bench = new GitHubBench(fake);
    benches.push(bench);
    return bench;
  };
}
