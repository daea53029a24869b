import { describe, expect, test } from 'vitest';
import type { ContextService } from '../../../../src/adapters/plugin-host/context-service.ts';
import { hostArguments } from '../../../../src/adapters/plugin-host/host-program.ts';
import { HostedProcess } from '../../../../src/adapters/plugin-host/hosted-process.ts';
import { CancelSource } from '../../../../src/core/ports/cancel.ts';
import type { ProcessChannel, ProcessRequest, ProcessResult } from '../../../../src/core/ports/plugin.ts';

/** The other end of the pipe, driven by the test. */
class FarEnd {
  readonly received: { readonly kind: string; readonly [key: string]: unknown }[] = [];
  readonly signal = new CancelSource();
  readonly logged: string[] = [];
  readonly hosted: HostedProcess;
  request: ProcessRequest | null = null;
  stopped = false;
  #say: (text: string) => undefined | Promise<void> = () => undefined;
  #end: (result: ProcessResult) => void = () => {};

  constructor(service: ContextService = async () => null) {
    this.hosted = new HostedProcess({
      task: { kind: 'describe', unit: { kind: 'plugin', name: 'x', file: '/x/index.js' } },
      subject: 'plugin "x"',
      program: { node: '/node', script: '/host.js', folders: ['/host'] },
      grants: { read: ['/x'], write: [], processes: false },
      processes: { run: (request) => this.#run(request) },
      signal: this.signal,
      log: (_level, message) => this.logged.push(message),
      service,
      timeoutMs: null,
    });
  }

  say(...messages: readonly object[]): void {
    void this.sayAndWait(...messages);
  }

  /** What a reader gets that is to pause. */
  sayAndWait(...messages: readonly object[]): undefined | Promise<void> {
    return this.#say(messages.map((message) => `${JSON.stringify(message)}\n`).join(''));
  }

  write(text: string): void {
    void this.#say(text);
  }

  ends(end: ProcessResult['end'], tail = ''): void {
    this.#end({ end, stdout: '', stderr: '', tail, outputs: {}, outputsFailure: null });
  }

  #run(request: ProcessRequest): Promise<ProcessResult> {
    this.request = request;
    const channel: ProcessChannel = {
      send: async (text) => {
        this.received.push(JSON.parse(text));
      },
      onText: (listener) => {
        this.#say = listener;
      },
      stop: () => {
        this.stopped = true;
      },
    };
    return new Promise((resolve) => {
      this.#end = resolve;
      request.channel?.(channel);
    });
  }
}

