import { describe, expect, it } from 'vitest';
import { readHeader } from '../../../../../plugins/project/validators/rules/conventional-header.ts';
import { headerFaults, readHeaderRules } from '../../../../../plugins/project/validators/rules/message-rules.ts';
import type { JsonMap } from '../../../../../src/plugin-api/index.ts';

async function faults(line: string, options: JsonMap = {}): Promise<readonly string[]> {
  return headerFaults(line, await readHeaderRules(options)).map(({ text }) => text);
}

describe('the first line of a message', () => {
  it.each([
    ['feat: add a door', { type: 'feat', scope: null, breaking: false, subject: 'add a door' }],
    ['fix(api): mend it', { type: 'fix', scope: 'api', breaking: false, subject: 'mend it' }],
    ['feat!: drop it', { type: 'feat', scope: null, breaking: true, subject: 'drop it' }],
    ['feat(a b/c)!: x (#12)', { type: 'feat', scope: 'a b/c', breaking: true, subject: 'x (#12)' }],
    ['fix: a: b: c', { type: 'fix', scope: null, breaking: false, subject: 'a: b: c' }],
    ['feat: 🚀', { type: 'feat', scope: null, breaking: false, subject: '🚀' }],
    ['feat(): x', { type: 'feat', scope: '', breaking: false, subject: 'x' }],
  ])('%s is read', (line, expected) => {
    expect(readHeader(line)).toEqual({ kind: 'header', ...expected });
  });

  it.each([
    ['Add a door', 'does not begin'],
    ['', 'does not begin'],
    ['🚀 feat: x', 'does not begin'],
    ['feat x: y', 'does not begin'],
    ['feat (api): x', 'does not begin'],
    ['feat(a(b)): x', 'does not begin'],
    [': x', 'does not begin'],
    ['feat：x', 'does not begin'],
    ['feat:x', 'exactly one space'],
    ['feat:  x', 'exactly one space'],
    ['feat:', 'says nothing'],
    ['feat:   ', 'says nothing'],
    ['::error::x', 'does not begin'],
  ])('%j is refused', (line, reason) => {
    expect(readHeader(line)).toEqual({ kind: 'malformed', reason: expect.stringContaining(reason) });
  });

  it('is read in linear time however it is written', () => {
    for (const line of [
      'a'.repeat(300_000),
      `feat(${'('.repeat(300_000)}`,
      `feat:${' '.repeat(300_000)}x`,
      '!'.repeat(300_000),
    ]) {
      expect(readHeader(line).kind).toBe('malformed');
    }
  });
});

describe('the rules of a first line', () => {
  it.each<[string, JsonMap, readonly string[]]>([
    ['feat: add', {}, []],
    ['wip: add', {}, ['has the unknown type "wip"']],
    ['Feat: add', {}, ['has the unknown type "Feat"']],
    ['deps: add', { types: ['deps'] }, []],
    ['feat: add', { types: ['deps'] }, ['has the unknown type "feat"']],
    ['feat(api): add', { scope_pattern: '^(api|ui)$' }, []],
    ['feat(db): add', { scope_pattern: '^(api|ui)$' }, ['has the scope "db"']],
    ['feat: add', { scope_pattern: '^(api|ui)$' }, []],
    ['feat: add', { scope_required: true }, ['has no scope']],
    ['feat( ): add', {}, ['has empty brackets']],
    ['feat: Add', {}, []],
    ['feat: Add it', { subject_case: 'lower' }, ['begins with the capital of "Add"']],
    ['feat: Ünder it', { subject_case: 'lower' }, ['begins with the capital of "Ünder"']],
    ['feat: API of it', { subject_case: 'lower' }, []],
    ['feat: GitHub Actions', { subject_case: 'lower' }, []],
    ['feat: add it', { subject_case: 'sentence' }, ['begins with the small letter of "add"']],
    ['feat: iOS', { subject_case: 'sentence' }, []],
    ['feat: 🚀 it', { subject_case: 'sentence' }, []],
    ['fixup! feat: add', {}, ['is a `fixup!` that was left over']],
    ['squash! feat: add', {}, ['is a `squash!` that was left over']],
    ['amend! feat: add', {}, ['is a `amend!` that was left over']],
    [`feat: ${'x'.repeat(94)}`, {}, []],
    [`feat: ${'x'.repeat(95)}`, {}, ['has 101 characters, and 100 is the most']],
    [`feat: ${'🚀'.repeat(94)}`, {}, []],
    [`feat: ${'x'.repeat(15)}`, { max_length: 20 }, ['has 21 characters, and 20 is the most']],
    [
      'Wrong: x',
      { max_length: 3, types: ['a'] },
      ['has the unknown type "Wrong"', 'has 8 characters, and 3 is the most'],
    ],
  ])('find in %j with %j', async (line, options, expected) => {
    expect(await faults(line, options)).toEqual(expected);
  });

  it('refuse a pattern that cannot be read', async () => {
    await expect(readHeaderRules({ scope_pattern: '(' })).rejects.toThrow('cannot be read');
  });
});
