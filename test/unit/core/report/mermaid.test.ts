import { describe, expect, test } from 'vitest';
import { parseAddress } from '../../../../src/core/model/ids.ts';
import type { StepView } from '../../../../src/core/model/run-view.ts';
import { runDiagram } from '../../../../src/core/report/mermaid.ts';
import { aFailedStep, aRun, aStep, edge } from './run-views.ts';

function chain(length: number, make: (id: string, after: string[]) => StepView): StepView[] {
  return Array.from({ length }, (_, index) => make(`s${index}`, index === 0 ? [] : [`s${index - 1}`]));
}

function drawnEdges(text: string): number {
  return [...text.matchAll(/^ {2}s\d+ -->/gm)].length;
}

describe('the diagram of a run', () => {
  test('pins layout and look and leaves the theme to the page', () => {
    const { text } = runDiagram(aRun([aStep('a')]));
    expect(text).toMatch(
      /^---\nconfig:\n {2}layout: dagre\n {2}look: classic\n {2}flowchart:\n {4}wrappingWidth: 320\n---\nflowchart TD\n/,
    );
    expect(text).not.toContain('theme');
  });

  test('shows a state by a sign, not by colour alone', () => {
    const { text } = runDiagram(aRun([aStep('good'), aFailedStep('bad', 'no')]));
    expect(text).toContain('"✓ good');
    expect(text).toContain('"✗ bad');
  });

  test('says on which outcomes an edge passes, and nothing on a plain or implied one', () => {
    const { text } = runDiagram(
      aRun([
        aStep('a'),
        aStep('b', { dependencies: [edge('a', { on: ['failure'] })] }),
        aStep('c', { dependencies: [edge('b', { implied: true })] }),
      ]),
    );
    expect(text).toContain('s0 -->|"on failure"| s1\n');
    expect(text).toContain('s1 --> s2\n');
  });

  test('puts finally below the lowest box of the main part, by links that nobody sees', () => {
    const last = (id: string, after: readonly string[] = []) => aStep(id, { section: 'finally', after });
    const main = [aStep('a'), aStep('deep', { after: ['mid'] }), aStep('mid', { after: ['a'] }), aStep('b')];
    const { text } = runDiagram(aRun([...main, last('first'), last('second', ['first']), last('beside')]));
    expect([...text.matchAll(/^ {2}s\d+ ~~~ s\d+$/gm)].map(([link]) => link.trim())).toEqual([
      's1 ~~~ s4',
      's1 ~~~ s6',
    ]);
  });

  test('links nothing where there is only a finally, and few of many', () => {
    const last = Array.from({ length: 40 }, (_, index) => aStep(`f${index}`, { section: 'finally' }));
    expect(runDiagram(aRun(last)).text).not.toContain('~~~');
    expect(runDiagram(aRun([aStep('a'), ...last])).text.match(/~~~/g)).toHaveLength(9);
  });

  test('keeps a duration in one piece', () => {
    expect(runDiagram(aRun([aStep('a', { durationMs: 4200 })])).text).toContain('"✓ a\u00a0·\u00a04.2\u00a0s"');
  });

  test('cuts long names and keeps them on one line', () => {
    const { text } = runDiagram(aRun([aStep('a', { name: `first\nsecond ${'x'.repeat(300)}`, durationMs: null })]));
    expect(text).toMatch(/s0\["✓ first second x{46}…"\]/);
  });

  test('tells the instances of one step apart by their address, and joins those of the same item', () => {
    const member = (address: string, id: string, after: string[]) =>
      aStep(id, { after, address: parseAddress(address) });
    const { text } = runDiagram(
      aRun([
        member('g[eu].a', 'a', []),
        member('g[eu].b', 'b', ['a']),
        member('g[us].a', 'a', []),
        member('g[us].b', 'b', ['a']),
      ]),
    );
    expect(text).toContain('g#91;eu#93;.a');
    expect(text).toContain('s0 --> s1\n');
    expect(text).toContain('s2 --> s3\n');
    expect(drawnEdges(text)).toBe(2);
  });
});

describe('a diagram that would be too large', () => {
  test('stays under 50,000 characters and says how many steps are missing', () => {
    const { text, leftOut } = runDiagram(aRun(chain(5000, (id, after) => aStep(id, { name: `"${id}"`, after }))));
    expect(text.length).toBeLessThan(50_000);
    expect(leftOut).toMatch(/^\d+ of 5000 steps are not drawn/);
    expect(text).toContain('steps are not drawn');
  });

  test('stays under 500 edges', () => {
    const sources = Array.from({ length: 100 }, (_, index) => aStep(`a${index}`));
    const targets = Array.from({ length: 100 }, (_, index) =>
      aStep(`b${index}`, { after: sources.map(({ id }) => id) }),
    );
    const { text, leftOut } = runDiagram(aRun([...sources, ...targets]));
    expect(drawnEdges(text)).toBeLessThan(500);
    expect(drawnEdges(text)).toBeGreaterThan(0);
    expect(leftOut).not.toBeNull();
  });

  test('keeps the failed step with what stands around it, without a gap', () => {
    const steps = chain(5000, (id, after) =>
      id === 's4000' ? aFailedStep(id, 'no', { after }) : aStep(id, { after }),
    );
    const { text } = runDiagram(aRun(steps, { status: 'failed' }));
    const drawn = [...text.matchAll(/^ {2}s(\d+)\["/gm)].map(([, position]) => Number(position));
    expect(drawn).toContain(4000);
    expect((drawn.at(-1) ?? 0) - (drawn[0] ?? 0)).toBe(drawn.length - 1);
  });

  test('starts at the top where nothing failed', () => {
    const { text } = runDiagram(aRun(chain(5000, (id, after) => aStep(id, { after }))));
    expect(text).toContain('  s0["');
    expect(text).not.toContain('  s4999["');
  });

  test('keeps to a smaller limit that is asked for', () => {
    const { text, leftOut } = runDiagram(aRun(chain(200, (id, after) => aStep(id, { after }))), {
      maxCharacters: 4000,
      maxEdges: 20,
    });
    expect(text.length).toBeLessThanOrEqual(4000);
    expect(drawnEdges(text)).toBeLessThanOrEqual(20);
    expect(leftOut).not.toBeNull();
  });
});
