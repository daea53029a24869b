import type { Random } from '../../src/core/ports/random.ts';

/**
 * A workflow whose end does not depend on when its steps run: what fails, fails always, and nothing stops the rest.
 * Each step writes a line to the ledger when it begins and one when it ends, with its process number.
 */
export function randomDag(random: Random): string {
  const count = 5 + below(random, 6);
  const steps = Array.from({ length: count }, (_, index) => stepOf(random, index));
  return JSON.stringify({
    name: 'crash',
    order: 'graph',
    on_failure: 'continue',
    max_parallel: 1 + below(random, 4),
    parameters: [{ name: 'ledger', type: 'string', required: true }],
    defaults: { env: { LEDGER: `\${{ parameters.ledger }}` }, shell: 'sh' },
    steps,
    finally: random.unit() < 0.5 ? [{ ...scripted('last', 'true', 20), env: {} }] : [],
    outputs: Object.fromEntries(steps.map(({ id }) => [id, `\${{ steps.${id}.status }}`])),
  });
}

interface WrittenStep {
  readonly id: string;
  readonly [key: string]: unknown;
}

function stepOf(random: Random, index: number): WrittenStep {
  const id = `s${index}`;
  const needs = Array.from({ length: index }, (_, before) => before)
    .filter(() => random.unit() < 1.6 / Math.max(1, index))
    .map((before) => edgeOf(random, `s${before}`));
  const fails = random.unit() < 0.15;
  const [source] = needs.map((need) => (typeof need === 'string' ? need : need.step));
  return {
    ...scripted(id, fails ? 'exit 3' : `echo "value=${id}:$BEFORE" >> "$VWMP_OUTPUT"`, below(random, 60)),
    needs,
    env: { BEFORE: source === undefined ? '' : `\${{ steps.${source}.outputs.value ?? '' }}` },
    ...(random.unit() < 0.4 ? { required: false } : {}),
    ...(random.unit() < 0.1 ? { condition: '1 == 2' } : {}),
    ...(random.unit() < 0.2 ? { retry: { max_attempts: 2, delay: '20ms' } } : {}),
  };
}

function edgeOf(random: Random, step: string): string | { readonly step: string; readonly on: readonly string[] } {
  return random.unit() < 0.8 ? step : { step, on: ['success', 'failure'] };
}

/** Lines as short as these are appended whole, whoever else writes. */
function scripted(id: string, work: string, sleepMs: number): WrittenStep {
  return {
    id,
    run: [
      `echo "begin ${id} $$" >> "$LEDGER"`,
      `sleep ${(sleepMs / 1000).toFixed(3)}`,
      `echo "end ${id} $$" >> "$LEDGER"`,
      work,
    ].join('\n'),
  };
}

function below(random: Random, bound: number): number {
  return Math.floor(random.unit() * bound);
}
