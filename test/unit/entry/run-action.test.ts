import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SecretMasker } from '../../../src/adapters/masking/secret-masker.ts';
import type { Platform, PluginHost } from '../../../src/app/platform.ts';
import type { Outcome } from '../../../src/core/model/outcome.ts';
import { err, ok } from '../../../src/core/model/result.ts';
import type { HandlerCall, HandlerDescription, HandlerRunner } from '../../../src/core/ports/handlers.ts';
import type { Observer } from '../../../src/core/ports/observer.ts';
import { type ActionPlatformRequest, runAction } from '../../../src/entry/action/run-action.ts';
import { ManualClock } from '../../fakes/manual-clock.ts';
import { MemoryRunStore } from '../../fakes/memory-run-store.ts';
import { SeededRandom } from '../../fakes/seeded-random.ts';

let folder: string;
let printed: string;
let signal: (last: boolean) => void;
let clock: ManualClock;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'vwmp-action-')));
  printed = '';
  clock = new ManualClock();
  signal = () => {
    throw new Error('nobody listens to signals');
  };
  for (const name of ['output', 'summary']) writeFileSync(join(folder, name), '');
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

const written = (name: string) => readFileSync(join(folder, name), 'utf8');

function outputOf(name: string): string | undefined {
  return new RegExp(`^${name}<<(vwmp_.*)\\n([^]*?)\\n\\1$`, 'm').exec(written('output'))?.[2];
}

/** One action over a workspace with one file; `demo.run` goes as the step's configuration says. */
async function act(definition: string, inputs: { readonly [name: string]: string } = {}): Promise<number> {
  writeFileSync(join(folder, 'w.yml'), definition);
  const given = Object.entries({ workflow: 'w.yml', ...inputs }).map(([name, value]) => [
    `INPUT_${name.toUpperCase()}`,
    value,
  ]);
  return runAction({
    env: {
      ...Object.fromEntries(given),
      GITHUB_WORKSPACE: folder,
      GITHUB_OUTPUT: join(folder, 'output'),
      GITHUB_STEP_SUMMARY: join(folder, 'summary'),
      GITHUB_REF_NAME: 'main',
    },
    cwd: folder,
    write: (text) => {
      printed += text;
    },
    platform: (request) => ({ platform: platformOf(request), close: async () => {} }),
    onSignal: (listener) => {
      signal = listener;
    },
  });
}

function platformOf(request: ActionPlatformRequest): Platform {
  const masker = request.masker(new SecretMasker());
  return {
    version: '0.0.0',
    workspace: request.workspace,
    shippedWorkflows: join(folder, 'shipped'),
    configFile: request.configFile,
    env: { WORKSPACE_ROOT: request.workspace },
    hostEnv: {},
    github: request.github,
    cores: 2,
    clock,
    random: new SeededRandom(1),
    sources: {
      read: async (path) => {
        try {
          return ok(readFileSync(join(folder, path), 'utf8'));
        } catch {
          return err(`There is no file ${path}.`);
        }
      },
      list: async () => [],
    },
    masker,
    plugins: pluginHost(masker),
    hash: (text) => text.length.toString(16).padStart(64, '0'),
    commit: async () => null,
    hashFiles: () => ok(''),
    openStore: async () => ok(new MemoryRunStore()),
    isInside: () => true,
    endLeftOvers: async () => {},
    logs: () => ({ tail: (address) => `tail of ${address}`, read: () => null }),
  };
}

const demo: HandlerDescription = {
  name: 'demo.run',
  title: 'Demo',
  description: 'Does as it is told.',
  plugin: { name: 'demo', version: '1.0.0' },
  configuration: {
    type: 'object',
    properties: { say: { type: 'string' }, fail: { type: 'boolean' }, wait: { type: 'boolean' } },
  },
  outputs: null,
  placeholders: {},
  process: false,
  retry: null,
  rollback: 'none',
  hasPreview: false,
  hasProbe: false,
  hasUndo: false,
};

function pluginHost(masker: Platform['masker']): PluginHost {
  return {
    catalog: { find: (name) => (name === demo.name ? demo : undefined), names: () => [demo.name] },
    workflowTypes: [],
    adapters: {},
    plugins: [],
    runner: ({ observer }) => runner(observer, masker),
  };
}

function runner(observer: Observer, masker: Platform['masker']): HandlerRunner {
  return {
    execute: (call) => executed(call, observer, masker),
    preview: async () => null,
    probe: async () => ({ kind: 'unknown' }),
    changesOf: async () => [],
    undo: async () => ({ kind: 'undone' }),
    retryable: () => null,
  };
}

function executed(
  { step, config, secrets, signal: cancel }: HandlerCall,
  observer: Observer,
  masker: Platform['masker'],
): Promise<Outcome> {
  const say = `${config.say ?? ''}${secrets.TOKEN ?? ''}`;
  if (say !== '') void observer.output(step.address, masker.mask(`${say}\n`), 'stdout');
  if (config.wait !== true) {
    return Promise.resolve(
      config.fail === true
        ? { kind: 'failed', failure: { kind: 'handler', message: 'told to fail' } }
        : { kind: 'success', outputs: { said: say } },
    );
  }
  return new Promise((resolve) => {
    cancel.onCancel(() => resolve({ kind: 'failed', failure: { kind: 'cancelled', message: 'told to end' } }));
    // Only now can somebody cancel: the step is running.
    queueMicrotask(() => signal(false));
  });
}

