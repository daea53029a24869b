import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { Window } from 'happy-dom';
import { afterAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { shippedWorkflows } from '../../scripts/examples/example-runs.ts';
import { anchorOf } from '../../scripts/reference/markdown.ts';
import { isJsonMap, type Json } from '../../src/core/model/json.ts';
import { commands } from '../../src/entry/cli/command.ts';
import { parseArguments } from '../../src/entry/cli/parse-arguments.ts';
import { TempFolder } from '../rigs/temp-folder.ts';
import { cli } from './in-process-cli.ts';
import { type Block, blocksOf, wordsOf } from './markdown-blocks.ts';

const root = resolve(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const pagesIn = (folder: string) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `${folder}/${name}`);

const guide = pagesIn('docs/guide');
const written = ['README.md', ...guide];
const pages = [...written, ...pagesIn('docs/reference'), 'docs/benchmarks.md', 'CHANGELOG.md'];
const blocks = written.flatMap((file) => blocksOf(file, read(file)));
const titleOf = (block: Block) => `${block.file}:${block.line}`;
const ofKind = (language: string, ...kinds: readonly string[]) =>
  blocks.filter((block) => block.language === language && kinds.includes(block.kind));

const folders: TempFolder[] = [];
afterAll(() => {
  for (const folder of folders) folder.remove();
});

/** A repository as the pages speak of it, with the files that the block's own page shows. */
function repositoryFor(block: Block): TempFolder {
  const folder = new TempFolder({
    'README.md':
      '# Sample\n\n![Version](https://img.shields.io/badge/version-1.2.3-blue)\n\n**Latest release:** v1.2.3\n',
    VERSION: '1.2.3\n',
    'package.json': '{\n  "name": "sample",\n  "version": "1.2.3",\n  "scripts": { "test": "exit 0" }\n}\n',
    'CHANGELOG.md': '# Changelog\n\n## v1.2.3 - 2026-01-02\n\nThe release before.\n',
    'src/main.ts': 'export {};\n',
  });
  folders.push(folder);
  for (const other of blocks) {
    const path = other.attributes.get('file');
    if (other.file === block.file && path !== undefined) folder.write(path, other.text, 0o755);
  }
  folder.write('workflows/page.yml', block.text);
  folder.git('init', '--quiet', '--initial-branch', 'main');
  folder.git('add', '--all');
  folder.git('commit', '--quiet', '--message', 'feat: a sample');
  folder.git('init', '--quiet', '--bare', 'remote.git');
  folder.write('.git/info/exclude', 'remote.git/\n');
  folder.git('remote', 'add', 'origin', join(folder.path, 'remote.git'));
  return folder;
}

/** What changes from run to run: durations, run ids, dates, hashes. */
function steady(text: string): readonly string[] {
  return text
    .replace(/\d+(\.\d+)? (ms|s|min)\b/g, 'TIME')
    .replace(/\d{8}-\d{6}-[0-9a-z]{6}/g, 'RUN')
    .replace(/\d{4}-\d{2}-\d{2}/g, 'DATE')
    .replace(/\b[0-9a-f]{40}\b/g, 'HASH')
    .split('\n')
    .map((line) => line.trim().replace(/ +/g, ' '))
    .filter((line) => line !== '');
}

describe('every YAML block of README and guide', () => {
  test('there are enough of them', () => {
    expect(ofKind('yaml', 'workflow', 'run', 'invalid').length).toBeGreaterThanOrEqual(30);
    expect(ofKind('yaml', 'run').length).toBeGreaterThanOrEqual(22);
  });

  test.each(blocks.filter(({ language }) => language === 'yaml').map((block) => [titleOf(block), block] as const))(
    '%s says what it is, and a whole workflow is not hidden as something else',
    (_, { kind, text }) => {
      expect(['workflow', 'run', 'invalid', 'caller', 'config', 'snippet']).toContain(kind);
      if (kind !== 'snippet') return;
      const document: Json = parse(text);
      const workflow = isJsonMap(document) && isJsonMap(document.workflow) ? document.workflow : document;
      expect(isJsonMap(workflow) && 'name' in workflow && 'steps' in workflow).toBe(false);
    },
  );
});

describe('workflows of the pages', () => {
  test.each(ofKind('yaml', 'workflow', 'run').map((block) => [titleOf(block), block] as const))(
    '%s is valid, without a warning',
    async (_, block) => {
      const { exitCode, output } = await cli(['validate', 'workflows/page.yml'], repositoryFor(block).path);
      expect(output).toBe('✓ workflows/page.yml is valid\n');
      expect(exitCode).toBe(0);
    },
  );

  test.each(ofKind('yaml', 'invalid').map((block) => [titleOf(block), block] as const))(
    '%s is refused with the diagnostics it names',
    async (_, block) => {
      const folder = repositoryFor(block);
      const { exitCode, output } = await cli(['validate', 'workflows/page.yml', '--json'], folder.path);
      const report: { diagnostics: { code: string; severity: string }[] } = JSON.parse(output);
      const errors = report.diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code);
      expect([...new Set(errors)].sort()).toEqual((block.attributes.get('codes') ?? '').split(',').sort());
      expect(exitCode).toBe(2);
      const shown = await cli(['validate', 'workflows/page.yml'], folder.path);
      expectShown(block, shown.output);
    },
  );

  test.each(ofKind('yaml', 'run').map((block) => [titleOf(block), block] as const))(
    '%s runs as the page says',
    async (_, block) => {
      const folder = repositoryFor(block);
      const args = wordsOf(block.attributes.get('args') ?? '');
      const { exitCode, output } = await cli(['run', 'workflows/page.yml', ...args], folder.path);
      expect(output).not.toContain('warning[');
      expect({ exitCode, output }).toEqual({ exitCode: Number(block.attributes.get('exit') ?? 0), output });
      expectShown(block, output);
    },
  );

  /** A `text output` block that follows shows lines that were really printed. */
  function expectShown(block: Block, output: string): void {
    const next = blocks[blocks.indexOf(block) + 1];
    if (next?.file !== block.file || next.language !== 'text' || next.kind !== 'output') return;
    const printed = steady(output);
    const missing = steady(next.text).filter((line) => !printed.some((other) => other.includes(line)));
    expect({ missing, printed: missing.length > 0 ? printed : [] }).toEqual({ missing: [], printed: [] });
  }
});

