/**
 * Runs the benchmarks of docs/benchmarks.md one after another and prints their tables. Needs `dist/`.
 *
 * Usage: node scripts/bench.ts [NAME…]
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

interface Benchmark {
  readonly title: string;
  readonly command: readonly [string, ...string[]];
}

const root = resolve(import.meta.dirname, '..');
const benchmarks: { readonly [name: string]: Benchmark } = {
  start: { title: 'Start', command: [process.execPath, 'bench/start.ts'] },
  steps: { title: 'Durable steps without a process', command: [process.execPath, 'bench/durable-steps.ts'] },
  output: { title: '1 GB of output', command: [process.execPath, 'bench/output.ts'] },
  scale: { title: 'Large graphs', command: [process.execPath, 'bench/scale.ts'] },
  dag: { title: 'Beside other runners', command: ['bash', 'bench/dag.sh'] },
  release: { title: 'The release job beside other tools', command: ['bash', 'bench/release.sh'] },
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in benchmarks));
if (unknown.length > 0) {
  console.error(`there is no benchmark ${unknown.join(', ')}; there are ${Object.keys(benchmarks).join(', ')}`);
  process.exitCode = 2;
} else if (!existsSync(join(root, 'dist/cli.js'))) {
  console.error('dist/ is missing: npm run build');
  process.exitCode = 2;
} else {
  for (const [name, benchmark] of Object.entries(benchmarks)) {
    if (asked.length === 0 || asked.includes(name)) run(benchmark);
  }
}

function run({ title, command: [program, ...args] }: Benchmark): void {
  console.log(`\n## ${title}\n`);
  const { status } = spawnSync(program, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
