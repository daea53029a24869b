/**
 * Kills engines in the middle of their runs and looks at what comes of it: random workflows, real processes. Prints a
 * line for each run, and at the end what it found; exits with 1 where something happened that must not.
 *
 * Usage: node scripts/crash.ts [--kills 300] [--seed N] [--lanes 2] [--cli FILE]
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { builtCli } from '../test/crash/engine.ts';
import { crashScenarios, type ScenarioResult } from '../test/crash/scenario.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '300' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 1_000_000)) },
    lanes: { type: 'string', default: '2' },
    cli: { type: 'string' },
  },
});

const cli = values.cli === undefined ? builtCli() : resolve(values.cli);
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
process.exitCode = violations.length === 0 ? 0 : 1;

function print({ seed, steps, kills: killed, violations: found }: ScenarioResult): void {
  console.log([seed, steps, killed, found.length].map((value) => String(value).padStart(12)).join(''));
  for (const line of found) console.log(`            ${line}`);
}

function wholeNumber(name: string, text: string): number {
  if (!/^\d+$/.test(text)) throw new Error(`--${name} must be a whole number, not "${text}"`);
  return Number(text);
}
