import { annotationCommand, runAnnotations } from '../../../../src/core/report/annotations.ts';
import { runDot } from '../../../../src/core/report/dot.ts';
import { runGraphJson } from '../../../../src/core/report/graph-json.ts';
import { jobSummary } from '../../../../src/core/report/job-summary.ts';
import { runDiagram } from '../../../../src/core/report/mermaid.ts';
import { runJson } from '../../../../src/core/report/run-json.ts';
import { runText } from '../../../../src/core/report/run-text.ts';
import { stepTable } from '../../../../src/core/report/step-table.ts';
import { aFailedRelease, aRun, aStep } from './run-views.ts';

const logTails = () => 'npm notice publishing\n\u001b[31mnpm error\u001b[0m code E403\n```\nnpm error 403\n';
const allGreen = () => aRun([aStep('build'), aStep('test', { after: ['build'] })]);

/** Every report file of `test/golden/report` by name, with what makes it. */
export const goldenCases: { readonly [file: string]: () => string } = {
  'failed-release.mmd': () => runDiagram(aFailedRelease()).text,
  'failed-release.dot': () => runDot(aFailedRelease()),
  'failed-release.graph.json': () => json(runGraphJson(aFailedRelease())),
  'failed-release.table.md': () => stepTable(aFailedRelease().steps),
  'failed-release.summary.md': () => jobSummary(aFailedRelease(), { logTails }),
  'failed-release.compact.md': () => jobSummary(aFailedRelease(), { logTails, mode: 'compact' }),
  'failed-release.run.json': () => json(runJson(aFailedRelease())),
  'failed-release.txt': () => runText(aFailedRelease()),
  'failed-release.commands.txt': () =>
    runAnnotations(aFailedRelease())
      .map((annotation) => `${annotationCommand(annotation)}\n`)
      .join(''),
  'all-green.summary.md': () => jobSummary(allGreen(), { logTails: () => null }),
  'all-green.txt': () => runText(allGreen()),
};

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
