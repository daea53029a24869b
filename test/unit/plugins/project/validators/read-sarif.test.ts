import { describe, expect, it } from 'vitest';
import { readSarif } from '../../../../../plugins/project/validators/sarif/read-sarif.ts';
import type { Finding, Json, JsonMap } from '../../../../../src/plugin-api/index.ts';
import { analyzer, codeql, eslint, ruff, semgrep, trivy } from './sarif-documents.ts';

const root = '/home/runner/work/repo/repo';

function read(document: Json): readonly Finding[] {
  const answer = readSarif(JSON.stringify(document), root);
  if (answer.kind !== 'findings') throw new Error(answer.reason);
  return answer.findings;
}

const single = (result: JsonMap, run: JsonMap = {}): readonly Finding[] =>
  read({ version: '2.1.0', runs: [{ tool: { driver: { name: 'T' } }, results: [result], ...run }] });

const fileOf = (artifact: JsonMap, run: JsonMap = {}) =>
  single({ message: { text: 'm' }, locations: [{ physicalLocation: { artifactLocation: artifact } }] }, run)[0]?.file;

describe('a SARIF document', () => {
  it('in the manner of eslint', () => {
    expect(read(eslint(root))).toEqual([
      {
        level: 'error',
        message: "'x' is assigned a value but never used.",
        rule: 'no-unused-vars',
        file: 'src/a b.js',
        line: 3,
        column: 7,
        hint: 'See https://eslint.org/docs/rules/no-unused-vars',
      },
    ]);
  });

  it('in the manner of ruff', () => {
    expect(read(ruff(root))).toEqual([
      {
        level: 'error',
        message: '`os` imported but unused',
        rule: 'F401',
        file: 'pkg/__init__.py',
        line: 1,
        column: 8,
        hint: 'Remove unused import: `os`',
      },
    ]);
  });

  it('in the manner of trivy', () => {
    expect(read(trivy)).toMatchObject([
      { level: 'error', rule: 'CVE-2026-0001', file: 'package-lock.json', line: 120 },
      { level: 'notice', rule: 'CVE-2026-0002', file: 'sub/package-lock.json', line: 1 },
    ]);
    expect(read(trivy)[0]?.message).toBe('Package: left-pad\nInstalled Version: 1.0.0\nFixed Version: 1.0.1');
  });

  it('in the manner of codeql', () => {
    expect(read(codeql(root))).toEqual([
      {
        level: 'error',
        message: 'Cross-site scripting due to user-provided value.',
        rule: 'js/xss',
        file: 'src/web/page.ts',
        line: 44,
        column: 3,
      },
    ]);
  });

  it('in the manner of semgrep', () => {
    expect(read(semgrep)).toMatchObject([
      { level: 'warning', message: 'Detected eval.', file: 'src/e.js', line: 9 },
      { level: 'warning', message: 'Another.', file: 'src/e.js', line: 10 },
    ]);
  });

  it('with messages by id, kinds and several runs', () => {
    expect(read(analyzer)).toEqual([
      { level: 'error', message: "Field 'a' of {type} 'B' {2}.", rule: 'CA1000/1' },
      { level: 'notice', message: "Field '{1}' of {type} '$&' x.", rule: 'CA1000' },
      { level: 'warning', message: 'Shared word.', rule: 'CA2000' },
      { level: 'notice', message: 'look', rule: 'CA3000' },
      { level: 'warning', message: 'without a rule', rule: 'Second' },
    ]);
  });

  it.each<[string, JsonMap, JsonMap, string | undefined]>([
    ['a relative path', { uri: './src/./x/../a.ts' }, {}, 'src/a.ts'],
    ['an encoded one', { uri: 'src/%E2%82%AC%20%25.ts' }, {}, 'src/€ %.ts'],
    ['one that is not encoded', { uri: 'src/100%.ts' }, {}, 'src/100%.ts'],
    ['one of Windows', { uri: 'src\\a.ts' }, {}, 'src/a.ts'],
    ['an absolute one inside', { uri: `${root}/a.ts` }, {}, 'a.ts'],
    ['a file address of localhost', { uri: `file://localhost${root}/a.ts` }, {}, 'a.ts'],
    ['a file address with one slash', { uri: `file:${root}/a.ts` }, {}, 'a.ts'],
    ['a place outside', { uri: 'file:///etc/passwd' }, {}, undefined],
    ['a way out', { uri: '../../etc/passwd' }, {}, undefined],
    ['an encoded way out', { uri: '%2e%2e/%2e%2e/etc/passwd' }, {}, undefined],
    ['a way out of the root', { uri: `file://${root}/../other/a.ts` }, {}, undefined],
    ['a neighbour with a longer name', { uri: `file://${root}2/a.ts` }, {}, undefined],
    ['an address on the web', { uri: 'https://example.invalid/a.ts' }, {}, undefined],
    [
      'a base in the workspace',
      { uri: 'a.ts', uriBaseId: 'B' },
      { originalUriBaseIds: { B: { uri: `file://${root}/sub` } } },
      'sub/a.ts',
    ],
    [
      'a base of another machine',
      { uri: 'a.ts', uriBaseId: 'B' },
      { originalUriBaseIds: { B: { uri: 'file:///C:/b/' } } },
      'a.ts',
    ],
    [
      'bases in a circle',
      { uri: 'a.ts', uriBaseId: 'B' },
      { originalUriBaseIds: { B: { uri: 'b/', uriBaseId: 'B' } } },
      'b/b/b/b/b/b/b/b/a.ts',
    ],
    ['a base named like a method', { uri: 'a.ts', uriBaseId: 'constructor' }, { originalUriBaseIds: {} }, 'a.ts'],
  ])('with %s', (_, artifact, run, file) => {
    expect(fileOf(artifact, run)).toBe(file);
  });

  it('with a place that is none has no line', () => {
    const region = (startLine: Json) =>
      single({
        message: { text: 'm' },
        locations: [{ physicalLocation: { artifactLocation: { uri: 'a' }, region: { startLine } } }],
      })[0]?.line;
    expect([region(1), region(0), region(-1), region(1.5), region('3'), region(null)]).toEqual([
      1,
      ...Array(5).fill(undefined),
    ]);
  });

  it.each([
    ['', 'it is no JSON map'],
    ['[]', 'it is no JSON map'],
    ['{"version":"2.1.0"}', 'it has no `version` and `runs`'],
    ['{"version":2.1,"runs":[]}', 'it has no `version` and `runs`'],
    ['{"version":"2.0.0","runs":[]}', 'its version is not 2.1.0'],
  ])('is not what stands in %j', (text, reason) => {
    expect(readSarif(text, root)).toMatchObject({ reason });
  });

  it('may begin with a byte order mark and hold nothing', () => {
    expect(readSarif('\ufeff{"version":"2.1.0","runs":[]}', root)).toEqual({
      kind: 'findings',
      findings: [],
      unread: 0,
    });
  });

  it.each<Json>([
    null,
    3,
    [null, 3, 'x'],
    [{ message: null, locations: 3, ruleIndex: -1, suppressions: 'x', fixes: [3] }],
    [{ message: { id: '__proto__' }, ruleId: '__proto__', rule: { index: 1e99, toolComponent: { index: 5 } } }],
    [
      {
        message: { text: 'x', arguments: [{}] },
        locations: [{ physicalLocation: { artifactLocation: { index: 99 } } }],
      },
    ],
  ])('with nonsense for results (%j) does no harm', (results) => {
    const findings = read({
      version: '2.1.0',
      runs: [null, { results }, { tool: { driver: { rules: [3, null] } }, results }],
    });
    for (const { level, message } of findings) {
      expect(level).toBe('warning');
      expect(message).not.toBe('');
    }
  });

  it('longer than 10 MiB is not read, and of more than 100,000 results the first are', () => {
    expect(readSarif(' '.repeat(10 * 1024 * 1024 + 1), root)).toEqual({
      kind: 'other',
      reason: 'it is longer than 10 MiB',
    });
    const run = (count: number) => ({ results: Array.from({ length: count }, () => ({ message: { text: 'm' } })) });
    const answer = readSarif(JSON.stringify({ version: '2.1.0', runs: [run(90_000), run(20_000), run(5)] }), root);
    if (answer.kind !== 'findings') throw new Error(answer.reason);
    expect([answer.findings.length, answer.unread]).toEqual([100_000, 10_005]);
  });

  it('nested without end, or with texts made to be slow, is read at once', () => {
    const deep = `{"version":"2.1.0","runs":[{"results":[{"message":{"text":"m"},"x":${'['.repeat(100_000)}${']'.repeat(100_000)}}]}]}`;
    expect(['findings', 'other']).toContain(readSarif(deep, root).kind);
    for (const text of ['['.repeat(500_000), '[a]('.repeat(100_000), '{0'.repeat(200_000), '{'.repeat(500_001)]) {
      expect(single({ message: { text, arguments: ['x'] } })).toHaveLength(1);
    }
  });

  it('cuts a message, never through a character', () => {
    const [finding] = single({ message: { text: `x${'🚀'.repeat(5_000)}` } });
    expect(finding?.message.length).toBe(4_096);
    expect(finding?.message.isWellFormed()).toBe(true);
  });
});
