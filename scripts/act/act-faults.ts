import type { ActCase } from './act-cases.ts';
import { type ActLog, readActLog } from './act-log.ts';

/** What is not as the case says, a sentence each. `printed` is all of what act printed. */
export function actFaults(wanted: ActCase, printed: string): readonly string[] {
  const log = readActLog(printed);
  return [
    ...jobFaults(wanted, log),
    ...wanted.outputs
      .filter(
        ({ job, name, value }) => !log.outputs.some((o) => o.job === job && o.name === name && fits(o.value, value)),
      )
      .map(({ job, name, value }) => `${job}: the output ${name} is not ${value}, but ${outputText(log, job, name)}`),
    ...annotationFaults(wanted, log),
    ...wanted.summaries
      .filter(({ job, text }) => !log.summaries.some((summary) => summary.job === job && text.test(summary.text)))
      .map(({ job, text }) => `${job}: no summary is like ${text}`),
    ...wanted.lines
      .filter(({ job, text }) => !log.lines.some((line) => line.job === job && line.text === text))
      .map(({ job, text }) => `${job}: no line of the log is ${JSON.stringify(text)}`),
    ...wanted.never.filter((text) => log.text.includes(text)).map((text) => `the log holds ${JSON.stringify(text)}`),
  ];
}

/** A job that act passes over fails nothing by itself, so all are counted. */
function jobFaults(wanted: ActCase, log: ActLog): readonly string[] {
  const names = new Set([...Object.keys(wanted.jobs), ...log.jobs.keys()]);
  return [
    ...[...names]
      .filter((job) => wanted.jobs[job] !== log.jobs.get(job))
      .map((job) => `the job ${job} came to ${log.jobs.get(job) ?? 'nothing'}, not ${wanted.jobs[job] ?? 'nothing'}`),
    ...log.passedOver.map((job) => `the job ${job} was passed over`),
  ];
}

function annotationFaults(wanted: ActCase, log: ActLog): readonly string[] {
  const given = log.annotations.map(({ job, level, title, message }) => `${job} ${level} ${title}: ${message}`);
  return [
    ...wanted.annotations
      .filter((pattern) => !given.some((text) => pattern.test(text)))
      .map((p) => `no annotation is like ${p}`),
    ...given
      .filter((text) => !wanted.annotations.some((pattern) => pattern.test(text)))
      .map((t) => `nobody expects: ${t}`),
  ];
}

function fits(value: string, wanted: string | RegExp): boolean {
  return typeof wanted === 'string' ? value === wanted : wanted.test(value);
}

function outputText(log: ActLog, job: string, name: string): string {
  const values = log.outputs.filter((output) => output.job === job && output.name === name).map(({ value }) => value);
  return values.length === 0 ? 'missing' : values.map((value) => JSON.stringify(value)).join(', ');
}
