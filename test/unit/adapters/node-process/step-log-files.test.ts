import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { StepLogFiles } from '../../../../src/adapters/node-process/step-log-files.ts';

function openLogs(): { readonly logs: StepLogFiles; readonly folder: string } {
  const folder = mkdtempSync(join(tmpdir(), 'vwmp-logs-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return { logs: new StepLogFiles(folder), folder };
}

describe('the log files of a run', () => {
  it('give the log of the newest visit', () => {
    const { logs } = openLogs();
    writeFileSync(logs.pathOf('build', 2), 'second\n');
    writeFileSync(logs.pathOf('build', 10), 'tenth\n');
    writeFileSync(logs.pathOf('build-all', 11), 'other\n');
    expect([logs.read('build'), logs.tail('build')]).toEqual(['tenth\n', 'tenth\n']);
  });

  it('give nothing for a step that printed nothing', () => {
    const { logs, folder } = openLogs();
    expect([logs.read('build'), logs.tail('build'), new StepLogFiles(join(folder, 'none')).tail('build')]).toEqual([
      null,
      '',
      '',
    ]);
  });

  it('stay in their folder and apart, whatever an address holds', () => {
    const { logs, folder } = openLogs();
    const addresses = [
      'g[../../etc].child',
      'g[a/b].child',
      'g[a b].child',
      'g#2.child',
      `g[${'é'.repeat(300)}]`,
      `g[${'é'.repeat(301)}]`,
    ];
    for (const address of addresses) writeFileSync(logs.pathOf(address, 1), address);
    expect(addresses.map((address) => logs.read(address))).toEqual(addresses);
    expect(addresses.every((address) => !relative(folder, logs.pathOf(address, 1)).includes('/'))).toBe(true);
  });

  it('have tails of at most 100 lines and 64 KiB', () => {
    const { logs } = openLogs();
    writeFileSync(logs.pathOf('many', 1), Array.from({ length: 500 }, (_, i) => `${i}\n`).join(''));
    writeFileSync(logs.pathOf('long', 1), 'x'.repeat(200_000));
    expect([logs.tail('many').split('\n')[0], logs.tail('long').length]).toEqual(['400', 64 * 1024]);
  });
});
