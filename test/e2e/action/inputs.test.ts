import { beforeAll, describe, expect, test } from 'vitest';
import { prepareBundle, UsedAction, useAction, useWorkflow } from './action-rig.ts';
import { readMarkdown } from './markdown-page.ts';

beforeAll(prepareBundle, 300_000);

const outputsOf = (end: { readonly outputs: ReadonlyMap<string, string> }) =>
  JSON.parse(end.outputs.get('outputs') ?? 'null');

function statesOf(end: { readonly outputs: ReadonlyMap<string, string> }): { readonly [id: string]: string } {
  const steps: readonly { readonly id: string; readonly status: string }[] = JSON.parse(
    end.outputs.get('steps') ?? 'null',
  );
  return Object.fromEntries(steps.map(({ id, status }) => [id, status]));
}

describe('parameters', () => {
  const definition = `
name: W
parameters:
  - { name: text, type: string }
  - { name: count, type: integer }
  - { name: share, type: number }
  - { name: sure, type: boolean }
  - { name: level, type: enum, options: [low, high] }
  - { name: list, type: array }
  - { name: map, type: object }
  - { name: day, type: date }
  - { name: other, type: string, default: kept }
steps: [{ id: a, run: "true" }]
outputs: { all: "\${{ parameters }}" }
`;
  const expected = {
    text: 'two\nlines: "yes" $(touch x)',
    count: 3,
    share: 0.5,
    sure: false,
    level: 'high',
    list: [1, 'b'],
    map: { k: [true, null] },
    day: '2026-02-03',
    other: 'kept',
  };

  test('are a YAML map, with the types that they declare', async () => {
    const end = await useWorkflow(definition, {
      parameters:
        'text: |-\n  two\n  lines: "yes" $(touch x)\ncount: 3\nshare: 0.5\nsure: false\nlevel: high\nlist: [1, b]\nmap: { k: [true, null] }\nday: 2026-02-03\n',
    });
    expect({ exitCode: end.exitCode, log: end.log.text }).toMatchObject({ exitCode: 0 });
    expect(outputsOf(end).all).toEqual(expected);
  });

  test('are a JSON map, in which texts of a form become the declared types', async () => {
    const { other: _, ...given } = expected;
    const end = await useWorkflow(definition, {
      parameters: JSON.stringify({ ...given, count: '3', share: '0.5', sure: 'false', list: '[1,"b"]' }),
    });
    expect({ exitCode: end.exitCode, log: end.log.text }).toMatchObject({ exitCode: 0 });
    expect(outputsOf(end).all).toEqual(expected);
  });

  test('that do not fit are refused all at once, by name', async () => {
    const end = await useWorkflow(definition, { parameters: '{"count": "3.5", "sure": "yes", "level": "middle"}' });
    expect(end.exitCode).toBe(2);
    const messages = end.log.annotations.map(({ message }) => message).join('\n');
    for (const name of ['count', 'sure', 'level']) expect(messages).toContain(name);
  });
});

describe('the selection', () => {
  const chain = `
name: W
steps: [{ id: a, run: echo a }, { id: b, run: echo b }, { id: c, run: echo c }, { id: d, run: echo d }]
`;

  test.each<readonly [string, { readonly [input: string]: string }, string]>([
    ['`only` runs these', { only: 'b, c' }, 'skipped success success skipped'],
    ['`from` runs these and what follows', { from: 'c' }, 'skipped skipped success success'],
    ['`skip` leaves these out', { skip: 'b\nd' }, 'success skipped success skipped'],
  ])('%s', async (_, inputs, states) => {
    const end = await useWorkflow(chain, inputs);
    expect(end.exitCode).toBe(0);
    expect(Object.values(statesOf(end)).join(' ')).toBe(states);
  });

  test('that leaves out what a selected step reads is refused with the names', async () => {
    const end = await useWorkflow(
      `name: W\nsteps:\n  - { id: a, run: "true", outputs: [{ name: x, type: string }] }\n  - { id: b, run: "true", env: { X: "\${{ steps.a.outputs.x ?? 1 }}" } }\n`,
      { only: 'b' },
    );
    expect(end.exitCode).toBe(2);
    expect(end.log.text).toMatch(/\ba\b/);
  });
});

describe('max-parallel', () => {
  // Opening a pipe waits for whoever opens its other end: both have to run at once.
  const pair = `
name: W
order: graph
on_failure: continue
defaults: { timeout: 1s }
steps:
  - { id: pipe, run: mkfifo pipe }
  - { id: writer, dependencies: pipe, run: echo x > pipe }
  - { id: reader, dependencies: pipe, run: cat pipe }
`;

  test('2 lets two steps meet', async () => {
    expect((await useWorkflow(pair.replace('1s', '20s'), { 'max-parallel': '2' })).exitCode).toBe(0);
  });

  test('1 lets no two steps meet', async () => {
    const end = await useWorkflow(pair, { 'max-parallel': '1' });
    expect(statesOf(end)).toEqual({ pipe: 'success', writer: 'failed', reader: 'failed' });
  });
});

