import type { Address } from '../model/ids.ts';
import type { RunView } from '../model/run-view.ts';
import { durationText } from './duration-text.ts';
import { runErrorText } from './failure-text.ts';
import { inlineCode, inlineText } from './markdown-text.ts';
import { nextStepText } from './next-step.ts';
import { firstLine } from './plain-text.ts';
import { runMarks, stepMarks } from './status-text.ts';
import { statusCounts } from './step-table.ts';
import { type SummarySection, summarySections } from './summary-sections.ts';
import { utf8Size } from './utf8-size.ts';

export interface JobSummaryOptions {
  /** The last lines that a step printed, masked; `null` where it printed nothing. */
  readonly logTails: (address: Address) => string | null;
  /** `compact`: status, table and errors only; `off`: nothing. Default `full`. */
  readonly mode?: 'full' | 'compact' | 'off';
  /** UTF-8 bytes; default 1 MiB, beyond which the runner drops the whole summary. */
  readonly maxBytes?: number;
}

/**
 * The report of a run as Markdown for the job's summary page. Never longer than `maxBytes`, always well formed, and
 * says what it leaves out. Text of steps shows as it is and can mean nothing to the page.
 */
export function jobSummary(view: RunView, options: JobSummaryOptions): string {
  const mode = options.mode ?? 'full';
  if (mode === 'off') return '';
  const maxBytes = options.maxBytes ?? 1024 * 1024;
  const head = [headOf(view), shortHeadOf(view)].find((text) => utf8Size(text) <= maxBytes);
  if (head === undefined) return '';
  const sections = summarySections(view, options.logTails).filter((section) => mode === 'full' || section.compact);
  return head + sectionsWithin(sections, maxBytes - utf8Size(head));
}

/** Room for the line that names the sections left out. */
const omissionBytes = 300;

function sectionsWithin(sections: readonly SummarySection[], room: number): string {
  const present = sections.filter((section) => section.present);
  const texts = new Map<SummarySection, string>();
  let left = room - omissionBytes;
  for (const section of [...present].sort((a, b) => a.priority - b.priority)) {
    const head = `\n### ${section.title}\n\n`;
    const text = section.text(Math.min(left, Math.floor(room * section.share)) - utf8Size(head));
    if (text === '') continue;
    texts.set(section, head + text);
    left -= utf8Size(head + text);
  }
  const omitted = present.filter((section) => !texts.has(section)).map((section) => section.title);
  return [
    ...present.map((section) => texts.get(section) ?? ''),
    omitted.length === 0 || room < omissionBytes ? '' : `\nLeft out for want of room: ${omitted.join(', ')}.\n`,
  ].join('');
}

function headOf(view: RunView): string {
  const status = view.ended ? view.status : 'running';
  const mark = view.ended ? runMarks[view.status] : stepMarks.running;
  const facts = [
    `Run ${inlineCode(view.runId)}`,
    ...(view.attempt > 1 ? [`start ${view.attempt}`] : []),
    ...(view.durationMs === null ? [] : [durationText(view.durationMs)]),
    ...(view.steps.length === 0 ? [] : [statusCounts(view.steps)]),
  ];
  const description = view.workflow.description ? `${inlineText(view.workflow.description, 500)}\n\n` : '';
  const version = inlineText(view.workflow.version, 60);
  return `## ${mark} ${inlineText(view.workflow.name, 120)} ${version}: ${status}\n\n${description}${facts.join(' · ')}\n${errorLine(view)}${goOnLine(view)}`;
}

function errorLine(view: RunView): string {
  if (view.error === null || view.status === 'success') return '';
  const where = view.error.step === null ? '' : ` in ${inlineCode(view.error.step, 120)}`;
  return `\n**${inlineText(runErrorText(view), 40)}**${where}: ${inlineCode(firstLine(view.error.message, 300), 300)}\n`;
}

function goOnLine(view: RunView): string {
  const next = nextStepText(view);
  if (next === null) return '';
  return `\n${next.text}${next.command === null ? '.' : `: ${inlineCode(next.command)}`}\n`;
}

/** For a page with hardly any room. */
function shortHeadOf(view: RunView): string {
  return `## ${view.ended ? view.status : 'running'}\n`;
}
