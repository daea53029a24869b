import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { onTestFinished } from 'vitest';

/** Gives the words that start a process that stays, behind those of a prefix. They hold no quote. */
type Start = (prefix?: string) => string;

const silent = '> /dev/null 2>&1 < /dev/null';

/** Of these ways, the one that starts nothing before. */
export const atTheEnd = 'by a trap at its end';

/** Ways in which a script of the shell leaves processes. */
export const waysToLeave: { readonly [name: string]: (start: Start) => string } = {
  'in the background': (start) => `${start()} &`,
  'in the background, under job control': (start) => `set -m; ${start()} & set +m`,
  'forked twice': (start) => `( ( ${start()} ${silent} & ) & )`,
  'in a session of its own': (start) => `${start('setsid')} &`,
  'forked twice, in a session of its own, silent': (start) => `( ${start('setsid')} ${silent} & )`,
  'as a daemon': (start) => `( cd / && ${start(`setsid sh -c '"$@" ${silent} & exit' sh`)} )`,
  'under nohup': (start) => `${start('nohup')} ${silent} &`,
  [atTheEnd]: (start) => `trap '${start('setsid')} & exit' EXIT TERM`,
  'in a chain of pipes': (start) => `${start()} | cat | cat &`,
  'in a namespace of its own': (start) => `${start('setsid unshare --fork --pid')} ${silent} &`,
  'stopped, in a session of its own': (start) => `${start(`setsid sh -c 'kill -STOP $$; exec "$@"' sh`)} ${silent} &`,
};

/** A script that leaves processes in the given way. They ignore what they can; their command lines hold `mark`. */
export function leaving(way: string, { mark, clear }: { readonly mark: string; readonly clear: boolean }): string {
  const leave = waysToLeave[way];
  if (leave === undefined) throw new Error(`nothing is left ${way}`);
  return `trap '' INT HUP\n${leave((prefix = '') => `${clear ? 'env -i ' : ''}${prefix} sleep ${mark}`)}`;
}

let marks = 0;

/** A number of seconds that no other process sleeps. What bears it at the end of the test is killed. */
export function freshMark(): string {
  const mark = `${1000 + ++marks}.${process.pid}`;
  onTestFinished(async () => {
    for (let left = processesWith(mark); left.length > 0; left = processesWith(mark)) {
      for (const pid of left) kill(pid);
      await delay(5);
    }
  });
  return mark;
}

/** Resolves when there are as many of them. */
export async function seen(mark: string, count: number): Promise<void> {
  while (processesWith(mark).length < count) await delay(5);
}

/** The numbers of processes whose command line holds the mark; of one that has ended nothing is left to read. */
export function processesWith(mark: string): readonly number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => Number.isInteger(pid) && commandLine(pid).includes(mark));
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended meanwhile.
  }
}

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}
