import type { Json } from '../../src/core/model/json.ts';
import type { Masker } from '../../src/core/ports/masker.ts';
import type { Observer } from '../../src/core/ports/observer.ts';

/** Watches nothing. */
export const quietObserver: Observer = { event: () => {}, output: () => undefined, log: () => {} };

/** Knows no secrets. */
export const openMasker: Masker = {
  add: () => {},
  mask: (text) => text,
  maskJson: <T extends Json>(value: T) => value,
  stream: () => ({ push: (chunk) => chunk, end: () => '' }),
};
