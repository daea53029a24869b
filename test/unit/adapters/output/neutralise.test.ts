import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CommandNeutraliser, MergedNeutraliser, neutralise } from '../../../../src/adapters/output/neutralise.ts';
import { isRunnerCommand, runnerCommands, runnerLines } from './runner-command.ts';

const accepted = (log: string) => runnerLines(log).filter(isRunnerCommand);

describe('text that is printed to the log of a job', () => {
  it.each([
    ['::error::boom', ': :error::boom'],
    ['  \t::set-output name=a::b', '  \t: :set-output name=a::b'],
    ['fine\r::error::boom', 'fine\r: :error::boom'],
    ['text ##[group]name', 'text ## [group]name'],
    ['###[error]x', '### [error]x'],
    [':::error::x', ': ::error::x'],
    ['\u2003\ufeff::error::x', '\u2003\ufeff: :error::x'],
  ])('has the command in %j broken by one space', (text, safe) => {
    expect(neutralise(text)).toBe(safe);
  });

  it.each(['std::string a::b', 'https://x::y', '# [x] ## x', 'a ::error:: b', ': one', '', '[##]'])(
    'is left as it is where it is no command: %j',
    (text) => {
      expect(neutralise(text)).toBe(text);
    },
  );

  it('holds no command of the runner whatever stands before it', () => {
    const prefixes = [
      '',
      ' ',
      '\t',
      '\r',
      'x\r',
      '\u00a0',
      '\u2028',
      '\u0085',
      '\u3000 ',
      '\u001b[0m',
      'x ',
      '\n\n',
      '\v\f',
    ];
    const texts = prefixes.flatMap((prefix) =>
      runnerCommands.flatMap((name) => [`${prefix}::${name} a=b::data`, `${prefix}##[${name} a=b]data`]),
    );
    expect(texts.filter((text) => accepted(text).length > 0).length).toBeGreaterThan(300);
    expect(texts.filter((text) => accepted(neutralise(text)).length > 0)).toEqual([]);
  });

  it('holds no command wherever its pieces are cut', () => {
    const piece = fc.constantFrom(
      ':',
      '::',
      '#',
      '##',
      '[',
      '##[',
      'error',
      '::error::',
      ' ',
      '\n',
      '\r',
      'x',
      ']',
      '\u00a0',
    );
    fc.assert(
      fc.property(
        fc.array(
          fc.array(piece, { maxLength: 6 }).map((parts) => parts.join('')),
          { maxLength: 12 },
        ),
        (chunks) => {
          const neutraliser = new CommandNeutraliser();
          const log = chunks.map((chunk) => neutraliser.push(chunk)).join('');
          expect(accepted(log)).toEqual([]);
          expect(log).toBe(neutralise(chunks.join('')));
          expect(log.replace(/(?<=:) (?=:)|(?<=##) (?=\[)/g, '')).toBe(
            chunks.join('').replace(/(?<=:) (?=:)|(?<=##) (?=\[)/g, ''),
          );
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('holds no command that two streams make together, nor one of a single stream', () => {
    const piece = fc.constantFrom(':', '::', '#', '##', '[', 'error', 'error::x', '[error]', ' ', '\n', '\r', 'x');
    const stream = fc.constantFrom<'stdout' | 'stderr'>('stdout', 'stderr');
    fc.assert(
      fc.property(fc.array(fc.tuple(stream, piece), { maxLength: 20 }), (writes) => {
        const neutraliser = new MergedNeutraliser();
        const logs = { both: '', stdout: '', stderr: '' };
        for (const [name, text] of writes) {
          const safe = neutraliser.push(text, name);
          logs.both += safe;
          logs[name] += safe;
        }
        expect([accepted(logs.both), accepted(logs.stdout), accepted(logs.stderr)]).toEqual([[], [], []]);
      }),
      { numRuns: 2000 },
    );
  });
});
