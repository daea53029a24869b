import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { TemplateQuestion } from '../../../../src/core/ports/plugin.ts';
import { askAnswers, type Person } from '../../../../src/entry/cli/ask-answers.ts';
import { terminalPerson } from '../../../../src/entry/cli/terminal-person.ts';

const style: TemplateQuestion = {
  name: 'style',
  title: 'Which style',
  type: 'choice',
  options: [{ value: 'x', label: 'the first' }, { value: 'y' }],
  default: 'x',
  why: 'nothing tells',
  asked: true,
};
const file: TemplateQuestion = { name: 'file', title: 'Which file', type: 'text', why: 'they differ', asked: true };

/** Somebody who says these lines and then is gone. */
class ScriptedPerson implements Person {
  readonly told: string[] = [];
  readonly #lines: string[];

  constructor(...lines: readonly string[]) {
    this.#lines = [...lines];
  }

  tell(text: string): void {
    this.told.push(text);
  }

  async ask(prompt: string): Promise<string | null> {
    this.told.push(prompt);
    return this.#lines.shift() ?? null;
  }
}

describe('questions at a terminal', () => {
  it('leave the default where somebody presses Enter', async () => {
    expect(await askAnswers([style], new ScriptedPerson(''))).toEqual(new Map());
  });

  it('are asked again until the answer fits', async () => {
    const person = new ScriptedPerson('z', 'y');
    expect(await askAnswers([style], person)).toEqual(new Map([['style', 'y']]));
    expect(person.told).toContain('  The answer must be one of x, y.\n');
  });

  it('without a default are not passed over', async () => {
    const person = new ScriptedPerson('', 'a.txt');
    expect(await askAnswers([file], person)).toEqual(new Map([['file', 'a.txt']]));
    expect(person.told.join('')).toContain('It has no default');
  });

  it('can be answered with nothing, which the default is not', async () => {
    const check: TemplateQuestion = { ...file, name: 'check', default: 'npm test' };
    const person = new ScriptedPerson('-', '-');
    expect(await askAnswers([check, file], person)).toEqual(
      new Map([
        ['check', ''],
        ['file', ''],
      ]),
    );
    expect(person.told).toContain('[npm test; - for none] > ');
  });

  it('are not offered to be left empty where that would be refused', async () => {
    const named: TemplateQuestion = { ...file, check: async (answer) => (answer === '' ? 'must be a name' : null) };
    const person = new ScriptedPerson('-', 'x');
    expect(await askAnswers([named], person)).toEqual(new Map([['file', '-']]));
    expect(person.told.at(-1)).toBe('> ');
  });

  it('know the answers before them, given, taken by default and entered', async () => {
    const seen: unknown[] = [];
    const last: TemplateQuestion = {
      ...file,
      name: 'last',
      check: async (_answer, before) => {
        seen.push({ ...before });
        return null;
      },
    };
    const quiet: TemplateQuestion = { ...style, name: 'quiet', asked: false };
    const answers = await askAnswers(
      [quiet, style, file, last],
      new ScriptedPerson('b', 'c'),
      new Map([['style', 'y']]),
    );
    expect(answers).toEqual(
      new Map([
        ['style', 'y'],
        ['file', 'b'],
        ['last', 'c'],
      ]),
    );
    expect(seen.at(-1)).toEqual({ quiet: 'x', style: 'y', file: 'b' });
  });

  it('are asked where what was given does not fit', async () => {
    const person = new ScriptedPerson('y');
    expect(await askAnswers([style], person, new Map([['style', 'z']]))).toEqual(new Map([['style', 'y']]));
    expect(person.told[0]).toBe('\nThe answer style=z must be one of x, y.\n');
  });

  it('say why they are asked and what there is to choose from', async () => {
    const person = new ScriptedPerson('');
    await askAnswers([style], person);
    expect(person.told.join('')).toBe('\nWhich style\n  nothing tells\n  - x: the first\n  - y\n[x] > ');
  });

  it('end where nobody is there any more', async () => {
    expect(await askAnswers([style, file], new ScriptedPerson('y'))).toBeNull();
  });
});

describe('somebody at a stream', () => {
  function streams() {
    const [input, output] = [new PassThrough(), new PassThrough()];
    return { input, output, person: terminalPerson(input, output) };
  }

  it('answers line by line, ahead of the questions too', async () => {
    const { input, person } = streams();
    input.write('one\ntwo\n');
    expect(await person.ask('> ')).toBe('one');
    expect(await person.ask('> ')).toBe('two');
    const third = person.ask('> ');
    input.write('three\n');
    expect(await third).toBe('three');
    person.close();
  });

  it('has nothing more to say when the input ends', async () => {
    const { input, person } = streams();
    const open = person.ask('> ');
    input.end();
    expect(await open).toBeNull();
    expect(await person.ask('> ')).toBeNull();
  });
});
