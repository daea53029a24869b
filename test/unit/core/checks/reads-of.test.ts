import { describe, expect, it } from 'vitest';
import { readsOf } from '../../../../src/core/document/checks/reads-of.ts';
import { readWorkflow } from '../../../../src/core/document/read-workflow.ts';
import { testHandlers } from './check-definition.ts';

function readsOfLast(text: string) {
  const { workflow } = readWorkflow(text, 'flow.yml');
  const step = workflow?.steps.at(-1);
  if (!workflow || !step) throw new Error('the text has no step');
  const handler = testHandlers.find(({ name }) => name === step.handler);
  return readsOf(step, workflow, step.config, handler?.configuration ?? {});
}

describe('what a step reads', () => {
  it('is gathered from every field, through the configuration too', () => {
    const reads = readsOfLast(`
name: x
config: { a: "{{ parameters.deep }}", b: "{{ config.a }}" }
parameters: [{ name: deep, type: string }, { name: p, type: string }, { name: summary, type: string }]
defaults: { env: { D: "{{ secrets.D }}" } }
steps:
  - { id: one, run: "true" }
  - id: two
    handler: git.commit
    condition: steps.one.status == 'success' && trigger.p == 'x'
    secrets: [TOKEN]
    config: { message_template: "{summary} {version} {{ config.b }}" }
`);
    expect(reads).toEqual({
      parameters: new Set(['p', 'summary', 'deep']),
      steps: new Set(['one']),
      secrets: new Set(['D', 'TOKEN']),
      placeholders: new Set(['summary', 'version']),
    });
  });

  it('is not known where a name is computed', () => {
    const reads = readsOfLast(
      'name: x\nsteps: [{ id: a, run: "true", env: { A: "{{ parameters[env.X] }}", B: "{{ steps[env.Y].status }}" } }]',
    );
    expect(reads).toMatchObject({ parameters: 'all', steps: 'all' });
  });
});
