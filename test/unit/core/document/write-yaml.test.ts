import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { writeYaml, yamlLine } from '../../../../src/core/document/write-yaml.ts';
import type { Json } from '../../../../src/core/model/json.ts';

const values = fc.jsonValue({ noUnicodeString: false }) as fc.Arbitrary<Json>;

describe('YAML that is written', () => {
  it.each([
    'yes',
    'null',
    '1.0',
    '- x',
    'a: b',
    '# no',
    'it\'s "it"',
    'line\nline\n',
    ' x ',
    '{{ a }}',
    '',
    '\u2028',
    '@x',
  ])('reads back: %j', (text) => {
    expect(parse(writeYaml({ text }))).toEqual({ text });
    expect(parse(`a: ${yamlLine(text)}`)).toEqual({ a: text });
  });

  it('reads back, whatever it is', () => {
    fc.assert(
      fc.property(values, (value) => {
        // JSON has no negative zero, and neither has what a document brings.
        const plain: Json = JSON.parse(JSON.stringify(value));
        expect(parse(writeYaml(plain))).toEqual(plain);
        const line = yamlLine(plain);
        expect(line).not.toContain('\n');
        expect(parse(`a: ${line}`)).toEqual({ a: plain });
      }),
    );
  });
});
