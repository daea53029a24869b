import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CliFolder, lives, type RunResult, readRun, until } from '../rigs/cli.ts';

const fixtures = join(import.meta.dirname, '../fixtures/plugins');
const folders: CliFolder[] = [];
let folder: CliFolder;

beforeEach(() => {
  folder = newFolder();
});

afterEach(() => {
  for (const each of folders.splice(0)) each.remove();
});

function newFolder(): CliFolder {
  const made = new CliFolder();
  folders.push(made);
  return made;
}

/** Puts a fixture, such as `modules/testing`, into the workspace. */
function take(path: string, at = path): void {
  cpSync(join(fixtures, path), join(folder.path, at), { recursive: true });
}

const step = (handler: string, more: object = {}) => ({ id: 'a', handler, ...more });
const run = (handler: string, more: object = {}): Promise<RunResult> =>
  folder.run(folder.define('w.json', { steps: [step(handler, more)] }));
const check = (...steps: readonly object[]) => folder.validate(folder.define('w.json', { steps }));

/** A module that only answers: its text, for tests that need another version of it. */
const answering = (answer: string, version = '1.0.0') =>
  `module.exports = { name: 'given', version: '${version}', actions: { answer: async () => (${answer}) } };\n`;

describe('modules', () => {
  test('an action gets its inputs, a logger and an executor, and its map becomes the one declared output', async () => {
    take('modules/testing');
    const file = folder.define('w.json', {
      steps: [
        {
          id: 'a',
          module: 'testing',
          action: 'run-tests',
          inputs: { changes: ['x.ts'] },
          outputs: [{ name: 'testResults', type: 'object', properties: { passed: 'boolean', coverage: 'number' } }],
        },
      ],
    });
    const result = await folder.run(file);
    expect(result.step('a')).toMatchObject({
      status: 'success',
      handler: 'testing.run-tests',
      outputs: { testResults: { passed: true, coverage: 1, output: 'tested\n' } },
    });
  });

  test('the output that only the declaration names is given to steps that declare none', async () => {
    take('modules/testing');
    const { outputs } = (await run('testing.run-tests', { config: { changes: [] } })).step('a');
    expect(outputs).toMatchObject({ testResults: { passed: true } });
  });

  test('an action gives what it returns', async () => {
    take('modules/troubled');
    const cases: readonly (readonly [string, object, object])[] = [
      ['list', {}, { result: [1, 2] }],
      ['text', { outputs: [{ name: 'said', type: 'string' }] }, { said: 'done' }],
      ['nothing', {}, {}],
      ['many', {}, { answers: 1000 }],
      ['leaves-a-timer', {}, { done: true }],
      [
        'command',
        { config: { command: 'echo out; echo err >&2; exit 3' } },
        { exitCode: 3, stdout: 'out\n', stderr: 'err\n' },
      ],
      ['command', { config: { command: ['printf', '%s', '$HOME'] } }, { exitCode: 0, stdout: '$HOME', signal: null }],
    ];
    const steps = cases.map(([action, more], index) => ({ id: `s${index}`, handler: `troubled.${action}`, ...more }));
    const result = await folder.run(folder.define('w.json', { order: 'graph', steps }));
    for (const [index, [, , outputs]] of cases.entries()) {
      expect(result.step(`s${index}`)).toMatchObject({ status: 'success', outputs });
    }
  });

  test('the context is that of any handler', async () => {
    take('modules/troubled');
    folder.write('vwmp.txt', '');
    folder.write('secrets.json', '{"TOKEN":"s3cret-token"}');
    const file = folder.define('w.json', {
      parameters: [{ name: 'who', type: 'string', default: 'me' }],
      steps: [
        { id: 'before', run: 'echo "x=1" >> "$VWMP_OUTPUT"; : "$W"', env: { W: '${ parameters.who }' } },
        step('troubled.context', { config: { a: 1 }, secrets: ['TOKEN'] }),
      ],
    });
    const result = await folder.run(file, '--secrets-file', 'secrets.json');
    expect(result.step('a').outputs).toMatchObject({
      inputs: { a: 1 },
      step: { id: 'a', address: 'a', visit: 1, attempt: 1 },
      workflow: { name: 'case', version: '1.0.0' },
      secret: '***',
      parameters: [{ name: 'who', value: 'me' }],
      before: { x: '1' },
      exists: true,
      key: true,
    });
  });

  test.each(['index.js', 'index.mjs', 'index.ts'])('%s is found', async (name) => {
    const text = answering('{ ok: true }');
    folder.write(
      `modules/given/${name}`,
      name === 'index.js' ? text : text.replace('module.exports =', 'export default'),
    );
    expect((await run('given.answer')).step('a').outputs).toEqual({ ok: true });
  });

  test.each([
    ['module.exports in a package of type module', 'module', answering('{ ok: true }')],
    [
      'export default in a package of type commonjs',
      'commonjs',
      answering('{ ok: true }').replace('module.exports =', 'export default'),
    ],
  ])('%s works', async (_, type, text) => {
    folder.write('package.json', JSON.stringify({ type }));
    folder.write('modules/given/index.js', text);
    expect((await run('given.answer')).step('a').outputs).toEqual({ ok: true });
  });

  test('an installed plugin counts before a module of its name', async () => {
    folder.write('modules/command/index.js', 'throw new Error("never loaded");');
    expect((await run('command.run', { config: { script: 'true' } })).states).toEqual({ a: 'success' });
  });
});