describe('configuration files of the pages', () => {
  const definition = 'name: Any\nsteps:\n  - id: any\n    run: echo any\n';

  test.each(ofKind('yaml', 'config').map((block) => [titleOf(block), block] as const))(
    '%s is accepted',
    async (_, block) => {
      const folder = repositoryFor({ ...block, text: definition });
      folder.write('vwmp_config.yaml', block.text);
      const { exitCode, output } = await cli(['validate', 'workflows/page.yml'], folder.path);
      expect({ exitCode, output }).toEqual({ exitCode: 0, output: '✓ workflows/page.yml is valid\n' });
    },
  );
});

describe('caller workflows of the pages', () => {
  const manifest: { inputs: Record<string, unknown>; outputs: Record<string, unknown> } = parse(read('action.yml'));

  test('there are some', () => {
    expect(ofKind('yaml', 'caller').length).toBeGreaterThanOrEqual(4);
  });

  test.each(ofKind('yaml', 'caller').map((block) => [titleOf(block), block] as const))(
    '%s asks for little, pins what it uses, and gives only inputs that exist',
    (_, { text }) => {
      const caller: {
        on: unknown;
        permissions: unknown;
        jobs: Record<string, { permissions: unknown; 'timeout-minutes': number; steps: CallerStep[] }>;
      } = parse(text);
      expect(caller.on).toBeDefined();
      expect(caller.permissions).toEqual({});
      for (const job of Object.values(caller.jobs)) {
        expect(job.permissions).toBeDefined();
        expect(job['timeout-minutes']).toBeGreaterThan(0);
        for (const step of job.steps) expectCaller(step);
      }
      // Expressions belong into inputs and environment, never into a script.
      for (const job of Object.values(caller.jobs)) {
        for (const { run } of job.steps) expect(run ?? '').not.toContain('${{');
      }
    },
  );

  interface CallerStep {
    readonly uses?: string;
    readonly run?: string;
    readonly with?: Record<string, unknown>;
  }

  function expectDeclared(workflow: string, parameters: string): void {
    const definition: { parameters: { name: string }[] } = parse(read(`workflows/${workflow}.yml`));
    const declared = definition.parameters.map(({ name }) => name);
    const given: Json = parse(parameters.replace(/\$\{\{.*?\}\}/g, 'given'));
    expect(declared).toEqual(expect.arrayContaining(Object.keys(isJsonMap(given) ? given : {})));
  }

  function expectCaller({ uses, with: inputs }: CallerStep): void {
    if (uses === undefined) return;
    expect(uses).toMatch(/@[0-9a-f]{40}$/);
    if (!uses.includes('vwmp')) return;
    expect(inputs).toHaveProperty('workflow');
    for (const name of Object.keys(inputs ?? {})) expect(Object.keys(manifest.inputs)).toContain(name);
    const workflow = String(inputs?.workflow);
    if (shippedWorkflows().includes(workflow)) expectDeclared(workflow, String(inputs?.parameters ?? '{}'));
  }
});

