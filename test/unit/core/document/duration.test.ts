import { describe, expect, it } from 'vitest';
import { parseDuration } from '../../../../src/core/document/duration.ts';

describe('a duration', () => {
  it.each([
    [30, 30_000],
    [0.5, 500],
    ['500ms', 500],
    ['30s', 30_000],
    ['10m', 600_000],
    ['2h', 7_200_000],
    ['1m30s', 90_000],
    ['1h1m1s1ms', 3_661_001],
    ['1.5s', 1500],
  ])('reads %j as %d milliseconds', (written, ms) => {
    expect(parseDuration(written)).toEqual({ ok: true, value: ms });
  });

  it.each([
    0,
    -1,
    -0,
    0.0001,
    '0s',
    '0m0s',
    '-5s',
    '+5s',
    '30',
    '1.5',
    '',
    ' ',
    ' 30s',
    '30 s',
    '30S',
    '30sec',
    '30s1m',
    '1m1m',
    's',
    '1d',
    null,
    true,
    [],
    {},
    '1e3s',
    '０s',
    Number.MAX_VALUE,
    '9'.repeat(400),
  ])('refuses %j with a sentence', (written) => {
    const read = parseDuration(written);
    expect(read).toEqual({ ok: false, error: expect.stringMatching(/^\S.*[.]$/) });
  });

  it('tells who writes digits as text what to write instead', () => {
    expect(parseDuration('30')).toMatchObject({ error: expect.stringContaining('"30s"') });
  });
});