describe('a plugin process', () => {
  test('gets its task first, and its answer is the result', async () => {
    const far = new FarEnd();
    expect(far.received).toMatchObject([{ kind: 'task', task: { kind: 'describe' } }]);
    far.say({ kind: 'answer', value: { a: 1 } });
    expect(await far.hosted.answer).toEqual({ a: 1 });
  });

  test('is told to end, and is gone when it has', async () => {
    const far = new FarEnd();
    far.say({ kind: 'answer', value: null });
    const gone = far.hosted.end();
    expect(far.received.at(-1)).toEqual({ kind: 'end' });
    far.ends({ kind: 'exit', code: 0 });
    await gone;
    expect(far.stopped).toBe(false);
    expect(await far.hosted.answer).toBeNull();
  });

  test('gets answers to what it asks, and the refusals', async () => {
    const far = new FarEnd(async (member) => {
      if (member === 'now') return 5;
      throw Object.assign(new Error('no'), { failure: { kind: 'permission', message: 'no' } });
    });
    far.say({ kind: 'ask', id: 1, member: 'now', args: [] }, { kind: 'ask', id: 2, member: 'fly', args: [] });
    await expect.poll(() => far.received.length).toBe(3);
    expect(far.received.slice(1)).toEqual([
      { kind: 'reply', id: 1, value: 5 },
      { kind: 'refused', id: 2, failure: { kind: 'permission', message: 'no' } },
    ]);
  });

  test('that asks without end is read no faster than it is answered', async () => {
    const answers = Promise.withResolvers<null>();
    const far = new FarEnd(() => answers.promise);
    const questions = Array.from({ length: 64 }, (_, id) => ({ kind: 'ask', id, member: 'now', args: [] }));
    expect(far.sayAndWait(...questions.slice(1))).toBeUndefined();
    const wait = far.sayAndWait(questions[0] ?? {});
    expect(wait).toBeInstanceOf(Promise);
    answers.resolve(null);
    await wait;
    expect(far.stopped).toBe(false);
  });

  test('hears why its step ends', () => {
    const far = new FarEnd();
    far.signal.cancel('enough');
    expect(far.received.at(-1)).toEqual({ kind: 'cancel', reason: 'enough' });
  });

  test('that writes nonsense is stopped, and nothing that follows counts', async () => {
    const far = new FarEnd();
    far.write('nonsense\n');
    far.say({ kind: 'answer', value: 1 }, { kind: 'log', level: 'info', message: 'late' });
    await expect(far.hosted.answer).rejects.toMatchObject({ failure: { kind: 'handler' } });
    expect(far.stopped).toBe(true);
    expect(far.logged).toEqual([]);
  });

  test('that logs without end is stopped', async () => {
    const far = new FarEnd();
    const message = { kind: 'log', level: 'info', message: 'x'.repeat(1024 * 1024) };
    for (let count = 0; count < 9; count++) far.say(message);
    await expect(far.hosted.answer).rejects.toMatchObject({ failure: { kind: 'output' } });
    expect(far.logged).toHaveLength(8);
  });

  test.each<[ProcessResult['end'], string, RegExp]>([
    [{ kind: 'exit', code: 0 }, 'crashed', /exit code 0/],
    [{ kind: 'signal', signal: 'SIGKILL', code: 137 }, 'crashed', /SIGKILL/],
    [{ kind: 'timeout' }, 'timeout', /took longer/],
    [{ kind: 'cancelled' }, 'cancelled', /ended/],
    [{ kind: 'not-started', failure: { kind: 'budget', message: 'no room' } }, 'budget', /no room/],
    [{ kind: 'too-much-output', failure: { kind: 'budget', message: 'x' } }, 'output', /printed more than/],
  ])('that ends with %j before it answered fails with kind %s', async (end, kind, message) => {
    const far = new FarEnd();
    far.ends(end, 'last words\n');
    await expect(far.hosted.answer).rejects.toMatchObject({
      failure: { kind, message: expect.stringMatching(message) },
    });
  });

  test('that holds an adapter answers its methods, and refuses them once it is gone', async () => {
    const far = new FarEnd();
    far.say({ kind: 'answer', value: ['add', 'break'] });
    const [sum, broken, never] = [1, 2, 3].map((number) => far.hosted.invoke('add', [number]));
    far.say({ kind: 'returned', id: 1, value: 3 }, { kind: 'threw', id: 2, failure: { kind: 'budget', message: 'x' } });
    expect(await sum).toBe(3);
    await expect(broken).rejects.toMatchObject({ failure: { kind: 'budget' } });
    far.ends({ kind: 'exit', code: 1 });
    await expect(never).rejects.toMatchObject({ failure: { kind: 'crashed' } });
    await expect(far.hosted.invoke('add', [4])).rejects.toMatchObject({ failure: { kind: 'crashed' } });
  });
});

describe('the flags of a plugin process', () => {
  const program = { node: '/node', script: '/host/h.js', folders: ['/host'] };

  test('open what is granted and nothing else', () => {
    const flags = hostArguments(program, { read: ['/code'], write: [], processes: false });
    expect(flags).toEqual(expect.arrayContaining(['--permission', '--allow-fs-read=/code', '--allow-fs-read=/host/*']));
    expect(flags.filter((flag) => /write|child|worker/.test(flag))).toEqual([]);
    expect(flags.at(-1)).toBe('/host/h.js');
  });

  test('let what may be written be read too', () => {
    const flags = hostArguments(program, { read: [], write: ['/work'], processes: true });
    expect(flags).toEqual(
      expect.arrayContaining(['--allow-fs-read=/work/*', '--allow-fs-write=/work/*', '--allow-child-process']),
    );
  });
});
