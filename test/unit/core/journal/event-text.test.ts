import { describe, expect, it } from 'vitest';
import { decodeEvent, encodeEvent } from '../../../../src/core/journal/event-text.ts';
import { eventfulRun, runStarted, sampleRun, sampleRunId } from '../../../fakes/sample-run.ts';

const id = sampleRunId(1);

describe('the encoding of an event', () => {
  it('gives back every kind of event, keys in their order', () => {
    for (const event of [...eventfulRun(id), ...sampleRun(id)]) {
      const decoded = decodeEvent(encodeEvent(event));
      expect(decoded).toEqual({ ok: true, value: event });
      expect(decoded.ok && JSON.stringify(decoded.value)).toBe(JSON.stringify(event));
    }
  });

  it('is one line that says its version first', () => {
    for (const event of sampleRun(id)) {
      expect(encodeEvent(event)).toMatch(/^\{"version":4,"event":\{"kind":[^\n]*\}\}$/);
    }
  });

  it('keeps hostile keys as keys', () => {
    const event = { ...runStarted(id), parameters: JSON.parse('{"__proto__": 1, "constructor": {"prototype": 2}}') };
    expect(encodeEvent(event)).toContain('"parameters":{"__proto__":1,"constructor":{"prototype":2}}');
    const decoded = decodeEvent(encodeEvent(event));
    expect(decoded.ok && encodeEvent(decoded.value)).toBe(encodeEvent(event));
  });
});

describe('the text of an event', () => {
  const damaged: readonly (readonly [string, RegExp])[] = [
    ['', /not JSON/],
    ['{"version":1,"event":{"kind":"run-', /not JSON/],
    ['[]', /not a map/],
    ['null', /not a map/],
    ['{"event":{}}', /version/],
    ['{"version":"1","event":{}}', /version/],
    ['{"version":0,"event":{}}', /version/],
    ['{"version":1.5,"event":{}}', /version/],
    ['{"version":1}', /not a map/],
    ['{"version":1,"event":{"kind":"step-vanished","at":1}}', /unknown kind "step-vanished"/],
    ['{"version":1,"event":{"kind":"toString","at":1}}', /unknown kind "toString"/],
    ['{"version":1,"event":{"kind":"run-timed-out"}}', /no time/],
    ['{"version":1,"event":{"kind":"run-ended","at":1,"status":1,"durationMs":1}}', /"status" of the run-ended event/],
    [
      '{"version":1,"event":{"kind":"step-settled","at":1,"address":"a","visit":1,"decision":[],"parametersRead":[]}}',
      /"decision"/,
    ],
  ];

  it.each(damaged)('is refused with what is wrong: %s', (text, message) => {
    expect(decodeEvent(text)).toMatchObject({
      ok: false,
      error: { kind: 'damaged', message: expect.stringMatching(message) },
    });
  });

  it('of a newer version is refused by its number, whatever it holds', () => {
    expect(decodeEvent('{"version":5,"event":{"kind":"step-vanished"}}')).toEqual({
      ok: false,
      error: { kind: 'newer-version', version: 5 },
    });
  });

  it('of version 2 is the start of a rollback that knew the newest visits alone', () => {
    const event = { kind: 'rollback-started', at: 1, cause: 'failure', only: null };
    expect(decodeEvent(JSON.stringify({ version: 2, event }))).toEqual({
      ok: true,
      value: { ...event, visits: 'newest' },
    });
    expect(decodeEvent(JSON.stringify({ version: 3, event }))).toMatchObject({ ok: false, error: { kind: 'damaged' } });
  });

  it('of version 3 is a resume that did not keep the order across steps that stand', () => {
    const event = { kind: 'run-resumed', at: 1, attempt: 2, changes: {}, again: [] };
    expect(decodeEvent(JSON.stringify({ version: 3, event }))).toEqual({
      ok: true,
      value: { ...event, keepsOrder: false },
    });
    expect(decodeEvent(JSON.stringify({ version: 4, event }))).toMatchObject({ ok: false, error: { kind: 'damaged' } });
  });

  it('may hold more than is known', () => {
    const text = encodeEvent({ kind: 'run-timed-out', at: 1 }).replace('"at":1', '"at":1,"later":true');
    expect(decodeEvent(text)).toMatchObject({ ok: true, value: { kind: 'run-timed-out' } });
  });
});
