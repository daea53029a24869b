import { type Json, type JsonSchema, PluginFailure } from '../../../src/plugin-api/index.ts';

const durationPattern = '^(?:\\d+(?:\\.\\d+)?(?:ms|s|m|h))+$';

/** A key that takes a duration. */
export const durationField: JsonSchema = {
  anyOf: [
    { type: 'number', exclusiveMinimum: 0 },
    { type: 'string', pattern: durationPattern },
  ],
};

const units: { readonly [unit: string]: number } = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** A duration of the language in milliseconds: a number is seconds; texts are `500ms`, `30s`, `10m`, `2h`, `1m30s`. */
export function durationMs(value: Json): number {
  const total = typeof value === 'number' ? value * 1_000 : typeof value === 'string' ? sumOf(value) : Number.NaN;
  if (Number.isFinite(total) && total > 0) return Math.max(1, Math.round(total));
  throw new PluginFailure('configuration', `\`${JSON.stringify(value)}\` is no duration: write 30, "30s" or "1m30s"`, {
    retryable: false,
  });
}

function sumOf(text: string): number {
  if (!new RegExp(durationPattern).test(text)) return Number.NaN;
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)];
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * (units[unit ?? ''] ?? Number.NaN), 0);
}
