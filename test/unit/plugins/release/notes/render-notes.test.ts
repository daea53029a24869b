import { describe, expect, it } from 'vitest';
import { readRules } from '../../../../../plugins/release/commits/commit-rules.ts';
import type { CommitSettings } from '../../../../../plugins/release/commits/commit-settings.ts';
import { hostLinks } from '../../../../../plugins/release/notes/host-links.ts';
import type { NotesFacts, NotesOptions } from '../../../../../plugins/release/notes/notes-model.ts';
import { defaultSections, readSections } from '../../../../../plugins/release/notes/notes-sections.ts';
import { compareUrl, renderNotes } from '../../../../../plugins/release/notes/render-notes.ts';
import type { TemplateText } from '../../../../../src/plugin-api/index.ts';
import { collect } from '../commits/sample-commits.ts';

const links = hostLinks('https://github.com/o/r');
const conventional: NotesOptions = {
  style: 'conventional',
  sections: defaultSections('conventional'),
  links: null,
  authors: 'none',
  compare: false,
  item: null,
  template: null,
};
const kept: NotesOptions = {
  ...conventional,
  style: 'keep-a-changelog',
  sections: defaultSections('keep-a-changelog'),
};

function facts(
  messages: readonly string[],
  more: Partial<NotesFacts> = {},
  settings: Partial<CommitSettings> = {},
): NotesFacts {
  const base = { version: '1.1.0', date: '2026-01-02', tag: 'v1.1.0', previousTag: 'v1.0.0', summary: '', link: null };
  return { ...base, commits: collect(messages, settings), ...more };
}

function rulesOf(value: { readonly [type: string]: string }): Partial<CommitSettings> {
  const answer = readRules(value);
  if (answer.kind === 'wrong') throw new Error(answer.problems.join());
  return { rules: answer.rules };
}

function template(...parts: readonly string[]): TemplateText {
  return {
    template: parts.map((part) => (part.startsWith('{') ? { name: part.slice(1, -1), otherwise: null } : part)),
  };
}

