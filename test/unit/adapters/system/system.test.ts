import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SystemClock } from '../../../../src/adapters/system/system-clock.ts';
import { SystemRandom } from '../../../../src/adapters/system/system-random.ts';

describe('the clock', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'hrtime', 'Date'] }));
  afterEach(() => void vi.useRealTimers());

  it('calls back once, when the time is over', () => {
    const callback = vi.fn();
    new SystemClock().schedule(100, callback);
    vi.advanceTimersByTime(99);
    expect(callback).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    vi.advanceTimersByTime(1000);
    expect(callback).toHaveBeenCalledOnce();
  });

  it('does not call back when it was taken back', () => {
    const callback = vi.fn();
    const takeBack = new SystemClock().schedule(100, callback);
    vi.advanceTimersByTime(50);
    takeBack();
    vi.advanceTimersByTime(1000);
    expect(callback).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('waits longer than a timer of Node can', () => {
    const callback = vi.fn();
    const days = 60 * 24 * 3600 * 1000;
    const clock = new SystemClock();
    clock.schedule(days, callback);
    vi.advanceTimersByTime(days - 1);
    expect(callback).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(callback).toHaveBeenCalledOnce();
    const takeBack = clock.schedule(days, callback);
    vi.advanceTimersByTime(days / 2);
    takeBack();
    vi.advanceTimersByTime(days);
    expect(callback).toHaveBeenCalledOnce();
  });

  it('takes a time that is over for now, after whatever waits already', async () => {
    vi.useRealTimers();
    const clock = new SystemClock();
    const callback = vi.fn();
    clock.schedule(-5, callback)();
    await new Promise<void>((resolve) => clock.schedule(0, resolve));
    expect(callback).not.toHaveBeenCalled();
  });

  it('tells the time in milliseconds', () => {
    vi.setSystemTime(Date.UTC(2026, 0, 1));
    const clock = new SystemClock();
    const before = clock.monotonic();
    vi.advanceTimersByTime(250);
    expect(clock.now()).toBe(Date.UTC(2026, 0, 1) + 250);
    expect(clock.monotonic() - before).toBe(250);
  });
});

describe('chance', () => {
  it('stays between 0 and 1', () => {
    const random = new SystemRandom();
    const numbers = Array.from({ length: 500 }, () => random.unit());
    expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true);
    expect(new Set(numbers).size).toBe(500);
  });

  it('makes tokens of the length and alphabet that run ids need', () => {
    const random = new SystemRandom();
    expect(random.token(0)).toBe('');
    expect(random.token(6)).toMatch(/^[0-9a-z]{6}$/);
    const long = random.token(20_000);
    expect(long).toMatch(/^[0-9a-z]{20000}$/);
    expect(new Set(long).size).toBe(36);
    expect(random.token(30)).not.toBe(random.token(30));
  });
});
