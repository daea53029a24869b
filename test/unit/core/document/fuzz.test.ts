import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readWorkflow } from '../../../../src/core/document/read-workflow.ts';

const seeds = [
  `workflow:
  name: "Release"
  version: "1.0.0"
  config: &c {a: 1, b: "\${config.a}"}
  steps:
    - id: step-1
      handler: release.version_bump
      config: {<<: *c, files: ["*"]}
      dependencies: []
      retry: {max_attempts: 3, delay: 1m30s, on: [1, exit, /x/]}
    - id: step-2
      run: |
        echo one
      needs: [{step: step-1, on: [failure]}]
      if: >-
        parameters.x == 'y'
  finally:
    - {id: end, type: persona-request, persona: p, params: {a: b}}
`,
  '{"name": "x", /* c */ "steps": [{"id": "a", "run": "x", "env": {"A": null}}, {"id": "b", "module": "m", "action": "a",}]}',
];
const pieces = [
  '{',
  '}',
  '[',
  ']',
  ': ',
  '- ',
  '? ',
  '\n',
  '  ',
  '\t',
  '"',
  "'",
  '\\',
  '#',
  '&a ',
  '*a',
  '<<: *c',
  '!x ',
  '|',
  '>',
  '%YAML 1.1\n',
  '---\n',
  '...\n',
  ',',
  '\u0000',
  '\u202e',
  '\ud800',
  '__proto__: ',
  'constructor: ',
  '{{ x }}',
  '${{ x }}',
  '~',
  '.nan',
  '1e999',
  'steps:',
  'id: a',
  '\r',
  '\ufeff',
  '//',
  '/*',
];

/** A seed with a few pieces put in and a few stretches taken out. */
const mutated = fc
  .tuple(
    fc.constantFrom(...seeds),
    fc.array(
      fc.record({
        at: fc.double({ min: 0, max: 1, noNaN: true }),
        cut: fc.nat(12),
        put: fc.constantFrom('', ...pieces),
      }),
      { minLength: 1, maxLength: 6 },
    ),
  )
  .map(([seed, changes]) =>
    changes.reduce((text, { at, cut, put }) => {
      const place = Math.floor(at * text.length);
      return text.slice(0, place) + put + text.slice(place + cut);
    }, seed),
  );

/** Documents of any shape with the keys of the language: wrong in structure, never in syntax. */
const keys = fc.constantFrom(
  'name',
  'steps',
  'id',
  'run',
  'retry',
  'on',
  'needs',
  'step',
  'workflow',
  'outputs',
  'type',
  'config',
  'parameters',
  'rollback',
  'repeat',
  'on_success',
  'for_each',
  'tests',
  'x-y',
  'toString',
  'hasOwnProperty',
);
const shaped = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom(null, true, 0, -1, 1.5, '', 'a', '30s', '${x}', 'flow.wait', 'parallel'),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(keys, tie('value'), { maxKeys: 6 }),
  ),
})).value;

function checkReading(text: string, file: string): void {
  const before = Object.getOwnPropertyNames(Object.prototype).join();
  const { diagnostics, sourceOf, workflow } = readWorkflow(text, file);
  const lines = text.split('\n').length;
  for (const { span, message } of diagnostics) {
    expect(message).not.toBe('');
    expect(span, message).toBeDefined();
    expect(span?.start.line).toBeGreaterThanOrEqual(1);
    expect(span?.start.line).toBeLessThanOrEqual(lines);
    expect(span?.start.column).toBeGreaterThanOrEqual(1);
  }
  for (const step of workflow?.steps ?? []) {
    expect(sourceOf.step(step.id).at('config', 'x', 0).span.start.line).toBeGreaterThanOrEqual(1);
    expect(sourceOf.step(step.id).at('dependencies', 0).inside(0, 3).start.line).toBeGreaterThanOrEqual(1);
  }
  expect(workflow !== null || diagnostics.length > 0).toBe(true);
  expect(Object.getOwnPropertyNames(Object.prototype).join()).toBe(before);
}

describe('any text', () => {
  it('gives a workflow or faults with places, when it is a mutated document', () => {
    fc.assert(fc.property(mutated, fc.constantFrom('x.yml', 'x.json'), checkReading), { numRuns: 3000 });
  });

  it('gives a workflow or faults with places, when it has the wrong shape', () => {
    fc.assert(
      fc.property(shaped, (value) => checkReading(JSON.stringify(value) ?? 'null', 'x.json')),
      { numRuns: 2000 },
    );
  });

  it('gives a workflow or faults with places, when it is noise', () => {
    const noise = fc.array(fc.constantFrom(...pieces, 'a', ' '), { maxLength: 30 }).map((parts) => parts.join(''));
    fc.assert(fc.property(noise, fc.constantFrom('x.yml', 'x.json'), checkReading), { numRuns: 3000 });
  });
});
