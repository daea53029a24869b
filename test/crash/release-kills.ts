import { isDeepStrictEqual } from 'node:util';
import type { Random } from '../../src/core/ports/random.ts';
import { finished, GitHubBench, removeSample, standardRelease, type Way, ways } from '../e2e/release/github-bench.ts';
import type { CliResult } from '../rigs/cli.ts';
import { FakeGitHub } from '../rigs/fake-github/fake-github.ts';
import type { LoggedRequest } from '../rigs/fake-github/faults.ts';

/** When a release is killed. */
export type Death =
  /** Once so many events are printed, and so are in the journal. */
  | { readonly kind: 'event'; readonly count: number }
  /** While GitHub has the write of this number, from 1, and has not answered it. */
  | { readonly kind: 'write'; readonly count: number; readonly after: 'before-effect' | 'half-effect' | 'after-effect' }
  | { readonly kind: 'time'; readonly ms: number };

export interface KilledRelease {
  readonly death: Death;
  /** False where the release was over before its death. */
  readonly killed: boolean;
  /** What went wrong, one line each; empty: nothing. */
  readonly problems: readonly string[];
}

/** How many events and writes a release has that nobody kills, and how long it takes. */
export async function undisturbedRelease(
  fake: FakeGitHub,
): Promise<{ readonly events: number; readonly writes: number; readonly ms: number }> {
  const bench = new GitHubBench(fake);
  try {
    const start = performance.now();
    const { stdout } = await bench.vwmp('run', bench.define(standardRelease()), '--events');
    const ms = performance.now() - start;
    return { events: stdout.trimEnd().split('\n').length, writes: bench.writes().length, ms };
  } finally {
    bench.remove();
  }
}

/**
 * Kills a release and takes it up again in each of the ways, from the same moment on. Every way has to end in the same
 * release as an undisturbed one.
 */
export async function killedRelease(
  fake: FakeGitHub,
  death: Death,
  onWays: readonly Way[] = ways,
): Promise<KilledRelease> {
  const bench = new GitHubBench(fake);
  try {
    const { code } = await dying(bench, death);
    const killed = code === -1;
    const before = [...fake.requests];
    const problems: string[] = [];
    const restore = bench.keep();
    for (const way of onWays) {
      restore();
      fake.forget();
      fake.requests.push(...before);
      // What ended in success is not there to be resumed.
      if (way !== 'resume' || killed) problems.push(...(await takenUp(bench, way)).map((line) => `${way}: ${line}`));
    }
    return { death, killed, problems: [...problems, ...bench.tokenSightings().map((where) => `a token in ${where}`)] };
  } finally {
    bench.remove();
  }
}

/** Every event, every write before, in the middle of and after its effect, and so many random moments. */
export async function everyDeath(random: Random, randomMoments: number): Promise<readonly Death[]> {
  const fake = await FakeGitHub.start();
  try {
    const { events, writes, ms } = await undisturbedRelease(fake);
    const upTo = (count: number) => Array.from({ length: count }, (_, at) => at + 1);
    return [
      ...upTo(events).map((count): Death => ({ kind: 'event', count })),
      ...upTo(writes).flatMap((count) =>
        (['before-effect', 'half-effect', 'after-effect'] as const).map(
          (after): Death => ({ kind: 'write', count, after }),
        ),
      ),
      ...upTo(randomMoments).map((): Death => ({ kind: 'time', ms: random.unit() * ms })),
    ];
  } finally {
    await fake.stop();
  }
}

/** So many beside each other, each lane with a GitHub of its own. */
export async function killedReleases(
  deaths: readonly Death[],
  lanes: number,
  onResult: (result: KilledRelease) => void,
): Promise<void> {
  const left = [...deaths];
  const lane = async () => {
    const fake = await FakeGitHub.start();
    try {
      for (let death = left.shift(); death !== undefined; death = left.shift())
        onResult(await killedRelease(fake, death));
    } finally {
      await fake.stop();
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  removeSample();
}

export function describeDeath(death: Death): string {
  switch (death.kind) {
    case 'event':
      return `event ${death.count}`;
    case 'write':
      return `write ${death.count} ${death.after}`;
    case 'time':
      return `${Math.round(death.ms)} ms`;
  }
}

function dying(bench: GitHubBench, death: Death): Promise<CliResult> {
  const { fake } = bench;
  const running = bench.begin('run', bench.define(standardRelease()), '--events');
  const kill = () => running.child.kill('SIGKILL');
  switch (death.kind) {
    case 'event':
      running.child.stdout?.on('data', () => {
        if (running.printed().split('\n').length > death.count) kill();
      });
      break;
    case 'write': {
      let writes = 0;
      fake.onStall = kill;
      const at = (request: LoggedRequest) => isWrite(request) && ++writes === death.count;
      fake.fail({ at, with: 'stall', after: death.after });
      break;
    }
    case 'time':
      setTimeout(kill, death.ms);
  }
  return bench.ended(running);
}

async function takenUp(bench: GitHubBench, way: Way): Promise<readonly string[]> {
  const { code, run, stdout } = await bench.again(way, standardRelease());
  const released = bench.released();
  const status = bench.git('status', '--porcelain');
  const failures = run.steps?.flatMap(({ error }) => error?.message ?? []) ?? [];
  return [
    ...(code === 0 ? [] : [`ends with ${code}: ${failures.join('; ') || stdout}`]),
    ...(isDeepStrictEqual(released, finished) ? [] : [`ends as ${JSON.stringify(released)}`]),
    ...(status === '' ? [] : [`leaves changes: ${status}`]),
    ...bench.blindPosts().map((path) => `sends a creation again without a look: ${path}`),
  ];
}

function isWrite({ method, path }: LoggedRequest): boolean {
  return method !== 'GET' && !path.endsWith('/generate-notes');
}
