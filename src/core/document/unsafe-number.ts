import type { DocumentFaults, Stretch } from './document-faults.ts';

/** Numbers that no value stands for are errors; whole numbers that do not read back as written deserve a warning. */
export function reportUnsafeNumber(written: string, value: number, at: Stretch, faults: DocumentFaults): void {
  const hint = `To give text, quote it: "${written}".`;
  if (!Number.isFinite(value)) faults.report('value', at, `\`${written}\` is no finite number.`, { hint });
  else if (!Number.isSafeInteger(value) && /^[-+]?\d+$/.test(written) && String(value) !== written) {
    faults.warn('value', at, `The number \`${written}\` has too many digits to be kept exactly.`, { hint });
  }
}
