import { findTemplates, type OfferedTemplate, pickTemplate } from '../../app/find-templates.ts';
import {
  actionFor,
  draftWorkflow,
  failureMessage,
  isStem,
  type WorkflowDraft,
  writeDraft,
} from '../../app/init-workflow.ts';
import { loadConfiguration } from '../../app/load-configuration.ts';
import { settleAnswers, unknownNames } from '../../app/template-answers.ts';
import { openTemplate } from '../../app/template-form.ts';
import type { Diagnostic } from '../../core/diagnostic/diagnostic.ts';
import type { TemplateForm, TemplateQuestion } from '../../core/ports/plugin.ts';
import { diagnosticJson } from '../../core/report/diagnostic-json.ts';
import { planJson } from '../../core/report/plan-json.ts';
import { planText } from '../../core/report/plan-text.ts';
import { textTable } from '../../core/report/text-table.ts';
import { asSentence } from '../../core/schema/sentence.ts';
import { exitCodes } from '../exit-codes.ts';
import { answerText, askAnswers, type Person } from './ask-answers.ts';
import { UsageError } from './host.ts';
import { refuse } from './run-commands.ts';
import type { Session } from './session.ts';
import { templateLook } from './template-look.ts';
import { type TerminalPerson, terminalPerson } from './terminal-person.ts';

/** `vwmp init [TEMPLATE]`. */
export async function init(session: Session): Promise<number> {
  const person = personAt(session);
  try {
    return await initWith(session, person);
  } finally {
    person?.close();
  }
}

/** Nobody is asked where a program reads the answer, or where no terminal is. */
function personAt({ host, args, wantsJson }: Session): TerminalPerson | null {
  const isAsked = host.isTerminal && process.stdin.isTTY === true && !wantsJson;
  return isAsked && !args.flags.has('yes') && !args.flags.has('list')
    ? terminalPerson(process.stdin, process.stderr)
    : null;
}

/** The same with whoever answers; `null`: defaults do. */
export async function initWith(session: Session, person: Person | null): Promise<number> {
  const { templates, diagnostics } = await findTemplates(session.platform);
  if (!session.wantsJson && diagnostics.length > 0) session.report(diagnostics);
  if (session.args.flags.has('list')) return listTemplates(session, templates);
  const wanted = session.args.positionals[0] ?? (await askTemplate(templates, person));
  if (wanted === null) return cancelled(session);
  const picked = pickTemplate(templates, wanted);
  if (!picked.ok) return refuse(session, picked.error);
  const { configuration } = await loadConfiguration(session.platform);
  const look = templateLook(session.platform, configuration);
  try {
    const form = await openTemplate(picked.value.template, look.context);
    const answers = await answersFor(session, form, person);
    if (answers === null) return cancelled(session);
    if (!answers.ok) return refuse(session, answers.error);
    const request = { form, answers: answers.value, stem: stemFor(session, picked.value) };
    const draft = await draftWorkflow(session.platform, look.folder, request);
    if (!draft.ok) return refuse(session, draft.error);
    const flags = session.args.flags;
    const written = flags.has('dry-run')
      ? null
      : await writeDraft(look.folder, draft.value, { force: flags.has('force') });
    if (written !== null && !written.ok) return refuse(session, written.error);
    if (session.wantsJson) session.printJson(jsonOf(picked.value, draft.value, written === null));
    else show(session, draft.value, written === null);
    return exitCodes.success;
  } catch (error) {
    const message = failureMessage(error);
    if (message === null) throw error;
    return refuse(session, [{ code: 'command', severity: 'error', message: asSentence(message) }]);
  } finally {
    await look.close();
  }
}

function cancelled({ host }: Session): number {
  host.err('\nNothing was written.\n');
  return exitCodes.cancelled;
}

function listTemplates(session: Session, templates: readonly OfferedTemplate[]): number {
  if (session.wantsJson) {
    const all = templates.map(({ type, slug, template: { name, description } }) => ({
      template: `${type}/${slug}`,
      type,
      name,
      description,
    }));
    session.printJson({ templates: all });
  } else {
    const rows = templates.map(({ type, slug, template }) => [slug, type, template.description]);
    session.host.out(textTable(['TEMPLATE', 'TYPE', 'WHAT IT IS'], rows));
  }
  return exitCodes.success;
}

