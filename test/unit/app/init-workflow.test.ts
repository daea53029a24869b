import { describe, expect, it } from 'vitest';
import { type OfferedTemplate, pickTemplate, slugOf } from '../../../src/app/find-templates.ts';
import { actionFor, type DraftFolder, isStem, type WorkflowDraft, writeDraft } from '../../../src/app/init-workflow.ts';
import { sampleValues } from '../../../src/app/sample-values.ts';
import { openTemplate } from '../../../src/app/template-form.ts';
import { readWorkflow } from '../../../src/core/document/read-workflow.ts';
import type { TemplateContext } from '../../../src/core/ports/plugin.ts';

/** A folder in memory that can refuse one path. */
class MemoryFolder implements DraftFolder {
  readonly workspace = '';
  readonly files: Map<string, string>;
  refuses: string | null = null;

  constructor(files: { readonly [path: string]: string } = {}) {
    this.files = new Map(Object.entries(files));
  }

  async isFolder(path: string): Promise<boolean> {
    return [...this.files.keys()].some((file) => file.startsWith(`${path}/`));
  }

  async read(path: string): Promise<string | null> {
    return this.files.get(path) ?? null;
  }

  async write(path: string, text: string): Promise<void> {
    if (path === this.refuses) {
      throw Object.assign(new Error('no'), { failure: { kind: 'handler', message: `"${path}" cannot be written.` } });
    }
    this.files.set(path, text);
  }

  async remove(path: string): Promise<void> {
    this.files.delete(path);
  }
}

function draftOf(folder: MemoryFolder, texts: { readonly [path: string]: string }): WorkflowDraft {
  const files = Object.entries(texts).map(([path, text]) => ({ path, text, before: folder.files.get(path) ?? null }));
  const plan = { ok: false, error: [] } as const;
  return { stem: 'x', found: {}, answers: {}, files, diagnostics: [], samples: {}, plan };
}

describe('the files of a draft', () => {
  const texts = { 'a.yml': 'a\n', 'b.yml': 'b\n' };

  it('are all written', async () => {
    const folder = new MemoryFolder();
    expect(await writeDraft(folder, draftOf(folder, texts), { force: false })).toEqual({ ok: true, value: null });
    expect(Object.fromEntries(folder.files)).toEqual(texts);
  });

  it('are put back where one of them cannot be written', async () => {
    const folder = new MemoryFolder({ 'a.yml': 'old\n' });
    folder.refuses = 'b.yml';
    const written = await writeDraft(folder, draftOf(folder, texts), { force: true });
    expect(written).toMatchObject({ error: [{ message: '"b.yml" cannot be written. Nothing was written.' }] });
    expect(Object.fromEntries(folder.files)).toEqual({ 'a.yml': 'old\n' });
  });

  it('are not written over others without being told to', async () => {
    const folder = new MemoryFolder({ 'a.yml': 'own\n', 'b.yml': 'own\n' });
    const written = await writeDraft(folder, draftOf(folder, texts), { force: false });
    expect(written).toMatchObject({
      error: [{ message: 'a.yml and b.yml are there already and would be written over.' }],
    });
    expect(folder.files.get('a.yml')).toBe('own\n');
  });

  it('stay as they are where they say that already', () => {
    expect(actionFor({ path: 'a', text: 'x', before: 'x' })).toBe('keep');
    expect(actionFor({ path: 'a', text: 'x', before: null })).toBe('create');
    expect(actionFor({ path: 'a', text: 'x', before: 'y' })).toBe('replace');
  });

  it.each(['release', 'release-2', 'v1.x'])('may be called %s', (stem) => expect(isStem(stem)).toBe(true));
  it.each(['', '../x', 'a/b', '.hidden', 'x.yml', 'x.test', '-x'])('may not be called "%s"', (stem) =>
    expect(isStem(stem)).toBe(false),
  );
});

describe('templates', () => {
  const template = { description: '', definition: {} };
  const offered: readonly OfferedTemplate[] = [
    ['release', 'Standard Release'],
    ['release', 'Quick Release'],
    ['ci', 'Quick'],
    ['ci', 'Node'],
    ['shop', 'Node'],
  ].map(([type = '', name = '']) => ({ type, slug: slugOf(name), template: { ...template, name } }));
  const nameOf = (text: string) => {
    const picked = pickTemplate(offered, text);
    return picked.ok ? `${picked.value.type}/${picked.value.template.name}` : picked.error[0]?.message;
  };

  it.each([
    ['standard', 'release/Standard Release'],
    ['Standard Release', 'release/Standard Release'],
    ['quick', 'ci/Quick'],
    ['release/quick', 'release/Quick Release'],
    ['shop/node', 'shop/Node'],
  ])('%s names %s', (text, name) => expect(nameOf(text)).toBe(name));

  it('are not guessed at', () => {
    expect(nameOf('node')).toBe('"node" names 2 templates.');
    expect(nameOf('')).toBe('There is no template "".');
    expect(nameOf('stand')).toBe('There is no template "stand".');
  });

  it('that stand fixed are written as they are, and may write to the repository only where a step does', async () => {
    const context = {} as TemplateContext;
    const open = (handler: string) =>
      openTemplate(
        {
          name: 'Fixed',
          description: 'Does it',
          definition: {
            workflow: { name: 'Fixed', steps: [{ id: 'go', handler, config: { text: 'a: "b" # {{ x }}\n' } }] },
          },
        },
        context,
      );
    const pushing = await (await open('git.push')).write({ caller: true }, 'fixed');
    expect(readWorkflow(pushing.definition, 'x.yml').workflow?.steps[0]).toMatchObject({
      handler: 'git.push',
      config: { text: 'a: "b" # {{ x }}\n' },
    });
    expect(pushing.caller).toMatchObject({ permissions: [{ name: 'contents', level: 'write' }], pushes: true });
    const quiet = await (await open('shop.open')).write({ caller: true }, 'fixed');
    expect(quiet.caller).toMatchObject({ permissions: [], pushes: false });
    expect((await (await open('shop.open')).write({ caller: false }, 'fixed')).caller).toBeNull();
  });
});

describe('samples for a plan', () => {
  it('are made for what somebody has to give, and fit their declarations', () => {
    const { workflow } = readWorkflow(
      `name: x
parameters:
  - { name: long, type: string, required: true, validation: { min_length: 40, max_length: 45 } }
  - { name: short, type: string, required: true, validation: { max_length: 3 } }
  - { name: kind, type: enum, required: true, options: [b, a] }
  - { name: many, type: integer, required: true, validation: { minimum: 5 } }
  - { name: few, type: integer, required: true, validation: { maximum: 0 } }
  - { name: sure, type: boolean, required: true }
  - { name: known, type: string, required: true, default: x }
  - { name: open, type: string }
steps: [{ id: go, run: "true" }]
`,
      'x.yml',
    );
    const samples = sampleValues(workflow ?? { parameters: [] });
    expect(samples).toEqual({
      long: expect.stringMatching(/^a sample text.{27,32}$/),
      short: 'a s',
      kind: 'b',
      many: 5,
      few: 0,
      sure: false,
    });
  });
});
