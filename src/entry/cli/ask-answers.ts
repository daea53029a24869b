import { emptyAnswer, readAnswer } from '../../app/template-answers.ts';
import { emptyMap, type Json, type JsonMap } from '../../core/model/json.ts';
import type { TemplateQuestion } from '../../core/ports/plugin.ts';
import { plainLine } from '../../core/report/plain-text.ts';

/** Somebody at a terminal. */
export interface Person {
  tell(text: string): void;
  /** One line; `null` where the input ended: nobody is there any more. */
  ask(prompt: string): Promise<string | null>;
}

/**
 * Asks each question until the answer fits; Enter takes the default. What was given already is not asked, unless it does
 * not fit. All that was given and answered; `null` where the input ended before the last answer.
 */
export async function askAnswers(
  questions: readonly TemplateQuestion[],
  person: Person,
  given: ReadonlyMap<string, string> = new Map(),
): Promise<ReadonlyMap<string, string> | null> {
  const texts = new Map<string, string>();
  const before = emptyMap<Json>();
  for (const question of questions) {
    const text = given.get(question.name);
    const answer = await (text === undefined ? openAnswer : givenAnswer)(question, { person, before, text });
    if (answer === null) return null;
    if (answer !== usual) texts.set(question.name, answer.text);
    const value = answer === usual ? question.default : answer.value;
    if (value !== undefined) before[question.name] = value;
  }
  return texts;
}

/** Enter leaves a question to its default. */
const usual = Symbol('the default');

/** An answer that fits. */
interface Answered {
  readonly text: string;
  readonly value: Json;
}

interface Asking {
  readonly person: Person;
  /** Answers to the questions before. */
  readonly before: JsonMap;
}

async function openAnswer(question: TemplateQuestion, asking: Asking): Promise<Answered | typeof usual | null> {
  return question.asked ? askOne(question, asking) : usual;
}

async function givenAnswer(
  question: TemplateQuestion,
  { text = '', ...asking }: Asking & { readonly text: string | undefined },
): Promise<Answered | typeof usual | null> {
  const read = await readAnswer(question, text, asking.before);
  if (read.ok) return { text, value: read.value };
  asking.person.tell(`\nThe answer ${question.name}=${plainLine(text)} ${read.error}.\n`);
  return askOne(question, asking);
}

async function askOne(question: TemplateQuestion, { person, before }: Asking): Promise<Answered | typeof usual | null> {
  const { title, why, options = [], default: otherwise } = question;
  person.tell(`\n${title}\n`);
  // Names of files and tags are the repository's: no terminal is to obey them.
  if (why !== '') person.tell(`  ${plainLine(why)}\n`);
  for (const { value, label } of options) {
    person.tell(`  - ${plainLine(label === undefined ? value : `${value}: ${label}`)}\n`);
  }
  const mayBeEmpty = await canBeEmpty(question, before);
  for (;;) {
    const line = await person.ask(`${promptText(question, mayBeEmpty)}> `);
    if (line === null) return null;
    if (line.trim() === '') {
      if (otherwise !== undefined) return usual;
      person.tell('  It has no default: write an answer, or end with Ctrl-C.\n');
      continue;
    }
    const text = line.trim() === nothing && mayBeEmpty ? '' : line;
    const read = await readAnswer(question, text, before);
    if (read.ok) return { text, value: read.value };
    person.tell(`  The answer ${plainLine(read.error)}.\n`);
  }
}

/** What somebody enters who wants an empty answer, for Enter takes the default. */
const nothing = '-';

/** Not where the default is empty already, nor where an empty answer would be refused. */
async function canBeEmpty(question: TemplateQuestion, before: JsonMap): Promise<boolean> {
  const { type, default: otherwise = null } = question;
  if ((type !== 'text' && type !== 'list') || (otherwise !== null && answerText(otherwise) === emptyAnswer))
    return false;
  return (await readAnswer(question, '', before)).ok;
}

function promptText({ default: otherwise }: TemplateQuestion, mayBeEmpty: boolean): string {
  const parts = [
    ...(otherwise === undefined ? [] : [plainLine(answerText(otherwise))]),
    ...(mayBeEmpty ? [`${nothing} for none`] : []),
  ];
  return parts.length === 0 ? '' : `[${parts.join('; ')}] `;
}

/** A value as somebody would write it. */
export function answerText(value: Json): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.length === 0 ? emptyAnswer : value.join(', ');
  if (value === '' || value === null) return emptyAnswer;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
