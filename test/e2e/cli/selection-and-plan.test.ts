import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CliFolder } from '../../rigs/cli.ts';

const definition = {
  order: 'graph',
  parameters: [{ name: 'p', type: 'string', default: 'v' }],
  steps: [
    {
      id: 'make',
      name: 'Make {{ parameters.p }}',
      run: 'touch ran; echo x=1 >> $VWMP_OUTPUT',
      outputs: [{ name: 'x', type: 'string' }],
    },
    { id: 'read', run: 'true', env: { X: '{{ steps.make.outputs.x }}' }, dependencies: 'make' },
    { id: 'maybe', run: 'true', condition: "steps.make.outputs.x == '1'", dependencies: 'make' },
    { id: 'never', run: 'true', condition: "parameters.p == 'w'", dependencies: 'maybe' },
    { id: 'off', run: 'true', enabled: false },
    { id: 'always', run: 'true', automatic: true },
    { id: 'free', run: 'true', dependencies: 'always' },
    {
      id: 'say',
      handler: 'command.exec',
      config: {
        command: 'echo',
        args: ['{{ steps.make.outputs.x }}', '{{ parameters.p }}', 'all: {{ steps.make.outputs }}'],
      },
      dependencies: 'make',
    },
  ],
  finally: [{ id: 'last', run: 'true' }],
};

describe('a selection', () => {
  const folder = new CliFolder();
  beforeAll(() => {
    folder.define('w.json', definition);
  });
  afterAll(() => folder.remove());
  const refused = async (...args: readonly string[]) => {
    const { code, refusal } = await folder.run('w.json', ...args);
    return [code, ...refusal.diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message)];
  };

  it('runs what it names, with the automatic steps that this depends on and `finally`', async () => {
    const { states } = await folder.run('w.json', '--only', 'free');
    expect(states).toMatchObject({
      free: 'success',
      always: 'success',
      last: 'success',
      make: 'not-selected',
      off: 'disabled',
    });
  });

  it('from a step takes all that is reachable from it, and overrides `enabled`', async () => {
    const { states } = await folder.run('w.json', '--from', 'make', '--enable', 'off', '--skip', 'say');
    expect(states).toMatchObject({
      make: 'success',
      read: 'success',
      maybe: 'success',
      never: 'condition',
      say: 'not-selected',
    });
    expect(states).toMatchObject({ free: 'not-selected' });
    const { states: others } = await folder.run('w.json', '--enable', 'off', '--disable', 'free,say');
    expect(others).toMatchObject({ off: 'success', free: 'disabled', say: 'disabled' });
  });

  it('is refused with the names: unknown steps, automatic ones skipped, outputs that nobody gives', async () => {
    expect(await refused('--only', 'maek', '--skip', 'nope')).toEqual([
      2,
      '--only names "maek", but no step has that id.',
      '--skip names "nope", but no step has that id.',
    ]);
    expect(await refused('--skip', 'always')).toEqual([2, expect.stringContaining('"always", which is `automatic`')]);
    expect(await refused('--only', 'read')).toEqual([2, expect.stringContaining('"read" reads outputs of "make"')]);
    expect(await refused('--from', 'last')).toEqual([2, expect.stringContaining('`finally`')]);
  });
});

describe('a plan', () => {
  const folder = new CliFolder();
  beforeAll(() => {
    folder.define('w.json', definition);
  });
  afterAll(() => folder.remove());

  it('says what would run and why not, and leaves the folder as it was', async () => {
    const plan = await folder.plan('w.json');
    expect(plan.levels).toEqual([['make', 'off', 'always'], ['read', 'maybe', 'free', 'say'], ['never']]);
    expect([plan.routed, plan.finally]).toEqual([[], [['last']]]);
    const steps = new Map(plan.steps.map((step) => [step.id, step]));
    for (const step of plan.steps) expect(Object.keys(step)).toEqual(['id', 'will_run', 'why', 'config', 'preview']);
    expect(steps.get('make')).toMatchObject({ will_run: true, config: { shell: 'bash' } });
    expect(steps.get('off')).toMatchObject({ will_run: false, why: 'disabled', config: null, preview: null });
    expect(steps.get('never')?.will_run).toBe(false);
    expect(steps.get('maybe')?.will_run).not.toBe(false);
    expect(steps.get('say')?.config?.['args']).toEqual(['‹steps.make.outputs.x›', 'v', 'all: ‹steps.make.outputs›']);
    expect(readdirSync(folder.path)).toEqual(['w.json']);
  });

  it('is what `run --dry-run` prints, and is refused as the run would be', async () => {
    const dry = await folder.vwmp(['run', 'w.json', '--dry-run', '--json']);
    expect(JSON.parse(dry.stdout)).toHaveProperty('levels');
    const refused = await folder.vwmp(['plan', 'w.json', '--json', '--q', '1']);
    expect([refused.code, JSON.parse(refused.stdout)]).toEqual([2, expect.objectContaining({ valid: false })]);
    expect(readdirSync(folder.path)).toEqual(['w.json']);
  });

  it('is drawn in each format of `graph`, which writes nothing either', async () => {
    const { stdout } = await folder.shell(
      'vwmp graph w.json; vwmp graph w.json --format dot; vwmp graph w.json --format json',
    );
    expect(stdout).toContain('flowchart TD');
    expect(stdout).toContain('"make" -> "read"');
    const graph = JSON.parse(stdout.slice(stdout.lastIndexOf('\n{'))) as { nodes: { id: string }[] };
    expect(graph.nodes.map(({ id }) => id)).toEqual([...definition.steps, ...definition.finally].map(({ id }) => id));
    expect((await folder.vwmp(['graph', 'w.json', '--format', 'svg'])).code).toBe(2);
    expect(readdirSync(folder.path)).toEqual(['w.json']);
  });
});