describe('task, event and configuration', () => {
  test('expressions read the task', async () => {
    const end = await useWorkflow(`name: W\nsteps: [{ id: a, run: "true" }]\noutputs: { t: "\${{ task.title }}" }\n`, {
      task: 'title: "Fix: it"\nlabels: [a]',
    });
    expect(outputsOf(end)).toEqual({ t: 'Fix: it' });
  });

  test('expressions read the event, and its text stays data', async () => {
    const title = '$(touch hacked)`touch hacked`"; touch hacked; #\n::error::x';
    const end = await useAction({
      files: {
        'w.yml': `
name: W
steps:
  - id: a
    run: 'printf "title=%s" "\${#TITLE}" >> "$VWMP_OUTPUT"; test "$TITLE" = "$(cat expected)"'
    env: { TITLE: "\${{ github.event.pull_request.title }}" }
    outputs: [{ name: title, type: integer }]
outputs:
  number: \${{ github.event.number }}
  title: \${{ github.event.pull_request.title }}
  length: \${{ steps.a.outputs.title }}
  missing: \${{ github.event.issue.title }}
  repository: \${{ github.repository }} \${{ github.event_name }} \${{ github.ref_name }}
  files: \${{ hashFiles('hacked') }}
`,
        expected: title,
      },
      event: { name: 'pull_request', payload: { number: 7, pull_request: { title } } },
    });
    expect({ exitCode: end.exitCode, log: end.log.text }).toMatchObject({ exitCode: 0 });
    expect(outputsOf(end)).toEqual({
      number: 7,
      title,
      length: title.length,
      missing: null,
      repository: 'acme/widget pull_request main',
      files: '',
    });
    expect(end.log.commands.filter(({ name }) => name === 'error')).toEqual([]);
  });

  test('a configuration file beside the workflow is read, and another by name', async () => {
    const files = {
      'w.yml': 'name: W\nsteps: [{ id: a, run: "true" }]\n',
      'other.yaml': 'plugins: { enabled: [nothing-like-it], nope: 1 }\n',
    };
    expect((await useAction({ files })).exitCode).toBe(0);
    const end = await useAction({ files, with: { config: 'other.yaml' } });
    expect(end.exitCode).toBe(2);
    expect(end.log.text).toContain('other.yaml:1');
  });
});

describe('working-directory', () => {
  test('is the workspace of the run: paths, steps and the workflow are relative to it', async () => {
    const used = new UsedAction({
      files: {
        'sub folder/flow/w.yml': 'name: W\nsteps: [{ id: a, run: "pwd > here; echo $WORKSPACE_ROOT >> here" }]\n',
      },
      with: { workflow: 'flow/w.yml', 'working-directory': 'sub folder' },
    });
    try {
      expect((await used.runner.end()).exitCode).toBe(0);
      const folder = `${used.checkout.path}/sub folder`;
      expect(used.checkout.read('sub folder/here')).toBe(`${folder}\n${folder}\n`);
    } finally {
      used.remove();
    }
  });

  test('may hold spaces, quotes and letters of any language, as the checkout may', async () => {
    const end = await useAction({
      files: { 'wörk flow "1".yml': 'name: Wörk\nsteps: [{ id: a, run: "touch ./\'x y\' && ls" }]\n' },
      checkout: "it's a 日本語 workspace/$HOME",
      with: { workflow: 'wörk flow "1".yml' },
    });
    expect({ exitCode: end.exitCode, log: end.log.text }).toMatchObject({ exitCode: 0 });
    expect(end.log.text).toContain('x y');
  });
});

describe('the summary', () => {
  const definition = `
name: W
parameters: [{ name: p, type: string, default: v }]
steps: [{ id: a, run: exit 1, env: { P: "\${{ parameters.p }}" } }]
outputs: { o: 1 }
`;
  const headings = (page: string) =>
    readMarkdown(page).flatMap((block) => (block.kind === 'heading' ? [block.text] : []));

  test('is full unless something else is asked for', async () => {
    const end = await useWorkflow(definition);
    expect(headings(end.summary)).toEqual([
      '✗ W 1.0.0: failed',
      'Diagram',
      'Steps',
      'Failed steps',
      'Outputs',
      'Parameters',
    ]);
  });

  test('holds the steps and what failed where it is compact', async () => {
    const end = await useWorkflow(definition, { summary: 'compact' });
    expect(headings(end.summary)).toEqual(['✗ W 1.0.0: failed', 'Steps', 'Failed steps']);
  });

  test.each(['run', 'plan', 'validate'])('is not written where it is off, in mode %s', async (mode) => {
    const end = await useWorkflow(definition, { summary: 'off', mode });
    expect(end.summaryFile).toBe('');
    expect(end.outputs.has('status')).toBe(true);
  });
});
