import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { callerWorkflow } from '../../../src/app/caller-workflow.ts';
import { readWorkflow } from '../../../src/core/document/read-workflow.ts';
import { isJsonMap, type JsonMap } from '../../../src/core/model/json.ts';
import type { CallerNeeds } from '../../../src/core/ports/plugin.ts';

const byHand: CallerNeeds = { start: { kind: 'dispatch' }, permissions: [], pushes: false };

function callerOf(head: string, needs: CallerNeeds = byHand, stem = 'ship', folder = ''): JsonMap {
  const text = `name: Ship\n${head}\nsteps:\n  - { id: go, run: "true" }\n`;
  const { workflow, diagnostics } = readWorkflow(text, 'ship.yml');
  if (workflow === null) throw new Error(JSON.stringify(diagnostics));
  const caller: unknown = parse(callerWorkflow({ workflow, stem, folder, needs, version: '1.0.0' }));
  return caller as JsonMap;
}

function inputsOf(caller: JsonMap): JsonMap {
  const on = isJsonMap(caller.on ?? null) ? (caller.on as JsonMap) : {};
  const dispatch = isJsonMap(on.workflow_dispatch ?? null) ? (on.workflow_dispatch as JsonMap) : {};
  return isJsonMap(dispatch.inputs ?? null) ? (dispatch.inputs as JsonMap) : {};
}

function jobOf(caller: JsonMap): JsonMap {
  const [job] = Object.values(caller.jobs as JsonMap);
  return job as JsonMap;
}

describe('the workflow of GitHub that calls one of ours', () => {
  it('has a box for each parameter, of a kind that GitHub knows', () => {
    const inputs = inputsOf(
      callerOf(`parameters:
  - { name: who, type: string, required: true, description: "Whom: to greet" }
  - { name: kind, type: enum, options: [a, b], default: b }
  - { name: loud, type: boolean, default: true }
  - { name: times, type: integer, default: 3 }
  - { name: list, type: array, default: [x] }`),
    );
    expect(inputs).toEqual({
      who: { description: 'Whom: to greet', type: 'string', required: true },
      kind: { description: 'kind', type: 'choice', options: ['a', 'b'], default: 'b' },
      loud: { description: 'loud', type: 'boolean', default: true },
      times: { description: 'times', type: 'number', default: 3 },
      list: { description: 'list', type: 'string', default: '["x"]' },
    });
  });

  it('does not ask for what an empty box would break, nor for secrets', () => {
    const caller = callerOf(`parameters:
  - { name: date, type: date }
  - { name: long, type: string, validation: { min_length: 3 } }
  - { name: made, type: string, default: "\${{ env.USER }}" }
  - { name: key, type: string, required: true, secret: true }
  - { name: note, type: string }`);
    expect(Object.keys(inputsOf(caller))).toEqual(['note']);
  });

  it('asks for no more than GitHub takes, and for what is required first', () => {
    const optional = Array.from({ length: 30 }, (_, at) => `  - { name: p${at}, type: string, default: x }`);
    const caller = callerOf(`parameters:\n${optional.join('\n')}\n  - { name: must, type: string, required: true }`);
    expect(Object.keys(inputsOf(caller))).toHaveLength(25);
    expect(inputsOf(caller)).toHaveProperty('must');
  });

  it('gives no parameters where there are none', () => {
    const steps = jobOf(callerOf('')).steps;
    expect(Array.isArray(steps) ? steps.at(-1) : null).toMatchObject({ with: { workflow: 'ship' } });
    expect(JSON.stringify(steps)).not.toContain('parameters');
  });

  it('lets the job read the sources and nothing else, unless more is needed', () => {
    expect(jobOf(callerOf('')).permissions).toEqual({ contents: 'read' });
    const needs: CallerNeeds = { ...byHand, permissions: [{ name: 'packages', level: 'write', why: 'to publish' }] };
    expect(jobOf(callerOf('', needs)).permissions).toEqual({ contents: 'read', packages: 'write' });
  });

  it('leaves credentials in the checkout only where git pushes', () => {
    const checkoutOf = (needs: CallerNeeds) => {
      const { steps } = jobOf(callerOf('', needs));
      return Array.isArray(steps) ? steps[0] : null;
    };
    expect(checkoutOf(byHand)).toMatchObject({ with: { 'persist-credentials': false } });
    expect(checkoutOf({ ...byHand, pushes: true })).toMatchObject({ with: { 'persist-credentials': true } });
  });

  it('takes no text of a definition for an expression or for YAML', () => {
    const inputs = inputsOf(
      callerOf(`parameters:
  - name: who
    type: string
    default: "it's: # 'quoted'"
    description: |
      a \${{ secrets.KEY }}
      and: more`),
    );
    expect(inputs.who).toEqual({
      description: 'a {{ secrets.KEY }} and: more',
      type: 'string',
      default: "it's: # 'quoted'",
    });
  });

  it('gives the job more time than the workflow takes itself', () => {
    expect(jobOf(callerOf('timeout: 1h'))['timeout-minutes']).toBe(65);
    expect(jobOf(callerOf(''))['timeout-minutes']).toBe(35);
  });

  it('begins with tags, quoted as patterns', () => {
    const needs: CallerNeeds = { ...byHand, start: { kind: 'tags', patterns: ["it's-[0-9]*"] } };
    expect(callerOf('parameters: [{ name: who, type: string, default: x }]', needs).on).toEqual({
      push: { tags: ["it's-[0-9]*"] },
    });
  });

  it('runs in the folder that is the workspace, under a name of its own', () => {
    const caller = callerOf('', byHand, 'ship', 'svc/my api');
    expect(caller).toMatchObject({ name: 'svc-my-api-ship', concurrency: { group: 'svc-my-api-ship' } });
    expect(Object.keys(caller.jobs as JsonMap)).toEqual(['svc-my-api-ship']);
    const { steps } = jobOf(caller);
    expect(Array.isArray(steps) ? steps.at(-1) : null).toMatchObject({
      with: { workflow: 'ship', 'working-directory': 'svc/my api' },
    });
  });

  it('names the job by what GitHub takes for a name', () => {
    expect(Object.keys(callerOf('', byHand, '2.ship').jobs as JsonMap)).toEqual(['run-2-ship']);
  });
});