describe('notes with a section a type', () => {
  it('have the sections in order, and leave out what is hidden and what is empty', () => {
    expect(renderNotes(facts(['docs: d', 'perf: c', 'fix: b', 'feat: a']), conventional)).toBe(
      '### Features\n\n* a (0000001)\n\n### Bug Fixes\n\n* b (0000002)\n\n### Performance\n\n* c (0000003)',
    );
  });

  it('sort by scope, those without one first, then newest first', () => {
    expect(renderNotes(facts(['fix(b): 5', 'fix(a): 4', 'fix: 3', 'fix(a): 2', 'fix: 1']), conventional)).toBe(
      [
        '### Bug Fixes\n',
        '* 3 (0000003)',
        '* 1 (0000001)',
        '* **a:** 4 (0000004)',
        '* **a:** 2 (0000002)',
        '* **b:** 5 (0000005)',
      ].join('\n'),
    );
  });

  it('link commits, pull requests and what they close', () => {
    expect(
      renderNotes(facts(['fix(ui): b (#7)\n\nCloses #12\nFixes x/y#3\nSee #99']), { ...conventional, links }),
    ).toBe(
      '### Bug Fixes\n\n* **ui:** b ([#7](https://github.com/o/r/pull/7)) ([0000001](https://github.com/o/r/commit/0000001eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee)), closes [#12](https://github.com/o/r/issues/12), [x/y#3](https://github.com/x/y/issues/3)',
    );
  });

  it('put what breaks on top, in the words of its footer, and list the change in its section too', () => {
    expect(renderNotes(facts(['feat(api): a\n\nBREAKING CHANGE: the door\nopens inwards']), conventional)).toBe(
      '### ⚠ BREAKING CHANGES\n\n* **api:** the door (0000001)\n  opens inwards\n\n### Features\n\n* **api:** a (0000001)',
    );
  });

  it('show what breaks where its type is hidden', () => {
    expect(renderNotes(facts(['chore!: drop Node 18']), conventional)).toBe(
      '### ⚠ BREAKING CHANGES\n\n* drop Node 18 (0000001)',
    );
  });

  it('keep code in the words of what breaks', () => {
    expect(renderNotes(facts(['chore: x\n\nBREAKING CHANGE:\n```\na\n```']), conventional)).toBe(
      '### ⚠ BREAKING CHANGES\n\n* x (0000001)\n  ```\n  a\n  ```',
    );
  });

  it('show what breaks even where own sections forget it', () => {
    const sections = [{ type: 'feat', title: 'New', hidden: false }];
    expect(renderNotes(facts(['fix!: b', 'feat: a']), { ...conventional, sections })).toBe(
      '### ⚠ BREAKING CHANGES\n\n* b (0000002)\n\n### New\n\n* a (0000001)',
    );
  });

  it('merge sections of one title', () => {
    const sections = [
      { type: 'feat', title: 'News', hidden: false },
      { type: 'docs', title: 'News', hidden: false },
      { type: '*', title: 'Other', hidden: false },
    ];
    expect(renderNotes(facts(['Words', 'docs: b', 'feat: a']), { ...conventional, sections })).toBe(
      '### News\n\n* a (0000001)\n* b (0000002)\n\n### Other\n\n* Words (0000003)',
    );
  });

  it('list reverts', () => {
    expect(renderNotes(facts(['Revert "feat: a"\n\nThis reverts commit 1234567.']), conventional)).toBe(
      '### Reverts\n\n* feat: a (0000001)',
    );
  });

  it('say how many changes were not kept', () => {
    expect(renderNotes(facts(['fix: c', 'fix: b', 'fix: a'], {}, { mostPerType: 2 }), conventional)).toBe(
      '### Bug Fixes\n\n* c (0000003)\n* b (0000002)\n* and 1 more',
    );
  });

  it('say how many breaking changes were not kept', () => {
    const text = renderNotes(facts(['fix!: b', 'feat!: a'], {}, { mostPerType: 1 }), conventional);
    expect(text.split('\n\n')[1]).toBe('* b (0000002)\n* and 1 more');
  });

  it('begin with the summary and end with the comparison', () => {
    const text = renderNotes(facts(['fix: a'], { summary: 'All\r\nnew.\n' }), {
      ...conventional,
      links,
      compare: true,
    });
    expect(text.startsWith('All\nnew.\n\n### Bug Fixes')).toBe(true);
    expect(
      text.endsWith('\n\n**Full changelog:** [v1.0.0...v1.1.0](https://github.com/o/r/compare/v1.0.0...v1.1.0)'),
    ).toBe(true);
  });

  it('have no comparison for a first release or an unknown host', () => {
    const first = facts([], { previousTag: null });
    expect(compareUrl(first, { ...conventional, links })).toBeNull();
    expect(renderNotes(first, { ...conventional, links, compare: true })).toBe('');
    expect(renderNotes(facts([]), { ...conventional, compare: true })).toBe('');
  });

  it('name authors after items or in a section of their own', () => {
    const messages = ['fix: a\n\nCo-authored-by: Bo <b@example.invalid>'];
    expect(renderNotes(facts(messages), { ...conventional, authors: 'items' })).toBe(
      '### Bug Fixes\n\n* a (0000001), by Ada, Bo',
    );
    expect(renderNotes(facts(messages), { ...conventional, authors: 'section' })).toBe(
      '### Bug Fixes\n\n* a (0000001)\n\n### Contributors\n\n* Ada\n* Bo',
    );
  });

  it('are empty where there is nothing to say', () => {
    expect(renderNotes(facts(['docs: a']), conventional)).toBe('');
  });
});

