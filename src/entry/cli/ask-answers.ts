import { readAnswer } from '../../app/template-answers.ts';
import type { Json } from '../../core/model/json.ts';
import type { TemplateQuestion } from '../../core/ports/plugin.ts';
import { plainLine } from '../../core/report/plain-text.ts';

/** Somebody at a terminal. */
export interface Person {
  tell(text: string): void;
  /** One line; `null` where the input ended: nobody is there any more. */
  ask(prompt: string): Promise<string | null>;
}

/**
 * Asks each question until the answer fits; Enter takes the default. `null` where the input ended before the last
 * answer.
 */
export async function askAnswers(
  questions: readonly TemplateQuestion[],
  person: Person,
): Promise<ReadonlyMap<string, string> | null> {
  const answers = new Map<string, string>();
  for (const question of questions) {
    const answer = await askOne(question, person);
    if (answer === null) return null;
    if (answer !== usual) answers.set(question.name, answer);
  }
  return answers;
}

/** Enter leaves a question to its default. */
const usual = Symbol('the default');

async function askOne(question: TemplateQuestion, person: Person): Promise<string | typeof usual | null> {
  const { title, why, options = [], default: otherwise } = question;
  person.tell(`\n${title}\n`);
  // Names of files and tags are the repository's: no terminal is to obey them.
  if (why !== '') person.tell(`  ${plainLine(why)}\n`);
  for (const { value, label } of options) {
    person.tell(`  - ${plainLine(label === undefined ? value : `${value}: ${label}`)}\n`);
  }
  for (;;) {
    const line = await person.ask(`${promptText(question)}> `);
    if (line === null) return null;
    if (line.trim() === '') {
      if (otherwise !== undefined) return usual;
      person.tell('  It has no default: write an answer, or end with Ctrl-C.\n');
      continue;
    }
    const text = line.trim() === nothing && canBeEmpty(question) ? '' : line;
    const read = await readAnswer(question, text);
    if (read.ok) return text;
    person.tell(`  The answer ${read.error}.\n`);
  }
}

/** What somebody enters who wants an empty answer, for Enter takes the default. */
const nothing = '-';

function canBeEmpty({ type, default: otherwise = null }: TemplateQuestion): boolean {
  return (type === 'text' || type === 'list') && (otherwise === null || answerText(otherwise) !== 'none');
}

function promptText(question: TemplateQuestion): string {
  const { default: otherwise } = question;
  const parts = [
    ...(otherwise === undefined ? [] : [plainLine(answerText(otherwise))]),
    ...(canBeEmpty(question) ? [`${nothing} for none`] : []),
  ];
  return parts.length === 0 ? '' : `[${parts.join('; ')}] `;
}

/** A value as somebody would write it. */
export function answerText(value: Json): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.join(', ');
  if (value === '' || value === null) return 'none';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
