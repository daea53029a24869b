/** Runs dependency-cruiser over the sources and fails when it saw too little: a gate must not pass on nothing. */
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';

const roots = ['src', 'plugins'];
const expected = roots
  .flatMap((root) => readdirSync(root, { recursive: true, encoding: 'utf8' }))
  .filter((name) => name.endsWith('.ts')).length;

let report: {
  modules: { source: string }[];
  summary: { violations: { rule: { name: string }; from: string; to: string }[] };
};
try {
  report = JSON.parse(
    execFileSync(
      'node_modules/.bin/depcruise',
      [...roots, '--config', '.dependency-cruiser.mjs', '--output-type', 'json'],
      {
        encoding: 'utf8',
        maxBuffer: 256 * 1024 * 1024,
      },
    ),
  );
} catch (error) {
  // Violations make the tool exit with their number; the report is on stdout all the same.
  const { stdout } = error as { stdout?: string };
  if (!stdout) throw error;
  report = JSON.parse(stdout);
}

const seen = report.modules.filter((module) => /^(src|plugins)\//.test(module.source)).length;
for (const violation of report.summary.violations) {
  console.error(`${violation.rule.name}: ${violation.from} -> ${violation.to}`);
}
if (seen < expected) console.error(`only ${seen} of ${expected} modules were seen`);
console.log(`boundaries: ${seen} modules, ${report.summary.violations.length} violations`);
process.exitCode = report.summary.violations.length > 0 || seen < expected || seen === 0 ? 1 : 0;