describe('notes in the manner of Keep a Changelog', () => {
  it('sort changes into its six kinds', () => {
    const messages = ['security: g', 'fix: f', 'revert: e', 'deprecate: d', 'refactor: c', 'perf: b', 'feat: a'];
    const text = renderNotes(facts(messages), kept);
    expect(text.match(/^### .*$/gm)).toEqual([
      '### Added',
      '### Changed',
      '### Deprecated',
      '### Removed',
      '### Fixed',
      '### Security',
    ]);
    expect(text).toContain('### Changed\n\n- b (0000002)\n- c (0000003)');
  });

  it('mark what breaks in its place', () => {
    expect(renderNotes(facts(['feat(api)!: a\n\nBREAKING CHANGE: it opens inwards', 'feat: b']), kept)).toBe(
      '### Added\n\n- b (0000001)\n- **Breaking:** **api:** a (0000002)\n  it opens inwards',
    );
  });

  it('put what breaks among the changes where its type has no place', () => {
    expect(renderNotes(facts(['chore!: drop Node 18']), kept)).toBe(
      '### Changed\n\n- **Breaking:** drop Node 18 (0000001)',
    );
  });
});

describe('a change that releases something by a rule', () => {
  const messages = ['odd: f', 'Words', 'build!: d', 'ci: c', 'docs: b', 'feat: a'];

  it('is listed under the name that the conventional style has for its type', () => {
    const text = renderNotes(facts(messages, {}, rulesOf({ docs: 'patch', '*': 'patch' })), conventional);
    expect(text).toBe(
      [
        '### ⚠ BREAKING CHANGES\n\n* d (0000004)',
        '### Features\n\n* a (0000001)',
        '### Documentation\n\n* b (0000002)',
        '### Other Changes\n\n* Words (0000005)\n* **odd:** f (0000006)',
      ].join('\n\n'),
    );
  });

  it('is listed under Changed in Keep a Changelog', () => {
    const text = renderNotes(facts(messages, {}, rulesOf({ docs: 'patch', '*': 'patch' })), kept);
    expect(text).toBe(
      [
        '### Added\n\n- a (0000001)',
        '### Changed\n\n- **Breaking:** d (0000004)\n- b (0000002)\n- Words (0000005)\n- **odd:** f (0000006)',
      ].join('\n\n'),
    );
  });

  it('is told from others of its type by its scope', () => {
    const text = renderNotes(facts(['deps(a): x', 'deps(b): y'], {}, rulesOf({ 'deps(b)': 'patch' })), conventional);
    expect(text).toBe('### Other Changes\n\n* **b:** y (0000001)');
  });

  it('is named by a type that no rule speaks of', () => {
    const text = renderNotes(
      facts(['http(tls): x', 'http: y', 'ABC-12: z'], {}, rulesOf({ '*': 'patch' })),
      conventional,
    );
    expect(text).toBe(
      '### Other Changes\n\n* ABC-12: z (0000001)\n* **http:** y (0000002)\n* **http(tls):** x (0000003)',
    );
  });

  it('is seen where own sections forget it, in their section for other changes if there is one', () => {
    const news = { type: 'feat', title: 'New', hidden: false };
    const rest = { type: '*', title: 'The rest', hidden: false };
    const told = facts(['perf: c', 'Words', 'fix: b', 'feat: a']);
    expect(renderNotes(told, { ...conventional, sections: [news] })).toBe(
      '### New\n\n* a (0000001)\n\n### Bug Fixes\n\n* b (0000002)\n\n### Performance\n\n* c (0000004)',
    );
    expect(renderNotes(told, { ...conventional, sections: [news, rest] })).toBe(
      '### New\n\n* a (0000001)\n\n### The rest\n\n* Words (0000003)\n* b (0000002)\n* c (0000004)',
    );
  });

  it('stays out where its type is hidden, or its rule says none', () => {
    const sections = [{ type: 'fix', title: '', hidden: true }];
    const told = facts(['perf: b', 'fix: a'], {}, rulesOf({ perf: 'none' }));
    expect(renderNotes(told, { ...conventional, sections })).toBe('');
  });
});

