import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PersistentVector } from '../../../../src/core/run/persistent-vector.ts';

describe('a persistent vector', () => {
  it.each([0, 1, 31, 32, 33, 1024, 1025, 40_000])('holds %i items in their order', (length) => {
    const items = Array.from({ length }, (_, index) => index);
    expect([...PersistentVector.from(items)]).toEqual(items);
  });

  it('leaves the older version as it was', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer(), { minLength: 1, maxLength: 200 }),
        fc.nat(),
        fc.integer(),
        (items, at, item) => {
          const position = at % items.length;
          const before = PersistentVector.from(items);
          const after = before.with(position, item);
          expect([...before]).toEqual(items);
          expect([...after]).toEqual(items.with(position, item));
        },
      ),
    );
  });

  it('refuses a position outside', () => {
    expect(() => PersistentVector.from([1]).at(1)).toThrow(RangeError);
    expect(() => PersistentVector.from([1]).with(-1, 2)).toThrow(RangeError);
  });
});
