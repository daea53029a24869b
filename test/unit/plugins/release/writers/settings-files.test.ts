import { describe, expect, it } from 'vitest';
import { expectWrites, inAllForms, textsAt } from './marked-text.ts';

const iniCases = inAllForms([
  {
    title: 'the metadata of a package',
    target: { path: 'setup.cfg' },
    marked:
      '[bdist]\nversion = 0\n[metadata]\n# version = 1\nname = a\nversion = «1.2.3»\nlong =\n    version = 2\n[x]\nversion: 3\n',
  },
  {
    title: 'a colon, no blanks and a comment behind it',
    target: { path: 'a.ini', key: 'tool:a.b.version' },
    marked: '; x\n[tool:a.b] ; y\nversion:«1.2.3» ; z\n',
  },
  {
    title: 'quotes',
    target: { path: 'a.cfg', key: '"a.b".version' },
    marked: '[a.b]\nversion = "v«1.2.3»" # x\n',
  },
  {
    title: 'properties without sections',
    target: { path: 'gradle.properties' },
    marked: '! version=0\norg.gradle.jvmargs=-Xmx1g \\\nversion=1\n  version=«1.2.3»\nx.version=2\n',
  },
  {
    title: 'a name with dots in properties',
    target: { path: 'a.properties', key: 'app.version' },
    marked: '[app]\nversion=0\napp.version = «1.2.3»\n',
  },
]);

describe('a version in sections and properties', () => {
  it.each(iniCases)('is written with $title, $form', async (each) => {
    await expectWrites(each, '2.0.0');
  });

  it.each([
    ['[metadata]\nname = a', 'setup.cfg has no `metadata.version`'],
    ['version = 1.2.3', 'setup.cfg has no `metadata.version`'],
    ['[metadata]\n# version = 1.2.3', 'setup.cfg has no `metadata.version`'],
    [
      '[metadata]\nversion = attr: a.__version__',
      '`metadata.version` in setup.cfg points elsewhere (`attr: a.__version__`): name the file that holds the version itself',
    ],
    [
      '[metadata]\nversion = file: VERSION',
      '`metadata.version` in setup.cfg points elsewhere (`file: VERSION`): name the file that holds the version itself',
    ],
    [
      '[metadata]\nversion = %(base)s',
      '`metadata.version` in setup.cfg points elsewhere (`%(base)s`): name the file that holds the version itself',
    ],
    [
      '[metadata]\nversion = 1.2.3\n  4',
      '`metadata.version` in setup.cfg runs over several lines, and it must be a text on one line',
    ],
    [
      '[metadata]\nversion = 1.2.3\nversion = 1.2.3',
      'setup.cfg has 2 instead of 1 places of `metadata.version`: name the place more exactly or set `count`',
    ],
    ['[metadata]\nversion =', '`` in setup.cfg is not a version: it must be one word'],
  ])('is refused in %j', async (content, message) => {
    expect(await textsAt({ path: 'setup.cfg' }, content)).toBe(message);
  });
});

const gradleCases = inAllForms([
  {
    title: 'Groovy, with other versions around it',
    target: { path: 'build.gradle' },
    marked:
      "plugins {\n  id 'a' version '0.1.0'\n}\n// version = '0'\n/* version = '0'\n*/\ngroup = 'x'\nversion = '«1.2.3»' // now\nallprojects { version = '0.2.0' }\n",
  },
  {
    title: 'Groovy without an equals sign',
    target: { path: 'build.gradle' },
    marked: "version '«1.2.3»'\ndependencies { implementation 'a:b:1.0' }\n",
  },
  {
    title: 'Kotlin',
    target: { path: 'app/build.gradle.kts' },
    marked: `plugins {\n    id("a") version "0.1.0"\n    kotlin("jvm") version "0.2.0"\n}\nval x = "a \${f("version = \\"0\\"") + "}"} $y"\nproject.version = "«1.2.3»"; group = "y"\n`,
  },
  {
    title: 'the block that the key says',
    target: { path: 'build.gradle', key: 'android.defaultConfig.versionName' },
    marked: 'android {\n  versionName "0"\n  defaultConfig {\n    versionCode 7\n    versionName "«1.2.3»"\n  }\n}\n',
  },
  {
    title: 'dots instead of a block',
    target: { path: 'build.gradle', key: 'ext.libVersion' },
    marked: "ext.other = '0'\next.libVersion = '«1.2.3»'\n",
  },
  {
    title: 'a variable that the key says',
    target: { path: 'build.gradle.kts', key: 'appVersion' },
    marked: 'val version = "0"\nval appVersion: String = "v«1.2.3»"\nversion = appVersion\n',
  },
  {
    title: 'texts and patterns that look like it',
    target: { path: 'build.gradle' },
    marked: `def a = '''\nversion = '0'\n'''\ndef b = """\nversion = '1' \${x { version = '2' }}\n"""\ndef c = x =~ /'"{/\ndef d = 4 / 2\nf(\nversion = '3'\n)\nversion = '«1.2.3»'\n`,
  },
]);

describe('a version in a build script', () => {
  it.each(gradleCases)('is written with $title, $form', async (each) => {
    await expectWrites(each, '2.0.0');
  });

  it.each([
    ["group = 'a'", 'build.gradle has no line `version = "…"`'],
    ["def version = '1.2.3'", 'build.gradle has no line `version = "…"`'],
    ["allprojects { version = '1.2.3' }", 'build.gradle has no line `version = "…"`'],
    [
      'version = rootProject.version',
      'build.gradle does not give `version` as one text in quotes: write it so or set `pattern`',
    ],
    [`version = "1.\${x}"`, 'build.gradle does not give `version` as one text in quotes: write it so or set `pattern`'],
    ["version = '1.2' + x", 'build.gradle does not give `version` as one text in quotes: write it so or set `pattern`'],
    [
      "version = '1.2.3'\nversion = '1.2.3'",
      'build.gradle has 2 instead of 1 places of `version`: name the place more exactly or set `count`',
    ],
    ["a {\nversion = '1.2.3'", 'build.gradle cannot be read as a build script: a bracket is not closed (line 2)'],
    [
      "}\nversion = '1.2.3'",
      'build.gradle cannot be read as a build script: a bracket is closed that was not opened (line 1)',
    ],
    ["version = '1.2.3", 'build.gradle cannot be read as a build script: a text is not closed (line 1)'],
    ["/* version = '1.2.3'", 'build.gradle cannot be read as a build script: a comment is not closed (line 1)'],
  ])('is refused in %j', async (content, message) => {
    expect(await textsAt({ path: 'build.gradle' }, content)).toBe(message);
  });
});