describe('notes of the style `seed`', () => {
  it('are the summary and the link', () => {
    const options: NotesOptions = { ...conventional, style: 'seed', sections: [] };
    expect(renderNotes(facts(['feat: a'], { summary: 'New.', link: '[all](x.md)' }), options)).toBe(
      'New.\n\n[all](x.md)',
    );
    expect(renderNotes(facts(['feat: a']), options)).toBe('');
  });
});

describe('own templates', () => {
  it('fill an item', () => {
    const item = template(
      '{type}',
      '/',
      '{scope}',
      ': ',
      '{subject}',
      ' ',
      '{hash}',
      ' ',
      '{link}',
      ' ',
      '{pull_request}',
      ' ',
      '{references}',
      ' ',
      '{author}',
    );
    expect(renderNotes(facts(['fix(ui): a (#3)\n\nCloses #4']), { ...conventional, item })).toBe(
      '### Bug Fixes\n\n* fix/ui: a 0000001 0000001 #3 closes #4 Ada',
    );
  });

  it('fill the whole', () => {
    const whole = template(
      '# ',
      '{version}',
      ' of ',
      '{date}',
      '\n\n',
      '{summary}',
      '\n\n',
      '{sections}',
      '\n\n',
      '{compare}',
      '\n\n',
      '{contributors}',
      '\n',
    );
    expect(renderNotes(facts(['fix: a']), { ...conventional, template: whole })).toBe(
      '# 1.1.0 of 2026-01-02\n\n### Bug Fixes\n\n* a (0000001)\n\n* Ada',
    );
  });

  it('never look again at what was filled in', () => {
    const whole = template('{summary}', ' ', '{version}');
    expect(renderNotes(facts([], { summary: '{version} {sections}' }), { ...conventional, template: whole })).toBe(
      '{version} {sections} 1.1.0',
    );
    const item = template('{subject}', ' ', '{hash}');
    expect(renderNotes(facts(['fix: {hash} {link}']), { ...conventional, item })).toBe(
      '### Bug Fixes\n\n* {hash} {link} 0000001',
    );
  });

  it('take what a run gives for other names', () => {
    const whole: TemplateText = {
      template: [{ name: 'team', otherwise: 'Doors' }, ' ', { name: 'none', otherwise: null }],
    };
    expect(renderNotes(facts([]), { ...conventional, template: whole })).toBe('Doors');
  });

  it('serve the style `seed` too', () => {
    const whole = template('{summary}', '\n\n', '{tag}');
    const options: NotesOptions = { ...conventional, style: 'seed', sections: [], template: whole };
    expect(renderNotes(facts([]), options)).toBe('v1.1.0');
  });

  it('keep blank lines that a text has itself', () => {
    const whole = template('{summary}', '\n\n', '{version}');
    const summary = '```\na\n\n\nb\n```';
    expect(renderNotes(facts([], { summary }), { ...conventional, template: whole })).toBe(`${summary}\n\n1.1.0`);
  });
});

describe('sections of a configuration', () => {
  it('are read', () => {
    expect(
      readSections([
        { type: 'Feat', title: ' New\nthings ' },
        { type: 'chore', hidden: true },
      ]),
    ).toEqual({
      kind: 'sections',
      sections: [
        { type: 'feat', title: 'New things', hidden: false },
        { type: 'chore', title: '', hidden: true },
      ],
    });
  });

  it.each([
    [{}, '`sections` has to be a list'],
    [[{ title: 'x' }], '`sections[0]` has no `type`'],
    [['feat'], '`sections[0]` has no `type`'],
    [[{ type: 'feat' }], '`sections[0]` has no `title`: give one, or set `hidden: true`'],
  ])('%j are refused', (value, problem) => {
    expect(readSections(value)).toEqual({ kind: 'wrong', problems: [problem] });
  });

  it('can hide what breaks, where somebody says so', () => {
    const sections = [
      { type: 'breaking', title: '', hidden: true },
      { type: 'fix', title: 'Fixes', hidden: false },
    ];
    expect(renderNotes(facts(['fix!: a']), { ...conventional, sections })).toBe('### Fixes\n\n* a (0000001)');
  });
});
