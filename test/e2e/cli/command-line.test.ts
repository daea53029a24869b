import { symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CliFolder } from '../../rigs/cli.ts';

describe('a mistake on the command line', () => {
  const folder = new CliFolder();
  beforeAll(() => {
    folder.define('w.json', {
      parameters: [{ name: 'summary', type: 'string' }],
      steps: [{ id: 'build', run: 'echo "$S"', env: { S: '{{ parameters.summary }}' } }],
    });
  });
  afterAll(() => folder.remove());

  const mistakes: readonly (readonly [line: string, says: string])[] = [
    ['rnu w.json', 'did you mean vwmp run?'],
    ['run', 'FILE|NAME is missing'],
    ['run w.json other.json', '"other.json" is one argument too many'],
    ['run w.json --quite', 'did you mean --quiet?'],
    ['run w.json -x', 'there is no option -x'],
    ['run w.json --summary', 'needs a value'],
    ['run w.json --summary --json', 'and --json is an option'],
    ['run w.json --summary --other', 'to give the text all the same, write --summary=--other'],
    ['run w.json --json --events', '--json and --events exclude each other'],
    ['run w.json --enable build --disable build', 'build stands in --enable and in --disable'],
    ['run w.json --only=', '--only names no step'],
    ['run w.json --from ,', '--from names no step'],
    ['run w.json -p summary', 'write -p NAME=VALUE'],
    ['run w.json --json=1', '--json takes no value'],
    ['run w.json --max-parallel 0', 'a whole number of 1 or more'],
    ['run w.json --durability some', 'normal or full'],
    ['run w.json --parameters none.yml', 'none.yml cannot be read'],
    ['run w.json --workspace none', 'does not exist'],
    ['validate', 'is missing'],
    ['graph w.json --format svg', 'mermaid, dot or json'],
    ['history --limit some', 'whole number'],
    ['config shw', 'vwmp config show'],
    ['config show w.json biuld', 'did you mean "build"?'],
    ['plugins command.rn', 'command.rn'],
    ['completion tcsh', 'bash, zsh or fish'],
    ['list extra', 'one argument too many'],
    ['help rnu', 'did you mean vwmp run?'],
  ];

  it('is answered with exit code 2 and what to write instead, and prints no result', async () => {
    const answers = await Promise.all(mistakes.map(([line]) => folder.vwmp(line.split(' '))));
    for (const [index, [line, says]] of mistakes.entries()) {
      const { code, stdout, stderr } = answers[index] ?? { code: -1, stdout: '', stderr: '' };
      expect([line, code]).toEqual([line, 2]);
      expect([line, stdout + stderr]).toEqual([line, expect.stringContaining(says)]);
    }
    expect(folder.has('.vwmp')).toBe(false);
  });

  it('is none where a value only looks like an option', async () => {
    const { run } = await folder.run('w.json', '--summary=--json');
    expect((await folder.vwmp(['logs', run.run_id, 'build'])).stdout).toBe('--json\n');
  });
});

describe('the commands that look', () => {
  const folder = new CliFolder();
  beforeAll(() => {
    folder.define('workflows/build.json', { name: 'Build', steps: [{ id: 'compile', run: 'true' }] });
  });
  afterAll(() => folder.remove());

  it('help: an overview, and a page for every command', async () => {
    const overview = await folder.vwmp(['--help']);
    expect([overview.code, (await folder.vwmp(['help'])).stdout]).toEqual([0, overview.stdout]);
    const page = await folder.vwmp(['run', '--help']);
    expect([page.code, page.stdout]).toEqual([0, expect.stringContaining('Usage: vwmp run FILE|NAME')]);
    const nothing = await folder.vwmp([]);
    expect([nothing.code, nothing.stdout]).toEqual([2, '']);
  });

  it('schema, plugins, doctor and show answer in JSON and write nothing', async () => {
    const json = async (...args: readonly string[]): Promise<unknown> => JSON.parse((await folder.vwmp(args)).stdout);
    expect(await json('schema')).toHaveProperty('$schema');
    expect(await json('plugins', '--json')).toHaveProperty('handlers');
    expect(await json('plugins', 'command.run', '--json')).toMatchObject({ name: 'command.run' });
    expect(await json('doctor', '--json')).toMatchObject({ ok: true });
    expect(await json('show', 'build', '--json')).toMatchObject({ name: 'Build', file: 'workflows/build.json' });
    expect(folder.has('.vwmp')).toBe(false);
  });

  it('completion: scripts for shells, and the words that they ask for', async () => {
    for (const shell of ['bash', 'zsh', 'fish']) {
      expect((await folder.vwmp(['completion', shell])).stdout).toContain('__complete');
    }
    expect((await folder.vwmp(['__complete', 'ru'])).stdout).toBe('run\n');
    expect((await folder.vwmp(['__complete', 'run', 'bu'])).stdout).toBe('build\n');
    expect((await folder.vwmp(['__complete', 'run', '--dry'])).stdout).toBe('--dry-run\n');
  });
});

describe('a folder of workflows that is a link out of the workspace', () => {
  const folder = new CliFolder({ 'my.json': '{"name":"Mine","steps":[{"id":"s","run":"true"}]}' });
  beforeAll(() => symlinkSync(tmpdir(), join(folder.path, 'workflows')));
  afterAll(() => folder.remove());

  it.each([['list'], ['list', '--json'], ['run', 'release'], ['plan', 'release'], ['show', 'release']])(
    'is refused in words, and is no bug: %s %s',
    async (...args) => {
      const { code, stdout, stderr } = await folder.vwmp(args);
      expect([code, stdout + stderr]).toEqual([2, expect.stringContaining('leads out of the workspace')]);
      expect(stdout + stderr).not.toMatch(/\bbug\b|at .*\.js:/);
    },
  );

  it('does not hinder a run of a file, nor the completion of words', async () => {
    expect((await folder.vwmp(['run', './my.json'])).code).toBe(0);
    expect(await folder.vwmp(['__complete', 'run', 'x'])).toMatchObject({ code: 0, stdout: '' });
  });
});

describe('a state folder that cannot be used', () => {
  const folder = new CliFolder({ file: '', 'damaged/state.db': 'no database '.repeat(500) });
  beforeAll(() => {
    folder.define('w.json', { steps: [{ id: 's', run: 'touch ran' }] });
  });
  afterAll(() => folder.remove());

  it.each(['file', 'damaged'])('refuses the run with exit code 5, and no step starts: %s', async (state) => {
    const { code, refusal } = await folder.run('w.json', '--state-dir', state);
    expect([code, refusal.valid, refusal.diagnostics[0]?.code]).toEqual([5, false, 'state']);
    expect(refusal.diagnostics[0]?.message).toContain('--state-dir');
    expect(folder.has('ran')).toBe(false);
  });

  it('that is not there yet holds no runs, and looking does not make it', async () => {
    const { code, stdout } = await folder.vwmp(['history', '--json', '--state-dir', 'none']);
    expect([code, JSON.parse(stdout)]).toEqual([0, { runs: [] }]);
    expect(folder.has('none')).toBe(false);
  });
});
