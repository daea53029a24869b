import { beforeAll, describe, expect, test } from 'vitest';
import { prepareBundle, useAction, useWorkflow } from './action-rig.ts';
import { readMarkdown, tableBelow } from './markdown-page.ts';
import { diagramsOf } from './mermaid-parser.ts';

beforeAll(prepareBundle, 300_000);

const runnerCommands = (
  'add-mask add-matcher add-path debug echo endgroup error group internal-set-repo-path notice remove-matcher ' +
  'save-state set-env set-output stop-commands warning'
).split(' ');

describe('a step that prints what the runner would obey', () => {
  const lines = runnerCommands.flatMap((name) => [
    `::${name} name=canary::canary`,
    `  \t::${name}::canary`,
    `\u00a0\u2003::${name}::canary`,
    `\u001b[31m::${name}::canary`,
    `text ##[${name} name=canary]canary`,
    `##[${name}]canary`,
    `::${name.toUpperCase()}::canary`,
    `\r::${name}::canary`,
  ]);

  test('has nothing obeyed, on either stream, alone or beside others', async () => {
    const end = await useAction({
      files: {
        'w.yml': `
name: W
order: graph
steps:
  - { id: alone, run: cat lines }
  - { id: errors, run: cat lines >&2, dependencies: alone }
  - { id: halves, run: "printf ':'; printf ':error::canary\\\\n'; printf '#'; printf '#['; printf 'error]canary\\\\n'", dependencies: errors }
  - { id: mixed, run: "printf ':' >&2; printf ':error::canary\\\\n'; printf '##' ; printf '[error]canary\\\\n' >&2", dependencies: errors }
  - { id: open, run: "printf 'no line end ::error::canary'", dependencies: [halves, mixed] }
  - { id: after, run: "cat lines; exit 1", dependencies: open }
`,
        lines: `${lines.join('\n')}\n`,
      },
    });
    expect(end.exitCode).toBe(1);
    expect(end.log.complaints).toEqual([]);
    const obeyed = end.log.commands.filter(({ data, properties }) =>
      `${data}${JSON.stringify(properties)}`.includes('canary'),
    );
    // What the step said stands as text in the annotation of its failure, if at all.
    expect(obeyed.filter(({ properties }) => properties.title !== 'after: exit 1')).toEqual([]);
    expect(end.outputs.has('canary')).toBe(false);
    expect(end.log.text).toContain('canary');
  });

  test('shows its lines as they are, but for one space', async () => {
    const end = await useWorkflow(
      'name: W\nsteps: [{ id: a, run: "echo ::error::boo; echo \'##[error]boo\'; echo a::b ::c" }]\n',
    );
    expect(end.log.groups[0]?.lines).toEqual([': :error::boo', '## [error]boo', 'a::b ::c']);
  });
});

describe('names and messages that would be commands', () => {
  test('are text wherever they are printed', async () => {
    const name = '::error::canary ##[error]canary\n::set-output name=x::canary';
    const end = await useWorkflow(
      JSON.stringify({
        name,
        description: name,
        steps: [
          { id: 'a', name, run: 'exit 1' },
          { id: 'b', name, run: 'printf %s "$TEXT"; exit 1', env: { TEXT: name }, dependencies: [] },
        ],
        outputs: { [`x${name}`]: name },
      }),
    );
    expect(end.exitCode).toBe(1);
    expect(end.outputs.has('x')).toBe(false);
    expect(
      end.log.commands
        .map((command) => command.name)
        .filter((said) => !['error', 'group', 'endgroup', 'warning'].includes(said)),
      // The job's own token, masked before anything else.
    ).toEqual(['add-mask']);
    expect(end.log.annotations.every(({ title }) => title !== '')).toBe(true);
    expect(end.log.complaints).toEqual([]);
  });
});

describe('a step that prints very much', () => {
  test('keeps the summary below the limit, and the run goes on', async () => {
    const end = await useAction({
      files: {
        'w.yml': `
name: Flood
order: graph
steps:
  - id: flood
    run: |
      head -c 25000000 /dev/zero | tr '\\0' '\\140'
      yes '| </details> \`\`\` <script>alert(1)</script> &amp; \u202e ~~~ [x](javascript:y)' | head -c 25000000
      cat naughty
      exit 1
  - id: output
    dependencies: { step: flood, on: failure }
    run: printf 'big=%s\\n' "$(head -c 400000 /dev/zero | tr '\\0' '<')" >> "$VWMP_OUTPUT"
    outputs: [{ name: big, type: string }]
outputs:
  big: \${{ steps.output.outputs.big }}
`,
        naughty:
          '````\n</details>\n<!--\n\u0000\u001b]8;;http://x\u0007\ud800| a | b |\n# h\n```mermaid\nflowchart TD\n',
      },
    });
    expect({ exitCode: end.exitCode, status: end.outputs.get('status') }).toEqual({ exitCode: 1, status: 'failed' });
    expect(end.outputs.get('big')).toHaveLength(400_000);
    expect(end.log.complaints).toEqual([]);
    expect(Buffer.byteLength(end.summaryFile)).toBeLessThanOrEqual(1024 * 1024);
    expect(readMarkdown(end.summary).length).toBeGreaterThan(5);
    expect(end.printed.length).toBeGreaterThan(49_000_000);
    expect(await diagramsOf(end.summary)).toHaveLength(1);
  }, 60_000);
});

