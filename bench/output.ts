/**
 * A step that prints 1 GB: how fast it is beside the same program into /dev/null, and how much memory the engine takes
 * above one whose step does nothing. Memory is the most that the kernel saw of the engine's own process.
 *
 * Usage: node bench/output.ts [--megabytes 1000] [--rounds 3]
 */
import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { inRounds, median, printTable } from './rounds.ts';

const { values } = parseArgs({
  options: { megabytes: { type: 'string', default: '1000' }, rounds: { type: 'string', default: '3' } },
});
const megabytes = Number(values.megabytes);
const cli = resolve(import.meta.dirname, '../bin/vwmp.js');
const folder = mkdtempSync(join(tmpdir(), 'bench-output-'));
const printed = join(folder, 'printed');
// `cat` of a ready file: the program costs next to nothing, so the engine is what is measured.
const text = join(folder, 'text');
const block = `${'a'.repeat(99)}\n`.repeat(10_000);
for (let at = 0; at < megabytes; at++) writeFileSync(text, block, { flag: 'a' });
write('flood.yml', `cat ${text}`);
write('idle.yml', 'sleep 1');

interface Measured {
  readonly seconds: number;
  readonly mostMemoryMb: number;
}

const memory = new Map<string, number[]>();
const subjects = [
  { name: '`cat` into `/dev/null`', args: null, sink: '/dev/null' },
  { name: 'engine, output to `/dev/null`', args: ['run', 'flood.yml'], sink: '/dev/null' },
  { name: 'engine, output to a file', args: ['run', 'flood.yml'], sink: printed },
  { name: 'engine, `--quiet`', args: ['run', 'flood.yml', '--quiet'], sink: '/dev/null' },
  { name: 'engine, a step that sleeps 1 s', args: ['run', 'idle.yml'], sink: '/dev/null' },
] as const;

try {
  const series = await inRounds(
    subjects.map(({ name, args, sink }) => ({
      name,
      measure: async () => {
        const measured = await measure(args, sink);
        memory.set(name, [...(memory.get(name) ?? []), measured.mostMemoryMb]);
        return measured.seconds;
      },
    })),
    Number(values.rounds),
  );
  const idle = median(memory.get(subjects[4].name) ?? []);
  printTable(
    ['what', 'seconds, median', 'MB/s', 'most memory, MB', 'above idle, MB'],
    series.map(({ name, values: seconds }) => {
      const most = median(memory.get(name) ?? []);
      const isFlood = name !== subjects[4].name;
      return [
        name,
        median(seconds).toFixed(2),
        isFlood ? (megabytes / median(seconds)).toFixed(0) : '',
        most.toFixed(0),
        isFlood && name.startsWith('engine') ? (most - idle).toFixed(0) : '',
      ];
    }),
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function write(name: string, run: string): void {
  writeFileSync(join(folder, name), `name: Output\nsteps:\n  - id: print\n    shell: sh\n    run: ${run}\n`);
}

async function measure(args: readonly string[] | null, sink: string): Promise<Measured> {
  rmSync(join(folder, '.vwmp'), { recursive: true, force: true });
  const out = openSync(sink, 'w');
  const started = performance.now();
  const child = spawn(args === null ? 'cat' : process.execPath, args === null ? [text] : [cli, ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? '', HOME: folder },
    stdio: ['ignore', out, 'inherit'],
  });
  let most = 0;
  const look = setInterval(() => {
    most = Math.max(most, highWaterMb(child.pid));
  }, 20);
  const code = await new Promise<number | null>((resolveCode) => child.once('close', resolveCode));
  clearInterval(look);
  closeSync(out);
  if (code !== 0) throw new Error(`ended with ${code}`);
  if (sink === printed && statSync(printed).size < megabytes * 1e6) throw new Error('output was lost');
  return { seconds: (performance.now() - started) / 1000, mostMemoryMb: most };
}

function highWaterMb(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024;
  } catch {
    // The process ended between two looks.
    return 0;
  }
}