describe('a module that goes wrong fails its step and nothing else', () => {
  test('what it did is the failure of its step; the others go on', async () => {
    take('modules/troubled');
    const cases: readonly (readonly [string, string, RegExp])[] = [
      ['throws', 'handler', /^tests are red$/],
      ['throws-text', 'handler', /^only a text$/],
      ['exits', 'crashed', /exit code 3 before it had answered/],
      ['exits-well', 'crashed', /exit code 0 before it had answered/],
      ['dies', 'crashed', /SIGKILL/],
      ['uncaught-later', 'crashed', /nobody caught me/],
      ['floods', 'output', /printed more than \d+ bytes/],
      ['logs', 'output', /logged more than \d+ characters/],
      ['garbage', 'handler', /is no message/],
      ['too-long', 'output', /more than \d+ characters/],
      ['huge', 'output', /larger than \d+ bytes/],
      ['functions', 'output', /is a function, which is not plain data/],
      ['dates', 'output', /is a Date, which is not plain data/],
      ['circles', 'output', /holds itself/],
      ['reads-outside', 'permission', /FileSystemRead of \/etc\/hostname/],
      ['asks-outside', 'permission', /leads out of the workspace/],
      ['asks-nonsense', 'handler', /output must be one of/],
    ];
    const troubled = cases.map(([action]) => ({
      id: action,
      handler: `troubled.${action}`,
      retry: { max_attempts: 1 },
    }));
    const file = folder.define('w.json', {
      order: 'graph',
      on_failure: 'continue',
      steps: [...troubled, { id: 'other', run: 'true' }],
    });
    const result = await folder.run(file);
    for (const [action, kind, message] of cases) {
      expect(result.step(action).error, action).toMatchObject({ kind, message: expect.stringMatching(message) });
    }
    expect(result.step('other').status).toBe('success');
    expect(result.code).toBe(1);
  });

  test('one that hangs ends with the timeout of its attempt, whether it waits or works', async () => {
    take('modules/troubled');
    const steps = ['hangs', 'waits'].map((action) => ({
      id: action,
      handler: `troubled.${action}`,
      timeout: '500ms',
      retry: { max_attempts: 1 },
    }));
    const result = await folder.run(folder.define('w.json', { order: 'graph', on_failure: 'continue', steps }));
    for (const { id } of steps) expect(result.step(id).error).toMatchObject({ kind: 'timeout' });
  });

  test('a list where several outputs are declared is an output failure', async () => {
    take('modules/troubled');
    const outputs = ['x', 'y'].map((name) => ({ name, type: 'array' }));
    const { error } = (await run('troubled.list', { outputs })).step('a');
    expect(error).toMatchObject({ kind: 'output', message: expect.stringContaining('(x, y)') });
  });

  test('nothing is written outside the workspace', async () => {
    take('modules/troubled');
    const outside = newFolder();
    const { error } = (await run('troubled.writes-outside', { config: { path: join(outside.path, 'x') } })).step('a');
    expect(error).toMatchObject({ kind: 'permission' });
    expect(outside.has('x')).toBe(false);
  });

  test('processes that it leaves behind are gone with the step', async () => {
    take('modules/troubled');
    const { status, outputs } = (await run('troubled.leaves-a-process')).step('a');
    expect(status).toBe('success');
    expect(lives(Number(outputs.pid))).toBe(false);
  });

  test('a cancelled run ends the module and its process', async () => {
    take('modules/troubled');
    const file = folder.define('w.json', { steps: [step('troubled.waiting', { config: { mark: 'mark.txt' } })] });
    const running = folder.start(['run', file, '--json']);
    await until(() => folder.has('mark.txt') && folder.read('mark.txt') !== '');
    running.child.kill('SIGINT');
    const result = readRun(await running.end);
    expect(result.code).toBe(130);
    expect(result.run.status).toBe('cancelled');
    expect(lives(Number(folder.read('mark.txt')))).toBe(false);
  });

  test("its environment has neither the runner's credentials nor options of Node", async () => {
    take('modules/troubled');
    const file = folder.define('w.json', { steps: [step('troubled.tells-its-process', { env: { MINE: 'yes' } })] });
    const result = readRun(
      await folder.vwmp(['run', file, '--json'], {
        env: { GITHUB_TOKEN: 'ghs_x', ACTIONS_RUNTIME_TOKEN: 'y', INPUT_SECRET: 'z', NODE_OPTIONS: '--no-warnings' },
      }),
    );
    const env = Object(result.step('a').outputs.env);
    expect(env.MINE).toBe('yes');
    for (const name of ['GITHUB_TOKEN', 'ACTIONS_RUNTIME_TOKEN', 'INPUT_SECRET', 'NODE_OPTIONS']) {
      expect(env).not.toHaveProperty(name);
    }
    expect(lives(Number(result.step('a').outputs.pid))).toBe(false);
  });
});

