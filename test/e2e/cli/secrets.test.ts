import { Buffer } from 'node:buffer';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CliFolder, type CliResult, readRun } from '../../rigs/cli.ts';

const key = 's3cr3t+/Value&x';
const token = 'p4ram-"quoted"-tok';
const lines = 'line-one-abc\nline-two-def';
const derived = 'generated-4711-zz';

/** What must stand nowhere: the values, and the forms in which tools print them. */
const forms = [
  key,
  encodeURIComponent(key),
  Buffer.from(key).toString('base64'),
  Buffer.from(key).toString('hex'),
  token,
  JSON.stringify(token).slice(1, -1),
  'line-one-abc',
  'line-two-def',
  derived,
];

describe('secrets', () => {
  const folder = new CliFolder({
    'secrets.yml': JSON.stringify({ API_KEY: key, MULTI: lines }),
    'secrets.env': `API_KEY="${key}"\n`,
  });
  const results: CliResult[] = [];
  const given = ['--secrets-file', 'secrets.yml', '--token', token];

  beforeAll(async () => {
    folder.define('s.json', {
      parameters: [{ name: 'token', type: 'string', secret: true }],
      steps: [
        {
          id: 'leak',
          secrets: ['API_KEY'],
          env: { TOK: '{{ parameters.token }}', MULTI: 'pre-{{ secrets.MULTI }}' },
          run: [
            'echo "key=$API_KEY tok=$TOK"; echo "key=$API_KEY tok=$TOK" >&2',
            'printf %s "$API_KEY" | base64',
            'printf %s "$API_KEY" | od -An -tx1 | tr -d " \\n"; echo',
            'echo "$MULTI"',
            `printf %s "\${API_KEY:0:6}"; printf '%s\\n' "\${API_KEY:6}"`,
            'echo "out=$API_KEY" >> $VWMP_OUTPUT',
          ].join('\n'),
        },
        {
          id: 'fails',
          env: { K: '{{ secrets.API_KEY }}' },
          run: 'echo "fatal $K"; exit 3',
          required: false,
        },
        {
          id: 'makes',
          run: 'echo "s=generated-$((4700 + 11))-zz" >> $VWMP_OUTPUT',
          outputs: [{ name: 's', type: 'string', secret: true }],
        },
        {
          id: 'reads',
          env: { S: '{{ steps.makes.outputs.s }}', OUT: '{{ steps.leak.outputs.out }}' },
          run: 'echo "got $S"; echo "length=${#S} out=$OUT" >> $VWMP_OUTPUT',
        },
      ],
      outputs: { open: '{{ steps.leak.outputs.out }}', closed: { value: '{{ steps.makes.outputs.s }}', secret: true } },
    });
    const [first, ...others] = await Promise.all([
      folder.vwmp(['run', 's.json', '--json', ...given]),
      folder.vwmp(['run', 's.json', ...given]),
      folder.vwmp(['run', 's.json', '--events', ...given]),
      folder.vwmp(['plan', 's.json', ...given]),
    ]);
    const { run } = readRun(first);
    const looked = [folder.vwmp(['logs', run.run_id]), folder.vwmp(['status', run.run_id, '--json'])];
    results.push(first, ...others, ...(await Promise.all(looked)));
  }, 30_000);
  afterAll(() => folder.remove());

  it('stand in nothing that is printed: text, JSON, events, plan, logs', () => {
    const printed = results.map(({ stdout, stderr }) => stdout + stderr).join('\n');
    expect(printed).toContain('key=*** tok=***');
    expect(forms.filter((form) => printed.includes(form))).toEqual([]);
  });

  it('stand in no file of the state folder', () => {
    const files = readdirSync(join(folder.path, '.vwmp'), { recursive: true, encoding: 'utf8' })
      .map((file) => join(folder.path, '.vwmp', file))
      .filter((file) => statSync(file).isFile());
    expect(files.some((file) => file.endsWith('state.db'))).toBe(true);
    expect(files.some((file) => file.endsWith('leak.log'))).toBe(true);
    const found = files.filter((file) => forms.some((form) => readFileSync(file, 'latin1').includes(form)));
    expect(found).toEqual([]);
  });

  it('reach the steps that are given them, and readers of an output see it masked, with a warning', () => {
    const { step, outputs, run } = readRun(results[0] ?? { code: 0, stdout: '{}', stderr: '' });
    expect(step('reads').outputs).toEqual({ length: `${derived.length} out=***` });
    expect(outputs).toEqual({ open: '***' });
    expect(step('makes').outputs).toEqual({});
    expect(step('fails').error).toMatchObject({ exit_code: 3, message: expect.stringContaining('fatal ***') });
    expect(run.diagnostics.map(({ code }) => code)).toContain('masked-output');
  });

  it('may stand in NAME=value lines, and a step that is not given one fails before it starts', async () => {
    folder.define('one.json', {
      steps: [{ id: 's', secrets: ['API_KEY'], run: 'echo "n=${#API_KEY}" >> $VWMP_OUTPUT' }],
    });
    const { step } = await folder.run('one.json', '--secrets-file', 'secrets.env');
    expect(step('s').outputs).toEqual({ n: String(key.length) });
    const without = await folder.run('one.json');
    expect(without.step('s').error).toMatchObject({
      kind: 'configuration',
      message: expect.stringContaining('API_KEY'),
    });
  });
});
