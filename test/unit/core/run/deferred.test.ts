import { describe, expect, it } from 'vitest';
import { err, ok } from '../../../../src/core/model/result.ts';
import { fillDeferred, withoutDeferred } from '../../../../src/core/run/deferred.ts';

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
