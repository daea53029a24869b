import { describe, expect, it } from 'vitest';
import { inTurn, type Outcome, type StepHandler, success } from '../../../src/plugin-api/index.ts';
import { pluginContext, type TestContext } from '../../rigs/plugin-context.ts';

/** A handler whose calls end when the test says so, and what has begun. */
function handlerOfTest() {
  const begun: string[] = [];
  const ends = new Map<string, PromiseWithResolvers<Outcome>>();
  const end = (step: string) => {
    const known = ends.get(step) ?? Promise.withResolvers<Outcome>();
    ends.set(step, known);
    return known;
  };
  const handler: StepHandler = {
    title: 'Write',
    description: 'Writes.',
    configuration: { type: 'object' },
    execute: ({ step }) => {
      begun.push(step.id);
      return end(step.id).promise;
    },
  };
  return { begun, end, handler: inTurn(handler) };
}

function contextOf(run: string, step: string): TestContext {
  const context = pluginContext('/nowhere', {});
  return { ...context, run: { ...context.run, id: run }, step: { ...context.step, id: step } };
}

describe('handlers that go in turn', () => {
  it('begin within one run when those before them have ended, of whichever kind they are', async () => {
    const [one, other] = [handlerOfTest(), handlerOfTest()];
    const first = one.handler.execute(contextOf('run', 'first'));
    const second = other.handler.execute(contextOf('run', 'second'));
    await Promise.resolve();
    expect([one.begun, other.begun]).toEqual([['first'], []]);

    one.end('first').resolve(success({ from: 'first' }));
    expect(await first).toEqual(success({ from: 'first' }));
    other.end('second').resolve(success({}));
    await second;

    expect(other.begun).toEqual(['second']);
  });

  it('do not wait for good where one before them rejects, and do not wait for those of other runs', async () => {
    const { begun, end, handler } = handlerOfTest();
    const first = handler.execute(contextOf('run', 'first'));
    const second = handler.execute(contextOf('run', 'second'));
    const elsewhere = handler.execute(contextOf('other', 'elsewhere'));
    await Promise.resolve();
    expect(begun).toEqual(['first', 'elsewhere']);

    end('first').reject(new Error('the disk is full'));
    end('second').resolve(success({}));
    end('elsewhere').resolve(success({}));

    await expect(first).rejects.toThrow('the disk is full');
    expect([await second, await elsewhere]).toEqual([success({}), success({})]);
  });
});
