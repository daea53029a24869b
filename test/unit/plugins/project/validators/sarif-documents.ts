import type { JsonMap } from '../../../../../src/plugin-api/index.ts';

/** Documents as the tools of these names write them, cut to what matters. */

const at = (uri: string, region?: JsonMap, more: JsonMap = {}): JsonMap => ({
  locations: [
    { physicalLocation: { artifactLocation: { uri, ...more }, ...(region === undefined ? {} : { region }) } },
  ],
});

/** Absolute addresses, encoded; levels at the results; suppressed ones are listed. */
export function eslint(root: string): JsonMap {
  return {
    version: '2.1.0',
    $schema: 'http://json.schemastore.org/sarif-2.1.0-rtm.5',
    runs: [
      {
        tool: {
          driver: {
            name: 'ESLint',
            rules: [{ id: 'no-unused-vars', helpUri: 'https://eslint.org/docs/rules/no-unused-vars' }],
          },
        },
        artifacts: [{ location: { uri: `file://${root}/src/a%20b.js` } }],
        results: [
          {
            level: 'error',
            message: { text: "'x' is assigned a value but never used." },
            ruleId: 'no-unused-vars',
            ruleIndex: 0,
            ...at(
              `file://${root}/src/a%20b.js`,
              { startLine: 3, startColumn: 7, endLine: 3, endColumn: 8 },
              { index: 0 },
            ),
          },
          {
            level: 'warning',
            message: { text: 'Unexpected console statement.' },
            ruleId: 'no-console',
            suppressions: [{ kind: 'inSource', justification: 'a tool' }],
            ...at(`file://${root}/src/c.js`, { startLine: 1 }),
          },
        ],
      },
    ],
  };
}

/** Fixes with a description; the level at the result. */
export function ruff(root: string): JsonMap {
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'ruff', rules: [{ id: 'F401', shortDescription: { text: 'unused import' } }] } },
        results: [
          {
            ruleId: 'F401',
            level: 'error',
            message: { text: '`os` imported but unused' },
            fixes: [{ description: { text: 'Remove unused import: `os`' }, artifactChanges: [] }],
            ...at(`file://${root}/pkg/__init__.py`, { startLine: 1, startColumn: 8, endLine: 1, endColumn: 10 }),
          },
        ],
      },
    ],
  };
}

/** Paths under a base that names the root of a disk; levels only at the rules; texts of several lines. */
export const trivy: JsonMap = {
  version: '2.1.0',
  runs: [
    {
      tool: {
        driver: {
          name: 'Trivy',
          rules: [
            {
              id: 'CVE-2026-0001',
              defaultConfiguration: { level: 'error' },
              helpUri: 'https://avd.aquasec.com/nvd/cve-2026-0001',
            },
            { id: 'CVE-2026-0002', defaultConfiguration: { level: 'note' } },
          ],
        },
      },
      results: [
        {
          ruleId: 'CVE-2026-0001',
          ruleIndex: 0,
          message: { text: 'Package: left-pad\nInstalled Version: 1.0.0\nFixed Version: 1.0.1' },
          ...at('package-lock.json', { startLine: 120 }, { uriBaseId: 'ROOTPATH' }),
        },
        {
          ruleId: 'CVE-2026-0002',
          ruleIndex: 1,
          message: { text: 'Package: right-pad' },
          ...at('sub/package-lock.json', { startLine: 1 }, { uriBaseId: 'ROOTPATH' }),
        },
      ],
      originalUriBaseIds: { ROOTPATH: { uri: 'file:///' } },
    },
  ],
};

/** Rules in extensions, named by component; messages with links; places by index; a result gone since the baseline. */
export function codeql(root: string): JsonMap {
  return {
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: { name: 'CodeQL', rules: [] },
          extensions: [
            {
              name: 'codeql/javascript-queries',
              rules: [{ id: 'js/other' }, { id: 'js/xss', defaultConfiguration: { level: 'error' } }],
            },
          ],
        },
        originalUriBaseIds: { SRC: { uri: 'src/', uriBaseId: '%SRCROOT%' }, '%SRCROOT%': { uri: `file://${root}/` } },
        artifacts: [{ location: { uri: 'web/page.ts', uriBaseId: 'SRC', index: 0 } }],
        results: [
          {
            ruleId: 'js/xss',
            rule: { id: 'js/xss', index: 1, toolComponent: { index: 0 } },
            message: { text: 'Cross-site scripting due to [user-provided value](1).' },
            locations: [
              { physicalLocation: { artifactLocation: { index: 0 }, region: { startLine: 44, startColumn: 3 } } },
              { physicalLocation: { artifactLocation: { uri: 'never/this.ts' } } },
            ],
          },
          { ruleId: 'js/xss', baselineState: 'absent', message: { text: 'gone' }, ...at('a.ts') },
        ],
      },
    ],
  };
}

/** Relative paths under a base that nothing explains; suppressions that still wait. */
export const semgrep: JsonMap = {
  version: '2.1.0',
  runs: [
    {
      tool: {
        driver: {
          name: 'Semgrep OSS',
          rules: [{ id: 'rules.eval', defaultConfiguration: { level: 'warning' }, help: { text: 'Do not.' } }],
        },
      },
      results: [
        {
          ruleId: 'rules.eval',
          message: { text: 'Detected eval.' },
          suppressions: [],
          ...at('src/e.js', { startLine: 9, startColumn: 1, snippet: { text: 'eval(x)' } }, { uriBaseId: '%SRCROOT%' }),
        },
        {
          ruleId: 'rules.eval',
          message: { text: 'Another.' },
          suppressions: [{ kind: 'external', status: 'underReview' }],
          ...at('src/e.js', { startLine: 10 }),
        },
      ],
    },
  ],
};

/** Messages by id with arguments, kinds beside faults, hierarchical ids, two runs. */
export const analyzer: JsonMap = {
  version: '2.1.0',
  runs: [
    {
      tool: {
        driver: {
          name: 'Analyzer',
          globalMessageStrings: { shared: { text: 'Shared {0}.' } },
          rules: [
            {
              id: 'CA1000',
              messageStrings: { default: { text: "Field '{0}' of {{type}} '{1}' {2}." } },
              defaultConfiguration: { level: 'none' },
            },
          ],
        },
      },
      results: [
        { ruleId: 'CA1000/1', message: { id: 'default', arguments: ['a', 'B'] }, level: 'error' },
        { ruleId: 'CA1000', message: { id: 'default', arguments: ['{1}', '$&', 'x'] } },
        { ruleId: 'CA2000', message: { id: 'shared', arguments: ['word'] } },
        { ruleId: 'CA1000', kind: 'pass', message: { text: 'fine' } },
        { ruleId: 'CA1000', kind: 'notApplicable', message: { text: 'fine' } },
        { ruleId: 'CA3000', kind: 'review', message: { text: 'look' } },
      ],
    },
    { tool: { driver: { name: 'Second' } }, results: [{ message: { text: 'without a rule' } }] },
  ],
};
