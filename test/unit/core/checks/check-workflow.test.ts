import { beforeAll, describe, expect, it } from 'vitest';
import { noConfiguration } from '../../../../src/core/configuration/configuration.ts';
import { parseSet } from '../../../../src/core/configuration/parse-set.ts';
import { loadPatterns } from '../../../../src/core/expression/pattern.ts';
import { checkText, codesOf, linesOf } from './check-definition.ts';

beforeAll(loadPatterns);

/** A workflow around steps that are indented by two. */
function flow(steps: string, head = ''): string {
  return `name: x\n${head}steps:\n${steps}`;
}

describe('the handler of a step', () => {
  it('is suggested where it is misspelt', () => {
    const [found] = checkText(flow('  - { id: a, handler: git.comit }'));
    expect(found).toMatchObject({ code: 'unknown-handler', severity: 'error', path: 'steps[0].handler' });
    expect(found?.hint).toBe('Did you mean `git.commit`?');
  });

  it('is looked for among the other actions of its plugin', () => {
    const [found] = checkText(flow('  - { id: a, handler: git.teleport }'));
    expect(found?.hint).toBe('Plugin `git` has git.commit, git.push.');
  });

  it('is told apart from one that the configuration switches off', () => {
    const stepHandlers = { 'git.push': { enabled: false, config: {}, retry: null } };
    const [found] = checkText(flow('  - { id: a, handler: git.push }'), {
      configuration: { ...noConfiguration, stepHandlers },
    });
    expect(found).toMatchObject({ code: 'unknown-handler', message: 'The handler `git.push` is switched off.' });
  });

  it('may be provided by a mock, by handler or by step', () => {
    const text = flow('  - { id: a, handler: my.own }\n  - { id: b, handler: my.other }');
    expect(codesOf(text, { mocked: new Set(['my.own', 'b']) })).toEqual([]);
  });

  it('is found under another name that the configuration gives to its plugin', () => {
    const plugins = { ...noConfiguration.plugins, aliases: { scm: 'git' } };
    expect(
      codesOf(flow('  - { id: a, handler: scm.push }'), { configuration: { ...noConfiguration, plugins } }),
    ).toEqual([]);
  });

  it('is not asked for where the reader refused it already', () => {
    expect(codesOf(flow('  - { id: a, type: approval }'))).toEqual([]);
    expect(codesOf(flow('  - { id: a }'))).toEqual([]);
  });
});

describe('the type of a workflow', () => {
  const bump = '  - { id: a, handler: release.version_bump, config: { version_file: V } }';

  it('must be one that a plugin provides', () => {
    expect(linesOf(flow(bump, 'type: relaese\n'))).toEqual([
      'error unknown-type 2:7 No plugin provides the workflow type `relaese`.',
    ]);
    expect(codesOf(flow(bump, 'type: generic\n'))).toEqual([]);
  });

  it('warns of a customary step that is missing', () => {
    expect(linesOf(flow(bump, 'type: release\n'))).toEqual([
      'warning missing-step 2:7 A workflow of type `release` customarily has a step with the handler `git.commit`.',
    ]);
  });
});

