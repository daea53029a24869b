/**
 * Kills engines in the middle of their runs and looks at what comes of it: random workflows, real processes. Prints a
 * line for each run, and at the end what it found; exits with 1 where something happened that must not.
 *
 * With `--release` it is a release with GitHub that is killed: at every event of its journal, at every write to GitHub
 * before and after its effect, and so many times (`--kills`) at random moments; each is taken up again in the same clone,
 * in a fresh clone and by resuming.
 *
 * With `--rollback` it is rollbacks that are killed, by policy and on request, up to three times each at random events
 * and moments; a further one has to complete each.
 *
 * Usage: node scripts/crash.ts [--release | --rollback] [--kills 300] [--seed N] [--lanes 2] [--cli FILE]
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { describeDeath, everyDeath, killedReleases } from '../test/crash/release-kills.ts';
import { describeDeaths, killedRollbacks } from '../test/crash/rollback-kills.ts';
import { crashScenarios, type ScenarioResult } from '../test/crash/scenario.ts';
import { SeededRandom } from '../test/fakes/seeded-random.ts';
import { builtProgram } from '../test/rigs/built-bundle.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '300' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 1_000_000)) },
    lanes: { type: 'string', default: '2' },
    cli: { type: 'string' },
    release: { type: 'boolean', default: false },
    rollback: { type: 'boolean', default: false },
  },
});

const violationCount = await (values.release ? killReleases() : values.rollback ? killRollbacks() : killWorkflows());
process.exitCode = violationCount === 0 ? 0 : 1;

async function killReleases(): Promise<number> {
  if (values.cli !== undefined) throw new Error('--cli is for workflows: releases are run by the built bundle');
  const random = new SeededRandom(wholeNumber('seed', values.seed));
  console.log(`seed: ${values.seed}\n`);
  const problems: string[] = [];
  const deaths = await everyDeath(random, wholeNumber('kills', values.kills));
  let kills = 0;
  await killedReleases(deaths, wholeNumber('lanes', values.lanes), (result) => {
    if (result.killed) kills += 1;
    console.log(
      `${describeDeath(result.death)}: ${result.killed ? 'killed' : 'was over'}, ${result.problems.length} problems`,
    );
    for (const line of result.problems) console.log(`            ${line}`);
    problems.push(...result.problems);
  });
  console.log(`\n${kills} kills in ${deaths.length} releases, ${problems.length} problems`);
  return problems.length;
}

async function killRollbacks(): Promise<number> {
  if (values.cli !== undefined) throw new Error('--cli is for workflows: rollbacks are run by the built bundle');
  console.log(`seed: ${values.seed}\n`);
  const results = await killedRollbacks(wholeNumber('seed', values.seed), {
    kills: wholeNumber('kills', values.kills),
    lanes: wholeNumber('lanes', values.lanes),
    onResult: ({ plan, kills, problems }) => {
      console.log(`${describeDeaths(plan)}: ${kills} kills, ${problems.length} problems`);
      for (const line of problems) console.log(`            ${line}`);
    },
  });
  const kills = results.reduce((sum, result) => sum + result.kills, 0);
  const problems = results.flatMap((result) => result.problems);
  console.log(`\n${kills} kills in ${results.length} rollbacks, ${problems.length} problems`);
  return problems.length;
}

async function killWorkflows(): Promise<number> {
  const cli = values.cli === undefined ? builtProgram('cli.js') : resolve(values.cli);
  console.log(`engine: ${cli}\n`);
  console.log(['seed', 'steps', 'kills', 'violations'].map((head) => head.padStart(12)).join(''));
  const results = await crashScenarios(cli, {
    firstSeed: wholeNumber('seed', values.seed),
    kills: wholeNumber('kills', values.kills),
    lanes: wholeNumber('lanes', values.lanes),
    onResult: print,
  });
  const violations = results.flatMap((result) => result.violations);
  const kills = results.reduce((sum, result) => sum + result.kills, 0);
  console.log(`\n${kills} kills in ${results.length} runs, ${violations.length} violations`);
  return violations.length;
}

function print({ seed, steps, kills: killed, violations: found }: ScenarioResult): void {
  console.log([seed, steps, killed, found.length].map((value) => String(value).padStart(12)).join(''));
  for (const line of found) console.log(`            ${line}`);
}

function wholeNumber(name: string, text: string): number {
  if (!/^\d+$/.test(text)) throw new Error(`--${name} must be a whole number, not "${text}"`);
  return Number(text);
}
