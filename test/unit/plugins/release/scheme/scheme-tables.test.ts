import { describe, expect, it } from 'vitest';
import type { CalendarDay, RaiseRequest } from '../../../../../plugins/release/scheme/scheme.ts';
import { type RaiseCase, readTable, type SchemeTable, schemeFor, today, versionOf } from './scheme-tables.ts';

const tables = ['semver', 'pep440', 'calver', 'parts', 'pattern'].flatMap((name) => readTable<SchemeTable[]>(name));

function requestOf(row: RaiseCase): RaiseRequest {
  const { from: _from, to: _to, error: _error, by, today: other, ...options } = row;
  const day: CalendarDay = other === undefined ? today : { year: other[0], month: other[1], day: other[2] };
  return { increment: by, ...options, today: day };
}

it('has rows enough to say something', () => {
  expect(tables.flatMap((table) => table.raise).length).toBeGreaterThan(200);
  expect(tables.flatMap((table) => [...table.read, ...table.refused]).length).toBeGreaterThan(200);
});

for (const table of tables) {
  describe(JSON.stringify(table.config), async () => {
    const scheme = await schemeFor(table.config);

    it.each(table.read)('reads %s and writes it the same', (text) => {
      expect(scheme.parse(text)?.text).toBe(text);
    });

    it.each(Object.entries(table.normalised ?? {}))('reads %s as %s', (text, normal) => {
      expect(scheme.parse(text)?.text).toBe(normal);
      expect(scheme.parse(normal)).toStrictEqual(scheme.parse(text));
    });

    it.each(table.refused)('does not read %j', (text) => {
      expect(scheme.parse(text)).toBeNull();
    });

    it.each([
      ...table.early.map((text) => ({ text, early: true })),
      ...table.final.map((text) => ({ text, early: false })),
    ])('says of $text whether it is a pre-release: $early', ({ text, early }) => {
      expect(scheme.isPrerelease(versionOf(scheme, text))).toBe(early);
    });

    it.each(table.ordered.map((list) => ({ list })))('sorts $list', ({ list }) => {
      const versions = list.map((text) => versionOf(scheme, text));
      for (const [at, version] of versions.entries()) {
        for (const later of versions.slice(at + 1)) {
          expect(scheme.compare(version, later), `${version.text} before ${later.text}`).toBeLessThan(0);
          expect(scheme.compare(later, version), `${later.text} after ${version.text}`).toBeGreaterThan(0);
        }
      }
    });

    it.each(table.equal)('gives %s and %s the same rank', (a, b) => {
      expect(scheme.compare(versionOf(scheme, a), versionOf(scheme, b))).toBe(0);
    });

    it.each(table.raise.map((row) => ({ row })))('raises as in $row', ({ row }) => {
      const raised = scheme.raise(versionOf(scheme, row.from), requestOf(row));
      if (row.error === undefined) expect(raised.ok ? raised.value.text : raised.error).toBe(row.to);
      else expect(raised.ok ? raised.value.text : raised.error).toContain(row.error);
      expect(raised.ok).toBe(row.error === undefined);
    });
  });
}

describe('any scheme', () => {
  it('reads no text of more than 256 characters', async () => {
    const scheme = await schemeFor({ scheme: 'semver' });
    expect(scheme.parse(`1.2.3+${'a'.repeat(250)}`)).not.toBeNull();
    expect(scheme.parse(`1.2.3+${'a'.repeat(251)}`)).toBeNull();
  });

  it('throws at a version of another scheme', async () => {
    const semver = await schemeFor({ scheme: 'semver' });
    const pep440 = await schemeFor({ scheme: 'pep440' });
    const version = versionOf(pep440, '1.2.3');
    expect(() => semver.raise(version, { increment: 'patch', today })).toThrow('1.2.3 is a version of pep440');
    expect(() => semver.compare(version, versionOf(semver, '1.2.3'))).toThrow('not of semver');
  });
});