describe('what validate says of modules', () => {
  const declaration = (actions: string) => `module: given\nversion: 1.0.0\nactions:\n${actions}`;

  test('an unknown action gets the nearest one', async () => {
    take('modules/testing');
    const { valid, diagnostics } = await check(step('testing.run-test'));
    expect(valid).toBe(false);
    expect(diagnostics).toMatchObject([{ code: 'unknown-handler', hint: 'Did you mean `testing.run-tests`?' }]);
  });

  test('a module that is nowhere is named with its place', async () => {
    const { diagnostics } = await check(step('nowhere.act'));
    expect(diagnostics).toMatchObject([
      { code: 'unknown-handler', hint: expect.stringContaining('no module in modules/nowhere') },
    ]);
  });

  test('code that cannot be loaded is told at the step, with the file and the reason', async () => {
    const cases: readonly (readonly [string, string, RegExp])[] = [
      ['text that is no code', 'this is no code', /SyntaxError/],
      ['an error while loading', 'throw new Error("not today");', /not today/],
      ['an import that leads nowhere', 'require("./gone.js");', /gone\.js/],
      ['an export that is no map', 'module.exports = 5;', /its default export is a number/],
      ['no actions', 'module.exports = { name: "given", version: "1" };', /`actions` is not a map/],
      ['an action that is no function', 'module.exports = { actions: { answer: 1 } };', /"answer" is not a function/],
      ['a process that ends while loading', 'process.exit(0);', /exit code 0/],
      ['a write while loading', 'require("fs").writeFileSync("mark.txt", "");', /FileSystemWrite|restricted/],
    ];
    for (const [index, [, text]] of cases.entries()) folder.write(`modules/m${index}/index.js`, text);
    const { valid, diagnostics } = await check(
      ...cases.map((_, index) => ({ id: `s${index}`, handler: `m${index}.answer` })),
    );
    expect(valid).toBe(false);
    for (const [index, [what, , reason]] of cases.entries()) {
      const own = diagnostics.filter(({ message }) => message.includes(`modules/m${index}/index.js`));
      expect(own, what).toMatchObject([
        { code: 'unknown-handler', severity: 'error', file: 'w.json', message: expect.stringMatching(reason) },
      ]);
    }
    expect(folder.has('mark.txt')).toBe(false);
  });

  test('an input that is not declared, or does not fit, is an error', async () => {
    folder.write('modules/given/index.js', answering('{}'));
    folder.write(
      'modules/given/any.yml',
      declaration('  - name: answer\n    inputs: [{ name: count, type: number, required: true }]\n'),
    );
    expect((await check(step('given.answer', { config: { count: 1 } }))).diagnostics).toEqual([]);
    const codes = async (config: object) =>
      (await check(step('given.answer', { config }))).diagnostics.map(({ code }) => code);
    expect(await codes({ count: 1, cuont: 2 })).toEqual(['configuration']);
    expect(await codes({ count: 'x' })).toEqual(['configuration']);
    expect(await codes({})).toEqual(['configuration']);
  });

  test('an action that is declared and not in the code is an error in the declaration', async () => {
    folder.write('modules/given/index.js', answering('{}'));
    folder.write('modules/given/module.yaml', declaration('  - name: answer\n  - name: awnser\n'));
    expect((await check(step('given.answer'))).diagnostics).toMatchObject([
      { code: 'unknown-handler', severity: 'error', file: 'modules/given/module.yaml', line: 5, column: 11 },
    ]);
  });

  test('a declaration has the same kinds of error as any document', async () => {
    folder.write('modules/given/index.js', answering('{}'));
    folder.write('modules/given/module.yml', declaration('  - name: answer\n    input: []\n'));
    expect((await check(step('given.answer'))).diagnostics).toMatchObject([
      { code: 'unknown-key', file: 'modules/given/module.yml', line: 5, hint: 'Did you mean "inputs"?' },
    ]);
  });

  test('an output that the declaration does not name cannot be read', async () => {
    take('modules/testing');
    const { diagnostics } = await check(step('testing.run-tests'), {
      id: 'b',
      run: 'true',
      env: { X: '${ steps.a.outputs.results }' },
    });
    expect(diagnostics.map(({ code }) => code)).toEqual(['unknown-output']);
  });

  test('a module that a link leads out of the workspace to is not loaded', async () => {
    const outside = newFolder();
    outside.write('given/index.js', answering('{}'));
    mkdirSync(join(folder.path, 'modules'));
    symlinkSync(join(outside.path, 'given'), join(folder.path, 'modules/given'));
    const { diagnostics } = await check(step('given.answer'));
    expect(diagnostics).toMatchObject([{ message: expect.stringContaining('leads out of the workspace') }]);
  });
});