describe('command lines of the pages', () => {
  const lines = blocks
    .filter(({ language }) => language === 'sh')
    .flatMap((block) =>
      block.text
        .replaceAll('\\\n', ' ')
        .split('\n')
        .map((line) => ({
          block,
          line: line
            .replace(/ +#.*$/, '')
            .replace(/ *\|.*$/, '')
            .replace(/ +>.*$/, ''),
        })),
    )
    .flatMap(({ block, line }) => {
      const words = wordsOf(line.replace(/^npx /, ''));
      return words[0] === 'vwmp' && words.length > 1 ? [[titleOf(block), line, words.slice(1)] as const] : [];
    });

  test('there are enough of them', () => {
    expect(lines.length).toBeGreaterThanOrEqual(40);
  });

  test.each(lines)('%s: %s', (_title, _line, [name, ...rest]) => {
    if (name === '--version' || name === '--help') return;
    const command = commands.find((candidate) => candidate.name === name);
    if (command === undefined) throw new Error(`there is no command ${name}`);
    expect(parseArguments(command, rest)).toMatchObject({ ok: true });
  });
});

describe('diagrams of the pages', () => {
  const diagrams = blocks.filter(({ language }) => language === 'mermaid');

  test('README shows one', () => {
    expect(diagrams.map(({ file }) => file)).toContain('README.md');
  });

  test.each(diagrams.map((block) => [titleOf(block), block] as const))('%s can be drawn', async (_, { text }) => {
    // The library looks for a page when it is loaded.
    const window = new Window();
    Object.assign(globalThis, { window, document: window.document });
    const { default: mermaid } = await import('mermaid');
    expect(await mermaid.parse(text)).toMatchObject({ diagramType: expect.stringMatching(/^flowchart/) });
  });
});

describe('links between pages', () => {
  const linked = /\[[^\]]*\]\((?!https?:|mailto:)([^)\s]+)\)/g;
  const proseOf = (file: string) => read(file).replace(/^```[\s\S]*?^```$/gm, '');
  const headingsOf = (file: string) =>
    [...proseOf(file).matchAll(/^#+ (.+)$/gm)].map(([, text = '']) => anchorOf(text));

  test.each(pages)('%s leads only to what is there', (file) => {
    for (const [, target = ''] of proseOf(file).matchAll(linked)) {
      const [path = '', anchor] = target.split('#');
      const full = path === '' ? file : relative(root, resolve(root, dirname(file), path));
      if (full.endsWith('.md')) {
        const headings = headingsOf(full);
        if (anchor !== undefined) expect(headings, `${file} → ${target}`).toContain(anchor);
      } else expect(() => readdirSync(join(root, dirname(full))), `${file} → ${target}`).not.toThrow();
    }
  });

  test('the pages of the guide lead from one to the next in the order of its index', () => {
    const order = [...read('docs/guide/README.md').matchAll(/\]\(([a-z-]+\.md)\)/g)].map(([, name = '']) => name);
    expect([...new Set(order)]).toEqual(order);
    expect(order.map((name) => `docs/guide/${name}`).sort()).toEqual(
      guide.filter((file) => !file.endsWith('README.md')).sort(),
    );
    for (const [index, name] of order.entries()) {
      const last = read(`docs/guide/${name}`).trimEnd().split('\n').at(-1) ?? '';
      const before = order[index - 1];
      const after = order[index + 1];
      if (before !== undefined) expect(last).toContain(`](${before})`);
      if (after !== undefined) expect(last).toContain(`](${after})`);
      expect(last).toContain('](README.md)');
    }
  });
});
