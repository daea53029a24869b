import { describe, expect, it } from 'vitest';
import { checkText, releaseType } from './check-definition.ts';

function missingOf(customarySteps: (typeof releaseType)['customarySteps'], ...handlers: readonly string[]) {
  const steps = handlers.map((handler, at) => `  - { id: s${at}, handler: ${handler} }`);
  const text = `name: x\ntype: release\nsteps:\n${steps.join('\n')}\n`;
  const around = { workflowTypes: [{ ...releaseType, customarySteps }] };
  return checkText(text, around).flatMap(({ code, message }) => (code === 'missing-step' ? [message] : []));
}

describe('customary steps of a workflow type', () => {
  it('are missed by name', () => {
    expect(missingOf(['git.push'], 'git.commit')).toEqual([
      expect.stringMatching(/customarily has a step with the handler `git\.push`\.?$/),
    ]);
  });

  it('are there where any of the alternatives is', () => {
    const either = [['git.push', 'git.commit']];
    expect(missingOf(either, 'git.commit')).toEqual([]);
    expect(missingOf(either, 'git.push')).toEqual([]);
  });

  it('are missed once, with all alternatives', () => {
    expect(missingOf([['a.a', 'b.b', 'c.c']], 'git.commit')).toEqual([
      expect.stringMatching(/the handler `a\.a`, `b\.b` or `c\.c`\.?$/),
    ]);
  });
});
