import { describe, expect, it } from 'vitest';
import { expectWrites, inAllForms, textsAt } from './marked-text.ts';

const cases = inAllForms([
  {
    title: 'a project of Maven',
    target: { path: 'pom.xml' },
    marked: `<?xml version="1.0"?>
<!-- <version>0</version> -->
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <parent><groupId>a</groupId><version>9.0.0</version></parent>
  <artifactId>b</artifactId>
  <version>«1.2.3»</version>
  <dependencies><dependency><version>8.0.0</version></dependency></dependencies>
</project>
`,
  },
  {
    title: 'a property of Maven',
    target: { path: 'pom.xml', key: 'project/properties/revision' },
    marked: `<project><version>\${revision}</version><properties><revision>«1.2.3»</revision></properties></project>\n`,
  },
  {
    title: 'a project of .NET',
    target: { path: 'src/A.csproj' },
    marked: `<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><LangVersion>12</LangVersion></PropertyGroup>
  <PropertyGroup Condition="'$(A)' > '1'">
    <Version>
      «1.2.3»
    </Version>
  </PropertyGroup>
  <ItemGroup><PackageReference Include="B" Version="8.0.0" /></ItemGroup>
</Project>
`,
  },
  {
    title: 'the prefix of a version where there is no whole one',
    target: { path: 'Directory.Build.props' },
    marked: '<Project><PropertyGroup><VersionPrefix>«1.2.3»</VersionPrefix></PropertyGroup></Project>\n',
  },
  {
    title: 'prefixes of namespaces',
    target: { path: 'a.xml', key: '/project/version' },
    marked: '<m:project xmlns:m="x"><m:version>«1.2.3»</m:version></m:project>\n',
  },
  {
    title: 'an element wherever it stands',
    target: { path: 'a.xml', key: '//b/Version' },
    marked: '<a><Version>0</Version><c><b><x/><Version a="1">v«1.2.3»</Version></b></c></a>\n',
  },
  {
    title: 'an attribute',
    target: { path: 'plugin.xml', key: 'plugin/@version' },
    marked: '<plugin id = "a>b"\n  version = \'«1.2.3»\' >\n  <x version="0"/>\n</plugin>\n',
  },
  {
    title: 'an attribute of an empty element wherever it stands',
    target: { path: 'a.xml', key: '//app/@versionName' },
    marked: '<a versionName="0"><app android:versionName="«1.2.3»"/></a>\n',
  },
  {
    title: 'character data, comments and a document type that look like it',
    target: { path: 'a.xml', key: 'a/version' },
    marked:
      '<!DOCTYPE a [ <!-- ]> --> <!ENTITY b "<version>]>"> <?x > ?> ]>\n<a><![CDATA[<version>0</version>]]><?p <version>1</version> ?><version>«1.2.3»<!-- 2 --></version></a>\n',
  },
  {
    title: 'a section of character data around it',
    target: { path: 'a.xml', key: 'a/version' },
    marked: '<a><version> <![CDATA[«1.2.3»]]> </version></a>\n',
  },
  {
    title: 'as many elements as are asked for',
    target: { path: 'a.xml', key: '//version', count: 2 },
    marked: '<a><version>«1.2.3»</version><b><version>«1.2.2»</version></b></a>\n',
  },
  {
    title: 'a package of NuGet',
    target: { path: 'a.nuspec' },
    marked: '<package><metadata><id>version</id><version>«1.2.3»</version></metadata></package>\n',
  },
]);

describe('a version in XML', () => {
  it.each(cases)('is written in $title, $form', async (each) => {
    await expectWrites(each, '2.0.0-rc.1');
  });

  it.each([
    ['<a><project><version>1.2.3</version></project></a>', 'pom.xml has no `/project/version`'],
    ['<project><parent><version>1.2.3</version></parent></project>', 'pom.xml has no `/project/version`'],
    [
      `<project><version>\${revision}</version></project>`,
      '`/project/version` in pom.xml is put together from the property `revision`: name the place of that property with `key`',
    ],
    [
      `<project><version>1.2.3\${changelist}</version></project>`,
      '`/project/version` in pom.xml is put together from the property `changelist`: name the place of that property with `key`',
    ],
    [
      '<project><version>$(Base)</version></project>',
      '`/project/version` in pom.xml is put together from the property `Base`: name the place of that property with `key`',
    ],
    [
      '<project><version>1.2&#46;3</version></project>',
      '`/project/version` in pom.xml has an entity in it: write it as plain text',
    ],
    [
      '<project><version>1.2.3</version><version>1.2.3</version></project>',
      'pom.xml has 2 instead of 1 places of `/project/version`: name the place more exactly or set `count`',
    ],
    ['<project><version/></project>', '`/project/version` in pom.xml must be one text and nothing else'],
    ['<project><version> </version></project>', '`/project/version` in pom.xml must be one text and nothing else'],
    [
      '<project><version>1<!-- x -->2</version></project>',
      '`/project/version` in pom.xml must be one text and nothing else',
    ],
    ['<project><version>1<a/></version></project>', '`/project/version` in pom.xml must be one text and nothing else'],
    ['', 'pom.xml cannot be read as XML: there is no element (line 1)'],
    ['<project>\n<version>1.2.3</version>', 'pom.xml cannot be read as XML: `project` is not closed (line 2)'],
    [
      '<project><version>1.2.3</project>',
      'pom.xml cannot be read as XML: the end of `project` is not expected (line 1)',
    ],
    ['<project a></project>', 'pom.xml cannot be read as XML: the attribute `a` has no value (line 1)'],
    ['<project a=b></project>', 'pom.xml cannot be read as XML: the attribute `a` has no quotes (line 1)'],
    ['<project/><project/>', 'pom.xml cannot be read as XML: there is a second root element (line 1)'],
    ['<project/>1.2.3', 'pom.xml cannot be read as XML: a text stands outside the root element (line 1)'],
    ['<project><!-- </project>', 'pom.xml cannot be read as XML: a comment is not closed (line 1)'],
    ['<!DOCTYPE a [<a>]', 'pom.xml cannot be read as XML: the document type is not closed (line 1)'],
  ])('is refused in %s', async (content, message) => {
    expect(await textsAt({ path: 'pom.xml' }, content)).toBe(message);
  });

  it('needs a key in a file of which nothing is known', async () => {
    expect(await textsAt({ path: 'a.xml' }, '<a/>')).toBe(
      'nothing is known of where a.xml keeps its version: name the place with `key`',
    );
  });

  it.each(['a//b', '///a', '@a', 'a/', 'a b', '/'])('has no key like %s', async (key) => {
    expect(await textsAt({ path: 'a.xml', key }, '<a/>')).toBe(
      `the key \`${key}\` cannot be read: write \`project/version\`, \`//Version\` or \`a/b/@name\``,
    );
  });
});
