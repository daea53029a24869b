import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitNotes } from '../../../../../plugins/release/notes/fit-notes.ts';

const notes = '### Added\n\n- one\n- two\n  more of two\n\n### Fixed\n\n- three\n- four';

describe('notes that have to be fitted', () => {
  it('come back as they are where they fit', () => {
    expect(fitNotes(notes, notes.length, 'https://example.invalid')).toEqual({ text: notes, leftOut: null });
  });

  it('are cut by whole items, and say what is missing and where it is', () => {
    const text = `${notes}${'\n- filler'.repeat(30)}`;
    const expected =
      '### Added\n\n- one\n- two\n  more of two\n\n_32 items and 1 section are left out here for want of space: [read everything](https://e.invalid)_';
    const fitted = fitNotes(text, expected.length, 'https://e.invalid');
    expect(fitted.text).toBe(expected);
    expect(fitted.leftOut).toEqual({ items: 32, sections: 1 });
  });

  it('do not end with a heading that lost its text', () => {
    const text = `- one\n\n## A\n\n### B\n\n- ${'long '.repeat(50)}`;
    expect(fitNotes(text, 120, null).text).toBe('- one\n\n_1 item and 2 sections are left out here for want of space_');
  });

  it('name no link where there is none', () => {
    expect(fitNotes(`- one\n- ${'x'.repeat(100)}`, 80, null).text).toBe(
      '- one\n\n_1 item is left out here for want of space_',
    );
  });

  it('are never cut inside code', () => {
    const code = `\`\`\`md\n${'- not an item\n# not a heading\n'.repeat(10)}\`\`\``;
    const fitted = fitNotes(`Words.\n\n${code}\n\n- last`, 200, null);
    expect(fitted.text).toBe('Words.\n\n_1 item is left out here for want of space_');
  });

  it('have their code closed where the first thing alone is too long', () => {
    const fitted = fitNotes(`~~~~\n${'code\n'.repeat(100)}~~~~`, 150, null);
    expect(fitted.text.length).toBeLessThanOrEqual(150);
    expect(fitted.text).toMatch(/\ncode\n[code]*\n?~~~~\n\n_The rest of the text is left out here for want of space_$/);
  });

  it('never hold half a character', () => {
    for (let most = 60; most < 80; most++) {
      const { text } = fitNotes(`- ${'😀'.repeat(100)}`, most, null);
      expect(text.isWellFormed()).toBe(true);
      expect(text.length).toBeLessThanOrEqual(most);
    }
  });

  it.each([0, 1, 5, 40])('fit even into %i characters', (most) => {
    expect(fitNotes(notes, most, 'https://example.invalid').text.length).toBeLessThanOrEqual(most);
  });

  it('fit whatever they are, and stay a beginning of what they were', () => {
    const line = fc.constantFrom('- a', '* b c', '## H', '', 'text', '```', '~~~', '  more', '1. x', '😀😀');
    fc.assert(
      fc.property(fc.array(line, { maxLength: 60 }), fc.integer({ min: 0, max: 300 }), (lines, most) => {
        const text = lines.join('\n');
        const fitted = fitNotes(text, most, 'https://e.invalid');
        expect(fitted.text.length).toBeLessThanOrEqual(most);
        expect(fitted.leftOut === null).toBe(text.length <= most);
      }),
    );
  });

  it('may be very long', () => {
    const text = '- an item of the list\n'.repeat(100_000);
    const fitted = fitNotes(text, 125_000, null);
    expect(fitted.text.length).toBeGreaterThan(124_900);
    expect(fitted.leftOut?.items).toBeGreaterThan(90_000);
  });
});