/** The first template is the one for most. */
async function askTemplate(templates: readonly OfferedTemplate[], person: Person | null): Promise<string | null> {
  const [first] = templates;
  if (first === undefined) throw new UsageError('no plugin brings a template', '`vwmp plugins` lists the plugins');
  const usual = `${first.type}/${first.slug}`;
  if (person === null) return usual;
  const question: TemplateQuestion = {
    name: 'template',
    title: 'What the workflow begins from',
    type: 'text',
    options: templates.map(({ type, slug, template }) => ({ value: `${type}/${slug}`, label: template.description })),
    default: usual,
    why: '',
    asked: true,
    check: async (answer) => templateFault(templates, String(answer)),
  };
  const answers = await askAnswers([question], person);
  return answers === null ? null : (answers.get('template') ?? usual);
}

function templateFault(templates: readonly OfferedTemplate[], text: string): string | null {
  const picked = pickTemplate(templates, text);
  const [hint] = picked.ok ? [] : picked.error.map((diagnostic) => diagnostic.hint);
  return picked.ok ? null : `must name one template (${hint ?? 'see the list'})`;
}

/** `null`: whoever was asked has gone. */
async function answersFor(session: Session, form: TemplateForm, person: Person | null) {
  const given = new Map(givenAnswers(session));
  if (!session.wantsJson) session.host.out(foundText(form, given));
  const strange = unknownNames(form.questions, given);
  if (strange.length > 0 || person === null) return settleAnswers(form.questions, given);
  const answers = await askAnswers(form.questions, person, given);
  return answers === null ? null : settleAnswers(form.questions, answers);
}

function givenAnswers(session: Session): readonly (readonly [string, string])[] {
  return (session.args.values.get('answer') ?? []).map((pair) => {
    const equals = pair.indexOf('=');
    if (equals < 1) throw new UsageError(`--answer ${pair} names no value`, 'write --answer NAME=VALUE');
    return [pair.slice(0, equals), pair.slice(equals + 1)] as const;
  });
}

function stemFor(session: Session, { template, slug }: OfferedTemplate): string {
  const stem = session.value('name') ?? ('stem' in template ? template.stem : slug);
  if (isStem(stem)) return stem;
  throw new UsageError(`--name ${stem} is no name for a file`, 'use letters, digits, hyphens and dots, without .yml');
}

/** What was found and why; answers that somebody gave stand as they were given. */
function foundText({ found, questions }: TemplateForm, given: ReadonlyMap<string, string>): string {
  const rows = [
    ...found.map(({ name, value, says }) => [name, answerText(value), says]),
    ...questions.map(({ name, default: otherwise, why }) => {
      const text = given.get(name);
      if (text !== undefined) return [name, answerText(text), 'it was given'];
      return [name, otherwise === undefined ? '?' : answerText(otherwise), why];
    }),
  ];
  return rows.length === 0 ? '' : textTable(['FOUND', 'VALUE', 'WHY'], rows);
}

function show(session: Session, draft: WorkflowDraft, isDry: boolean): void {
  const { host, palette } = session;
  if (draft.diagnostics.length > 0) session.report(draft.diagnostics);
  for (const file of draft.files) {
    if (isDry) host.out(`\n${palette.strong(`${wouldText[actionFor(file)]} ${file.path}`)}\n${file.text}`);
    else host.out(`${palette.good('✓')} ${didText[actionFor(file)]} ${file.path}\n`);
  }
  host.out(`\n${palette.strong('What a run would do now')}\n`);
  const samples = Object.entries(draft.samples).map(([name, value]) => `${name} = ${JSON.stringify(value)}`);
  if (samples.length > 0) host.out(`With samples for what has to be given: ${samples.join(', ')}\n`);
  if (draft.plan.ok) host.out(planText(draft.plan.value));
  else host.out(`It cannot be told before the run: ${messagesOf(draft.plan.error)}\n`);
  const workspace = session.value('workspace');
  const where = workspace === undefined ? '' : ` --workspace ${workspace}`;
  if (!isDry) host.out(`\nLook the files over and commit them. Then: vwmp plan ${draft.stem}${where}\n`);
}

const didText = { create: 'made', replace: 'replaced', keep: 'left as it was:' } as const;
const wouldText = { create: 'would make', replace: 'would replace', keep: 'would leave as it is:' } as const;

function jsonOf({ type, slug }: OfferedTemplate, draft: WorkflowDraft, isDry: boolean) {
  return {
    template: `${type}/${slug}`,
    dry_run: isDry,
    found: draft.found,
    answers: draft.answers,
    files: draft.files.map((file) => ({
      path: file.path,
      action: actionFor(file),
      ...(isDry && { text: file.text }),
    })),
    samples: draft.samples,
    plan: draft.plan.ok ? planJson(draft.plan.value) : null,
    diagnostics: [...draft.diagnostics, ...(draft.plan.ok ? [] : draft.plan.error)].map(diagnosticJson),
  };
}

function messagesOf(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.map(({ message }) => message).join(' ');
}