describe('plugins of the repository', () => {
  const own = '.github/vwmp/plugins';

  test('handlers run with their adapter, state and defaults', async () => {
    take('plugins/counter', `${own}/counter`);
    const file = folder.define('w.json', {
      steps: [step('counter.count', { config: { by: 2 } }), { id: 'b', handler: 'counter.count' }],
      outputs: { state: '${ state.count }' },
    });
    const result = await folder.run(file);
    expect(result.step('a').outputs).toEqual({ count: 12 });
    expect(result.step('b').outputs).toEqual({ count: 11 });
    expect(result.outputs).toEqual({ state: 11 });
  });

  test('plan shows the preview that they give', async () => {
    take('plugins/counter', `${own}/counter`);
    const plan = await folder.plan(folder.define('w.json', { steps: [step('counter.count')] }));
    expect(plan.steps[0]?.preview).toMatchObject({ summary: 'would count by 1' });
  });

  test('a handler asks a bundled adapter', async () => {
    take('plugins/counter', `${own}/counter`);
    folder.git('init', '--quiet', '--initial-branch', 'trunk');
    expect((await run('counter.remote')).step('a').outputs).toEqual({ branch: 'trunk' });
  });

  test.each([
    ['refuse', 'budget', 'counted enough'],
    ['nonsense', 'handler', 'unknown kind "maybe"'],
    ['write-undeclared', 'permission', "permissions: ['files']"],
  ])('counter.%s fails with kind %s', async (action, kind, message) => {
    take('plugins/counter', `${own}/counter`);
    const { error } = (await run(`counter.${action}`)).step('a');
    expect(error).toMatchObject({ kind, message: expect.stringContaining(message) });
    expect(folder.has('written.txt')).toBe(false);
  });

  test('a declared permission lets a handler write in the workspace', async () => {
    take('plugins/counter', `${own}/counter`);
    expect((await run('counter.write')).states).toEqual({ a: 'success' });
    expect(folder.read('written.txt')).toBe('written');
  });

  test("the plugin's own retry and word on it count", async () => {
    take('plugins/counter', `${own}/counter`);
    expect((await run('counter.flaky')).step('a')).toMatchObject({ attempts: 3, outputs: { attempts: 3 } });
  });

  test('one file is a plugin too, in TypeScript', async () => {
    const text = [
      "import { definePlugin, type HandlerContext, success } from 'vwmp/plugin-api';",
      'const execute = async ({ step }: HandlerContext) => success({ id: step.id });',
      "const echo = { title: 'Echo', description: 'Says its id.', configuration: { type: 'object' } as const, execute };",
      "export default definePlugin({ name: 'single', version: '1.0.0', description: 'One file.', handlers: { echo } });",
    ].join('\n');
    folder.write(`${own}/single.ts`, text);
    expect((await run('single.echo')).step('a').outputs).toEqual({ id: 'a' });
  });

  test('a plugin without code runs scripts with typed inputs and outputs', async () => {
    take('plugins/words', `${own}/words`);
    folder.write('text.txt', 'one two three four\n');
    expect((await run('words.count', { config: { file: 'text.txt' } })).step('a').outputs).toEqual({
      words: 4,
      long: true,
    });
    expect((await run('words.double', { config: { number: 21 } })).step('a').outputs).toEqual({ number: 42 });
    expect((await run('words.wrong')).step('a').error).toMatchObject({ kind: 'output' });
    expect((await run('words.fails')).step('a').error).toMatchObject({ kind: 'exit', exit_code: 4 });
    expect((await check(step('words.double', { config: { number: 'x' } }))).valid).toBe(false);
  });

  test('what a value holds never becomes part of a script', async () => {
    take('plugins/words', `${own}/words`);
    await run('words.count', { config: { file: '"; touch owned; "' } });
    expect(folder.has('owned')).toBe(false);
  });

  test.each([
    [
      'another version of the interface',
      'export default { apiVersion: 2, name: "x", version: "1", description: "" };',
      /version 2 of the plugin interface/,
    ],
    [
      'no version of the interface',
      'export default { name: "x", version: "1", description: "" };',
      /not made by `definePlugin`/,
    ],
    [
      'a handler without execute',
      "import { definePlugin } from 'vwmp/plugin-api';\nexport default definePlugin({ name: 'x', version: '1', description: '', handlers: { act: { title: '', description: '', configuration: {} } } });",
      /`handlers.act.execute` must be a function/,
    ],
    [
      'a schema that is none',
      "import { definePlugin } from 'vwmp/plugin-api';\nexport default definePlugin({ name: 'x', version: '1', description: '', handlers: { act: { title: '', description: '', configuration: { type: 'text' }, execute: async () => {} } } });",
      /handlers\.act\.configuration/,
    ],
  ])('%s: an error where a step names it, else a warning', async (_, text, reason) => {
    folder.write(`${own}/x/index.mjs`, text);
    expect((await check(step('x.act'))).diagnostics).toMatchObject([
      { code: 'unknown-handler', severity: 'error', message: expect.stringMatching(reason) },
    ]);
    const other = await check({ id: 'a', run: 'true' });
    expect(other).toMatchObject({ valid: true, diagnostics: [{ severity: 'warning', file: `${own}/x/index.mjs` }] });
  });

  test('a plugin with the name of a bundled one is refused', async () => {
    const text =
      "import { definePlugin } from 'vwmp/plugin-api';\nexport default definePlugin({ name: 'git', version: '1', description: '' });";
    folder.write(`${own}/mine/index.mjs`, text);
    const { valid, diagnostics } = await check({ id: 'a', run: 'true' });
    expect(valid).toBe(false);
    expect(diagnostics).toMatchObject([
      { code: 'conflict', message: expect.stringContaining(`${own}/mine/index.mjs`) },
    ]);
  });

  test('`vwmp plugins` lists them with the modules', async () => {
    take('plugins/words', `${own}/words`);
    take('modules/testing');
    const { stdout } = await folder.vwmp(['plugins', '--json']);
    const names = (JSON.parse(stdout).handlers as { name: string }[]).map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['words.count', 'testing.run-tests', 'command.run']));
  });
});

