import type { Readable, Writable } from 'node:stream';
import type { Person } from './ask-answers.ts';

export interface TerminalPerson extends Person {
  close(): void;
}

/** Whoever sits at these streams. Ctrl-C and Ctrl-D end the input. */
export function terminalPerson(input: Readable, output: Writable): TerminalPerson {
  // No other command asks anything, and the module brings several that each start would load.
  const lines = process.getBuiltinModule('node:readline').createInterface({ input, output });
  // Lines that come before they are asked for are kept: people type ahead, and pipes have it all at once.
  const waiting: string[] = [];
  let answer: ((line: string | null) => void) | null = null;
  let isOpen = true;
  const settle = (line: string | null) => {
    const settled = answer;
    answer = null;
    settled?.(line);
  };
  lines.on('line', (line) => {
    if (answer === null) waiting.push(line);
    else settle(line);
  });
  lines.on('close', () => {
    isOpen = false;
    settle(null);
  });
  return {
    tell: (text) => void output.write(text),
    ask: async (prompt) => {
      const [line] = waiting.splice(0, 1);
      if (line !== undefined || !isOpen) return line ?? null;
      const asked = new Promise<string | null>((resolve) => {
        answer = resolve;
      });
      lines.setPrompt(prompt);
      lines.prompt();
      return asked;
    },
    close: () => lines.close(),
  };
}
