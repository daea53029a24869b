import { describe, expect, test } from 'vitest';
import { handlerService } from '../../../../src/adapters/plugin-host/context-service.ts';
import { readProcessRequest } from '../../../../src/adapters/plugin-host/read-process-request.ts';
import type { Json } from '../../../../src/core/model/json.ts';
import type { HandlerContext } from '../../../../src/core/ports/plugin.ts';

class Store {
  readonly held = 'secret';
  async put(key: string): Promise<string> {
    return `put ${key}`;
  }
  async nothing(): Promise<void> {}
  async closure(): Promise<unknown> {
    return () => 1;
  }
}

/** Only what the tests call. */
const context = {
  adapter: async () => new Store(),
  files: { read: async (path: string) => `text of ${path}` },
  processes: { run: async () => null },
  setState: async () => {},
  now: async () => 7,
} as unknown as HandlerContext;
const ask = (member: string, ...args: readonly Json[]) => handlerService(context)(member, args);

describe('what a plugin process may ask for', () => {
  test('members of the context are answered', async () => {
    expect(await ask('now')).toBe(7);
    expect(await ask('files.read', 'a.txt')).toBe('text of a.txt');
    expect(await ask('setState', 'key', 1)).toBeNull();
    expect(await ask('adapter.call', 'store', 'put', ['x'])).toBe('put x');
    expect(await ask('adapter.call', 'store', 'nothing')).toBeNull();
  });

  test.each<[string, readonly Json[]]>([
    ['constructor', []],
    ['files.remove', ['x']],
    ['files.read', [5]],
    ['files.read', []],
    ['setState', []],
    ['adapter.call', ['store', 'constructor', []]],
    ['adapter.call', ['store', '__defineGetter__', []]],
    ['adapter.call', ['store', 'held', []]],
    ['adapter.call', ['store', 'closure', []]],
    ['processes.run', []],
  ])('%s%j is refused', async (member, args) => {
    await expect(ask(member, ...args)).rejects.toMatchObject({ failure: { kind: 'handler' } });
  });
});

describe('a process request of another process', () => {
  test('keeps the fields of the contract and drops others', () => {
    const request = { command: 'x', args: ['y'], output: 'both', env: { A: null }, channel: 'mine', title: null };
    expect(readProcessRequest(request)).toEqual({ command: 'x', args: ['y'], output: 'both', env: { A: null } });
  });

  test.each<[Json, string]>([
    [null, 'the request'],
    [{ args: [], output: 'both' }, 'command'],
    [{ command: 'x', output: 'all' }, 'output'],
    [{ command: 'x', args: 'y', output: 'both' }, 'args'],
    [{ command: 'x', args: [1], output: 'both' }, 'args'],
    [{ command: 'x', output: 'both', env: { A: 1 } }, 'env'],
    [{ command: 'x', output: 'both', timeoutMs: -1 }, 'timeoutMs'],
    [{ command: 'x', output: 'both', script: { text: 'x', extension: '/../../x' } }, 'script.extension'],
  ])('%j is refused by the name of its field', (value, field) => {
    expect(() => readProcessRequest(value)).toThrow(`${field} must be`);
  });
});
