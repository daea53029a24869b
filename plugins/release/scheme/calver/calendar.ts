import type { CalendarDay } from '../version-scheme.ts';

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** Seven days each from the first of January, 1 to 53. Weeks of ISO 8601 can belong to the year before or after. */
export function weekOfYear({ year, month, day }: CalendarDay): number {
  let before = 0;
  for (let earlier = 1; earlier < month; earlier++) before += daysInMonth(year, earlier);
  return Math.floor((before + day - 1) / 7) + 1;
}

/** `2026-09-01` */
export function formatDay({ year, month, day }: CalendarDay): string {
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}
