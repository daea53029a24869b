import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { StepEnd } from '../../rigs/runner.ts';
import { prepareBundle, UsedAction, useWorkflow } from './action-rig.ts';

beforeAll(prepareBundle, 300_000);

const token = 'hunter2-Correct"Horse&<Battery>';
const key = '-----BEGIN KEY-----\nMIIB8jCCAVugAwIBAgIJAK\nZm9vYmFyYmF6cXV1eA\n-----END KEY-----\n';
const secrets = JSON.stringify({ TOKEN: token, KEY: key });

/** Everything that a step can do with a secret to let it out. */
const leaky = `
name: Leaky
steps:
  - id: prints
    secrets: [TOKEN, KEY]
    run: |
      echo "plain $TOKEN"
      echo "$KEY"
      printf '%s' "$TOKEN" | base64 -w0; echo
      printf '%s' "x$TOKEN" | base64 -w0; echo
      printf '%s' "$TOKEN" | od -An -tx1 | tr -d ' \\n'; echo
      printf '%s' "$TOKEN" | head -c 12; sync; printf '%s\\n' "$TOKEN" | tail -c +13
      echo "::error::$TOKEN"
      { echo "out<<EOF"; echo "$TOKEN"; echo EOF; } >> "$VWMP_OUTPUT"
      echo "coded=$(printf '%s' "$TOKEN" | base64 -w0)" >> "$VWMP_OUTPUT"
    outputs: [{ name: out, type: string }, { name: coded, type: string }]
  - id: fails
    name: It fails
    secrets: [TOKEN]
    run: |
      echo "last words: $TOKEN" >&2
      exit 3
outputs:
  out: \${{ steps.prints.outputs.out }}
  coded: \${{ steps.prints.outputs.coded }}
`;

const encodings = [
  token,
  ...key.trim().split('\n'),
  Buffer.from(token).toString('base64'),
  Buffer.from(`x${token}`).toString('base64').slice(4, 36),
  Buffer.from(token).toString('hex'),
  JSON.stringify(token).slice(1, -1),
];

function leaksIn(text: string): readonly string[] {
  return encodings.filter((encoding) => text.includes(encoding));
}

describe('secrets of the input', () => {
  let end: StepEnd;
  let state: string;

  beforeAll(async () => {
    const used = new UsedAction({ files: { 'w.yml': leaky }, with: { secrets } });
    try {
      end = await used.runner.end();
      state = readdirSync(used.runner.temp, { recursive: true, encoding: 'utf8', withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
        .join('\n');
    } finally {
      used.remove();
    }
  });

  test('reach the step that lists them', () => {
    expect({ status: end.outputs.get('status'), log: end.log.text }).toMatchObject({ status: 'failed' });
    expect(end.log.text).toContain('plain ***');
  });

  test('stand in no line that is printed, but those that tell the runner to mask them', () => {
    const others = end.printed.split('\n').filter((line) => !line.startsWith('::add-mask::'));
    expect(leaksIn(others.join('\n'))).toEqual([]);
  });

  test('are told to the runner before anything else is printed, each line of them', () => {
    const lines = end.printed.split('\n');
    const masks = lines.filter((line) => line.startsWith('::add-mask::'));
    expect(lines.slice(0, masks.length)).toEqual(masks);
    expect([...end.log.mask.texts]).toEqual(expect.arrayContaining([token, 'MIIB8jCCAVugAwIBAgIJAK']));
  });

  test('stand neither in the summary, nor in outputs, nor in annotations', () => {
    expect(leaksIn(end.summaryFile)).toEqual([]);
    expect(leaksIn([...end.outputs.values()].join('\n'))).toEqual([]);
    expect(leaksIn(JSON.stringify(end.log.annotations))).toEqual([]);
    expect(end.summary).toContain('last words: ***');
  });

  test('let the job pass all outputs on: none holds what the runner masks', () => {
    expect(end.lostOutputs).toEqual([]);
    expect(end.outputs.get('out')).toContain('***');
  });

  test('stand in no file that the run leaves', () => {
    expect(state.length).toBeGreaterThan(1000);
    expect(leaksIn(state)).toEqual([]);
  });
});

describe('inputs that are wrong', () => {
  test('show no secret that stands in one of them', async () => {
    const end = await useWorkflow('name: W\nsteps: [{ id: a, run: "true" }]\n', { secrets, mode: token });
    expect(end.exitCode).toBe(2);
    expect(leaksIn(end.log.text)).toEqual([]);
    expect(leaksIn(end.summary)).toEqual([]);
    expect(end.log.text).toContain('The input `mode` is `***`');
  });
});

describe('a step that lists no secret', () => {
  test('finds none in its environment', async () => {
    const end = await useWorkflow(
      'name: W\nsteps: [{ id: a, run: "if env | grep -e hunter2 -e TOKEN= -e INPUT_; then exit 1; fi" }]\n',
      { secrets },
    );
    expect({ exitCode: end.exitCode, log: end.log.text }).toMatchObject({ exitCode: 0 });
  });
});

describe('secret parameters and outputs', () => {
  test('are masked like secrets, and left out of the outputs', async () => {
    const end = await useWorkflow(
      `
name: W
parameters: [{ name: password, type: string, secret: true, required: true }]
steps:
  - id: a
    run: 'echo "it is $P"; echo "made=derived-$P-value" >> "$VWMP_OUTPUT"'
    env: { P: "\${{ parameters.password }}" }
    outputs: [{ name: made, type: string, secret: true }]
  - id: b
    run: echo "got $M"
    env: { M: "\${{ steps.a.outputs.made }}" }
outputs:
  made: { value: "\${{ steps.a.outputs.made }}", secret: true }
`,
      { parameters: 'password: swordfish-77' },
    );
    expect({ exitCode: end.exitCode, log: end.log.text }).toMatchObject({ exitCode: 0 });
    const others = end.printed.split('\n').filter((line) => !line.startsWith('::add-mask::'));
    expect(others.join('\n')).not.toContain('swordfish');
    expect(others).toContain('it is ***');
    expect(others).toContain('got ***');
    expect(end.summaryFile).not.toContain('swordfish');
    expect(JSON.parse(end.outputs.get('outputs') ?? '')).toEqual({});
    expect(end.outputs.has('made')).toBe(false);
  });
});

describe('a name that the input does not have', () => {
  test('fails the step before it starts, by name', async () => {
    const end = await useWorkflow('name: W\nsteps: [{ id: a, run: "true", secrets: [MISSING] }]\n', { secrets });
    expect(end.exitCode).toBe(1);
    expect(end.log.annotations[0]?.message).toContain('MISSING');
    expect(end.log.groups).toEqual([]);
  });
});

describe('secrets that are too short to be masked', () => {
  test('do not wreck the log', async () => {
    const end = await useWorkflow('name: W\nsteps: [{ id: a, secrets: [S], run: "echo banana" }]\n', {
      secrets: '{"S": "a"}',
    });
    expect(end.log.text).toContain('banana');
  });
});