describe('the configuration of a step', () => {
  const commit = (config: string) =>
    flow(
      `  - id: v\n    handler: release.version_bump\n    config: { version_file: V }\n  - id: a\n    handler: git.commit\n    config: ${config}`,
    );

  it.each([
    ['{ mesage_template: x }', 'error configuration 8:15 `git.commit`: unknown key "mesage_template".'],
    ['{ amend: "yes" }', 'error configuration 8:22 `amend` of `git.commit` must be true or false, not the text "yes".'],
    ['{ paths: [a, 5] }', 'error configuration 8:26 `paths[1]` of `git.commit` must be text, not the number 5.'],
    ['{ paths: a }', 'error configuration 8:22 `paths` of `git.commit` must be a list, not the text "a".'],
    ['{ paths: [../x] }', 'error path 8:23 `paths[0]` leaves the workspace.'],
    ['{ paths: [/etc/passwd] }', 'error path 8:23 `paths[0]` must be relative to the workspace, not an absolute path.'],
    ['{ headers: { a: 1 } }', 'error configuration 8:29 `headers.a` of `git.commit` must be text, not the number 1.'],
  ])('of %s is refused', (config, line) => {
    expect(linesOf(commit(config))).toEqual([line]);
  });

  it.each([
    '{ amend: "{{ config.x ?? true }}", paths: ["{{ env.P }}", a/../b] }',
    '{ amend: null }',
    '{}',
    '{ headers: { any: thing } }',
  ])('of %s is accepted as far as it is known', (config) => {
    expect(checkText(commit(config)).filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('lacks what the schema requires, and takes it from any layer', () => {
    const text = flow('  - { id: a, handler: release.version_bump }');
    expect(linesOf(text)).toEqual([
      'error configuration 3:23 The configuration of `release.version_bump` lacks the key "version_file".',
    ]);
    expect(codesOf(flow('  - { id: a, handler: release.version_bump }', 'config: { version_file: V }\n'))).toEqual([]);
    expect(codesOf(text, { environment: { VWMP_RELEASE_VERSION_BUMP_VERSION_FILE: 'V' } })).toEqual([]);
  });

  it('says where a wrong value comes from that the step does not write', () => {
    const stepHandlers = { 'git.commit': { enabled: true, config: { amend: 3, path: 'x' }, retry: null } };
    const lines = linesOf(commit('{}'), {
      configuration: { ...noConfiguration, file: 'vwmp_config.yaml', stepHandlers },
    });
    expect(lines).toEqual([
      'error configuration 7:14 `amend` of `git.commit` must be true or false, not the number 3 (from vwmp_config.yaml: step_handlers.git.commit.config.amend).',
      'error configuration 7:14 `git.commit`: unknown key "path" (from vwmp_config.yaml: step_handlers.git.commit.config.path).',
    ]);
  });

  it('is found under every spelling', () => {
    const [found] = checkText(
      flow('  - id: a\n    module: http\n    action: request\n    with: { url: u, retries: 9 }'),
    );
    expect(found).toMatchObject({ path: 'steps[0].with.retries', span: { start: { line: 6, column: 30 } } });
    expect(codesOf(flow('  - { id: a, run: "true", working_directory: ../up }'))).toEqual(['path']);
  });

  it('of --set is checked too, and must name a step', () => {
    const set = ['a.amend=maybe', 'b.x=1']
      .map((text) => parseSet(text))
      .flatMap((each) => (each.ok ? [each.value] : []));
    expect(codesOf(commit('{}'), { set })).toEqual(['command', 'configuration']);
  });

  it('is templated in its values only', () => {
    expect(codesOf(commit('{ headers: { "{{ env.A }}": x } }'))).toEqual(['not-here']);
  });

  it('has no templates in a script that stands there', () => {
    const text = flow(
      '  - { id: a, handler: command.run, config: { script: "echo ${{ config.x }}" } }',
      'config: { x: 1 }\n',
    );
    expect(codesOf(text)).toEqual(['script-template']);
  });
});

describe('expressions', () => {
  const env = (text: string, head = '') =>
    flow(
      `  - { id: one, run: "true", outputs: [{ name: n, type: number }, { name: m, type: object, properties: { k: string } }] }\n  - id: two\n    run: "true"\n    env:\n      A: "${text}"`,
      head,
    );

  it.each([
    ['{{ a b }}', 'error expression 7:16'],
    ['x {{ }}', 'error expression 7:13'],
    ['{{ nope.x }}', 'error unknown-root 7:14'],
    ['{{ uper(env.X) }}', 'error unknown-function 7:14'],
    ['{{ env.X.nope() }}', 'error unknown-function 7:'],
    ['{{ item }}', 'error not-here 7:14'],
    ['{{ outputs.x }}', 'error not-here 7:14'],
    ['{{ success() }}', 'error not-here 7:14'],
    ['{{ parameters.nope }}', 'error unknown-name 7:14'],
    ['{{ trigger.nope }}', 'error unknown-name 7:14'],
    ['{{ config.nope }}', 'warning unknown-name 7:14'],
    ['{{ steps.oen.outputs.n }}', 'error unknown-step 7:14'],
    ['{{ steps.one.output }}', 'error unknown-name 7:14'],
    ['{{ steps.one.error.code }}', 'error unknown-name 7:14'],
    ['{{ steps.one.outputs.z }}', 'error unknown-output 7:14'],
    ['{{ step-outputs.one.z }}', 'error unknown-output 7:14'],
    ['{{ steps.two.outputs.x }}', 'error not-upstream 7:14'],
    ['{{ steps.one.outputs.n.x }}', 'error type 7:14'],
    ['{{ steps.one.outputs.m.z }}', 'warning type 7:14'],
    ['{{ workflow.id }}', 'error unknown-name 7:14'],
  ])('report %s', (text, start) => {
    const [line] = linesOf(env(text));
    expect(line?.slice(0, start.length)).toBe(start);
  });

  it.each([
    '{{ steps.one.outputs.n }}',
    '{{ step-outputs.one.n }}',
    '{{ steps.one.outputs.m.k.length }}',
    '{{ steps.one.status }} {{ steps.one.error.kind ?? 0 }}',
    '{{ steps[env.WHICH].status }}',
    "{{ state.any }} {{ context.state.get('x') }}",
    '{{ workflow.error.message ?? 1 }} {{ github.ref ?? 1 }} {{ task.a.b ?? 1 }}',
    '{{ secrets.TOKEN }}',
    '\\\\{{ not an expression }}',
    '{{ adapter.git.remote }}',
  ])('accept %s', (text) => {
    expect(linesOf(env(text))).toEqual([]);
  });

  it('are checked in every place that takes them', () => {
    const text = `
name: x
config: { a: "{{ nope1 }}" }
parameters: [{ name: p, type: string, default: "{{ nope2 }}" }]
timeout: "{{ nope3 }}"
max_parallel: "{{ nope4 }}"
defaults: { env: { A: "{{ nope5 }}" }, timeout: "{{ nope6 }}", retry: { delay: "{{ nope7 }}", condition: nope8 } }
steps:
  - id: a
    name: "{{ nope9 }}"
    description: "{{ nope10 }}"
    condition: nope11
    enabled: nope12
    timeout: "{{ nope13 }}"
    retry: { max_attempts: "{{ nope14 }}", condition: nope15 }
    idempotency_key: "{{ nope16 }}"
    env: { A: "{{ nope17 }}" }
    outputs: { o: "{{ nope18 }}" }
    handler: http.request
    config: { url: "{{ nope19 }}" }
finally:
  - { id: f, run: "true", condition: nope20 }
outputs:
  o: "{{ nope21 }}"
  q: { value: "{{ nope22 }}" }
`;
    const found = checkText(text).filter(({ code }) => code === 'unknown-root');
    expect(found.map(({ message }) => message.match(/nope\d+/)?.[0])).toEqual(
      Array.from({ length: 22 }, (_, index) => `nope${index + 1}`),
    );
  });

  it('point to the character, through quotes and blocks', () => {
    const text =
      'name: x\nsteps:\n  - id: a\n    run: "true"\n    env:\n      A: |\n        first\n        and {{ nope }}\n';
    expect(checkText(text)[0]?.span).toMatchObject({ start: { line: 8, column: 16 }, end: { line: 8, column: 20 } });
  });

  it('in `enabled` read only what is known at the start', () => {
    const enabled = (text: string) =>
      codesOf(flow(`  - { id: a, run: "true" }\n  - { id: b, run: "true", enabled: "${text}" }`, 'config: { c: 1 }\n'));
    for (const text of ['config.c == 1', 'env.CI', 'task.x', 'github.ref', 'workflow.version', 'trigger']) {
      expect(enabled(text), text).toEqual([]);
    }
    for (const text of ["steps.a.status == 'success'", 'state.x', 'workflow.status', 'workflow.error']) {
      expect(enabled(text), text).toEqual(['not-here']);
    }
    expect(enabled('secrets.X')).toEqual(['secret-place']);
  });

  it('as a condition are never the text of a truth value', () => {
    expect(codesOf(flow('  - { id: a, run: "true", condition: "\'false\'" }'))).toEqual(['expression']);
  });
});

describe('what comes before', () => {
  it('follows dependencies, order and sections', () => {
    const text = `
name: x
order: graph
steps:
  - { id: a, run: "true" }
  - { id: b, run: "true", dependencies: a }
  - { id: c, run: "true", dependencies: b, condition: steps.a.status == 'success' }
  - { id: d, run: "true", condition: steps.a.status == 'success' }
finally:
  - { id: f, run: "true", condition: steps.d.status == 'failed' && failure() }
  - { id: g, run: "true", dependencies: [], condition: steps.f.status == 'failed' }
outputs:
  one: "{{ steps.d.status }}"
  two: "{{ steps.f.status }}"
`;
    expect(linesOf(text)).toEqual([
      'error not-upstream 8:38 The step `a` does not come before this one.',
      'error not-upstream 11:56 The step `f` does not come before this one.',
      'error not-upstream 14:12 The step `f` runs in `finally`, and outputs of the run read main steps alone.',
    ]);
  });

  it('includes the step itself in its own outputs and retry condition', () => {
    const text = flow(
      '  - { id: a, run: "true", outputs: { o: "{{ outputs.x }}{{ steps.a.attempts }}" }, retry: { condition: "steps.a.error.kind == \'exit\'" } }',
    );
    expect(linesOf(text)).toEqual([]);
  });

  it('is not asked where edges are broken', () => {
    expect(
      codesOf(
        flow('  - { id: a, run: "true", dependencies: nope, condition: steps.b.status }\n  - { id: b, run: "true" }'),
      ),
    ).toEqual([]);
  });
});

describe('outputs that a step gives', () => {
  it('are known by declaration, by handler, or not at all', () => {
    const text = `
name: x
steps:
  - { id: bump, handler: release.version_bump, config: { version_file: V } }
  - { id: free, run: "true" }
  - { id: mapped, handler: release.version_bump, config: { version_file: V }, outputs: { mine: "{{ outputs.new_version }}", bad: "{{ outputs.nope }}" } }
  - id: reader
    run: "true"
    env:
      A: "{{ steps.bump.outputs.new_version }}"
      B: "{{ steps.bump.outputs.new_versoin }}"
      C: "{{ steps.free.outputs.any }}"
      D: "{{ steps.mapped.outputs.mine }}"
      E: "{{ steps.bump.outputs.parts.first }}"
`;
    expect(linesOf(text)).toEqual([
      'error unknown-output 6:134 `release.version_bump` gives no output `nope`.',
      'error unknown-output 11:14 The step `bump` has no output `new_versoin`.',
      'warning unknown-output 12:14 Nothing declares that the step `free` gives an output `any`.',
      'error type 14:14 `parts` is declared as an array: it has no `first`.',
    ]);
  });
});

describe('secrets', () => {
  const head =
    'config: { id: h }\nparameters: [{ name: tok, type: string, secret: true }, { name: open, type: string }]\n';
  const step = (line: string) =>
    codesOf(flow(`  - { id: h, handler: http.request, config: { url: u } }\n  - { id: a, ${line} }`, head)).filter(
      (code) => code !== 'unused-parameter',
    );

  it.each([
    'run: "true", env: { A: "{{ secrets.X }}", B: "{{ parameters.tok }}", C: "{{ steps.h.outputs.cookie }}" }',
    'handler: http.request, config: { url: u, token: "Bearer {{ secrets.X }}" }',
    'run: "true", secrets: [X]',
    'run: "true", condition: steps.h.status == "success" && steps["h"].attempts == 1 && steps[config.id].visits == 1',
    'run: "true", env: { A: "{{ toJSON(steps.h) }}", B: "{{ steps[config.id].outputs.cookie }}" }',
  ])('may stand in %s', (line) => {
    expect(step(line)).toEqual([]);
  });

  it.each([
    'handler: http.request, config: { url: "{{ secrets.X }}" }',
    'handler: http.request, config: { url: "{{ parameters.tok }}" }',
    'handler: http.request, config: { url: "{{ trigger.tok }}" }',
    'handler: http.request, config: { url: "{{ toJSON(parameters) }}" }',
    'handler: http.request, config: { url: "{{ steps.h.outputs.cookie }}" }',
    'handler: http.request, config: { url: "{{ toJSON(steps.h.outputs) }}" }',
    'handler: http.request, config: { url: "{{ toJSON(steps.h) }}" }',
    'handler: http.request, config: { url: "{{ steps[config.id].outputs.cookie }}" }',
    'handler: http.request, config: { url: "{{ steps[config.id][config.id].cookie }}" }',
    'handler: http.request, config: { url: "{{ steps.h[config.id].cookie }}" }',
    'handler: http.request, config: { url: "{{ step-outputs[config.id].cookie }}" }',
    'run: "true", condition: "[steps.h].some(s => s.outputs.cookie == 1)"',
    'run: "true", name: "{{ secrets.X }}"',
    'run: "true", condition: secrets.X == 1',
    'handler: git.commit, config: { message_template: "{tok}" }',
  ])('may not stand in %s', (line) => {
    expect(step(line)).toEqual(['secret-place']);
  });

  it('may make an output of the run that is marked secret, and no other', () => {
    const outputs = 'outputs: { a: { value: "{{ secrets.X }}", secret: true }, b: "{{ secrets.X }}" }';
    expect(codesOf(`name: x\n${outputs}\nsteps: [{ id: a, run: "true" }]`)).toEqual(['secret-place']);
  });

  it('are known by name where the caller knows them', () => {
    const text = flow('  - { id: a, run: "true", env: { A: "{{ secrets.TOKN }}" } }');
    expect(linesOf(text, { knownSecrets: new Set(['TOKEN']) })).toEqual([
      'warning unknown-name 3:41 The secret `TOKN` was not given.',
    ]);
  });
});

describe('placeholders', () => {
  const bump = (id: string) => `  - { id: ${id}, handler: release.version_bump, config: { version_file: V } }\n`;
  const commit = (text: string) => `  - { id: c, handler: git.commit, config: { message_template: "${text}" } }`;

  it('come from the handler, a step upstream, a parameter, the configuration', () => {
    const head = 'config: { epoch: 1 }\nparameters: [{ name: summary, type: string }]\n';
    expect(
      linesOf(flow(bump('a') + commit('{branch} {version} {old_version} {summary} {epoch} \\\\{brace}'), head)),
    ).toEqual([]);
  });

  it('that nothing gives are refused, with the nearest name', () => {
    const [found] = checkText(flow(bump('a') + commit('x {versoin}')));
    expect(found).toMatchObject({ code: 'placeholder', span: { start: { line: 4, column: 66 } } });
    expect(found?.hint).toBe('Did you mean `{version}`?');
  });

  it('that two steps upstream give want an expression', () => {
    const [found] = checkText(flow(bump('a') + bump('b') + commit('{version}')));
    expect(found).toMatchObject({ code: 'placeholder', message: '`{version}` is given by the steps `a` and `b`.' });
    expect(found?.hint).toBe('Write an expression, such as `${steps.b.outputs.new_version}`.');
  });

  it('see only steps upstream, one of many', () => {
    const many = Array.from({ length: 40 }, (_, index) =>
      bump(`s${index}`).replace('config', 'dependencies: [], config'),
    ).join('');
    const one = `${commit('{version}').replace('config', 'dependencies: s7, config')}`;
    const two = `${commit('{version}').replace('id: c', 'id: d').replace('config', 'dependencies: [s7, s8], config')}`;
    expect(codesOf(flow(`${many}${one}\n${two}`))).toEqual(['placeholder']);
  });

  it('of a default that the step does not write are checked at the step', () => {
    expect(linesOf(flow('  - { id: c, handler: git.commit }'))).toEqual([
      'error placeholder 3:23 Nothing gives `{version}` a value (in `message_template`, from git.commit of plugin git).',
    ]);
  });

  it('that no step gives name the handler that would, and else how a brace is written', () => {
    const hintOf = (text: string) => checkText(flow(text))[0]?.hint;
    expect(hintOf('  - { id: c, handler: git.commit }')).toBe(
      'A step with the handler `release.version_bump` gives it: let one come before this step; a brace that is meant as text is written `\\{`.',
    );
    expect(hintOf(commit('{nonesuch}'))).toBe('A brace that is meant as text is written `\\{`.');
  });

  it('are plain text in fields that take none', () => {
    expect(linesOf(flow('  - { id: a, handler: http.request, config: { url: "http://x/{id}" } }'))).toEqual([]);
  });
});

describe('values of the start', () => {
  it('may not use each other in a circle', () => {
    const head =
      'config: { a: "{{ config.b }}", b: "{{ variables.c }}", c: ["{{ config.a }}"], d: "{{ config.d }}", e: "{{ config.a }}" }\n';
    expect(linesOf(flow('  - { id: s, run: "true" }', head))).toEqual([
      'error cycle 2:14 The values use each other in a circle: config.a -> config.b -> config.c -> config.a.',
      expect.stringContaining('config.d -> config.d'),
    ]);
  });

  it('form no circle where two read a third', () => {
    const head = 'config: { a: "{{ config.c }}", b: "{{ config.c }}{{ config.a }}", c: 1 }\n';
    expect(codesOf(flow('  - { id: s, run: "true" }', head))).toEqual([]);
  });

  it('of a parameter may not either', () => {
    const head =
      'parameters: [{ name: a, type: string, default: "{{ parameters.b }}" }, { name: b, type: string, default: "{{ parameters.a }}" }]\n';
    expect(codesOf(flow('  - { id: s, run: "true" }', head))).toEqual(['cycle']);
  });
});

describe('parameters', () => {
  it('are checked where they are declared', () => {
    const head =
      'parameters:\n  - { name: a, type: integer, default: x }\n  - { name: a, type: string, validation: { pattern: "(" } }\n';
    expect(linesOf(flow('  - { id: s, run: "true", env: { A: "{{ parameters.a }}" } }', head))).toEqual([
      'error parameter 3:40 The default of parameter `a` must be a whole number, not the text "x".',
      'error parameter 4:13 Parameter `a` is declared twice.',
      expect.stringMatching(/^error parameter 4:\d+ The pattern cannot be used/),
    ]);
  });

  it('that nothing reads are warned of; bindings and placeholders read', () => {
    const text = `
name: x
parameters:
  - { name: bound, type: boolean }
  - { name: skip_readme, type: boolean }
  - { name: summary, type: string }
  - { name: read, type: string }
  - { name: version, type: string }
steps:
  - { id: a, handler: release.readme_update }
  - { id: b, handler: git.commit, config: { message_template: "{summary} {{ trigger.read }}" } }
`;
    expect(linesOf(text)).toEqual([
      'warning unused-parameter 4:13 Nothing reads the parameter `bound`.',
      'warning unused-parameter 8:13 Nothing reads the parameter `version`.',
    ]);
  });

  it('of triggers are parameters too', () => {
    const head = 'triggers: [{ type: cli, params: [{ name: feature, type: string }] }]\n';
    expect(codesOf(flow('  - { id: s, run: "true", env: { A: "{{ trigger.feature }}" } }', head))).toEqual([]);
  });
});

describe('retry and environment', () => {
  it('are checked as far as they are constant', () => {
    const text = flow(
      '  - { id: a, run: "true", retry: { delay: 2m, on: ["/(/"] }, env: { "A B": 1 } }\n  - { id: b, run: "true", retry: { delay: 2m } }',
    );
    expect(codesOf(text)).toEqual(['value', 'value', 'value']);
    expect(checkText(text).map(({ severity }) => severity)).toEqual(['error', 'error', 'warning']);
  });
});

describe('a large document', () => {
  it('of unknown steps is reported up to the limit', () => {
    const steps = Array.from(
      { length: 3000 },
      (_, index) => `  - { id: s${index}, run: "true", condition: steps.x${index}y.status }`,
    ).join('\n');
    const found = checkText(flow(steps));
    expect(found).toHaveLength(1001);
    expect(found.at(-1)).toMatchObject({ code: 'too-large', message: '2000 more faults are not shown.' });
  });
});
