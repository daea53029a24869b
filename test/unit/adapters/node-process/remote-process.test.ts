import { describe, expect, it } from 'vitest';
import { RemoteProcess } from '../../../../src/adapters/node-process/spawner/remote-process.ts';

function remote() {
  const asked: string[] = [];
  const process = new RemoteProcess({ pid: 1, outputs: [] }, (stream, request) => asked.push(`${request} ${stream}`));
  return { asked, process };
}

const large = Buffer.alloc(200 * 1024, 'x');

describe('a process that the spawner holds', () => {
  it('tells its end to whoever listens later', async () => {
    const { process } = remote();
    process.exit({ kind: 'ended', code: 3, signal: null });
    process.close();
    const heard: unknown[] = [];
    process.onExit((exit) => heard.push(exit));
    process.onClose(() => heard.push('closed'));
    expect(heard).toEqual([]);
    await Promise.resolve();
    expect(heard).toEqual([{ kind: 'ended', code: 3, signal: null }, 'closed']);
  });

  it('keeps what it prints until somebody listens', async () => {
    const { process } = remote();
    process.stdout.push(Buffer.from('early '));
    const heard: string[] = [];
    process.stdout.onData((bytes) => heard.push(bytes.toString()));
    process.stdout.push(Buffer.from('late'));
    await Promise.resolve();
    expect(heard.join('')).toBe('early late');
  });

  it('is read no further where its reader is slow, and further when that has caught up', () => {
    const { process, asked } = remote();
    let size = 0;
    process.stdout.onData((bytes) => {
      size += bytes.length;
      process.stdout.pause();
    });
    for (let count = 0; count < 4; count++) process.stdout.push(large);
    expect([size, asked]).toEqual([large.length, ['pause stdout']]);
    for (let count = 0; count < 4; count++) process.stdout.resume();
    expect([size, asked]).toEqual([4 * large.length, ['pause stdout', 'resume stdout']]);
  });

  it('is closed only when all it printed was given', () => {
    const { process } = remote();
    const heard: string[] = [];
    process.stderr.onData((bytes) => heard.push(bytes.toString()));
    process.onClose(() => heard.push('closed'));
    process.stderr.pause();
    process.stderr.push(Buffer.from('last words'));
    process.close();
    expect(heard).toEqual([]);
    process.stderr.resume();
    expect(heard).toEqual(['last words', 'closed']);
  });

  it('gives nothing of a stream that was given up', () => {
    const { process, asked } = remote();
    const heard: string[] = [];
    process.stdout.onData(() => heard.push('data'));
    process.onClose(() => heard.push('closed'));
    process.stdout.pause();
    process.stdout.push(large);
    process.close();
    process.stdout.destroy();
    process.stdout.resume();
    process.stdout.push(large);
    expect([heard, asked]).toEqual([['closed'], ['destroy stdout']]);
  });
});
