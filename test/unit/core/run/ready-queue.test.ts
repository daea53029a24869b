import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dequeue, emptyQueue, enqueue, type ReadyQueue } from '../../../../src/core/run/ready-queue.ts';

describe('the queue of ready steps', () => {
  it('gives the smallest position first, whatever the order they came in', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 300 }), (positions) => {
        let queue = positions.reduce(enqueue, emptyQueue as ReadyQueue);
        const taken: number[] = [];
        while (queue !== null) {
          const next = dequeue(queue);
          taken.push(next.position);
          queue = next.rest;
        }
        expect(taken).toEqual(positions.toSorted((a, b) => a - b));
      }),
    );
  });

  it('keeps an older queue as it was', () => {
    const older = enqueue(enqueue(emptyQueue, 2), 1);
    if (older === null) throw new Error('two were put in');
    enqueue(older, 0);
    dequeue(older);
    expect(dequeue(older).position).toBe(1);
  });
});
