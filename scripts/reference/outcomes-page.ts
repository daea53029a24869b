import { diagnosticCodes } from '../../src/core/diagnostic/codes.ts';
import type { RunStatus } from '../../src/core/model/event.ts';
import type { FailureKind } from '../../src/core/model/failure.ts';
import type { StepStatus } from '../../src/core/model/run-view.ts';
import type { SkipKind } from '../../src/core/model/skip.ts';
import { exitCodes } from '../../src/entry/exit-codes.ts';
import { code, page, table } from './markdown.ts';

/** What each exit code means. The keys are those of the table that the doors use, so none can be forgotten. */
const exitMeanings: { readonly [name in keyof typeof exitCodes]: string } = {
  success: 'The run ended in success, or partial without `--strict`. Of other commands: done.',
  failed: 'The run failed, or was partial with `--strict` (action: `fail-on: partial`).',
  wrong: 'The definition, the parameters or the command line are wrong. Nothing was started.',
  waiting: 'The run waits for people or events.',
  stateRefused: 'The recorded state of the run cannot be used; the message says why.',
  bug: 'A bug of VWMP. Please report it with the lines it printed.',
  cancelled: 'The run was cancelled.',
};

const runMeanings: { readonly [status in RunStatus]: string } = {
  success: 'Everything required succeeded or was rightly skipped.',
  partial: 'Only steps with `required: false` failed.',
  failed: 'A required step failed, or was blocked by a failure.',
  cancelled: 'Somebody cancelled it before its main part had ended.',
  waiting: 'It waits for people or events.',
};

const stepMeanings: { readonly [status in StepStatus]: string } = {
  pending: 'It has not started.',
  running: 'An attempt is under way, or the delay before the next one.',
  waiting: 'It waits for people or events.',
  success: 'Its last attempt succeeded.',
  failed: 'Its last attempt failed and none follows.',
  skipped: 'It was left out; the reason stands beside it.',
  cancelled: 'It was ended by a cancel.',
  undone: 'It was rolled back.',
};

const skipMeanings: { readonly [kind in SkipKind]: string } = {
  disabled: '`enabled` is false.',
  'not-selected': '`--only`, `--from` or `--skip` leave it out.',
  edge: 'A dependency with `on:` had another outcome.',
  blocked: 'A step that it needs failed, was cancelled or was itself blocked.',
  condition: 'Its condition is false.',
  'not-routed': 'No route entered it.',
  superseded: 'Another branch won.',
  handler: 'The handler found nothing to do.',
  'run-ended': 'The run stopped before it could start.',
};

const failureMeanings: { readonly [kind in FailureKind]: string } = {
  configuration: 'What the step needs could not be settled; no attempt was made, and none is retried.',
  handler: 'The handler said so.',
  exit: 'A process ended with a code other than 0, or by a signal (128 + its number).',
  timeout: "The attempt's, the retries' or the run's time was over.",
  cancelled: 'The run was cancelled.',
  crashed: 'The process of a plugin died.',
  lost: 'It was running when the engine died, and `on_lost` says fail.',
  output: 'What it gave does not fit what it declares.',
  'visit-limit': 'A route or a loop entered it once too often.',
  budget: 'It asked for more than it was granted, such as too much output to hand back.',
  'not-found': 'A thing that it names does not exist.',
  permission: 'It may not do what it tried.',
};

/** Exit codes, and the words for how runs and steps end. */
export function exitCodesPage(): string {
  const rows = Object.entries(exitCodes).map(([name, value]) => [
    code(String(value)),
    name in exitMeanings ? meaning(exitMeanings, name) : '',
  ]);
  return page('Exit codes and states', 'src/entry/exit-codes.ts and src/core/model', [
    '## Exit codes',
    table(['code', 'meaning'], rows),
    ...words('States of a run', 'status', runMeanings),
    ...words('States of a step', 'status', stepMeanings),
    ...words('Why a step was skipped', 'reason', skipMeanings),
    ...words('Why a step failed', 'kind', failureMeanings),
  ]);
}

/** Every diagnostic with its advice. */
export function diagnosticsPage(): string {
  return page('Diagnostics', 'src/core/diagnostic/codes.ts', [
    'A diagnostic says that something written is wrong: the definition, a parameter, the configuration file, the command line. All of them are shown at once, each with its file, line and column. An error means that nothing was started (exit code 2).',
    table(
      ['code', 'meaning'],
      Object.entries(diagnosticCodes).map(([name, advice]) => [code(name), advice]),
    ),
  ]);
}

function words(heading: string, head: string, meanings: { readonly [word: string]: string }): readonly string[] {
  return [
    `## ${heading}`,
    table(
      [head, 'meaning'],
      Object.entries(meanings).map(([word, text]) => [code(word), text]),
    ),
  ];
}

function meaning(meanings: { readonly [name: string]: string }, name: string): string {
  return meanings[name] ?? '';
}
