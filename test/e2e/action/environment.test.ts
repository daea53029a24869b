import { beforeAll, describe, expect, test } from 'vitest';
import { type ActionUse, prepareBundle, UsedAction } from './action-rig.ts';

beforeAll(prepareBundle, 300_000);

/** The variables that a step sees. */
async function seenBy(use: Partial<ActionUse>) {
  const used = new UsedAction({
    ...use,
    files: { 'w.yml': 'name: W\nsteps: [{ id: a, run: "env -0 > seen", env: { OWN: mine } }]\n' },
  });
  try {
    const end = await used.runner.end();
    const seen = used.checkout.has('seen') ? used.checkout.read('seen').split('\0') : [];
    return {
      end,
      checkout: used.checkout.path,
      temp: used.runner.temp,
      seen: new Map(seen.filter((line) => line.includes('=')).map((line) => splitAt(line, line.indexOf('=')))),
    };
  } finally {
    used.remove();
  }
}

function splitAt(line: string, place: number): readonly [string, string] {
  return [line.slice(0, place), line.slice(place + 1)];
}

describe('the environment of a step', () => {
  test('has what people expect, and nothing that belongs to the runner', async () => {
    const { seen, checkout } = await seenBy({
      env: { NODE_OPTIONS: '--no-warnings', MINE: 'kept', VWMP_OUTPUT: '/elsewhere' },
      with: { secrets: '{"S": "not-for-everybody"}' },
    });
    expect(Object.fromEntries(seen)).toMatchObject({
      OWN: 'mine',
      MINE: 'kept',
      CI: 'true',
      GITHUB_ACTIONS: 'true',
      GITHUB_SHA: expect.any(String),
      GITHUB_WORKSPACE: checkout,
      WORKSPACE_ROOT: checkout,
      RUNNER_TEMP: expect.any(String),
    });
    const belongs =
      /^(ACTIONS_(RUNTIME|ID_TOKEN|CACHE|RESULTS)_.*|INPUT_.*|GITHUB_(TOKEN|ENV|PATH|STATE|STEP_SUMMARY)|NODE_OPTIONS)$/;
    expect([...seen.keys()].filter((name) => belongs.test(name))).toEqual([]);
    expect([...seen.values()].filter((value) => /of-the-(runner|job)|not-for-everybody/.test(value))).toEqual([]);
  });

  test('has a file for outputs under two names, and it is not the one of the runner', async () => {
    const { seen, temp } = await seenBy({});
    expect(seen.get('VWMP_OUTPUT')).toBe(seen.get('GITHUB_OUTPUT'));
    expect(seen.get('GITHUB_OUTPUT')).toMatch(temp);
    expect(seen.get('GITHUB_OUTPUT')).not.toContain('/commands/');
  });
});

describe('a machine without the usual', () => {
  test.each<readonly [string, { readonly [name: string]: string | null }]>([
    ['a home', { HOME: null }],
    ['a home that exists', { HOME: '/nonexistent/home' }],
    ['a folder for temporary files', { RUNNER_TEMP: null }],
    ['the variables of a runner', { GITHUB_REPOSITORY: null, GITHUB_SHA: null, GITHUB_EVENT_PATH: null, CI: null }],
    ['a locale', { LANG: null }],
  ])('%s still runs workflows', async (_, env) => {
    const { end, seen } = await seenBy({ env });
    expect({ exitCode: end.exitCode, log: end.log.text }).toMatchObject({ exitCode: 0 });
    expect(seen.get('OWN')).toBe('mine');
  });

  test('a checkout is told to be made where there is none', async () => {
    const { end } = await seenBy({ env: { GITHUB_WORKSPACE: '/nonexistent/workspace' } });
    expect({ exitCode: end.exitCode, log: end.log.text }).toEqual({
      exitCode: 2,
      log: expect.stringContaining('Check out the repository first'),
    });
  });
});

describe('what a run leaves', () => {
  test('is nothing in the checkout but what its steps made', async () => {
    const used = new UsedAction({
      files: { 'w.yml': 'name: W\nsteps: [{ id: a, run: touch made }]\n', '.gitignore': '' },
    });
    try {
      used.checkout.git('init', '-q');
      expect((await used.runner.end()).exitCode).toBe(0);
      expect(used.checkout.git('status', '--porcelain').split('\n').sort()).toEqual([
        '?? .gitignore',
        '?? made',
        '?? w.yml',
      ]);
    } finally {
      used.remove();
    }
  });
});
