import { beforeAll, describe, expect, it } from 'vitest';
import { loadPatterns } from '../../../../src/core/expression/pattern.ts';
import type { ParameterDeclaration } from '../../../../src/core/model/workflow.ts';
import { checkDeclaration, parametersUsePatterns } from '../../../../src/core/parameters/check-declarations.ts';

beforeAll(loadPatterns);

function declare(more: Partial<ParameterDeclaration>): ParameterDeclaration {
  return { name: 'p', type: 'string', required: false, secret: false, validation: {}, options: [], ...more };
}

const option = { value: 'a', label: 'A' };

describe('a parameter declaration', () => {
  it.each<[string, Partial<ParameterDeclaration>, readonly (string | number)[]]>([
    ['bounds that exclude each other', { validation: { minLength: 3, maxLength: 2 } }, ['validation', 'min_length']],
    [
      'numbers the wrong way round',
      { type: 'number', validation: { minimum: 3, maximum: 2 } },
      ['validation', 'minimum'],
    ],
    [
      'items the wrong way round',
      { type: 'array', validation: { minItems: 3, maxItems: 2 } },
      ['validation', 'min_items'],
    ],
    ['a pattern that cannot be read', { validation: { pattern: '(' } }, ['validation', 'pattern']],
    ['a pattern without linear time', { validation: { pattern: '(?=a)' } }, ['validation', 'pattern']],
    [
      'a wrong schema',
      { validation: { schema: { items: { type: 'strin' } } } },
      ['validation', 'schema', 'items', 'type'],
    ],
    ['an enum without options', { type: 'enum' }, ['type']],
    ['an option that stands twice', { type: 'enum', options: [option, option] }, ['options', 1]],
    ['a default of another type', { type: 'integer', default: 'x' }, ['default']],
    ['a default that is no option', { type: 'enum', options: [option], default: 'b' }, ['default']],
    ['a default that is too short', { default: 'x', validation: { minLength: 2 } }, ['default']],
    ['a default outside the workspace', { type: 'file', default: '../x' }, ['default']],
  ])('is refused for %s', (_about, more, path) => {
    expect(checkDeclaration(declare(more))).toMatchObject([{ severity: 'error', path }]);
  });

  it.each<[string, Partial<ParameterDeclaration>]>([
    ['a default of null', { type: 'integer', default: null }],
    ['a default that is a template', { type: 'integer', default: '{{ env.N }}' }],
    ['a default with templates inside', { type: 'array', default: ['{{ env.A }}'] }],
    ['equal bounds', { validation: { minLength: 2, maxLength: 2 } }],
    ['an enum', { type: 'enum', options: [option], default: 'a' }],
  ])('is accepted with %s', (_about, more) => {
    expect(checkDeclaration(declare(more))).toEqual([]);
  });

  it('is warned of rules and options that mean nothing for its type', () => {
    expect(checkDeclaration(declare({ type: 'boolean', validation: { minLength: 1 } }))).toMatchObject([
      { severity: 'warning', path: ['validation', 'min_length'] },
    ]);
    expect(checkDeclaration(declare({ options: [option] }))).toMatchObject([
      { severity: 'warning', path: ['options'] },
    ]);
  });

  it('says whether it needs the pattern engine', () => {
    expect(parametersUsePatterns([declare({})])).toBe(false);
    expect(parametersUsePatterns([declare({ validation: { pattern: 'x' } })])).toBe(true);
    expect(parametersUsePatterns([declare({ validation: { schema: { items: { pattern: 'x' } } } })])).toBe(true);
  });
});
