import { Window } from 'happy-dom';
import { beforeAll, describe, expect, test } from 'vitest';
import type { RunView, StepStatus } from '../../../../src/core/model/run-view.ts';
import { stepStatuses } from '../../../../src/core/model/run-view.ts';
import { runDiagram } from '../../../../src/core/report/mermaid.ts';
import { aFailedRelease, aFailedStep, aRun, aStep, edge } from './run-views.ts';

type Mermaid = typeof import('mermaid')['default'];
let mermaid: Mermaid;

beforeAll(async () => {
  // The library looks for a page when it is loaded, so the page must be there first.
  const window = new Window();
  Object.assign(globalThis, { window, document: window.document });
  mermaid = (await import('mermaid')).default;
  mermaid.initialize({ startOnLoad: false });
}, 60_000);

async function typeOf(view: RunView): Promise<string> {
  const parsed = await mermaid.parse(runDiagram(view).text);
  return parsed ? parsed.diagramType : 'nothing';
}

const hostileNames = [
  'end',
  '1. first',
  '- item',
  '# heading',
  '`code` and ``` fence',
  '"quoted" \'single\'',
  '<script>alert(1)</script><br/>',
  '/leading slash',
  '%%{init: {"theme": "dark"}}%%',
  '%% comment',
  'a --> b',
  'x"] --> y["',
  'style a: #fff;',
  'classDef b:#f00;',
  'subgraph; end; graph TD',
  '#quot; #35; &amp;',
  '$$x^2$$ fa:fa-ban',
  '**bold** _em_ ~~gone~~ [link](javascript:x) ![p](q)',
  'two\nlines\\nand\ttab',
  '}}{{ ((round)) {{hex}} >flag] [/par/] [\\\\trap\\\\]',
  '日本語 émojis 🚀 \u202eedis\u0000\u001b[31m',
  '---',
  ':::class',
  'a@{ shape: rect }',
  'ﬂ°°35¶ß',
  '\ud800 lone',
  'x'.repeat(5000),
  '',
];

/** What a renderer would show for the first node: entity codes as the signs that they stand for. */
async function firstLabel(view: RunView): Promise<string> {
  const diagram = await mermaid.mermaidAPI.getDiagramFromText(runDiagram(view).text);
  const { db } = diagram;
  if (!('getVertices' in db) || typeof db.getVertices !== 'function') throw new Error('no flowchart');
  const label: unknown = db.getVertices().get('s0').text;
  return String(label).replace(/ﬂ°°(\d+)¶ß/g, (_, code: string) => String.fromCodePoint(Number(code)));
}

describe('Mermaid shows exactly', () => {
  test.each([
    'C# style: "bold"; #35; done',
    'style a: #fff; classDef b:#f00;',
    '<b>x</b> & `y` \\ z',
    'feature_a and _b_',
    '%%{init: {}}%%',
    '1. first',
  ])('the name %j', async (name) => {
    const label = await firstLabel(aRun([aStep('a', { name, durationMs: null })]));
    expect(label).toBe(`✓ ${name}`);
  });
});

describe('Mermaid reads', () => {
  test('the diagram of a failed run', async () => {
    expect(await typeOf(aFailedRelease())).toMatch(/^flowchart/);
  });

  test.each(hostileNames)('a step named %j', async (name) => {
    const view = aRun([aStep('end', { name }), aFailedStep('class', 'no', { name, after: ['end'] })]);
    expect(await typeOf(view)).toMatch(/^flowchart/);
  });

  test('every state, in the main part and in finally', async () => {
    const steps = stepStatuses.flatMap((status: StepStatus) => [
      aStep(`main-${status}`, { status }),
      aStep(`last-${status}`, { status, section: 'finally' }),
    ]);
    expect(await typeOf(aRun(steps))).toMatch(/^flowchart/);
  });

  test('a run without steps', async () => {
    expect(await typeOf(aRun([]))).toMatch(/^flowchart/);
  });

  test('a diagram that was cut for its edges', async () => {
    const sources = Array.from({ length: 60 }, (_, index) => aStep(`a${index}`));
    const targets = Array.from({ length: 60 }, (_, index) =>
      aStep(`b${index}`, { dependencies: sources.map((source) => edge(source.id, { on: ['failure'] })) }),
    );
    const { text, leftOut } = runDiagram(aRun([...sources, ...targets]));
    expect(leftOut).toMatch(/of 120 steps are not drawn/);
    expect(await mermaid.parse(text)).toMatchObject({ diagramType: expect.stringMatching(/^flowchart/) });
  });

  test('the largest diagram that is drawn', async () => {
    const chain = Array.from({ length: 2000 }, (_, index) =>
      aStep(`step-${index}`, { name: `Step "${index}"`, after: index === 0 ? [] : [`step-${index - 1}`] }),
    );
    const { text } = runDiagram(aRun(chain));
    expect(text.length).toBeGreaterThan(20_000);
    expect(text.length).toBeLessThan(50_000);
    expect(await mermaid.parse(text)).toMatchObject({ diagramType: expect.stringMatching(/^flowchart/) });
  });

  test('nothing that is broken: the check itself can fail', async () => {
    await expect(mermaid.parse('flowchart TD\n  a["x"')).rejects.toThrow();
  });
});
