import { beforeEach, describe, expect, it } from 'vitest';
import { InProcessHandlerRunner } from '../../../../src/adapters/plugin-loader/in-process-handler-runner.ts';
import { addressOf, stepId } from '../../../../src/core/model/ids.ts';
import type { Json, JsonMap } from '../../../../src/core/model/json.ts';
import type { Outcome } from '../../../../src/core/model/outcome.ts';
import type { HandlerCall } from '../../../../src/core/ports/handlers.ts';
import type {
  AdapterFactory,
  HandlerContext,
  ProcessRequest,
  ProcessResult,
  StepHandler,
  WorkspaceFiles,
} from '../../../../src/core/ports/plugin.ts';
import { CancelSource, PluginFailure, success } from '../../../../src/plugin-api/index.ts';
import { ManualClock } from '../../../fakes/manual-clock.ts';
import { MemoryBackups } from '../../../fakes/memory-backups.ts';
import { sampleRunId } from '../../../fakes/sample-run.ts';

/** Answers of handlers may be anything: plugins need not be written in TypeScript. */
function answering(answer: unknown): StepHandler['execute'] {
  const give = (): never => answer as never;
  return async () => give();
}

const never = new Promise<never>(() => {});
const noOutput = { stdout: '', stderr: '', tail: '', outputs: {}, outputsFailure: null };

class Rig {
  readonly clock = new ManualClock();
  readonly logged: string[] = [];
  readonly written: { [path: string]: string } = {};
  readonly state: { [key: string]: Json } = {};
  readonly signal = new CancelSource();
  readonly adapters: { [name: string]: AdapterFactory } = {};
  readonly disabledAdapters = new Set<string>();
  readonly adapterConfiguration: { [name: string]: JsonMap } = {};
  processesClosed = 0;
  /** What processes do; by default they end at once. */
  process: (request: ProcessRequest, call: HandlerCall) => Promise<ProcessResult> = async () => ({
    end: { kind: 'exit', code: 0 },
    ...noOutput,
  });
  context: HandlerContext | null = null;

  runner(handler: Partial<StepHandler>): InProcessHandlerRunner {
    const whole: StepHandler = {
      title: '',
      description: '',
      configuration: {},
      execute: async () => success({}),
      ...handler,
    };
    const files: WorkspaceFiles = {
      root: '/work',
      read: async (path) => this.written[path] ?? '',
      write: async (path, text) => {
        this.written[path] = text;
      },
      exists: async (path) => path in this.written,
      stat: async () => null,
      list: async () => Object.keys(this.written),
      readBytes: async (path) => Buffer.from(this.written[path] ?? ''),
      glob: async () => Object.keys(this.written),
    };
    return new InProcessHandlerRunner({
      files,
      backups: new MemoryBackups(this.written),
      processes: (call) => ({
        run: (request) => this.process(request, call),
        close: () => {
          this.processesClosed++;
        },
      }),
      adapters: {
        find: (name) => this.adapters[name],
        isEnabled: (name) => !this.disabledAdapters.has(name),
        configuration: (name) => this.adapterConfiguration[name] ?? {},
        secrets: (names) => Object.fromEntries(names.map((name) => [name, `secret of ${name}`])),
      },
      env: { PATH: '/bin', NAME: 'base' },
      clock: this.clock,
      masker: {
        add: () => {},
        mask: (text) => text.replaceAll('hunter2', '***'),
        maskJson: (value) => value,
        stream: () => ({ push: (chunk) => chunk, end: () => '' }),
      },
      observer: {
        event: () => {},
        output: () => {},
        log: (address, level, message) => this.logged.push(`${address} ${level} ${message}`),
      },
      handler: (name) => (name === 'test.do' ? whole : undefined),
    });
  }

