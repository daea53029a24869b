import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CliFolder, type Validation } from '../../rigs/cli.ts';

/** What the language has and this version refuses: a step's keys, and where the one diagnostic points. */
const stepsNotYet: readonly (readonly [object, string])[] = [
  [{ uses: './other.yml' }, 'uses'],
  [{ uses: 'other', config: { a: 1 } }, 'uses'],
  [{ steps: [{ id: 'inner', run: 'true' }] }, 'steps'],
  [{ run: 'true', on_success: 's' }, 'on_success'],
  [{ run: 'true', onFailure: [{ to: 's', recover: true }] }, 'onFailure'],
  [{ run: 'true', max_visits: 3 }, 'max_visits'],
  [{ run: 'true', for_each: [1], as: 'x', max_parallel: 1, max_failures: 1, fail_fast: true, key: 'k' }, 'for_each'],
  [{ run: 'true', repeat: { until: 'true' } }, 'repeat'],
  [{ run: 'true', cache: { inputs: ['a'] } }, 'cache'],
  [{ run: 'true', circuit_breaker: { name: 'a' } }, 'circuit_breaker'],
  [{ run: 'true', on_lost: 'ask' }, 'on_lost'],
  [{ handler: 'flow.set', config: { a: 1 } }, 'handler'],
  [{ type: 'parallel', wait_for: 'any', steps: [{ id: 'inner', run: 'true' }] }, 'type'],
  [{ type: 'conditional', condition: 'true', then_steps: [{ id: 'inner', run: 'true' }] }, 'type'],
  [{ type: 'approval' }, 'type'],
  [{ type: 'wait' }, 'type'],
  [{ type: 'persona-request', persona: 'dev', params: { a: 1 } }, 'type'],
];

const documentsNotYet: readonly (readonly [object, string])[] = [
  [{ permissions: { actors: ['write'] } }, 'permissions'],
  [{ concurrency: { group: 'g' } }, 'concurrency'],
  [{ tests: [] }, 'tests'],
];

const step = { id: 's', run: 'true' };

/** Texts that are wrong, with the code and the place of the first diagnostic. */
const wrongTexts: { readonly [file: string]: readonly [text: string, code: string, place: string] } = {
  'empty.yml': ['', 'type', '1:1'],
  'null.yml': ['null\n', 'type', '1:1'],
  'list.yml': ['- a\n', 'type', '1:1'],
  'no-steps.yml': ['name: a\n', 'missing-key', '1:1'],
  'empty-steps.yml': ['{name: a, steps: []}', 'value', '1:11'],
  'duplicate.yml': ['name: a\nname: b\nsteps: [{id: s, run: x}]', 'duplicate-key', '2:1'],
  'alias-beside.yml': ['{name: a, steps: [{id: s, run: x, needs: [], dependencies: []}]}', 'duplicate-key', '1:35'],
  'proto.yml': ['{name: a, config: {__proto__: {x: 1}}, steps: [{id: s, run: x}]}', 'forbidden-key', '1:20'],
  'constructor.json': ['{"name":"a","config":{"constructor":1},"steps":[]}', 'forbidden-key', '1:23'],
  'map-as-key.yml': ['name: a\nconfig:\n  a: {{ x }}\nsteps: [{id: s, run: x}]', 'forbidden-key', '3:6'],
  'tag.yml': ['name: a\nsteps:\n  - {id: s, run: x, condition: !done}', 'syntax', '3:32'],
  'unknown.yml': ['name: a\nsteps:\n  - {id: s, run: x, tiemout: 3}', 'unknown-key', '3:21'],
  'number-version.yml': ['{name: a, version: 1.0, steps: [{id: s, run: x}]}', 'type', '1:20'],
  'language.yml': ['{name: a, language: 2, steps: [{id: s, run: x}]}', 'value', '1:21'],
  'type.yml': ['{name: a, type: nope, steps: [{id: s, run: x}]}', 'unknown-type', '1:17'],
  'handler.yml': ['{name: a, steps: [{id: s, handler: comand.run}]}', 'unknown-handler', '1:36'],
  'two-actions.yml': ['{name: a, steps: [{id: s, run: x, handler: command.run}]}', 'conflict', ''],
  'digits.yml': ['{name: a, timeout: "5", steps: [{id: s, run: x}]}', 'value', '1:20'],
  'zero.yml': ['{name: a, timeout: 0, steps: [{id: s, run: x}]}', 'value', '1:20'],
  'id.yml': ['{name: a, steps: [{id: a--b, run: x}]}', 'value', '1:24'],
  'same-id.yml': ['{name: a, steps: [{id: s, run: x}], finally: [{id: s, run: x}]}', 'duplicate-id', '1:52'],
  'cycle.yml': ['{name: a, steps: [{id: a, run: x, needs: b}, {id: b, run: x, needs: a}]}', 'cycle', ''],
  'script.yml': ['{name: a, steps: [{id: s, run: "echo ${{ parameters.x }}"}]}', 'script-template', ''],
  'truth.yml': [`{name: a, steps: [{id: s, run: x, condition: "'true'"}]}`, 'expression', '1:47'],
  'status-function.yml': ['{name: a, steps: [{id: s, run: x, condition: failure()}]}', 'not-here', ''],
  'secret-place.yml': ['{name: a, steps: [{id: s, run: x, name: "n ${{ secrets.T }}"}]}', 'secret-place', ''],
  'folder.yml': ['{name: a, steps: [{id: s, run: x, working_directory: ../x}]}', 'path', '1:54'],
  'absolute.yml': ['{name: a, steps: [{id: s, run: x, working_directory: /etc}]}', 'path', '1:54'],
  'companion.yml': ['{name: a, steps: [{id: s, run: x, as: y}]}', 'conflict', '1:35'],
  'retry-word.yml': ['{name: a, steps: [{id: s, run: x, retry: {on: [flaky]}}]}', 'value', '1:48'],
  'bomb.yml': [bomb(), 'too-large', ''],
};

