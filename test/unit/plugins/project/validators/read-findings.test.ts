import { describe, expect, it } from 'vitest';
import { readFindings } from '../../../../../plugins/project/validators/read-findings.ts';

const read = (output: string) => readFindings(output, 'rule', '/work');

describe('findings in lines', () => {
  it.each([
    ['{"level":"error","message":"m","hint":"do it"}', 'do it'],
    ['{"level":"error","message":"m","fix":"do it"}', 'do it'],
    ['{"level":"error","message":"m","fix":{"range":[1,2]}}', undefined],
    ['{"level":"error","message":"m","hint":" "}', undefined],
  ])('have the hint of %s', (line, hint) => {
    expect(read(line)[0]?.hint).toBe(hint);
  });

  it.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])('do not take %s for a level', (level) => {
    expect(read(`{"level":"${level}","message":"m"}`)).toEqual([]);
    expect(read(`{"level":"${level}","message":"m","file":"a"}`)).toMatchObject([{ level: 'error' }]);
  });

  it('unescape once', () => {
    expect(read('::error file=a%253Ab::100%250A')).toMatchObject([{ file: 'a%3Ab', message: '100%0A' }]);
  });

  it('are read in linear time, whatever a line holds', () => {
    const hostile = [
      `::error${' '.repeat(500_000)}x`,
      `::error ${':'.repeat(500_000)}`,
      `::error ${'a:'.repeat(250_000)}`,
      `::error ${'=,'.repeat(250_000)}::x`,
      `{${'['.repeat(500_000)}`,
    ];
    expect(read(hostile.join('\n')).length).toBeLessThanOrEqual(2);
  });
});
