import { describe, expect, it } from 'vitest';
import { parseOutputFile } from '../../../../src/adapters/node-process/parse-output-file.ts';

function outputsOf(text: string): { readonly [name: string]: string } | string {
  const parsed = parseOutputFile(text);
  return parsed.ok ? { ...parsed.value } : `${parsed.error.kind}: ${parsed.error.message}`;
}

describe('an output file', () => {
  it.each([
    ['nothing', '', {}],
    ['one line', 'a=1\n', { a: '1' }],
    ['a last line without an end', 'a=1', { a: '1' }],
    ['empty lines between', '\n\na=1\n\nb=2\n', { a: '1', b: '2' }],
    ['an empty value', 'a=\n', { a: '' }],
    ['equals signs in the value', 'a=b=c\n', { a: 'b=c' }],
    ['a value that has <<', 'a=x<<y\n', { a: 'x<<y' }],
    ['blanks in the value', 'a= x \n', { a: ' x ' }],
    ['a block', 'a<<END\nx\ny\nEND\n', { a: 'x\ny' }],
    ['a block without lines', 'a<<END\nEND\n', { a: '' }],
    ['a block with empty lines', 'a<<END\n\nx\n\nEND\n', { a: '\nx\n' }],
    ['a block whose end is the end of the file', 'a<<END\nx\nEND', { a: 'x' }],
    ['a delimiter with an equals sign', 'a<<E=F\nx\nE=F\n', { a: 'x' }],
    ['a delimiter that stands inside a line', 'a<<END\nx END\nEND\n', { a: 'x END' }],
    ['entries inside a block', 'a<<END\nb=1\nc<<D\nEND\n', { a: 'b=1\nc<<D' }],
    ['carriage returns', 'a=1\r\nb<<END\r\nx\r\ny\r\nEND\r\n', { a: '1', b: 'x\r\ny' }],
    ['a later entry of the same name', 'a=1\na=2\n', { a: '2' }],
    ['names with hyphens and dots', 'a-b.c=1\n', { 'a-b.c': '1' }],
  ])('may hold %s', (_what, text, outputs) => {
    expect(outputsOf(text)).toEqual(outputs);
  });

  it.each([
    [
      'a line without a sign',
      'a=1\n\nnonsense\n',
      /^output: Line 3 .*"nonsense" is neither name=value nor name<<DELIMITER/,
    ],
    ['a line without a name', '=1\n', /Line 1 .*name of the output is empty/],
    ['a block without a name', '<<END\nx\nEND\n', /Line 1 .*name of the output is empty/],
    ['a block without a delimiter', 'a=1\nb<<\nx\n', /Line 2 .*delimiter after "b<<" is empty/],
    ['a block without an end', 'a=1\nb<<END\nx\n', /Line 2 .*value of "b" has no closing line "END"/],
    ['a name with blanks around it', 'a =1\n', /Line 1 .*"a " begins or ends with white space/],
    ['a name with control characters', 'a\u0000b=1\n', /Line 1 .*control characters/],
    ['a name of the host language', '__proto__=1\n', /Line 1 .*"__proto__" cannot be the name/],
    [
      'a value beyond the limit',
      `x=1\nbig=${'a'.repeat(1024 * 1024 + 1)}\n`,
      /Line 2 .*"big" holds 1048577 bytes, at most 1048576/,
    ],
  ])('is refused by line for %s', (_what, text, message) => {
    expect(outputsOf(text)).toMatch(message);
  });

  it('may hold a value as long as the limit', () => {
    expect(outputsOf(`big=${'a'.repeat(1024 * 1024)}\n`)).toEqual({ big: 'a'.repeat(1024 * 1024) });
  });
});
