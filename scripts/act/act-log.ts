import { isJsonMap, type JsonMap } from '../../src/core/model/json.ts';

/** What act says of one event: everything by the id of the job. */
export interface ActLog {
  /** `success` or `failure` of every job that ran; a job that was left out is missing. */
  readonly jobs: ReadonlyMap<string, string>;
  /** Jobs that act passed over silently, because it knew no machine for them. */
  readonly passedOver: readonly string[];
  readonly annotations: readonly ActAnnotation[];
  readonly outputs: readonly { readonly job: string; readonly name: string; readonly value: string }[];
  readonly summaries: readonly { readonly job: string; readonly text: string }[];
  /** Everything but the commands that tell what is to be masked, which act shows as they came. */
  readonly text: string;
  /** What the steps printed. */
  readonly lines: readonly { readonly job: string; readonly text: string }[];
}

export interface ActAnnotation {
  readonly job: string;
  readonly level: 'error' | 'warning' | 'notice';
  readonly title: string;
  readonly message: string;
}

/** Reads what `act --json` printed. Lines that are no JSON are act's own and mean nothing here. */
export function readActLog(text: string): ActLog {
  const entries = text
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line): JsonMap => {
      const entry: unknown = JSON.parse(line);
      if (!isJsonMap(entry)) throw new Error(`act printed something else than a map: ${line}`);
      return entry;
    });
  const job = (entry: JsonMap) => textOf(entry, 'jobID');
  const commands = (name: string) => entries.filter((entry) => entry.command === name);
  return {
    jobs: new Map(
      entries.filter((entry) => 'jobResult' in entry).map((entry) => [job(entry), textOf(entry, 'jobResult')]),
    ),
    passedOver: entries.filter((entry) => textOf(entry, 'msg').includes('Skipping unsupported platform')).map(job),
    annotations: (['error', 'warning', 'notice'] as const).flatMap((level) =>
      commands(level).map((entry) => ({
        job: job(entry),
        level,
        title: titleOf(entry),
        message: textOf(entry, 'arg'),
      })),
    ),
    outputs: commands('set-output').map((entry) => ({
      job: job(entry),
      name: textOf(entry, 'name'),
      value: textOf(entry, 'arg'),
    })),
    summaries: commands('summary').map((entry) => ({ job: job(entry), text: textOf(entry, 'content') })),
    text: entries
      .filter((entry) => entry.command !== 'add-mask')
      .map((entry) => JSON.stringify(entry))
      .join('\n'),
    lines: entries
      .filter((entry) => entry.raw_output === true)
      .map((entry) => ({ job: job(entry), text: textOf(entry, 'msg').trimEnd() })),
  };
}

function titleOf(entry: JsonMap): string {
  const properties = entry.kvPairs;
  return isJsonMap(properties) ? textOf(properties, 'title') : '';
}

function textOf(entry: JsonMap, key: string): string {
  const value = entry[key];
  return typeof value === 'string' ? value : '';
}
