import { describe, expect, it } from 'vitest';
import type { JsonMap } from '../../../../src/core/model/json.ts';
import { err, ok } from '../../../../src/core/model/result.ts';
import type { OutputDeclaration, OutputDeclarations } from '../../../../src/core/model/workflow.ts';
import { fitFailedOutputs, fitOutputs } from '../../../../src/core/run/step-outputs.ts';

const declared = (...outputs: readonly Partial<OutputDeclaration>[]): OutputDeclarations => ({
  kind: 'declared',
  outputs: outputs.map((output) => ({ name: 'x', type: 'any', required: false, secret: false, ...output })),
});
const fitted = (declaration: OutputDeclarations | undefined, given: JsonMap, process = false) =>
  fitOutputs(declaration, given, { process, settle: () => ok({}), workspace: '/work' });
const messageOf = (result: ReturnType<typeof fitted>) => (result.ok ? null : result.error.message);

describe('the outputs of a step', () => {
  it('are what the handler gave where nothing is declared', () => {
    expect(fitted(undefined, { a: 1 })).toEqual(ok({ a: 1 }));
  });

  it('keep what is not declared beside what is', () => {
    expect(fitted(declared({ type: 'number' }), { x: 1, more: 'yes' })).toEqual(ok({ x: 1, more: 'yes' }));
  });

  it('are null where one is missing, and a failure where it is required', () => {
    expect(fitted(declared({}), {})).toEqual(ok({ x: null }));
    expect(messageOf(fitted(declared({ required: true }), {}))).toBe('the output "x" is required and was not given');
  });

  it('are refused where the type differs', () => {
    expect(messageOf(fitted(declared({ type: 'number' }), { x: '7' }))).toBe(
      'the output "x" must be of type number, but is text',
    );
    expect(messageOf(fitted(declared({ type: 'integer' }), { x: 1.5 }))).toContain('integer');
    expect(messageOf(fitted(declared({ type: 'array', items: { type: 'string' } }), { x: ['a', 1] }))).toContain('[1]');
  });

  it('of a process are turned from text into the declared type', () => {
    expect(fitted(declared({ type: 'number' }), { x: '7' }, true)).toEqual(ok({ x: 7 }));
    expect(fitted(declared({ type: 'boolean' }), { x: 'true' }, true)).toEqual(ok({ x: true }));
    expect(fitted(declared({ type: 'object' }), { x: '{"a":[1]}' }, true)).toEqual(ok({ x: { a: [1] } }));
    expect(messageOf(fitted(declared({ type: 'boolean' }), { x: 'yes' }, true))).toContain('true or false');
    expect(fitted(declared({ type: 'string' }), { x: '7' }, true)).toEqual(ok({ x: '7' }));
  });

  it.each([
    ['date', '2026-02-28', '2026-02-28'],
    ['file', 'dist/a.tgz', 'dist/a.tgz'],
    ['file', '/work/dist/a.tgz', 'dist/a.tgz'],
  ] as const)('of the type %s may be %s', (type, text, value) => {
    expect(fitted(declared({ type }), { x: text }, true)).toEqual(ok({ x: value }));
  });

  it.each([
    ['date', '2026-02-30', 'must be a date such as 2026-11-21'],
    ['file', '../../etc/passwd', 'leaves the workspace'],
    ['file', '/etc/passwd', 'must be relative to the workspace'],
  ] as const)('of the type %s may not be %s', (type, text, message) => {
    expect(messageOf(fitted(declared({ type }), { x: text }, true))).toContain(`the output "x" ${message}`);
    expect(messageOf(fitted(declared({ type: 'array', items: { type } }), { x: [text] }))).toContain(
      `([0]) ${message}`,
    );
  });

  it('of a step that failed are turned too, and what does not fit is left out', () => {
    const declaration: OutputDeclarations = {
      kind: 'declared',
      outputs: [
        { name: 'failed', type: 'integer', required: true, secret: false },
        { name: 'share', type: 'number', required: true, secret: false },
        { name: 'missing', type: 'string', required: true, secret: false },
      ],
    };
    const options = { process: true, settle: () => ok({}), workspace: '/work' };
    expect(fitFailedOutputs(declaration, { failed: '9', share: 'half', more: 'yes' }, options)).toEqual({
      failed: 9,
      missing: null,
      more: 'yes',
    });
    expect(fitFailedOutputs(undefined, { failed: '9' }, options)).toEqual({ failed: '9' });
  });

  it('of a handler that returned the value of the one declared output become that output', () => {
    expect(fitted(declared({ type: 'object' }), { passed: true })).toEqual(ok({ x: { passed: true } }));
    expect(fitted(declared({ type: 'object' }), { passed: 'true' }, true)).toEqual(ok({ passed: 'true', x: null }));
  });

  it('look into maps: a missing property counts only where it is required', () => {
    const shape = (required: boolean) =>
      declared({ type: 'object', properties: { passed: { type: 'boolean', required }, note: { type: 'string' } } });
    expect(fitted(shape(false), { x: {} })).toEqual(ok({ x: {} }));
    expect(messageOf(fitted(shape(true), { x: {} }))).toContain('.passed');
    expect(messageOf(fitted(shape(true), { x: { passed: 'no' } }))).toContain('boolean');
  });

  it('that are mapped stand beside what the handler gave', () => {
    const mapped: OutputDeclarations = { kind: 'mapped', outputs: { short: '${{ outputs.long }}' } };
    const settle = (templates: JsonMap, given: JsonMap) => ok({ ...templates, short: given['long'] ?? null });
    expect(fitOutputs(mapped, { long: 'text' }, { process: false, settle, workspace: '/work' })).toEqual(
      ok({ long: 'text', short: 'text' }),
    );
    const failing = fitOutputs(
      mapped,
      {},
      { process: false, settle: () => err('short: it is null'), workspace: '/work' },
    );
    expect(failing).toEqual(err({ kind: 'output', message: 'short: it is null' }));
  });
});