describe('many failing steps', () => {
  test('keep within the annotations that the runner takes, and the last one counts the others', async () => {
    const steps = Array.from({ length: 40 }, (_, index) => ({
      id: `s${index}`,
      run: `echo ${index}; exit ${index + 1}`,
    }));
    const end = await useWorkflow(JSON.stringify({ name: 'W', order: 'graph', on_failure: 'continue', steps }));
    expect(end.exitCode).toBe(1);
    expect(end.log.dropped).toEqual([]);
    expect(end.log.annotations.map(({ title }) => title)).toEqual([
      ...Array.from({ length: 9 }, (_, index) => `s${index}: exit ${index + 1}`),
      'More annotations',
    ]);
    expect(end.log.annotations.at(-1)?.message).toMatch(/^31 more/);
    expect(tableBelow(end.summary, 'Steps')).toHaveLength(40);
  });
});

describe('many failing steps that print much', () => {
  test('fit the summary, and it says what it leaves out', async () => {
    const run = "for line in 1 2 3 4 5 6 7 8 9; do head -c 900 /dev/zero | tr '\\0' '<'; echo '`'; done; exit 1";
    const steps = Array.from({ length: 150 }, (_, index) => ({ id: `s${index}`, name: 'é<|`'.repeat(30), run }));
    const end = await useWorkflow(JSON.stringify({ name: 'W', order: 'graph', on_failure: 'continue', steps }));
    expect({ complaints: end.log.complaints, exitCode: end.exitCode }).toEqual({ complaints: [], exitCode: 1 });
    expect(Buffer.byteLength(end.summaryFile)).toBeLessThanOrEqual(1024 * 1024);
    expect(readMarkdown(end.summary).filter(({ kind }) => kind === 'heading')).toHaveLength(4);
    expect(await diagramsOf(end.summary)).toHaveLength(1);
  }, 60_000);
});

describe('many steps', () => {
  test('1,000 of them fit the summary, the diagram and the outputs', async () => {
    const steps = Array.from({ length: 1000 }, (_, index) => ({
      id: `step-${index}`,
      name: `Step "${index}" | of <many>`,
      run: ':',
      shell: 'sh',
    }));
    const end = await useWorkflow(JSON.stringify({ name: 'W', steps }));
    expect({ exitCode: end.exitCode, log: end.log.text.slice(-2000) }).toMatchObject({ exitCode: 0 });
    expect(end.log.complaints).toEqual([]);
    const [boxes] = await diagramsOf(end.summary);
    expect(boxes?.at(-1)).toMatch(/of 1000 steps are not drawn/);
    expect(tableBelow(end.summary, 'Steps')).toHaveLength(500);
  }, 60_000);
});

const naughtyNames = [
  'end',
  '1. first',
  '- item',
  '# heading',
  '`code` and ``` fence',
  '"quoted" \'single\'',
  '<script>alert(1)</script><br/>',
  '/leading slash',
  '%%{init: {"theme": "dark"}}%%',
  'a --> b',
  'x"] --> y["',
  'style a: #fff;',
  'classDef b:#f00;',
  'subgraph; end; graph TD',
  '#quot; #35; &amp;',
  '$$x^2$$ fa:fa-ban',
  '**bold** _em_ ~~gone~~ [link](javascript:x) ![p](q)',
  'two\nlines\\nand\ttab',
  '((round)) [[sub]] >flag] [/par/] [\\trap\\]',
  '日本語 émojis 🚀 \u202eedis',
  '| cell | border |',
  ':::class',
  '@here #1 GH-2 :+1:',
  '',
];

describe('naughty names of steps', () => {
  test.each([...naughtyNames, 'x'.repeat(5000)].map((name) => [name.slice(0, 60), name]))(
    '%j shows as it is, in a diagram and a table that can be read',
    async (_, name) => {
      const end = await useWorkflow(
        JSON.stringify({
          name,
          version: '1 | <b>',
          steps: [
            { id: 'end', name, run: 'echo "$TEXT"', env: { TEXT: name } },
            { id: 'class', name, run: 'echo "$TEXT"; exit 1', env: { TEXT: name } },
          ],
        }),
      );
      // A workflow needs a name that says something; there it is refused, as it should be.
      if (name === '') {
        expect(end.exitCode).toBe(2);
        return;
      }
      expect({ exitCode: end.exitCode, log: end.log.text }).toMatchObject({ exitCode: 1 });
      const [boxes] = await diagramsOf(end.summary);
      const shown = name.replace(/\s+/g, ' ').replace('\u202e', '').slice(0, 50);
      expect(boxes?.map((box) => box.includes(shown))).toEqual([true, true]);
      expect(tableBelow(end.summary, 'Steps')).toHaveLength(2);
    },
  );
});
