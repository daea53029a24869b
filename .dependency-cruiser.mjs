/**
 * Who may import whom. Type imports count, there is no list of known violations, and `npm run boundaries` fails
 * when it saw fewer modules than there must be.
 */
const everywhereElse = (allowed) => ({ path: '^(src|plugins|test|scripts|bench)/', pathNot: allowed });
const core = '^src/core/';

export default {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'A cycle hides which of two modules comes first.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'diagnostic-stands-alone',
      comment: 'Diagnostics are the lowest layer.',
      severity: 'error',
      from: { path: '^src/core/diagnostic/' },
      to: everywhereElse('^src/core/diagnostic/'),
    },
    {
      name: 'model-knows-diagnostics-only',
      comment: 'The vocabulary stands on nothing but diagnostics.',
      severity: 'error',
      from: { path: '^src/core/model/' },
      to: everywhereElse('^src/core/(diagnostic|model)/'),
    },
    {
      name: 'ports-know-the-model-only',
      comment: 'A port is a contract in terms of the model.',
      severity: 'error',
      from: { path: '^src/core/ports/' },
      to: everywhereElse('^src/core/(diagnostic|model|ports)/'),
    },
    {
      name: 'core-stays-in-core',
      comment: 'Pure rules import rules.',
      severity: 'error',
      from: { path: core },
      to: everywhereElse(core),
    },
    {
      name: 'core-without-node',
      comment: 'Core does no I/O: whatever it needs of the world comes through a port.',
      severity: 'error',
      from: { path: core },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'core-npm-by-name',
      comment: 'yaml in document; semver, picomatch and the linear-time pattern engine in expression; nothing else.',
      severity: 'error',
      from: { path: core, pathNot: '^src/core/(document|expression)/' },
      to: { dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'document-npm',
      comment: 'The document reader may use yaml.',
      severity: 'error',
      from: { path: '^src/core/document/' },
      to: { path: 'node_modules/', pathNot: 'node_modules/yaml/' },
    },
    {
      name: 'expression-npm',
      comment: 'Expressions may use semver, picomatch and the linear-time pattern engine.',
      severity: 'error',
      from: { path: '^src/core/expression/' },
      to: { path: 'node_modules/', pathNot: 'node_modules/(@types/)?(semver|picomatch|re2js)/' },
    },
    {
      name: 'app-knows-core',
      comment: 'Use cases know rules and ports.',
      severity: 'error',
      from: { path: '^src/app/' },
      to: everywhereElse('^src/(core|app)/'),
    },
    {
      name: 'app-without-io',
      comment: 'Use cases reach the world through ports.',
      severity: 'error',
      from: { path: '^src/app/' },
      to: { dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-optional', 'npm-peer'] },
    },
    {
      name: 'plugin-api-is-a-door',
      comment: 'The door shows parts of the model and of the ports.',
      severity: 'error',
      from: { path: '^src/plugin-api/' },
      to: everywhereElse('^src/(core/(diagnostic|model|ports)|plugin-api)/'),
    },
    {
      name: 'adapters-know-core-and-app',
      comment: 'An adapter serves ports; adapters do not know each other.',
      severity: 'error',
      from: { path: '^src/adapters/([^/]+)/' },
      to: { path: '^(src|plugins|test|scripts|bench)/', pathNot: '^src/(core|app)/|^src/adapters/$1/' },
    },
    {
      name: 'plugins-through-the-door',
      comment: 'First-party plugins use what strangers can use.',
      severity: 'error',
      from: { path: '^plugins/([^/]+)/' },
      to: { path: '^(src|plugins|test|scripts|bench)/', pathNot: '^src/plugin-api/|^plugins/$1/' },
    },
    {
      name: 'plugins-npm-by-name',
      comment:
        'Plugins go by node alone, but for what a library does better: commit messages in release, HTTP in github.',
      severity: 'error',
      from: { path: '^plugins/', pathNot: '^plugins/(release|github)/' },
      to: { path: 'node_modules/' },
    },
    {
      name: 'release-npm',
      comment: 'Releases may use the parser of conventional commits.',
      severity: 'error',
      from: { path: '^plugins/release/' },
      to: { path: 'node_modules/', pathNot: 'node_modules/conventional-commits-parser/' },
    },
    {
      name: 'github-npm',
      comment: 'The platform is spoken to through its own library.',
      severity: 'error',
      from: { path: '^plugins/github/' },
      to: { path: 'node_modules/', pathNot: 'node_modules/@(actions|octokit)/' },
    },
    {
      name: 'nothing-imports-entry',
      comment: 'Entry is the outermost ring.',
      severity: 'error',
      from: { pathNot: '^(src/entry|test)/' },
      to: { path: '^src/entry/' },
    },
    {
      name: 'nothing-imports-test',
      comment: 'Tests look at the product, never the other way.',
      severity: 'error',
      from: { path: '^(src|plugins)/' },
      to: { path: '^(test|scripts|bench)/' },
    },
    {
      name: 'no-missing',
      comment: 'Every import resolves.',
      severity: 'error',
      from: { path: '^(src|plugins)/' },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      extensions: ['.ts', '.js', '.mjs', '.json'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
