import { beforeAll, describe, expect, test } from 'vitest';
import { type ActionUse, prepareBundle, UsedAction } from './action-rig.ts';
import { readMarkdown } from './markdown-page.ts';

beforeAll(prepareBundle, 300_000);

/** Cancels the step when the log holds `sign`. */
async function cancelled(definition: string, sign = 'ready', more: Partial<ActionUse> = {}) {
  const used = new UsedAction({ ...more, files: { 'w.yml': definition, ...more.files } });
  try {
    await used.runner.prints(sign);
    used.runner.cancel();
    const end = await used.runner.end();
    return { end, cleaned: used.checkout.has('cleaned') ? used.checkout.read('cleaned').trim() : null };
  } finally {
    used.remove();
  }
}

const steps: { readonly [name: string]: string } = {
  'a polite step': `trap 'echo bye; exit 0' TERM; echo ready; sleep 3000 & wait $!`,
  'a step that knows nothing of signals': 'echo ready; sleep 3000',
  'a step that ignores SIGTERM': `trap '' TERM INT HUP; echo ready; while :; do sleep 3000 || true; done`,
  'a step that starts processes of their own': `
      setsid sleep 3001 &
      nohup sleep 3002 >/dev/null 2>&1 &
      (sleep 3003 &)
      echo ready
      sleep 3000`,
  'a step that is stopped': 'echo ready; kill -STOP $$; sleep 3000',
  'a step that floods the log': 'echo ready; yes',
};

describe.concurrent('a cancelled run', () => {
  test.each(Object.keys(steps))(
    'of %s ends by itself before the runner asks twice, and leaves nothing alive',
    async (name) => {
      const { end } = await cancelled(`
name: W
steps:
  - id: long
    run: |
      ${steps[name]}
  - { id: never, run: echo never }
`);
      expect({ end: end.cancel?.end, log: end.log.text.slice(0, 3000) }).toMatchObject({ end: 'ended after SIGINT' });
      expect(end.survivors).toEqual([]);
      expect({ conclusion: end.conclusion, exitCode: end.exitCode }).toEqual({
        conclusion: 'cancelled',
        exitCode: 130,
      });
      expect(end.outputs.get('status')).toBe('cancelled');
      expect(JSON.parse(end.outputs.get('steps') ?? '')).toMatchObject([
        { id: 'long', status: 'cancelled' },
        { id: 'never', status: expect.stringMatching(/^(skipped|cancelled|pending)$/) },
      ]);
      expect(end.summary).toContain('■ W 1.0.0: cancelled');
      expect(() => readMarkdown(end.summary)).not.toThrow();
      expect(end.log.text).not.toContain('▶ never');
    },
    40_000,
  );

  test('runs `finally`', async () => {
    const { end, cleaned } = await cancelled(`
name: W
steps: [{ id: long, run: "echo ready; sleep 3000" }]
finally:
  - { id: clean, run: 'echo "$STATUS" > cleaned', env: { STATUS: "\${{ workflow.status }} \${{ cancelled() }}" } }
`);
    expect(end.cancel?.end).toBe('ended after SIGINT');
    expect(cleaned).toBe('cancelled true');
    expect(end.outputs.get('status')).toBe('cancelled');
    expect(end.survivors).toEqual([]);
  }, 40_000);

  test('runs `finally` after a step that had to be killed', async () => {
    const { end, cleaned } = await cancelled(`
name: W
steps: [{ id: long, run: "trap '' TERM INT; echo ready; while :; do sleep 3000 || true; done" }]
finally: [{ id: clean, run: echo yes > cleaned }]
`);
    expect(end.cancel?.end).toBe('ended after SIGINT');
    expect(cleaned).toBe('yes');
    expect(end.survivors).toEqual([]);
  }, 40_000);

  test('ends a `finally` that hangs, whatever it ignores, and still reports', async () => {
    const { end } = await cancelled(`
name: W
steps: [{ id: long, run: "trap '' TERM INT; echo ready; while :; do sleep 3000 || true; done" }]
finally: [{ id: clean, run: "trap '' TERM INT; while :; do sleep 3000 || true; done" }]
`);
    expect(end.cancel?.end).toBe('ended after SIGINT');
    expect(end.outputs.get('status')).toBe('cancelled');
    expect(end.summary).toContain('■ W 1.0.0: cancelled');
    expect(end.survivors).toEqual([]);
  }, 40_000);

  test('starts no attempt again', async () => {
    const { end } = await cancelled(`
name: W
steps: [{ id: flaky, run: "echo ready; exit 1", retry: { max_attempts: 9, delay: 1h, max_delay: 1h } }]
`);
    expect(end.cancel?.end).toBe('ended after SIGINT');
    expect(end.outputs.get('status')).toBe('cancelled');
    expect(end.log.groups).toHaveLength(1);
  }, 40_000);

  test('of many steps side by side leaves none of them', async () => {
    const long = Array.from({ length: 8 }, (_, index) => ({
      id: `s${index}`,
      run: `trap '' TERM; mkdir started${index}; sleep 3000`,
    }));
    const { end } = await cancelled(
      JSON.stringify({
        name: 'W',
        order: 'graph',
        steps: [
          ...long,
          { id: 'all', run: 'until [ "$(ls -d started* | wc -l)" = 8 ]; do sleep 0.1; done' },
          { id: 'told', dependencies: 'all', run: 'sleep 3000' },
        ],
      }),
      // What steps print side by side is shown when they end; that one starts is shown at once.
      '◐ told',
      { with: { 'max-parallel': '10' } },
    );
    expect(end.cancel?.end).toBe('ended after SIGINT');
    expect(end.outputs.get('status')).toBe('cancelled');
    expect(end.survivors).toEqual([]);
  }, 40_000);
});
