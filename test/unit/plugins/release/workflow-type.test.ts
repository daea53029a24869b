import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import gitPlugin from '../../../../plugins/git/index.ts';
import projectPlugin from '../../../../plugins/project/index.ts';
import releasePlugin from '../../../../plugins/release/index.ts';
import { loadBundledPlugins } from '../../../../src/adapters/plugin-loader/load-plugins.ts';
import { noConfiguration } from '../../../../src/core/configuration/configuration.ts';
import { checkWorkflow } from '../../../../src/core/document/checks/check-workflow.ts';
import { readWorkflow } from '../../../../src/core/document/read-workflow.ts';
import { loadPatterns } from '../../../../src/core/expression/pattern.ts';

const loaded = loadBundledPlugins([gitPlugin, releasePlugin, projectPlugin]);

async function remarksOn(text: string, file: string): Promise<readonly string[]> {
  await loadPatterns();
  const reading = readWorkflow(text, file);
  const checks = checkWorkflow(reading, {
    handlers: loaded.catalog,
    workflowTypes: loaded.workflowTypes,
    configuration: noConfiguration,
    set: [],
  });
  return [...reading.diagnostics, ...checks].map(({ severity, message }) => `${severity}: ${message}`);
}

describe('the workflow type release', () => {
  const [type] = loaded.workflowTypes;

  it('has a template for each way to release', () => {
    expect(type?.templates.map(({ name }) => name)).toEqual([
      'Standard Release',
      'Quick Release',
      'On-Tag Release',
      'Monorepo Release',
      'Documented Release',
    ]);
  });

  it('misses nothing in a release that writes its notes and publishes', async () => {
    const text = `name: x
type: release
steps:
  - { id: bump, handler: release.version_bump }
  - { id: notes, handler: release.notes }
  - { id: push, handler: git.push }
`;
    expect(await remarksOn(text, 'x.yml')).toEqual([]);
  });

  it('finds nothing wrong with the sample release but a parameter that nothing reads', async () => {
    const file = join(import.meta.dirname, '../../../golden/seeds/000-release.yml');
    expect(await remarksOn(readFileSync(file, 'utf8'), file)).toEqual([
      'warning: Nothing reads the parameter `kb_docs_ok`.',
    ]);
  });

  it('finds a key that a handler does not know', async () => {
    const text = JSON.stringify({
      name: 'x',
      steps: [{ id: 'bump', handler: 'release.version_bump', config: { version_fil: 'VERSION' } }],
    });
    expect(await remarksOn(text, 'x.json')).toEqual([expect.stringContaining('version_fil')]);
  });

  it('says before the run that nothing gives the version', async () => {
    const text = JSON.stringify({ name: 'x', steps: [{ id: 'write', handler: 'release.changelog_create' }] });
    expect(await remarksOn(text, 'x.json')).toEqual([
      expect.stringMatching(/^error: nothing gives `\{version\}` a value/i),
    ]);
  });
});
