import { describe, expect, it } from 'vitest';
import { type SchemeConfig, schemeOf, splitPrefix } from '../../../../../plugins/release/scheme/scheme.ts';
import { readTable } from './scheme-tables.ts';

interface RefusedConfig {
  readonly config: SchemeConfig;
  readonly error: string;
}

describe('a configuration that makes no scheme', () => {
  it.each(readTable<RefusedConfig[]>('refused-configs'))('is refused: $config', async ({ config, error }) => {
    const scheme = await schemeOf(config);
    expect(scheme.ok ? scheme.value.title : scheme.error).toContain(error);
    expect(scheme.ok).toBe(false);
  });
});

describe('a leading v', () => {
  it.each([
    ['v1.2.3', 'v', '1.2.3'],
    ['V1.2.3', 'V', '1.2.3'],
    ['1.2.3', '', '1.2.3'],
    ['vv1', 'v', 'v1'],
    ['', '', ''],
  ])('is taken off %j', (text, prefix, rest) => {
    expect(splitPrefix(text)).toStrictEqual({ prefix, rest });
  });
});
