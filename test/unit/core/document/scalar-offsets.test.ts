import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { readDocument } from '../../../../src/core/document/read-document.ts';
import { scalarOffsets } from '../../../../src/core/document/scalar-offsets.ts';
import type { ScalarNode, SourceNode } from '../../../../src/core/document/source-node.ts';

function textValue(
  text: string,
  file = 'x.yml',
): { readonly node: ScalarNode; readonly spanText: (part: string) => string } {
  const { root, source } = readDocument(text, file);
  const node = root?.kind === 'map' ? root.entries[0]?.value : undefined;
  if (node?.kind !== 'scalar' || typeof node.value !== 'string') throw new Error(`no text in ${text}`);
  const value = node.value;
  return {
    node,
    spanText(part) {
      const start = value.indexOf(part);
      const { start: from, end: to } = source.spanInside(node, start, start + part.length);
      const lines = text.split('\n');
      const offset = (line: number, column: number): number =>
        lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0) + column - 1;
      return text.slice(offset(from.line, from.column), offset(to.line, to.column));
    },
  };
}

describe('places inside scalars', () => {
  it.each([
    ['plain', 'a: one two three\n', 'two'],
    ['plain over lines', 'a: one\n  two\n  three\n', 'two'],
    ['single quotes', "a: 'it''s two'\n", 'two'],
    ['double quotes behind escapes', 'a: "x\\n\\u0041\\x42 two"\n', 'two'],
    ['double quotes with a continued line', 'a: "one \\\n   two"\n', 'two'],
    ['literal block', 'a: |\n  one\n    two\n  three\n', 'two'],
    ['literal block with a stripped end', 'a: |-\n  one\n  two\n\n', 'two'],
    ['literal block with an indentation indicator', 'a: |2\n    one\n  two\n', 'two'],
    ['folded block', 'a: >\n  one\n  two\n\n  three\n', 'two'],
    ['folded block after an indented line', 'a: >\n  one\n    kept\n  two\n', 'two'],
    ['block with Windows line ends', 'a: |\r\n  one\r\n  two\r\n', 'two'],
  ])('are found in a %s scalar', (_, text, part) => {
    expect(textValue(text).spanText(part)).toBe(part);
  });

  it('are found behind escapes of JSON', () => {
    expect(textValue('{"a": "x\\n\\u0041\\\\ two"}', 'x.json').spanText('two')).toBe('two');
  });

  it('cover an escape as a whole', () => {
    expect(textValue('a: "x\\u0041y"\n').spanText('A')).toBe('\\u0041');
  });

  it('follow every text that YAML can write, in each of its styles', () => {
    const word = fc.string({
      unit: fc.constantFrom('a', 'ä', ' ', '\n', "'", '"', '\\', '#', ':', '\t', '{'),
      maxLength: 30,
    });
    const style = fc.constantFrom('PLAIN', 'QUOTE_DOUBLE', 'QUOTE_SINGLE', 'BLOCK_LITERAL', 'BLOCK_FOLDED');
    fc.assert(
      fc.property(word, style, (value, type) => {
        const text = stringify({ a: value }, { defaultStringType: type, lineWidth: 20 } as never);
        const { root } = readDocument(text, 'x.yml');
        const node: SourceNode | undefined = root?.kind === 'map' ? root.entries[0]?.value : undefined;
        if (node?.kind !== 'scalar' || typeof node.value !== 'string') return;
        const offsets = scalarOffsets(text, node);
        expect(offsets, JSON.stringify({ text, style: node.style })).not.toBeNull();
        expect(offsets).toHaveLength(node.value.length + 1);
        expect([...(offsets ?? [])].sort((a, b) => a - b)).toEqual(offsets);
      }),
      { numRuns: 2000 },
    );
  });
});