describe('a definition that this version cannot run', () => {
  const folder = new CliFolder();
  let validation: Validation;

  beforeAll(async () => {
    const files = [
      ...stepsNotYet.map(([keys], index) => folder.define(`step-${index}.json`, { steps: [{ id: 's', ...keys }] })),
      ...documentsNotYet.map(([keys], index) => folder.define(`document-${index}.json`, { ...keys, steps: [step] })),
      ...Object.entries(wrongTexts).map(([file, [text]]) => {
        folder.write(file, text);
        return file;
      }),
    ];
    validation = await folder.validate(...files);
  }, 30_000);
  afterAll(() => folder.remove());

  const of = (file: string) => validation.diagnostics.filter((diagnostic) => diagnostic.file === file);

  it.each(stepsNotYet.map(([, key], index) => [key, index] as const))(
    'is refused with one `not-yet` that points at the key `%s` of the step (case %i)',
    (key, index) => {
      expect(of(`step-${index}.json`).map(({ code, path }) => [code, path])).toEqual([['not-yet', `steps[0].${key}`]]);
    },
  );

  it.each(documentsNotYet.map(([, key], index) => [key, index] as const))(
    'is refused with one `not-yet` that points at the key `%s` of the document (case %i)',
    (key, index) => {
      expect(of(`document-${index}.json`).map(({ code, path }) => [code, path])).toEqual([['not-yet', key]]);
    },
  );

  it.each(Object.keys(wrongTexts))('is refused with the code and the place of the fault: %s', (file) => {
    const [, code, place] = wrongTexts[file] ?? ['', '', ''];
    const errors = of(file).filter(({ severity }) => severity === 'error');
    expect(errors.map((error) => error.code)).toContain(code);
    if (place !== '') {
      const found = errors.find((error) => error.code === code);
      expect(`${found?.line}:${found?.column}`).toBe(place);
    }
  });

  it('says what to write where the nearest key is known', () => {
    expect(of('unknown.yml')[0]?.hint).toContain('timeout');
    expect(of('map-as-key.yml')[0]?.hint).toContain('quote it');
    expect(of('tag.yml')[0]?.hint).toContain('quote it');
    expect(of('number-version.yml')[0]?.hint).toContain('"1.0"');
  });
});

describe('a file that holds no definition', () => {
  const folder = new CliFolder({ 'plain.yml': 'name: a\nsteps: [{id: s, run: x}]\n' });
  afterAll(() => folder.remove());

  it('is refused with exit code 2 whatever it is: a folder, missing, or no text', async () => {
    folder.write('folder.yml/x', '');
    await folder.shell(String.raw`printf 'name: \xff\xfe' > bytes.yml`);
    const result = await folder.vwmp(['validate', 'folder.yml', 'missing.yml', 'bytes.yml', 'plain.yml']);
    expect(result.code).toBe(2);
    expect(result.stderr).toContain('"folder.yml" is a folder');
    expect(result.stderr).toContain('"missing.yml" does not exist');
    expect(result.stderr).toContain('"bytes.yml" is not UTF-8');
    expect(result.stdout).toContain('plain.yml is valid');
  });

  it('with carriage returns, a byte order mark and names of any alphabet is read and run', async () => {
    folder.write(
      'läuft.yml',
      '\uFEFFname: größe 漢字\r\nsteps:\r\n  - id: s\r\n    run: |\r\n      echo one\r\n      echo two\r\n',
    );
    const { run, code } = await folder.run('läuft.yml');
    expect(code).toBe(0);
    expect(run.workflow.name).toBe('größe 漢字');
    const { stdout } = await folder.vwmp(['logs', run.run_id, 's']);
    expect(stdout).toBe('one\ntwo\n');
  });
});

/** Nine levels of aliases, ten of the level below in each. */
function bomb(): string {
  const levels = [...'bcdefghi'].map((name, index) => {
    const below = `*${'abcdefgh'[index]}`;
    return `x-${name}: &${name} [${Array(10).fill(below).join(',')}]`;
  });
  return ['name: bomb', 'x-a: &a [x,x,x,x,x,x,x,x,x,x]', ...levels, 'steps: [{id: s, run: x}]'].join('\n');
}
