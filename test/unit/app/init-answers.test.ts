import { describe, expect, it } from 'vitest';
import { settleAnswers } from '../../../src/app/template-answers.ts';
import type { TemplateQuestion } from '../../../src/core/ports/plugin.ts';

const questions: readonly TemplateQuestion[] = [
  { name: 'file', title: 'Which file', type: 'text', options: [{ value: 'a.txt' }], why: 'two differ', asked: true },
  {
    name: 'style',
    title: 'Style',
    type: 'choice',
    options: [{ value: 'x' }, { value: 'y' }],
    default: 'x',
    why: '',
    asked: true,
  },
  { name: 'caller', title: 'Caller', type: 'boolean', default: true, why: '', asked: false },
  { name: 'assets', title: 'Assets', type: 'list', default: [], why: '', asked: false },
  {
    name: 'tag',
    title: 'Tag',
    type: 'text',
    default: 'v',
    why: '',
    asked: false,
    check: async (answer) => (answer === 'bad' ? 'must be good' : null),
  },
];

const settle = (given: { readonly [name: string]: string }) => settleAnswers(questions, new Map(Object.entries(given)));

describe('answers to the questions of a template', () => {
  it('are the defaults where nobody gave one', async () => {
    expect(await settle({ file: 'b.txt' })).toEqual({
      ok: true,
      value: { file: 'b.txt', style: 'x', caller: true, assets: [], tag: 'v' },
    });
  });

  it('are empty where they are the word that stands for it, unless that is one of the options', async () => {
    expect(await settle({ file: ' none ', assets: 'none' })).toMatchObject({ value: { file: '', assets: [] } });
    const offering: TemplateQuestion = {
      name: 'kind',
      title: 'Kind',
      type: 'text',
      options: [{ value: 'none' }],
      why: '',
      asked: true,
    };
    expect(await settleAnswers([offering], new Map([['kind', 'none']]))).toEqual({ ok: true, value: { kind: 'none' } });
  });

  it.each([
    ['assets', 'a, b ,', ['a', 'b']],
    ['assets', '["a, b", c]', ['a, b', 'c']],
    ['assets', '', []],
    ['caller', 'No', false],
    ['caller', 'true', true],
    ['style', ' y ', 'y'],
    ['file', '', ''],
  ])('read %s from "%s"', async (name, text, value) => {
    expect(await settle({ file: 'b.txt', [name]: text })).toMatchObject({ value: { [name]: value } });
  });

  it('are refused all at once, each with what it must be', async () => {
    const settled = await settle({ style: 'z', caller: 'maybe', assets: '[{a: 1}]', tag: 'bad', stile: 'x' });
    const messages = settled.ok ? [] : settled.error.map(({ message }) => message);
    expect(messages).toEqual([
      'The template asks for no `stile`.',
      '`file` (Which file) has no answer yet: two differ.',
      expect.stringContaining('must be one of x, y'),
      expect.stringContaining('must be yes or no'),
      expect.stringContaining('must be a list of texts'),
      expect.stringContaining('must be good'),
    ]);
  });

  it('name the option that would give one', async () => {
    const settled = await settle({});
    expect(settled.ok ? [] : settled.error.map(({ hint }) => hint)).toEqual([
      'Give it, as with `--answer file=a.txt` (a.txt).',
    ]);
  });
});
