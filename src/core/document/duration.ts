import type { Json } from '../model/json.ts';
import { err, ok, type Result } from '../model/result.ts';

const parts = /^(?:(\d+(?:\.\d+)?)h)?(?:(\d+(?:\.\d+)?)m)?(?:(\d+(?:\.\d+)?)s)?(?:(\d+(?:\.\d+)?)ms)?$/;
const unitMs = [3_600_000, 60_000, 1000, 1] as const;
const examples = 'a number of seconds, or text such as "500ms", "30s", "10m", "2h", "1m30s"';

/**
 * Milliseconds of a duration: a number is seconds, a text names its units, the largest first. Zero, negative numbers
 * and digits as text are errors, as is what is shorter than a millisecond; the error is one sentence for people.
 */
export function parseDuration(value: Json): Result<number, string> {
  if (typeof value === 'number') return positive(value * 1000, String(value));
  if (typeof value !== 'string') return err(`A duration is ${examples}.`);
  const text = value;
  if (/^[-+]/.test(text)) return err(`The duration \`${value}\` has a sign; a duration is ${examples}.`);
  if (/^\d+(?:\.\d+)?$/.test(text)) {
    return err(`The duration "${value}" is digits as text: write the number without quotes, or a unit, as "${text}s".`);
  }
  const found = parts.exec(text);
  if (!found || text === '') return err(`\`${value}\` is no duration; a duration is ${examples}.`);
  const ms = unitMs.reduce((sum, unit, index) => sum + Number(found[index + 1] ?? 0) * unit, 0);
  return positive(ms, value);
}

function positive(ms: number, written: string): Result<number, string> {
  const whole = Math.round(ms);
  if (Number.isFinite(ms) && whole >= 1) return ok(whole);
  if (ms > 0 && !Number.isFinite(ms)) return err(`The duration \`${written}\` is too long.`);
  return err(`The duration \`${written}\` is not above zero; leave the key out to have none.`);
}
