import { describe, expect, it } from 'vitest';
import type { StepSettings } from '../../../../src/core/model/event.ts';
import { err, ok } from '../../../../src/core/model/result.ts';
import { noRetry } from '../../../../src/core/model/retry.ts';
import { fillDeferred, maskedSettings, withoutDeferred } from '../../../../src/core/run/deferred.ts';

const readsSecret = (text: string) => text.includes('secrets.');

describe('fields that read secrets', () => {
  const maps = {
    config: { url: 'https://x', headers: { auth: 'Bearer ${{ secrets.T }}' }, list: ['a', '${{ secrets.U }}'] },
    env: { TOKEN: '${{ secrets.T }}', PLAIN: 'text' },
  };

  it('are taken out, and lists keep their places', () => {
    const { value, fields } = withoutDeferred(maps, readsSecret);
    expect(value).toEqual({
      config: { url: 'https://x', headers: {}, list: ['a', null] },
      env: { PLAIN: 'text' },
    });
    expect(fields.map(({ path }) => path.join('.'))).toEqual(['config.headers.auth', 'config.list.1', 'env.TOKEN']);
  });

  it('come back with their values', () => {
    const { value, fields } = withoutDeferred(maps, readsSecret);
    const filled = fillDeferred(value, fields, (template) => ok(`<${String(template)}>`));
    expect(filled).toEqual(
      ok({
        config: {
          url: 'https://x',
          headers: { auth: '<Bearer ${{ secrets.T }}>' },
          list: ['a', '<${{ secrets.U }}>'],
        },
        env: { PLAIN: 'text', TOKEN: '<${{ secrets.T }}>' },
      }),
    );
  });

  it('stay unset where they come out as nothing, and stop at an error', () => {
    const { value, fields } = withoutDeferred(maps, readsSecret);
    expect(fillDeferred(value, fields, () => ok(undefined))).toEqual(ok(value));
    expect(fillDeferred(value, fields, () => err('no such secret'))).toEqual(err('no such secret'));
  });
});

describe('settings that hold a text alike to a secret', () => {
  const settings: StepSettings = {
    name: 'deploy',
    config: { script: 'echo deploy ${{ x }}', note: 'plain' },
    env: { WHAT: 'to deploy now' },
    deferred: [],
    timeoutMs: null,
    retry: noRetry,
    idempotencyKey: 'run:a:1',
  };
  const written = { config: settings.config, env: { WHAT: 'to deploy ${{ parameters.when }}' } };
  const schema = { properties: { script: { script: true } } };
  const mask = (value: unknown) => JSON.parse(JSON.stringify(value).replaceAll('deploy', '***'));

  it('are recorded masked, with what makes the changed fields', () => {
    const recorded = maskedSettings(settings, written, schema, mask);
    expect(recorded.config).toEqual({ script: 'echo *** ${{ x }}', note: 'plain' });
    expect(recorded.deferred).toEqual([
      { path: ['config', 'script'], template: 'echo deploy ${{ x }}', verbatim: true },
      { path: ['env', 'WHAT'], template: 'to deploy ${{ parameters.when }}' },
    ]);
  });

  it('stay as they are where masking changes nothing', () => {
    expect(maskedSettings(settings, written, schema, (value) => value)).toEqual(settings);
  });
});
