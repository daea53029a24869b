import { describe, expect, it } from 'vitest';
import { readWorkflow } from '../../../../src/core/document/read-workflow.ts';
import { findScriptTemplates } from '../../../../src/core/document/script-templates.ts';

const found = (script: string, shell = 'bash'): readonly string[] =>
  findScriptTemplates(script, shell).map(({ text }) => text);

describe('scripts', () => {
  it.each([
    'parameters',
    'config',
    'variables',
    'env',
    'secrets',
    'steps',
    'step-outputs',
    'trigger',
    'task',
    'workflow',
    'context',
    'state',
    'adapter',
    'github',
    'item',
    'index',
    'key',
    'iteration',
  ])('for shells are not templated with `${%s.…}`', (root) => {
    const script = `echo "\${${root}.x}" done`;
    expect(found(script, 'bash')).toEqual([`\${${root}.x}`]);
    expect(found(script, 'sh')).toEqual([`\${${root}.x}`]);
    for (const shell of ['pwsh', 'python', 'node']) expect(found(script, shell)).toEqual([]);
  });

  it.each(['bash', 'sh', 'pwsh', 'python', 'node'])('for %s are not templated with double braces', (shell) => {
    expect(found('a ${{ x }} b ${{y}}', shell)).toEqual(['${{ x }}', '${{y}}']);
    expect(found('a ${{ x\n }} b', shell)).toEqual(['${{ x\n }}']);
  });

  it.each([
    'echo ${HOME} ${config} ${config:-x} ${configx.y} ${1}',
    'echo {{ x }} $config.x',
    String.raw`echo \${{ x }} \${config.x}`,
    'awk "{print}" | jq "{a: .b}"',
    'echo ${{ x',
  ])('keep what is their own: %j', (script) => {
    expect(found(script)).toEqual([]);
  });

  const codesOf = (document: object): readonly string[] =>
    readWorkflow(JSON.stringify({ name: 'x', ...document }), 'x.json').diagnostics.map(
      ({ code, path }) => `${code} ${path ?? ''}`,
    );

  it('are checked by the shell that runs them, the default one too', () => {
    const run = 'f"${config.x}"';
    expect(codesOf({ steps: [{ id: 'a', run }] })).toEqual(['script-template steps[0].run']);
    expect(codesOf({ steps: [{ id: 'a', run, shell: 'python' }] })).toEqual([]);
    expect(codesOf({ defaults: { shell: 'node' }, steps: [{ id: 'a', run }] })).toEqual([]);
    expect(codesOf({ defaults: { shell: 'node' }, steps: [{ id: 'a', run, shell: 'sh' }] })).toEqual([
      'script-template steps[0].run',
    ]);
  });

  it('are checked in the configuration of `command.run` too', () => {
    const config = { script: '${{ x }}' };
    expect(codesOf({ steps: [{ id: 'a', handler: 'command.run', with: config }] })).toEqual([
      'script-template steps[0].with.script',
    ]);
    expect(codesOf({ steps: [{ id: 'a', type: 'command.run', ...config }] })).toEqual([
      'script-template steps[0].script',
    ]);
    expect(codesOf({ steps: [{ id: 'a', handler: 'other.run', with: config }] })).toEqual([]);
  });

  it('are shown the way through `env`, at the place in the script', () => {
    const text = 'name: x\nsteps:\n  - id: a\n    run: |\n      one\n      echo ${{ parameters.user }}\n';
    expect(readWorkflow(text, 'x.yml').diagnostics).toMatchObject([
      {
        code: 'script-template',
        span: { start: { line: 6, column: 12 }, end: { line: 6, column: 34 } },
        hint: expect.stringContaining('`USER: "${{ parameters.user }}"`'),
      },
    ]);
  });
});
