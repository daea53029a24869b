import { describe, expect, it } from 'vitest';
import type { Span } from '../../../../src/core/diagnostic/span.ts';
import { readWorkflow } from '../../../../src/core/document/read-workflow.ts';
import { stepId } from '../../../../src/core/model/ids.ts';

const text = `workflow:
  name: x
  variables: {n: "\${task.x}"}
  parameters: [{name: p, type: string, validation: {min_length: 1}}]
  triggers: [{type: cli, params: [{name: t, type: string}]}]
  defaults: {working_directory: sub, retry: {max_delay: 3s}}
  outputs: {o: "\${a}", q: {value: "\${b}"}}
  steps:
    - id: run
      run: |
        echo one
        echo two
      shell: sh
      if: >-
        parameters.p ==
        'y'
      needs: [{step: mod, on: failure}, typed]
      retries: 2
    - {id: mod, module: m, action: a, with: {files: [f, g]}, depends_on: typed}
    - {id: typed, type: a.b, branch: c, inputs: {d: e}, outputs: [{name: u, type: string}], retry: {on: exit, max_attempts: 3}}
  finally: [{id: end, handler: a.b, outputs: {v: "\${w}"}}]
`;
const { sourceOf } = readWorkflow(text, 'x.yml');
const lines = text.split('\n');

function textAt({ start, end }: Span): string {
  if (start.line !== end.line)
    return lines
      .slice(start.line - 1, end.line)
      .join('\n')
      .slice(start.column - 1);
  return (lines[start.line - 1] ?? '').slice(start.column - 1, end.column - 1);
}

const step = (id: string) => sourceOf.step(stepId(id));

describe('places of canonical fields', () => {
  it.each([
    ['run', ['condition'], 'workflow.steps[0].if'],
    ['run', ['handler'], 'workflow.steps[0].run'],
    ['run', ['config', 'script'], 'workflow.steps[0].run'],
    ['run', ['config', 'shell'], 'workflow.steps[0].shell'],
    ['run', ['dependencies'], 'workflow.steps[0].needs'],
    ['run', ['dependencies', 0], 'workflow.steps[0].needs[0]'],
    ['run', ['dependencies', 0, 'step'], 'workflow.steps[0].needs[0].step'],
    ['run', ['dependencies', 0, 'on', 0], 'workflow.steps[0].needs[0].on'],
    ['run', ['dependencies', 1, 'step'], 'workflow.steps[0].needs[1]'],
    ['run', ['retry', 'maxAttempts'], 'workflow.steps[0].retries'],
    ['mod', ['handler'], 'workflow.steps[1].module'],
    ['mod', ['config', 'files', 1], 'workflow.steps[1].with.files[1]'],
    ['mod', ['dependencies', 0], 'workflow.steps[1].depends_on'],
    ['typed', ['handler'], 'workflow.steps[2].type'],
    ['typed', ['config', 'branch'], 'workflow.steps[2].branch'],
    ['typed', ['config', 'd'], 'workflow.steps[2].inputs.d'],
    ['typed', ['outputs', 'u', 'type'], 'workflow.steps[2].outputs[0].type'],
    ['typed', ['outputs', 0, 'name'], 'workflow.steps[2].outputs[0].name'],
    ['typed', ['retry', 'on', 0], 'workflow.steps[2].retry.on'],
    ['typed', ['retry', 'maxAttempts'], 'workflow.steps[2].retry.max_attempts'],
    ['end', ['outputs', 'v'], 'workflow.finally[0].outputs.v'],
    ['end', ['config', 'missing'], 'workflow.finally[0]'],
  ])('of step %s at %j are found at %s', (id, path, written) => {
    expect(step(id).at(...path).path).toBe(written);
  });

  it.each([
    [['config', 'n'], 'workflow.variables.n'],
    [['parameters', 'p', 'validation', 'minLength'], 'workflow.parameters[0].validation.min_length'],
    [['parameters', 1, 'name'], 'workflow.triggers[0].params[0].name'],
    [['parameters', 't'], 'workflow.triggers[0].params[0]'],
    [['triggers', 0, 'type'], 'workflow.triggers[0].type'],
    [['defaults', 'workingDirectory'], 'workflow.defaults.working_directory'],
    [['defaults', 'retry', 'maxDelay'], 'workflow.defaults.retry.max_delay'],
    [['outputs', 'o', 'value'], 'workflow.outputs.o'],
    [['outputs', 'q', 'value'], 'workflow.outputs.q.value'],
    [['nothing'], 'workflow'],
  ])('of the document at %j are found at %s', (path, written) => {
    expect(sourceOf.at(...path).path).toBe(written);
  });

  it('show the value, or its key where it is a block', () => {
    expect(textAt(step('typed').at('config', 'branch').span)).toBe('c');
    expect(textAt(step('typed').key('config', 'branch').span)).toBe('branch');
    expect(textAt(step('mod').at('config').span)).toBe('with');
    expect(textAt(step('mod').at('timeout').span)).toBe('id');
  });

  it('reach inside of texts', () => {
    const script = 'echo one\necho two\n';
    const from = script.indexOf('two');
    expect(
      textAt(
        step('run')
          .at('config', 'script')
          .inside(from, from + 3),
      ),
    ).toBe('two');
    const condition = "parameters.p == 'y'";
    const at = condition.indexOf("'y'");
    expect(
      step('run')
        .at('condition')
        .inside(at, at + 3),
    ).toMatchObject({ start: { line: 16, column: 9 }, end: { line: 16, column: 12 } });
  });

  it('tell whether something is written at all', () => {
    expect(step('run').isWritten('dependencies', 1)).toBe(true);
    expect(step('run').isWritten('timeout')).toBe(false);
    expect(sourceOf.isWritten('outputs', 'o', 'value')).toBe(false);
    expect(sourceOf.isWritten('outputs', 'q', 'value')).toBe(true);
  });

  it('exist for what could not be read too', () => {
    const unread = readWorkflow('a: [', 'x.yml');
    expect(unread.workflow).toBeNull();
    expect(unread.sourceOf.at('steps').span.start).toEqual({ line: 1, column: 1 });
    expect(unread.sourceOf.step(stepId('a')).at('run').path).toBe('');
  });
});