  call(more: Partial<HandlerCall> = {}): HandlerCall {
    return {
      handler: 'test.do',
      runId: sampleRunId(1),
      workflow: { name: 'w', version: '1.0.0' },
      step: { id: 's', address: addressOf(stepId('s')), name: 'Step' },
      visit: 2,
      attempt: 3,
      config: { a: 1 },
      env: { NAME: 'own' },
      secrets: { TOKEN: 'hunter2' },
      idempotencyKey: 'key',
      timeoutMs: null,
      signal: this.signal,
      reads: {
        parameters: () => [{ name: 'p', value: 1, label: null, valueLabel: null, type: 'number' }],
        outputs: (id) => (id === 'before' ? { x: 1 } : null),
        upstream: () => [],
        changedFiles: () => ['before.txt'],
        state: (key) => this.state[key] ?? null,
        setState: (key, value) => {
          this.state[key] = value;
        },
      },
      ...more,
    };
  }

  execute(handler: Partial<StepHandler> | StepHandler['execute'], more: Partial<HandlerCall> = {}): Promise<Outcome> {
    return this.runner(typeof handler === 'function' ? { execute: handler } : handler).execute(this.call(more));
  }
}

let rig: Rig;
beforeEach(() => {
  rig = new Rig();
});

/** Lets promises that are ready go on, as far as they go without time. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await Promise.resolve();
}

describe('a handler', () => {
  it('gets all that its call is about', async () => {
    let seen: unknown;
    await rig.execute(async (context) => {
      const { run, step, config, env, secrets, idempotencyKey, timeoutMs } = context;
      seen = {
        plain: { run, step, config, env, secrets, idempotencyKey, timeoutMs },
        now: await context.now(),
        parameters: await context.parameters(),
        outputs: [await context.outputs('before'), await context.outputs('other')],
        state: await context.getState('k'),
      };
      await context.setState('k', { list: [1] });
      await context.files.write('a.txt', 'text');
      return success({});
    });
    expect(seen).toEqual({
      plain: {
        run: { id: sampleRunId(1), workflow: { name: 'w', version: '1.0.0' } },
        step: { id: 's', address: 's', name: 'Step', visit: 2, attempt: 3 },
        config: { a: 1 },
        env: { PATH: '/bin', NAME: 'own' },
        secrets: { TOKEN: 'hunter2' },
        idempotencyKey: 'key',
        timeoutMs: null,
      },
      now: rig.clock.now(),
      parameters: [{ name: 'p', value: 1, label: null, valueLabel: null, type: 'number' }],
      outputs: [{ x: 1 }, null],
      state: null,
    });
    expect(rig.state).toEqual({ k: { list: [1] } });
    expect(rig.written).toEqual({ 'a.txt': 'text' });
    expect(rig.processesClosed).toBe(1);
    expect(rig.clock.pending).toBe(0);
  });

  it('logs for its step, masked', async () => {
    await rig.execute(async ({ log }) => {
      log('warning', 'the token is hunter2');
      return success({});
    });
    expect(rig.logged).toEqual(['s warning the token is ***']);
  });

  it('that nothing provides is a failure by name', async () => {
    expect(await rig.runner({}).execute(rig.call({ handler: 'test.other' }))).toMatchObject({
      kind: 'failed',
      failure: { kind: 'not-found', message: expect.stringContaining('test.other') },
    });
    expect(await rig.runner({}).preview(rig.call({ handler: 'test.other' }))).toBeNull();
    expect(await rig.runner({}).probe(rig.call({ handler: 'test.other' }))).toEqual({ kind: 'unknown' });
  });

  it('finds its state unable to hold what is no plain data', async () => {
    const outcome = await rig.execute(async ({ setState }) => {
      await setState(
        'when',
        JSON.parse('null', () => new Date(0)),
      );
      return success({});
    });
    expect(outcome).toMatchObject({
      kind: 'failed',
      failure: { message: expect.stringContaining('"when" is a Date') },
    });
    expect(rig.state).toEqual({});
  });
});

describe('an outcome', () => {
  it.each([
    [{ kind: 'success', outputs: { a: [1, null, { b: 'ü' }] } }],
    [
      {
        kind: 'failed',
        failure: { kind: 'exit', message: 'no', exitCode: 3, retryable: true, details: { a: 1 } },
        outputs: { a: 1 },
      },
    ],
    [{ kind: 'skipped', reason: 'nothing to do' }],
    [
      {
        kind: 'success',
        outputs: {},
        findings: [
          { level: 'error', message: 'm', file: 'a', line: 1, column: 2, rule: 'r', hint: 'h', changed: 'file' },
        ],
        files: [{ path: 'p', title: 't' }],
      },
    ],
  ])('is passed on: %j', async (outcome) => {
    expect(await rig.execute(answering(outcome))).toEqual(outcome);
  });

  it('leaves out what is undefined, as JSON does, and is free of what the handler does to it later', async () => {
    const list = [1];
    const outcome = await rig.execute(answering({ kind: 'success', outputs: { list, gone: undefined, zero: -0 } }));
    list.push(2);
    expect(outcome).toEqual({ kind: 'success', outputs: { list: [1], zero: 0 } });
    expect(outcome.kind === 'success' && Object.keys(outcome.outputs)).toEqual(['list', 'zero']);
    expect(outcome.kind === 'success' && Object.is(outcome.outputs.zero, 0)).toBe(true);
  });

  const circle: { [key: string]: unknown } = {};
  circle.self = circle;
  let shared: unknown = 'x';
  for (let level = 0; level < 40; level++) shared = [shared, shared];
  let deep: unknown = 0;
  for (let level = 0; level < 200; level++) deep = [deep];
  const trap = Object.defineProperty({}, 'x', {
    enumerable: true,
    get: () => {
      throw new Error('sprung');
    },
  });

  const badOutputs: readonly (readonly [string, unknown, RegExp])[] = [
    ['not a number', { a: { b: Number.NaN } }, /outputs\.a\.b is NaN/],
    ['endless', { a: [Number.POSITIVE_INFINITY] }, /outputs\.a\[0\] is Infinity/],
    ['a function', { f: () => 1 }, /outputs\.f is a function/],
    ['a symbol', { s: Symbol('s') }, /outputs\.s is a symbol/],
    ['a big integer', { n: 1n }, /outputs\.n is a bigint/],
    ['undefined in a list', { l: [undefined] }, /outputs\.l\[0\] is undefined/],
    ['a date', { d: new Date(0) }, /outputs\.d is a Date/],
    ['a map object', { m: new Map() }, /outputs\.m is a Map/],
    ['an error', { e: new Error('x') }, /outputs\.e is a Error/],
    ['bytes', { b: new Uint8Array(1) }, /outputs\.b is a Uint8Array/],
    ['a circle', circle, /outputs\.self holds itself/],
    ['too deep', { deep }, /nested deeper than 100/],
    ['too large', { text: 'x'.repeat(1024 * 1024) }, /larger than 1048576 bytes/],
    ['too large in bytes', { text: 'ü'.repeat(600_000) }, /larger than 1048576 bytes/],
    ['far larger than it looks', { shared }, /larger than 1048576 bytes/],
    ['a trap', { trap }, /sprung/],
    ['a list', [1], /not a map/],
    ['a text', 'x', /not a map/],
    ['nothing', undefined, /outputs is undefined/],
  ];

  it.each(badOutputs)('with outputs that are %s fails with kind output', async (_, outputs, message) => {
    expect(await rig.execute(answering({ kind: 'success', outputs }))).toMatchObject({
      kind: 'failed',
      failure: { kind: 'output', message: expect.stringMatching(message) },
    });
  });

  it('keeps hostile keys as data', async () => {
    const outcome = await rig.execute(
      answering({ kind: 'success', outputs: JSON.parse('{"__proto__": {"polluted": 1}}') }),
    );
    expect(JSON.stringify(outcome)).toBe('{"kind":"success","outputs":{"__proto__":{"polluted":1}}}');
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  const nonsense: readonly (readonly [unknown, RegExp])[] = [
    [undefined, /undefined instead of an outcome/],
    [null, /null instead/],
    ['success', /a string instead/],
    [[circle], /a list instead/],
    [{}, /unknown kind undefined/],
    [{ kind: 'done' }, /unknown kind "done"/],
    [{ kind: 'waiting' }, /unknown kind "waiting"/],
    [{ kind: 'skipped' }, /a skip without a reason/],
    [{ kind: 'failed' }, /the failure is undefined/],
    [{ kind: 'failed', failure: { kind: 'broken', message: 'm' } }, /unknown kind "broken"/],
    [{ kind: 'failed', failure: { kind: 'exit' } }, /no message/],
    [{ kind: 'failed', failure: { kind: 'exit', message: 'm', exitCode: '1' } }, /exitCode is not a number/],
    [{ kind: 'success', outputs: {}, findings: 'many' }, /findings that are not a list/],
    [{ kind: 'success', outputs: {}, findings: [{ level: 'fatal', message: 'm' }] }, /findings\[0\]/],
    [{ kind: 'success', outputs: {}, findings: [{ level: 'error', message: 'm', changed: true }] }, /findings\[0\]/],
    [{ kind: 'success', outputs: {}, files: [{}] }, /files\[0\]/],
  ];

  it.each(nonsense)('that is none fails with kind handler: %j', async (answer, message) => {
    expect(await rig.execute(answering(answer))).toMatchObject({
      kind: 'failed',
      failure: { kind: 'handler', message: expect.stringMatching(message) },
    });
  });
});

describe('what a handler throws', () => {
  it('is its failure where it carries one', async () => {
    const outcome = await rig.execute(async () => {
      throw new PluginFailure('permission', 'not yours', { file: 'a.txt', retryable: false });
    });
    expect(outcome).toEqual({
      kind: 'failed',
      failure: { kind: 'permission', message: 'not yours', file: 'a.txt', retryable: false },
    });
  });

  it('is else a mistake of the handler, with its trace', async () => {
    const outcome = await rig.execute(() => {
      throw new TypeError('x is not a function');
    });
    expect(outcome).toMatchObject({
      kind: 'failed',
      failure: {
        kind: 'handler',
        message: 'The handler test.do broke: x is not a function',
        cause: expect.stringContaining('TypeError'),
      },
    });
  });

  it.each([['text'], [undefined], [null], [{ failure: { kind: 'exit', message: 'no' } }]])(
    'may be anything: %j',
    async (thrown) => {
      const outcome = await rig.execute(async () => {
        throw thrown;
      });
      expect(outcome).toMatchObject({ kind: 'failed', failure: { kind: 'handler' } });
    },
  );

  it('counts as a mistake where the failure that it carries is none', async () => {
    const outcome = await rig.execute(async () => {
      throw Object.assign(new Error('odd'), { failure: { kind: 'nothing' } });
    });
    expect(outcome).toMatchObject({
      kind: 'failed',
      failure: { kind: 'handler', message: expect.stringContaining('odd') },
    });
  });
});

describe('a handler whose time is over', () => {
  it('fails with kind timeout although it never answers', async () => {
    const running = rig.execute(() => never, { timeoutMs: 1500 });
    await settle();
    rig.clock.advance(1499);
    await settle();
    expect(rig.processesClosed).toBe(0);
    rig.clock.advance(1);
    await settle();
    rig.clock.advance(250);
    expect(await running).toEqual({
      kind: 'failed',
      failure: { kind: 'timeout', message: 'Took longer than its timeout of 1.5 s' },
    });
    expect(rig.processesClosed).toBe(1);
    expect(rig.clock.pending).toBe(0);
  });

  it('is told so by its signal, and its last words are kept beside the timeout', async () => {
    const running = rig.execute(
      ({ signal }) =>
        new Promise((resolve) => {
          signal.onCancel(() =>
            resolve({
              kind: 'failed',
              failure: { kind: 'cancelled', message: 'stopped', cause: 'last lines' },
              outputs: { a: 1 },
            }),
          );
        }),
      { timeoutMs: 10 },
    );
    await settle();
    rig.clock.advance(10);
    expect(await running).toEqual({
      kind: 'failed',
      failure: { kind: 'timeout', message: 'Took longer than its timeout of 0.01 s', cause: 'last lines' },
      outputs: { a: 1 },
    });
  });

  it('is not made a success by an answer that comes too late', async () => {
    const running = rig.execute(
      ({ signal }) =>
        new Promise((resolve) => {
          signal.onCancel(() => resolve(success({ half: true })));
        }),
      { timeoutMs: 10 },
    );
    await settle();
    rig.clock.advance(10);
    expect(await running).toMatchObject({ kind: 'failed', failure: { kind: 'timeout' } });
  });

  it('is waited for until its processes are gone', async () => {
    let endProcess = (): void => {};
    rig.process = (_, call) =>
      new Promise((resolve) => {
        call.signal.onCancel(() => {
          endProcess = () => resolve({ end: { kind: 'cancelled' }, ...noOutput });
        });
      });
    let isOver = false;
    const running = rig
      .execute(
        async ({ processes }) => {
          await processes.run({ command: 'sleep', args: [], output: 'stream' });
          return success({});
        },
        { timeoutMs: 10 },
      )
      .finally(() => {
        isOver = true;
      });
    await settle();
    rig.clock.advance(5000);
    await settle();
    expect(isOver).toBe(false);
    endProcess();
    expect(await running).toMatchObject({ failure: { kind: 'timeout' } });
  });

  it('can change nothing any more', async () => {
    let go = (): void => {};
    const gate = new Promise<void>((resolve) => {
      go = resolve;
    });
    const refusals: string[] = [];
    const running = rig.execute(
      async (context) => {
        await gate;
        const tries = [
          context.files.write('late.txt', 'x'),
          context.setState('late', 1),
          context.processes.run({ command: 'x', args: [], output: 'stream' }),
          context.adapter('git'),
          context.files.read('late.txt'),
        ];
        for (const each of await Promise.allSettled(tries))
          if (each.status === 'rejected') refusals.push(String(each.reason));
        return success({});
      },
      { timeoutMs: 10 },
    );
    await settle();
    rig.clock.advance(10);
    await settle();
    rig.clock.advance(250);
    await running;
    go();
    await settle();
    expect(refusals).toHaveLength(5);
    expect(refusals.every((text) => text.includes('The step has ended'))).toBe(true);
    expect([rig.written, rig.state]).toEqual([{}, {}]);
  });
});

describe('a handler that is cancelled', () => {
  it('ends with kind cancelled and the reason', async () => {
    const running = rig.execute(() => never);
    await settle();
    rig.signal.cancel('the run was cancelled');
    await settle();
    rig.clock.advance(250);
    expect(await running).toEqual({ kind: 'failed', failure: { kind: 'cancelled', message: 'the run was cancelled' } });
  });

  it('has succeeded where it finished all the same', async () => {
    const running = rig.execute(
      ({ signal }) =>
        new Promise((resolve) => {
          signal.onCancel(() => resolve(success({ pushed: true })));
        }),
    );
    await settle();
    rig.signal.cancel('stop');
    expect(await running).toEqual({ kind: 'success', outputs: { pushed: true } });
  });

  it('is not begun in peace where the cancel came before', async () => {
    rig.signal.cancel('stop');
    const running = rig.execute(() => never);
    await settle();
    rig.clock.advance(250);
    expect(await running).toMatchObject({ failure: { kind: 'cancelled' } });
  });

  it('ends the processes that a handler left running', async () => {
    let reason = '';
    rig.process = (_, call) =>
      new Promise((resolve) => {
        call.signal.onCancel((why) => {
          reason = why;
          resolve({ end: { kind: 'cancelled' }, ...noOutput });
        });
      });
    const outcome = await rig.execute(async ({ processes }) => {
      void processes.run({ command: 'server', args: [], output: 'stream' });
      await Promise.resolve();
      return success({});
    });
    expect(outcome.kind).toBe('success');
    expect(reason).toBe('the step has ended');
  });
});

describe('integration adapters', () => {
  const events: string[] = [];
  const adapter = (name: string, more: Partial<AdapterFactory> = {}): AdapterFactory => ({
    description: name,
    configuration: {
      type: 'object',
      properties: { remote: { type: 'string', default: 'origin' }, depth: { type: 'integer' } },
    },
    initialize: async ({ config, env }) => {
      events.push(`made ${name} ${JSON.stringify(config)} ${env.NAME}`);
      return {
        api: { name },
        cleanup: async () => void events.push(`cleaned ${name}`),
      };
    },
    ...more,
  });

  beforeEach(() => {
    events.length = 0;
    rig.adapters.git = adapter('git');
    rig.adapters.http = adapter('http');
  });

  it('are made on first use, once a call, with their configuration over its defaults, and cleaned up newest first', async () => {
    rig.adapterConfiguration.git = { depth: 3 };
    const outcome = await rig.execute(async (context) => {
      const [one, two] = await Promise.all([context.adapter<{ name: string }>('git'), context.adapter('git')]);
      await context.adapter('http');
      return success({ name: one.name, same: one === two });
    });
    expect(outcome).toEqual({ kind: 'success', outputs: { name: 'git', same: true } });
    expect(events).toEqual([
      'made git {"depth":3,"remote":"origin"} own',
      'made http {"remote":"origin"} own',
      'cleaned http',
      'cleaned git',
    ]);
  });

  it('are not made where nobody asks', async () => {
    await rig.execute(async () => success({}));
    expect(events).toEqual([]);
  });

  it('are refused by name where none exists or it is switched off', async () => {
    rig.disabledAdapters.add('git');
    const ask = (name: string) => rig.execute(async (context) => success({ a: await context.adapter(name) }));
    expect(await ask('kanban')).toMatchObject({
      failure: { kind: 'not-found', message: expect.stringContaining('"kanban"') },
    });
    expect(await ask('git')).toMatchObject({
      failure: { kind: 'permission', message: expect.stringContaining('integration_adapters.git') },
    });
    expect(events).toEqual([]);
  });

  it('that cannot be made fail the step and nothing else', async () => {
    rig.adapters.bad = adapter('bad', {
      initialize: async () => {
        throw new PluginFailure('not-found', 'no git here');
      },
    });
    const outcome = await rig.execute(async (context) => {
      await context.adapter('git');
      await context.adapter('bad');
      return success({});
    });
    expect(outcome).toEqual({ kind: 'failed', failure: { kind: 'not-found', message: 'no git here' } });
    expect(events.at(-1)).toBe('cleaned git');
  });

  it('that cannot clean up are told of in the log; the outcome stands', async () => {
    rig.adapters.bad = adapter('bad', {
      initialize: async () => ({
        api: 1,
        cleanup: async () => {
          throw new Error('socket hunter2');
        },
      }),
    });
    const outcome = await rig.execute(async (context) => {
      await context.adapter('git');
      await context.adapter('bad');
      return success({});
    });
    expect(outcome.kind).toBe('success');
    expect(rig.logged).toEqual(['s warning The adapter "bad" could not clean up: socket ***']);
    expect(events.at(-1)).toBe('cleaned git');
  });

  it('that never finish cleaning up are left', async () => {
    rig.adapters.slow = adapter('slow', { initialize: async () => ({ api: 1, cleanup: () => never }) });
    const running = rig.execute(async (context) => {
      await context.adapter('slow');
      return success({});
    });
    await settle();
    rig.clock.advance(5000);
    expect(await running).toMatchObject({ kind: 'success' });
    expect(rig.logged).toEqual([expect.stringContaining('longer than 5 s')]);
  });
});

describe('a preview', () => {
  it('is shown as the handler gives it', async () => {
    const preview = { summary: 'Bumps', diffs: [{ file: 'VERSION', diff: '-1\n+2' }], commands: ['git tag v2'] };
    expect(await rig.runner({ preview: async () => preview }).preview(rig.call())).toEqual(preview);
    expect(rig.processesClosed).toBe(1);
  });

  it('is none where the handler has none', async () => {
    expect(await rig.runner({}).preview(rig.call())).toBeNull();
  });

  it('only looks', async () => {
    const refusals: string[] = [];
    const runner = rig.runner({
      preview: async ({ files, setState }) => {
        for (const change of [files.write('a', 'b'), setState('k', 1)])
          await change.catch((error: unknown) => refusals.push(String(error)));
        return { summary: await files.read('a'), diffs: [], commands: [] };
      },
    });
    expect(await runner.preview(rig.call())).toMatchObject({ summary: '' });
    expect(refusals).toHaveLength(2);
    expect([rig.written, rig.state]).toEqual([{}, {}]);
  });

  it.each([
    ['', {}, 'No preview'],
    [' for good', { retryable: false }, 'would fail'],
  ])('that fails%s says so instead', async (_, details, outlook) => {
    const runner = rig.runner({
      preview: async () => {
        throw new PluginFailure('not-found', '"VERSION" does not exist.', details);
      },
    });
    expect(await runner.preview(rig.call())).toEqual({
      summary: `${outlook}: "VERSION" does not exist.`,
      diffs: [],
      commands: [],
    });
  });

  it('ends with its time', async () => {
    const running = rig.runner({ preview: () => never }).preview(rig.call({ timeoutMs: 100 }));
    await settle();
    rig.clock.advance(100);
    expect(await running).toMatchObject({ summary: expect.stringContaining('timeout') });
  });
});

describe('a probe', () => {
  it.each([[{ kind: 'done', outputs: { tag: 'v1' } }], [{ kind: 'not-done' }], [{ kind: 'unknown' }]] as const)(
    'is passed on: %j',
    async (answer) => {
      expect(await rig.runner({ probe: async () => answer }).probe(rig.call())).toEqual(answer);
    },
  );

  it.each([[null], [{ kind: 'perhaps' }], [{ kind: 'done', outputs: { a: Number.NaN } }]])(
    'that is none knows nothing and says why: %j',
    async (answer) => {
      const give = (): never => answer as never;
      expect(await rig.runner({ probe: async () => give() }).probe(rig.call())).toEqual({ kind: 'unknown' });
      expect(rig.logged).toHaveLength(1);
    },
  );

  it('that throws knows nothing and says why, masked', async () => {
    const runner = rig.runner({
      probe: async () => {
        throw new Error('hunter2');
      },
    });
    expect(await runner.probe(rig.call())).toEqual({ kind: 'unknown' });
    expect(rig.logged).toEqual([expect.stringContaining('***')]);
  });
});

describe('the word on another attempt', () => {
  const failure = { kind: 'exit', message: 'm' } as const;

  it("is the handler's own, or none", () => {
    expect(rig.runner({ retryable: ({ kind }) => kind === 'exit' }).retryable('test.do', failure)).toBe(true);
    expect(rig.runner({}).retryable('test.do', failure)).toBeNull();
    expect(rig.runner({}).retryable('test.other', failure)).toBeNull();
    expect(
      rig
        .runner({
          retryable: () => {
            throw new Error('x');
          },
        })
        .retryable('test.do', failure),
    ).toBeNull();
  });
});
