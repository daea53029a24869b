import { err, ok, type Result } from '../model/result.ts';
import { BoundedMemo } from './bounded-memo.ts';

type Engine = typeof import('re2js').RE2JS;

/** A compiled pattern in RE2's syntax. Matching takes time linear in the text, whatever the pattern. */
export interface Pattern {
  /** The pattern as written. */
  readonly source: string;
  /** Size of the compiled program: a match costs at most a small constant times this times the text's length. */
  readonly size: number;
  /** Whether the pattern is found anywhere in the text; `^` and `$` anchor it. */
  test(text: string): boolean;
}

/** Longest pattern in characters, and largest compiled program: both keep one match far below a second. */
const longestPattern = 10_000;
const largestProgram = 5_000;

let engine: Engine | null = null;
const compiled = new BoundedMemo<Result<Pattern, string>>(200);

/**
 * Makes patterns usable. The engine is large and most runs use no pattern, so it is loaded by whoever sees that a
 * document brings one (`matches()`, `validation.pattern`, a JSON Schema, a retry filter), before any is compiled.
 */
export async function loadPatterns(): Promise<void> {
  engine ??= (await import('re2js')).RE2JS;
}

export function patternsAreLoaded(): boolean {
  return engine !== null;
}

/**
 * Compiles a pattern, once for each text. The error is one sentence for people.
 * Throws where `loadPatterns` was not awaited before: that is a fault of the program, not of the document.
 */
export function compilePattern(source: string): Result<Pattern, string> {
  const loaded = engine;
  if (loaded === null) throw new Error('a pattern is compiled before loadPatterns() was awaited');
  return compiled.get(source, () => compile(source, loaded));
}

function compile(source: string, engine: Engine): Result<Pattern, string> {
  if (source.length > longestPattern) return err(`the pattern is longer than ${longestPattern} characters`);
  try {
    const program = engine.compile(source);
    const size = program.programSize();
    if (size > largestProgram) return err('the pattern is too large: its repetitions multiply out to too many states');
    return ok({ source, size, test: (text) => program.test(text) });
  } catch (error) {
    return err(explain(error instanceof Error ? error.message : String(error), source));
  }
}

/** The engine's sentence, and for what people know from other engines the reason why it is missing here. */
function explain(message: string, source: string): string {
  const reason = message.replace(/^error parsing regexp: /, '');
  if (/\(\?(?:=|!|<=|<!)/.test(source)) return `${reason} (look-ahead and look-behind have no linear time)`;
  if (/\\[1-9]/.test(source)) return `${reason} (back references have no linear time)`;
  return reason;
}
