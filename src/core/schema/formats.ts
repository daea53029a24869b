/**
 * The formats that are checked. All others are annotations, as the standard has it. Each pattern is linear: no
 * alternative can match the same text in two ways.
 */
export const formats: { readonly [name: string]: { readonly name: string; readonly fits: (text: string) => boolean } } =
  {
    date: { name: 'a date such as 2026-11-21', fits: isIsoDate },
    time: { name: 'a time such as 14:30:00Z', fits: isTime },
    'date-time': { name: 'a date and time such as 2026-11-21T14:30:00Z', fits: isDateTime },
    email: { name: 'an e-mail address', fits: (text) => /^[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)*$/.test(text) },
    uri: {
      name: 'an address such as https://example.org/',
      fits: (text) => /^[A-Za-z][A-Za-z0-9+.-]*:[^\s]+$/.test(text),
    },
    uuid: { name: 'a UUID', fits: (text) => /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(text) },
    ipv4: { name: 'an IPv4 address', fits: isIpv4 },
  };

/** `YYYY-MM-DD`, and a day that the calendar has. */
export function isIsoDate(text: string): boolean {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!parts) return false;
  const [year, month, day] = parts.slice(1).map(Number);
  return day !== undefined && day >= 1 && day <= daysIn(year ?? 0, month ?? 0);
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [31, 0, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
}

function isTime(text: string): boolean {
  return /^(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/i.test(text);
}

function isDateTime(text: string): boolean {
  const border = text.search(/[T ]/i);
  return border !== -1 && isIsoDate(text.slice(0, border)) && isTime(text.slice(border + 1));
}

function isIpv4(text: string): boolean {
  const parts = text.split('.');
  return parts.length === 4 && parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255);
}
