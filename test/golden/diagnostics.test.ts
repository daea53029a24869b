import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readWorkflow } from '../../src/core/document/read-workflow.ts';
import { renderDiagnostics } from './render-diagnostics.ts';

const folder = new URL('diagnostics/', import.meta.url);
const documents = readdirSync(folder).filter((name) => /\.(yml|json)$/.test(name));

describe('the diagnostics of a document', () => {
  it.each(documents)('of %s are those of its golden file', (name) => {
    const { diagnostics } = readWorkflow(readFileSync(new URL(name, folder), 'utf8'), name);
    expect(renderDiagnostics(diagnostics)).toBe(readFileSync(new URL(`${name}.out`, folder), 'utf8'));
  });

  it.each(['release.yml', 'release-short.json', 'variables-templating.yml'])('are none for %s', (name) => {
    const { diagnostics, workflow } = readWorkflow(readFileSync(new URL(name, folder), 'utf8'), name);
    expect(diagnostics).toEqual([]);
    expect(workflow?.steps.length).toBeGreaterThan(0);
  });

  it.each(['project-loop.yml', 'implement-feature.yml', 'conditional-logic.yml'])('say of %s only what does not run yet', (name) => {
    const { diagnostics } = readWorkflow(readFileSync(new URL(name, folder), 'utf8'), name);
    expect(new Set(diagnostics.map(({ code }) => code))).toEqual(new Set(['not-yet']));
  });
});