describe('what the configuration file says of plugins', () => {
  const configure = (plugins: object) => folder.write('vwmp_config.yaml', JSON.stringify({ plugins }));
  const discovery = { directories: ['plugins/'] };

  test('`plugins/` is read where it is configured only', async () => {
    take('plugins/counter');
    expect((await check(step('counter.count'))).valid).toBe(false);
    configure({ discovery });
    expect((await check(step('counter.count'))).valid).toBe(true);
  });

  test('`enabled: false` loads none', async () => {
    take('plugins/counter');
    configure({ discovery, enabled: false });
    expect((await check(step('counter.count'))).valid).toBe(false);
  });

  test('`auto_load: false` loads only what a definition names', async () => {
    take('plugins/counter');
    folder.write('plugins/broken/index.mjs', 'throw new Error("loaded");');
    configure({ discovery, auto_load: false });
    expect(await check(step('counter.count'))).toMatchObject({ valid: true, diagnostics: [] });
    configure({ discovery });
    expect((await check(step('counter.count'))).diagnostics).toMatchObject([{ severity: 'warning' }]);
  });

  test('an alias names a plugin and a module', async () => {
    take('plugins/counter');
    take('modules/testing');
    configure({ discovery, auto_load: false, aliases: { sum: 'counter', checks: 'testing' } });
    expect((await run('sum.count')).states).toEqual({ a: 'success' });
    expect((await run('checks.run-tests', { config: { changes: [] } })).states).toEqual({ a: 'success' });
  });

  test('a folder outside the workspace is not read on CI unless the caller names the configuration', async () => {
    const outside = newFolder();
    cpSync(join(fixtures, 'plugins'), outside.path, { recursive: true });
    configure({ discovery: { directories: [outside.path] } });
    const file = folder.define('w.json', { steps: [step('counter.count')] });
    const codeOf = async (args: readonly string[], env: { readonly [name: string]: string }) =>
      (await folder.vwmp(['validate', file, ...args], { env })).code;
    expect(await codeOf([], {})).toBe(0);
    expect(await codeOf([], { CI: 'true' })).toBe(2);
    expect(await codeOf(['--config', 'vwmp_config.yaml'], { CI: 'true' })).toBe(0);
  });

  test('packages with a field `vwmp` are found by entry points', async () => {
    folder.write('package.json', '{"dependencies":{"@some/counter":"1.0.0"}}');
    folder.write('node_modules/@some/counter/package.json', '{"name":"@some/counter","vwmp":"plugin.mjs"}');
    cpSync(join(fixtures, 'plugins/counter/index.mjs'), join(folder.path, 'node_modules/@some/counter/plugin.mjs'));
    configure({ discovery: { method: 'entry_points' } });
    expect((await run('counter.count')).states).toEqual({ a: 'success' });
  });

  test('config.yaml beside the code gives defaults and retry', async () => {
    take('plugins/counter');
    folder.write(
      'plugins/counter/config.yaml',
      [
        'adapter: { name: counter, config_schema: { start: { type: integer, default: 100 } } }',
        'step_handlers:',
        '  count: { config_schema: { by: { type: integer, default: 5 } } }',
        '  flaky: { retry: { enabled: false } }',
      ].join('\n'),
    );
    configure({ discovery });
    expect((await run('counter.count')).step('a').outputs).toEqual({ count: 105 });
    expect((await run('counter.flaky')).step('a')).toMatchObject({ status: 'failed', attempts: 1 });
  });

  test('config.yaml without code configures the bundled plugin of the name; without one it is an error', async () => {
    const fields = 'step_handlers: { push: { config_schema: { remote: { type: string, default: upstream } } } }\n';
    folder.write('plugins/git/config.yaml', fields);
    configure({ discovery });
    const file = folder.define('w.json', { steps: [step('git.push')] });
    const { stdout } = await folder.vwmp(['config', 'show', file, '--json']);
    const shown: { key: string; value: unknown }[] = JSON.parse(stdout).steps[0].values;
    expect(shown).toEqual(expect.arrayContaining([expect.objectContaining({ key: 'remote', value: 'upstream' })]));
    folder.write('plugins/nobody/config.yaml', '{}\n');
    expect((await folder.validate(file)).diagnostics).toMatchObject([{ code: 'config-file', severity: 'error' }]);
  });
});

describe('the code belongs to the definition', () => {
  test('a resume is refused where the code of a module changed, and goes on with --accept-changes', async () => {
    const failing = answering('(() => { throw new Error("first") })()');
    folder.write('modules/given/index.js', failing);
    const first = await run('given.answer');
    expect(first.states).toEqual({ a: 'failed' });
    expect((await folder.vwmp(['resume', first.run.run_id])).code).toBe(1);
    folder.write('modules/given/index.js', answering('{ ok: true }'));
    expect((await folder.vwmp(['resume', first.run.run_id])).code).toBe(5);
    const resumed = readRun(await folder.vwmp(['resume', first.run.run_id, '--accept-changes', '--json']));
    expect(resumed.step('a')).toMatchObject({ status: 'success', outputs: { ok: true } });
  });
});
