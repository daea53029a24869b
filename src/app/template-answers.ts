import type { Diagnostic } from '../core/diagnostic/diagnostic.ts';
import { suggest } from '../core/expression/suggest.ts';
import { emptyMap, type Json, type JsonMap } from '../core/model/json.ts';
import { err, ok, type Result } from '../core/model/result.ts';
import { parseValueText } from '../core/parameters/parse-value-text.ts';
import type { TemplateQuestion } from '../core/ports/plugin.ts';

/** Texts that people gave, by the name of the question. */
export type GivenAnswers = ReadonlyMap<string, string>;

/** A value for every question, from what was given and from defaults; or all that is missing or wrong, at once. */
export async function settleAnswers(
  questions: readonly TemplateQuestion[],
  given: GivenAnswers,
): Promise<Result<JsonMap, readonly Diagnostic[]>> {
  const answers = emptyMap<Json>();
  const faults: Diagnostic[] = unknownNames(questions, given);
  for (const question of questions) {
    const text = given.get(question.name);
    const value = text === undefined ? defaultOf(question) : await readAnswer(question, text, answers);
    if (value.ok) answers[question.name] = value.value;
    else faults.push(fault(question, value.error));
  }
  return faults.length > 0 ? err(faults) : ok(answers);
}

/** The value that a text stands for, after those answers. The error is a clause: what it must be. */
export async function readAnswer(
  question: TemplateQuestion,
  text: string,
  before: JsonMap,
): Promise<Result<Json, string>> {
  const read = plainAnswer(question, text);
  const fault = read.ok ? ((await question.check?.(read.value, before)) ?? null) : null;
  return fault === null ? read : err(fault);
}

/** People are shown this word for an answer that is empty, so they can give it by it. */
export const emptyAnswer = 'none';

function plainAnswer(question: TemplateQuestion, given: string): Result<Json, string> {
  const isOffered = question.options?.some(({ value }) => value === emptyAnswer) ?? false;
  const text = given.trim() === emptyAnswer && !isOffered ? '' : given;
  switch (question.type) {
    case 'text':
      return ok(text.trim());
    case 'boolean':
      return readBoolean(text.trim().toLowerCase());
    case 'choice': {
      const values = (question.options ?? []).map(({ value }) => value);
      return values.includes(text.trim()) ? ok(text.trim()) : err(`must be one of ${values.join(', ')}`);
    }
    case 'list':
      return readList(text.trim());
  }
}

function readBoolean(word: string): Result<Json, string> {
  if (['true', 'yes', 'y'].includes(word)) return ok(true);
  return ['false', 'no', 'n'].includes(word) ? ok(false) : err('must be yes or no');
}

/** `[a, b]`, or names with commas between them. */
function readList(text: string): Result<Json, string> {
  if (!text.startsWith('[')) {
    return ok(
      text
        .split(',')
        .map((item) => item.trim())
        .filter((item) => item !== ''),
    );
  }
  const parsed = parseValueText(text);
  if (!parsed.ok) return err(`cannot be read as a list: ${parsed.error}`);
  const isTexts = Array.isArray(parsed.value) && parsed.value.every((item: Json) => typeof item === 'string');
  return isTexts ? parsed : err('must be a list of texts');
}

function defaultOf(question: TemplateQuestion): Result<Json, string> {
  return question.default === undefined ? err('has no answer yet') : ok(question.default);
}

/** Faults of answers to questions that there are not. */
export function unknownNames(questions: readonly TemplateQuestion[], given: GivenAnswers): Diagnostic[] {
  const names = questions.map(({ name }) => name);
  return [...given.keys()]
    .filter((name) => !names.includes(name))
    .map((name) => {
      const near = suggest(name, names);
      const hint = near === null ? `It asks for: ${names.join(', ')}.` : `Did you mean \`${near}\`?`;
      return { code: 'command', severity: 'error', message: `The template asks for no \`${name}\`.`, hint };
    });
}

function fault(question: TemplateQuestion, clause: string): Diagnostic {
  const { name, title, why, options = [] } = question;
  const example = options[0]?.value ?? '…';
  const found = options.length === 0 ? '' : ` (${options.map(({ value, label }) => label ?? value).join('; ')})`;
  return {
    code: 'command',
    severity: 'error',
    message: `\`${name}\` (${title}) ${clause}: ${why}.`,
    hint: `Give it, as with \`--answer ${name}=${example}\`${found}.`,
  };
}
