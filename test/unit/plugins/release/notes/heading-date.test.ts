import { describe, expect, it } from 'vitest';
import { type DateText, findDate, findOpenDate } from '../../../../../plugins/release/changelog/heading-date.ts';

function textAt(text: string, place: DateText | null): string | null {
  return place && text.slice(place.start, place.end);
}

describe('the date of a heading', () => {
  it.each([
    ['1.2.0 (Unreleased)', 'Unreleased'],
    ['1.2.0 - 2026-xx-xx', '2026-xx-xx'],
    ['v2 TBD', 'TBD'],
    ['v2, to be announced', 'to be announced'],
    ['1.3.0 - ????-??-??', '????-??-??'],
    ['1.3.0 (???)', '???'],
    ['unreleasedness, TBA', 'TBA'],
    ['𝐱TBD tba', 'tba'],
  ])('is open in %j', (text, found) => {
    expect(textAt(text, findOpenDate(text))).toBe(found);
  });

  it.each(['Added', 'TBDs', 'swipes', '2026-01-05', 'really??', 'what?????????', '12026-xx-xx'])(
    'is not open in %j',
    (text) => expect(findOpenDate(text)).toBe(null),
  );

  it.each([
    ['1.2.0 - 2026-01-05', '2026-01-05'],
    ['1.2.0 (5 January 2026)', '5 January 2026'],
    ['January 2026', 'January 2026'],
    ['1.2.0 / 2016', '2016'],
  ])('is written in %j', (text, found) => {
    expect(textAt(text, findDate(text))).toBe(found);
  });

  it.each(['Added', '1.2.0', 'v12'])('is not written in %j', (text) => expect(findDate(text)).toBe(null));
});
