import type { Failure } from '../../core/model/failure.ts';
import { emptyMap } from '../../core/model/json.ts';
import { err, ok, type Result } from '../../core/model/result.ts';

export interface StepOutputs {
  readonly [name: string]: string;
}

const largestOutput = 1024 * 1024;
const reservedNames = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Reads the format of GITHUB_OUTPUT as the runner does: `name=value`, or `name<<DELIMITER`, lines, `DELIMITER`;
 * whichever of `=` and `<<` comes first decides. Empty lines between entries are passed over, lines end with LF or
 * CRLF, a later entry of the same name wins. Errors are failures of kind `output` that name the line.
 */
export function parseOutputFile(text: string): Result<StepOutputs, Failure> {
  const outputs = emptyMap<string>();
  const lines = new LineReader(text);
  for (let line = lines.next(); line !== null; line = lines.next()) {
    if (line.text === '') continue;
    const entry = readEntry(line.text, lines);
    if (!entry.ok) return wrong(line.number, entry.error);
    const fault = faultOf(entry.value.name, entry.value.value);
    if (fault !== null) return wrong(line.number, fault);
    outputs[entry.value.name] = entry.value.value;
  }
  return ok(outputs);
}

interface Entry {
  readonly name: string;
  readonly value: string;
}

function readEntry(line: string, lines: LineReader): Result<Entry, string> {
  const equals = line.indexOf('=');
  const heredoc = line.indexOf('<<');
  if (heredoc >= 0 && (equals < 0 || heredoc < equals)) {
    return readHeredoc(line.slice(0, heredoc), line.slice(heredoc + 2), lines);
  }
  if (equals >= 0) return ok({ name: line.slice(0, equals), value: line.slice(equals + 1) });
  return err(`"${shortened(line)}" is neither name=value nor name<<DELIMITER`);
}

function readHeredoc(name: string, delimiter: string, lines: LineReader): Result<Entry, string> {
  if (delimiter === '') return err(`the delimiter after "${shortened(name)}<<" is empty`);
  const start = lines.at;
  let end = start;
  for (let line = lines.next(); line !== null; line = lines.next()) {
    if (line.text === delimiter) return ok({ name, value: lines.slice(start, end) });
    end = line.end;
  }
  return err(`the value of "${shortened(name)}" has no closing line "${shortened(delimiter)}"`);
}

function faultOf(name: string, value: string): string | null {
  if (name === '') return 'the name of the output is empty';
  if (name !== name.trim()) return `the name "${shortened(name)}" begins or ends with white space`;
  if (hasControlCharacter(name)) return 'the name of the output holds control characters';
  if (reservedNames.has(name)) return `"${name}" cannot be the name of an output`;
  const size = Buffer.byteLength(value);
  if (size <= largestOutput) return null;
  return `the output "${shortened(name)}" holds ${size} bytes, at most ${largestOutput} are allowed; write large data to a file`;
}

function hasControlCharacter(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x20 || code === 0x7f) return true;
  }
  return false;
}

function shortened(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

function wrong(line: number, fault: string): Result<StepOutputs, Failure> {
  return err({ kind: 'output', message: `Line ${line} of the step's output file is wrong: ${fault}.` });
}

interface Line {
  readonly text: string;
  readonly number: number;
  /** Offset after the text, before the line end. */
  readonly end: number;
}

class LineReader {
  readonly #text: string;
  /** Offset of the next line. */
  at = 0;
  #number = 0;

  constructor(text: string) {
    this.#text = text;
  }

  next(): Line | null {
    if (this.at >= this.#text.length) return null;
    const start = this.at;
    const feed = this.#text.indexOf('\n', start);
    const stop = feed < 0 ? this.#text.length : feed;
    const end = feed > start && this.#text[feed - 1] === '\r' ? feed - 1 : stop;
    this.at = feed < 0 ? this.#text.length : feed + 1;
    this.#number++;
    return { text: this.#text.slice(start, end), number: this.#number, end };
  }

  slice(start: number, end: number): string {
    return this.#text.slice(start, end);
  }
}
