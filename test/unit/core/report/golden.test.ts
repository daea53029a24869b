import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { goldenCases } from './golden-cases.ts';

const folder = new URL('../../../golden/report/', import.meta.url);

test.each(Object.keys(goldenCases))('%s is written as recorded', (file) => {
  expect(goldenCases[file]?.()).toBe(readFileSync(new URL(file, folder), 'utf8'));
});

test('every recorded report has a case that makes it', () => {
  expect(readdirSync(folder).sort()).toEqual(Object.keys(goldenCases).sort());
});
