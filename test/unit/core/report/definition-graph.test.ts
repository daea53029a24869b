import { describe, expect, test } from 'vitest';
import { stepId } from '../../../../src/core/model/ids.ts';
import type { Step, Workflow } from '../../../../src/core/model/workflow.ts';
import { definitionDot } from '../../../../src/core/report/dot.ts';
import { definitionGraphJson } from '../../../../src/core/report/graph-json.ts';
import { definitionDiagram } from '../../../../src/core/report/mermaid.ts';

function step(id: string, more: Partial<Step> = {}): Step {
  return {
    id: stepId(id),
    name: id,
    handler: 'command.run',
    config: {},
    dependencies: null,
    required: true,
    enabled: true,
    automatic: false,
    env: {},
    secrets: [],
    ...more,
  };
}

const workflow: Workflow = {
  name: 'Say "hello"',
  version: '1.0.0',
  type: 'generic',
  config: {},
  parameters: [],
  triggers: [],
  steps: [
    step('first'),
    step('second', { name: 'Deploy {{ config.target }}' }),
    step('third', { dependencies: [{ step: stepId('first'), on: ['failure'] }], required: false }),
  ],
  order: 'sequence',
  finally: [step('last')],
  outputs: {},
  defaults: { env: {} },
  onFailure: 'stop',
  failFast: false,
};

describe('the graph of a definition', () => {
  test('as Mermaid has the written and the implied edges, no states, and finally in a frame', () => {
    const { text, leftOut } = definitionDiagram(workflow);
    expect(leftOut).toBeNull();
    expect(text).toContain('s0["first"]');
    expect(text).toContain('s1["Deploy #123;#123; config.target #125;#125;"]');
    expect(text).toContain('s2["third (optional)"]');
    expect(text).toContain('s0 --> s1\n');
    expect(text).toContain('s0 -->|"on failure"| s2\n');
    expect(text).toContain('subgraph finally ["finally"]\n    s3["last"]');
    expect(text).not.toContain('classDef');
  });

  test('as JSON names the steps of each edge and who made it', () => {
    expect(definitionGraphJson(workflow).edges).toEqual([
      { from: 'first', to: 'second', on: null, implied: true },
      { from: 'first', to: 'third', on: ['failure'], implied: false },
    ]);
    expect(definitionGraphJson(workflow).nodes.map(({ id, section, status }) => [id, section, status])).toEqual([
      ['first', 'main', null],
      ['second', 'main', null],
      ['third', 'main', null],
      ['last', 'finally', null],
    ]);
  });

  test('as DOT quotes what would end a name', () => {
    expect(definitionDot(workflow)).toContain('digraph "Say \\"hello\\"" {');
    expect(definitionDot(workflow)).toContain('"first" -> "third" [label="on failure"];');
  });
});
