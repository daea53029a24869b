import { knownRoots } from '../expression/known-roots.ts';

/** A stretch of a script that looks like an expression of the language. */
export interface ScriptTemplate {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Roots of LANGUAGE.md section 7; `outputs` is one only inside a step's own outputs. */
const roots = knownRoots.filter((root) => root !== 'outputs').join('|');
const everywhere = /\$\{\{[\s\S]*?\}\}/g;
const inShells = new RegExp(String.raw`\$\{\s*(?:${roots})\s*(?:\?\.|\.)[^{}\n]{0,200}\}?`, 'g');
const mostReported = 20;

/**
 * Where a script would be templated by someone who expects that: `${{ … }}` in any language, and in bash and sh
 * `${ROOT.…}`, which no shell could expand. Behind a backslash it is the script's own.
 */
export function findScriptTemplates(script: string, shell: string): readonly ScriptTemplate[] {
  const found: ScriptTemplate[] = [];
  collect(script, everywhere, found);
  if (shell === 'bash' || shell === 'sh') collect(script, inShells, found);
  return found.sort((a, b) => a.start - b.start);
}

function collect(script: string, pattern: RegExp, found: ScriptTemplate[]): void {
  // Without an end further on, each beginning would be searched to the end of the script.
  if (pattern === everywhere && !script.includes('}}')) return;
  for (const match of script.matchAll(pattern)) {
    if (found.length >= mostReported) return;
    if (isEscaped(script, match.index)) continue;
    found.push({ start: match.index, end: match.index + match[0].length, text: match[0] });
  }
}

function isEscaped(script: string, at: number): boolean {
  let backslashes = 0;
  while (script.charAt(at - 1 - backslashes) === '\\') backslashes++;
  return backslashes % 2 === 1;
}
