import { describe, expect, test } from 'vitest';
import { MessageLines } from '../../../../src/adapters/plugin-host/message-lines.ts';
import { readMessage } from '../../../../src/adapters/plugin-host/read-message.ts';

describe('lines of a channel', () => {
  test('are put together however chunks cut them', () => {
    const lines = new MessageLines(100);
    expect(['{"a"', ':1}\n{"b":', '2}\n', '\n{'].map((chunk) => lines.push(chunk))).toEqual([
      [],
      ['{"a":1}'],
      ['{"b":2}'],
      [''],
    ]);
  });

  test('that are longer than they may be are refused, ended or not', () => {
    expect(new MessageLines(3).push('abcd')).toBeNull();
    expect(new MessageLines(3).push('abcd\n')).toBeNull();
    expect(new MessageLines(3).push('abc\ndefg')).toBeNull();
    expect(new MessageLines(3).push('abc\nabc\n')).toEqual(['abc', 'abc']);
  });
});

describe('messages of a plugin process', () => {
  test.each([
    '',
    'null',
    '[]',
    'text',
    '{',
    '{"kind":"unknown"}',
    '{"kind":"ask","id":"1","member":"now","args":[]}',
    '{"kind":"ask","id":1,"member":"now"}',
    '{"kind":"log","level":"loud","message":"x"}',
    '{"kind":"log","level":"info","message":5}',
    '{"kind":"broke","failure":{"kind":"whatever","message":"x"}}',
    '{"kind":"broke"}',
    '{"kind":"threw","failure":{"kind":"handler","message":"x"}}',
  ])('%j is none', (line) => {
    expect(readMessage(line)).toBeNull();
  });

  test('a failure brings its known fields only', () => {
    const failure = { kind: 'exit', message: 'x', exitCode: 3, file: 7, own: true };
    expect(readMessage(JSON.stringify({ kind: 'broke', failure }))).toEqual({
      kind: 'broke',
      failure: { kind: 'exit', message: 'x', exitCode: 3 },
    });
  });
});
