import { describe, expect, test } from 'vitest';
import { stepId } from '../../../../src/core/model/ids.ts';
import type { PlannedStep, PlanView } from '../../../../src/core/model/plan-view.ts';
import { planSummary } from '../../../../src/core/report/plan-summary.ts';
import { planText } from '../../../../src/core/report/plan-text.ts';
import { utf8Size } from '../../../../src/core/report/utf8-size.ts';

function planned(id: string, more: Partial<PlannedStep> = {}): PlannedStep {
  return {
    id: stepId(id),
    name: id,
    handler: 'command.run',
    willRun: true,
    why: '',
    config: {},
    preview: null,
    rollback: null,
    ...more,
  };
}

const bump = planned('bump', {
  name: 'Bump Version',
  preview: {
    summary: '1.1.0 → 1.2.0',
    commands: ['git add version.py'],
    diffs: [{ file: 'version.py', diff: '-__version__ = "1.1.0"\n+__version__ = "1.2.0"\n' }],
  },
});

function aPlan(steps: readonly PlannedStep[], more: Partial<PlanView> = {}): PlanView {
  return {
    workflow: { name: 'Release', version: '1.0.0', file: 'release.yml' },
    levels: steps.map(({ id }) => [id]),
    routed: [],
    finally: [],
    steps,
    diagnostics: [],
    ...more,
  };
}

const plan = aPlan(
  [
    bump,
    planned('docs', { willRun: false, why: 'disabled' }),
    planned('push', { willRun: 'unknown', why: 'the condition reads an output' }),
    planned('repair'),
    planned('clean'),
  ],
  {
    levels: [[stepId('bump'), stepId('docs')], [stepId('push')]],
    routed: [{ id: stepId('repair'), from: [stepId('push')] }],
    finally: [[stepId('clean')]],
  },
);

describe('how a step could be undone', () => {
  test('is told where it is not the usual way', () => {
    const ways = [
      ['usual', { class: 'undo', by: 'handler' }],
      ['own', { class: 'undo', by: 'step' }],
      ['careful', { class: 'undo-with-care', by: 'handler' }],
      ['final', { class: 'never', by: 'handler' }],
    ] as const;
    const steps = aPlan(ways.map(([id, rollback]) => planned(id, { rollback })));
    for (const text of [planText(steps), planSummary(steps)]) {
      expect(text.match(/undone/g)).toHaveLength(3);
      expect(text).toMatch(/own.*\s.*would be undone by its own/);
    }
  });
});

describe('a plan as text', () => {
  test('has the steps by level, whether they run and why not, and the previews', () => {
    expect(planText(plan)).toBe(`Plan of Release 1.0.0: 3 of 5 steps would run, 1 perhaps
level 1
  ● Bump Version (bump)  command.run
      1.1.0 → 1.2.0
      $ git add version.py
      version.py
      -__version__ = "1.1.0"
      +__version__ = "1.2.0"
  ⊘ docs                 command.run  disabled
level 2
  ? push                 command.run  the condition reads an output
routed
  ● repair               command.run
finally
  ● clean                command.run
`);
  });
});

describe('a plan as a page', () => {
  test('has a row a step and folds the previews', () => {
    const page = planSummary(plan);
    expect(page).toContain('| 1 | ● yes | Bump Version `bump` | `command.run` |  |');
    expect(page).toContain('| 1 | ⊘ no | `docs` | `command.run` | disabled |');
    expect(page).toContain('| routed | ● yes | `repair` |');
    expect(page).toContain('<summary><code>bump</code></summary>');
    expect(page).toContain('```diff\n-__version__ = "1.1.0"');
  });

  test('stays within its bytes and says what is missing', () => {
    const large = Array.from({ length: 2000 }, (_, index) =>
      planned(`s${index}`, {
        why: '|'.repeat(500),
        preview: { summary: '`'.repeat(9000), commands: [], diffs: [{ file: 'f', diff: '💥'.repeat(9000) }] },
      }),
    );
    for (const maxBytes of [100, 2000, 50_000, 1024 * 1024]) {
      expect(utf8Size(planSummary(aPlan(large), maxBytes))).toBeLessThanOrEqual(maxBytes);
    }
    const page = planSummary(aPlan(large));
    expect(page).toMatch(/… \d+ more steps not shown/);
    expect(page).toMatch(/the previews of \d+ more steps are not shown/);
    expect(page.match(/<details>/g)?.length).toBe(page.match(/<\/details>/g)?.length);
  });
});
