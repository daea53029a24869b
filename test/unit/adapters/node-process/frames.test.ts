import { describe, expect, it } from 'vitest';
import { FrameReader, frameOfNews, frameOfOutput } from '../../../../src/adapters/node-process/spawner/frames.ts';

const sent = Buffer.concat([
  frameOfNews({ kind: 'started', id: 7, pid: 4711, outputs: [] }),
  frameOfOutput('stdout', 7, 5),
  Buffer.from('hällo'.slice(0, 4)),
  frameOfOutput('stderr', 8, 3),
  Buffer.from('bad'),
  frameOfNews({ kind: 'refused', id: 8, code: 'ENOENT', message: 'größer' }),
]);

/** What a reader hears of the bytes in these chunks, pieces of one output put together. */
function heard(chunks: readonly Buffer[]): readonly unknown[] {
  const all: unknown[] = [];
  const output = new Map<string, string>();
  const reader = new FrameReader({
    news: (news) => all.push(news),
    output: (id, stream, bytes) => {
      const key = `${id} ${stream}`;
      output.set(key, (output.get(key) ?? '') + bytes.toString('latin1'));
    },
  });
  for (const chunk of chunks) reader.push(chunk);
  return [...all, ...output];
}

describe('the frames of the spawner', () => {
  it('are the same wherever the pipe cuts them', () => {
    const whole = heard([sent]);
    expect(whole).toHaveLength(4);
    for (let at = 1; at < sent.length; at++) expect(heard([sent.subarray(0, at), sent.subarray(at)])).toEqual(whole);
  });

  it('may come byte by byte', () => {
    expect(heard(Array.from(sent, (byte) => Buffer.from([byte])))).toEqual(heard([sent]));
  });
});
