import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CliFolder, readRun } from '../../rigs/cli.ts';

describe('the values of a step', () => {
  const folder = new CliFolder({ 'sub/x': '' });
  const config = {
    step_handlers: { command: { run: { config: { shell: 'sh' }, retry: { max_attempts: 2, delay: '10ms' } } } },
    workflow_types: { generic: { config: { working_directory: 'sub' } } },
    integration_adapters: { git: { config: { remote: 'upstream' } } },
  };
  const shown = async (args: readonly string[], env = {}) => {
    const { stdout } = await folder.vwmp(['config', 'show', 'w.json', 's', '--json', ...args], { env });
    const { steps } = JSON.parse(stdout) as { steps: { values: { key: string; value: string; layer: string }[] }[] };
    return Object.fromEntries((steps[0]?.values ?? []).map(({ key, value, layer }) => [key, [value, layer]]));
  };

  beforeAll(() => {
    folder.write('vwmp_config.yaml', JSON.stringify(config));
    folder.define('w.json', {
      steps: [
        { id: 's', run: 'echo "d=$PWD r=$R" >> $VWMP_OUTPUT', env: { R: '{{ adapter.git.remote }}' } },
        { id: 'own', run: 'echo x >> tries; exit 1', working_directory: '.', required: false },
      ],
    });
  });
  afterAll(() => folder.remove());

  it('come from the configuration file, above it the environment, above that --set', async () => {
    expect(await shown([])).toMatchObject({ shell: ['sh', 'handler'], working_directory: ['sub', 'workflow-type'] });
    const env = { VWMP_COMMAND_RUN_SHELL: 'bash' };
    expect(await shown([], env)).toMatchObject({ shell: ['bash', 'environment'] });
    expect(await shown(['--set', 's.shell=python'], env)).toMatchObject({ shell: ['python', 'set'] });
  });

  it('are what the run uses, the retry of the file too', async () => {
    const { step } = await folder.run('w.json');
    expect(step('s').outputs).toEqual({ d: `${folder.path}/sub r=upstream` });
    expect(folder.lines('tries')).toHaveLength(2);
  });

  it('are refused where --set names no step, no key or no value', async () => {
    const step = await folder.run('w.json', '--set', 'nope.x=1');
    expect(step.refusal.diagnostics).toMatchObject([{ message: expect.stringContaining('names no step') }]);
    const key = await folder.run('w.json', '--set', 's.shel=sh');
    expect(key.refusal.diagnostics[0]).toMatchObject({ code: 'configuration', hint: expect.stringContaining('shell') });
    expect((await folder.vwmp(['run', 'w.json', '--set', 's'])).code).toBe(2);
  });

  it.each([
    ['integration_adapters: {gti: {enabled: true}}', 'unknown-name', 'Did you mean `git`?'],
    ['integration_adapters: {git: {config: {remoet: x}}}', 'unknown-key', 'Did you mean `remote`?'],
    ['step_handlers: {gti: {push: {enabled: true}}}', 'unknown-handler', 'Did you mean `git.push`?'],
    ['step_handlers: {command: {rum: {enabled: true}}}', 'unknown-handler', 'Did you mean `command.run`?'],
    ['workflow_types: {relase: {enabled: true}}', 'unknown-name', 'Did you mean `release`?'],
  ])('come with a warning where %s configures nothing', async (text, code, hint) => {
    folder.write('slip.yaml', text);
    const { stdout } = await folder.vwmp(['validate', 'w.json', '--json', '--config', 'slip.yaml']);
    expect(JSON.parse(stdout)).toMatchObject({ valid: true, diagnostics: [{ code, severity: 'warning', hint }] });
  });

  it('say nothing of what a plugin of the repository may bring', async () => {
    folder.write(
      'own.yaml',
      'integration_adapters: {jira: {}}\nstep_handlers: {acme: {deploy: {}}}\nworkflow_types: {audit: {}}',
    );
    const { stdout } = await folder.vwmp(['validate', 'w.json', '--json', '--config', 'own.yaml']);
    expect(JSON.parse(stdout)).toEqual({ valid: true, diagnostics: [] });
  });

  it('are refused where the configuration file is wrong, with its file and line', async () => {
    const files = {
      'unknown.yaml': ['plugins: {enabld: true}', 'unknown-key'],
      'list.yaml': ['[]', 'type'],
      'key.yaml': ['step_handlers: {command: {run: {config: {shel: sh}}}}', 'configuration'],
      'off.yaml': ['step_handlers: {command: {run: {enabled: false}}}', 'unknown-handler'],
    } as const;
    for (const [file, [text, code]] of Object.entries(files)) {
      folder.write(file, text);
      const result = readRun(await folder.vwmp(['run', 'w.json', '--json', '--config', file]));
      expect([file, result.code, result.refusal.diagnostics[0]?.code]).toEqual([file, 2, code]);
    }
  });
});

describe('the workspace', () => {
  const folder = new CliFolder({ 'sub/deep/x': '', 'workflows/one.test.yml': 'x', 'workflows/broken.yml': 'a: [' });
  beforeAll(() => {
    folder.git('init', '-q');
    folder.define('workflows/one.json', { name: 'One', steps: [{ id: 's', run: 'echo "d=$PWD" >> $VWMP_OUTPUT' }] });
    folder.define('.github/vwmp/workflows/one.json', { name: 'Hidden', steps: [{ id: 's', run: 'true' }] });
    folder.define('.github/vwmp/workflows/two.json', { name: 'Two', steps: [{ id: 's', run: 'true' }] });
  });
  afterAll(() => folder.remove());

  it('is the top of the checkout wherever the command runs, and names find the first folder', async () => {
    const { step, run } = readRun(await folder.vwmp(['run', 'one', '--json'], { cwd: 'sub/deep' }));
    expect(run.workflow.name).toBe('One');
    expect(step('s').outputs).toEqual({ d: folder.path });
    const relative = readRun(await folder.vwmp(['run', '../../workflows/one.json', '--json'], { cwd: 'sub/deep' }));
    expect(relative.code).toBe(0);
  });

  it('holds its state in a folder that git does not see', () => {
    expect(folder.read('.vwmp/.gitignore').trim()).toBe('*');
    expect(folder.git('status', '--short')).not.toContain('.vwmp');
  });

  it('may be named, and a file may lie outside of it', async () => {
    const other = new CliFolder();
    other.define('outside.json', { steps: [{ id: 's', run: 'echo "d=$PWD" >> $VWMP_OUTPUT' }] });
    const { step } = await folder.run(`${other.path}/outside.json`, '--workspace', 'sub');
    expect(step('s').outputs).toEqual({ d: `${folder.path}/sub` });
    other.remove();
  });

  it('lists its workflows without tests, and says which file is none', async () => {
    const { stdout, stderr } = await folder.vwmp(['list', '--json']);
    const { workflows } = JSON.parse(stdout) as { workflows: { name: string; file: string }[] };
    expect(workflows.map(({ file }) => file).filter((file) => !file.startsWith('/'))).toEqual([
      'workflows/one.json',
      '.github/vwmp/workflows/two.json',
    ]);
    expect(stderr).toContain('workflows/broken.yml is no workflow');
  });

  it('has no workflow of an unknown name, and the nearest one is named', async () => {
    const { code, stderr } = await folder.vwmp(['run', 'onee']);
    expect(code).toBe(2);
    expect(stderr).toContain('Did you mean "one"?');
  });
});