const two = `
name: Two
steps:
  - { id: one, handler: demo.run, config: { say: "::error::hello" } }
  - { id: two, handler: demo.run, config: { say: "\${{ parameters.word }}" } }
parameters:
  - { name: word, type: string, default: there }
outputs:
  word: \${{ steps.two.outputs.said }}
`;

describe('the action runs a workflow', () => {
  test('and gives status, run id, outputs and steps', async () => {
    expect(await act(two, { parameters: 'word: "123"' })).toBe(0);
    expect(outputOf('status')).toBe('success');
    expect(outputOf('run-id')).toMatch(/^\d{8}-\d{6}-[0-9a-z]{6}$/);
    expect(outputOf('outputs')).toBe('{"word":"123"}');
    expect(outputOf('word')).toBe('123');
    expect(JSON.parse(outputOf('steps') ?? '')).toMatchObject([{ id: 'one', status: 'success' }, { id: 'two' }]);
    expect(written('summary')).toContain('## ✓ Two 1.0.0: success');
  });

  test('with a log in which no step can say a command', async () => {
    await act(two);
    expect(printed).toContain('::group::Output of one\n: :error::hello\n::endgroup::\n');
  });

  test('and fails the job with the error of the step', async () => {
    expect(await act('name: F\nsteps: [{ id: a, handler: demo.run, config: { fail: true } }]')).toBe(1);
    expect(outputOf('status')).toBe('failed');
    expect(printed).toContain('::error title=a%3A handler::told to fail\n');
    expect(written('summary')).toContain('tail of a');
  });

  test('that is partial, and fails only where asked to', async () => {
    const partial = 'name: P\nsteps: [{ id: a, handler: demo.run, required: false, config: { fail: true } }]';
    expect(await act(partial)).toBe(0);
    expect(outputOf('status')).toBe('partial');
    expect(await act(partial, { 'fail-on': 'partial' })).toBe(1);
  });

  test('with the steps that are selected', async () => {
    await act(two, { skip: 'two' });
    expect(JSON.parse(outputOf('steps') ?? '')).toMatchObject([{ status: 'success' }, { status: 'skipped' }]);
  });

  test('and cancels it when the runner says so', async () => {
    expect(await act('name: C\nsteps: [{ id: a, handler: demo.run, config: { wait: true } }]')).toBe(130);
    expect(outputOf('status')).toBe('cancelled');
    expect(printed).toContain('Cancelling: The job was cancelled');
    expect(clock.pending).toBe(0);
  });
});

test('a signal that comes before the run has started cancels it all the same', async () => {
  const inputs = { GITHUB_WORKSPACE: folder, INPUT_WORKFLOW: 'w.yml' };
  writeFileSync(join(folder, 'w.yml'), two);
  const code = await runAction({
    env: inputs,
    cwd: folder,
    write: () => {},
    platform: (request) => ({ platform: platformOf(request), close: async () => {} }),
    onSignal: (listener) => listener(false),
  });
  expect(code).toBe(130);
});

describe('secrets', () => {
  const spill = 'name: S\nsteps: [{ id: a, handler: demo.run, secrets: [TOKEN] }]';

  test('are told to the runner before anything else and masked in the log', async () => {
    expect(await act(spill, { secrets: '{"TOKEN": "hunter2hunter2"}' })).toBe(0);
    expect(printed.startsWith('::add-mask::hunter2hunter2\n')).toBe(true);
    expect(printed.replaceAll('::add-mask::hunter2hunter2\n', '')).not.toContain('hunter2');
    expect(written('output') + written('summary')).not.toContain('hunter2');
  });
});

describe('the action refuses', () => {
  test('wrong inputs, all at once', async () => {
    expect(await act(two, { mode: 'test', 'max-parallel': 'x' })).toBe(2);
    expect(printed).toContain('The input `mode` is `test`.');
    expect(printed).toContain('The input `max-parallel` is `x`.');
    expect(outputOf('status')).toBe('failed');
  });

  test('a definition with errors, each an annotation at its place', async () => {
    expect(await act('name: W\nstepz: []\n')).toBe(2);
    expect(printed).toMatch(/::error title=unknown-key,file=w\.yml,line=2/);
    expect(written('summary')).toContain('## ✗ ');
  });

  test('a parameter that is not declared', async () => {
    expect(await act(two, { parameters: 'wrod: x' })).toBe(2);
    expect(printed).toContain('wrod');
  });

  test('a workspace outside the checkout', async () => {
    expect(await act(two, { 'working-directory': '..' })).toBe(2);
    expect(printed).toContain('leads out of the checkout');
  });
});

describe('the other modes', () => {
  test('plan starts nothing and shows what would run', async () => {
    expect(await act(two, { mode: 'plan' })).toBe(0);
    expect(printed).toContain('Plan of Two 1.0.0: 2 of 2 steps would run');
    expect(printed).not.toContain('hello\n');
    expect(outputOf('run-id')).toBe('');
  });

  test('validate says that a definition is valid, or what is wrong', async () => {
    expect(await act(two, { mode: 'validate' })).toBe(0);
    expect(printed).toContain('✓ Two 1.0.0 is valid');
    expect(await act('name: W\n', { mode: 'validate' })).toBe(2);
    expect(printed).toContain('✗ w.yml is not valid');
  });

  test('a summary that is off writes no page', async () => {
    await act(two, { mode: 'validate', summary: 'off' });
    expect(written('summary')).toBe('');
  });
});
