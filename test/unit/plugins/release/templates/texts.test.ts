import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { tagFilter } from '../../../../../plugins/release/templates/caller-needs.ts';
import { packageIds } from '../../../../../plugins/release/templates/package-names.ts';
import { tagFault } from '../../../../../plugins/release/templates/tag-template.ts';
import { scriptLines, yamlTemplate, yamlText } from '../../../../../plugins/release/templates/yaml-text.ts';

describe('texts of templates', () => {
  it.each(['yes', 'null', '1.0', '- x', 'a: b', '# no', "it's", 'a\nb', '{version}', '', '@acme/x', 'a/b.c-d'])(
    'write %j so that it reads back',
    (text) => {
      expect(parse(`a: ${yamlText(text)}`)).toEqual({ a: text });
      expect(parse(`a: ${yamlText([text, { path: text }])}`)).toEqual({ a: [text, { path: text }] });
    },
  );

  it('write what looks like an expression so that it is none', () => {
    const read = (text: string): unknown => parse(`a: ${yamlText(text)}`).a;
    expect(read(`a\${{ secrets.KEY }}`)).toBe(`a\\\${{ secrets.KEY }}`);
    expect(read('{{ env.HOME }}')).toBe('\\{{ env.HOME }}');
    expect(parse(`a: ${yamlTemplate('dist/{{ x }}')}`)).toEqual({ a: 'dist/{{ x }}' });
  });

  it('write a script as it is', () => {
    const script = 'npm ci && npm test\n\nif true; then\n  echo "a: b # c"\nfi';
    expect(parse(scriptLines('run', script, '  ').join('\n'))).toEqual({ run: `${script}\n` });
  });
});

describe('ids for packages', () => {
  it('are what ids can hold, and all different', () => {
    expect(packageIds(['@acme/core', 'core', 'my pkg', '...', 'packages/core'])).toEqual([
      'core',
      'core-2',
      'my-pkg',
      'package',
      'packages-core',
    ]);
  });
});

describe('a template of tags', () => {
  it.each(['v{version}', '{version}', 'release-{version}', 'a/v{version}'])('may be %s', (template) => {
    expect(tagFault(template, ['{version}'])).toBeNull();
  });

  it('of packages may put the two parts together with a sign', () => {
    expect(tagFault('{name}@{version}', ['{name}', '{version}'])).toBeNull();
    expect(tagFault('v{version}', ['{name}', '{version}'])).toContain('{name}');
  });

  it.each(['v', '{version}{version}', 'a b{version}', 'a..{version}', '-{version}', '{version}.lock', '{x}{version}'])(
    'may not be %s',
    (template) => {
      expect(tagFault(template, ['{version}'])).not.toBeNull();
    },
  );

  it('becomes a pattern of GitHub that means itself', () => {
    expect(tagFilter('v{version}')).toBe('v[0-9]*');
    expect(tagFilter('a+b/{version}-x')).toBe('a\\+b/[0-9]*-x');
  });
});
