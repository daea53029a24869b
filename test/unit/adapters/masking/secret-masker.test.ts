import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SecretMasker } from '../../../../src/adapters/masking/secret-masker.ts';

function maskerFor(...secrets: readonly string[]): SecretMasker {
  const masker = new SecretMasker();
  for (const secret of secrets) masker.add(secret);
  return masker;
}

function masked(secret: string, text: string): string {
  return maskerFor(secret).mask(text);
}

describe('a masked text', () => {
  it('has every secret replaced, wherever it stands', () => {
    expect(maskerFor('hunter22', 'swordfish').mask('hunter22, xswordfishx hunter22')).toBe('***, x***x ***');
  });

  it('is the same text where it holds no secret', () => {
    expect(masked('hunter22', 'hunter2 and hunter 22')).toBe('hunter2 and hunter 22');
  });

  it('keeps secrets of fewer than 4 characters', () => {
    expect(masked('abc', 'abc abc')).toBe('abc abc');
  });

  it('has one mask for secrets that overlap or contain each other', () => {
    expect(maskerFor('abcdef', 'defghi', 'cdef').mask('.abcdefghi.')).toBe('.***.');
  });

  it('has one mask for the longest of secrets that begin alike', () => {
    expect(maskerFor('token', 'token-long').mask('token-long')).toBe('***');
  });

  it('hides a secret that colours cut in pieces', () => {
    expect(masked('hunter22', 'is \u001b[1mhun\u001b[31mter\u001b[0m22\u001b[0m.')).toBe('is \u001b[1m***\u001b[0m.');
  });

  const secret = `pa$$'w"ö\\rd/<&>+ 1`;
  const utf8 = Buffer.from(secret);
  const json = JSON.stringify(secret).slice(1, -1);
  const escaped = (text: string) =>
    text.replace(/[\s\S]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
  it.each([
    ['as it is', secret],
    ['as hexadecimal', utf8.toString('hex')],
    ['as hexadecimal in capitals', utf8.toString('hex').toUpperCase()],
    ['as Base64', utf8.toString('base64')],
    ['as Base64 for addresses', utf8.toString('base64url')],
    ['in an address', encodeURIComponent(secret)],
    ['in an address with small letters', encodeURIComponent(secret).replace(/%../g, (c) => c.toLowerCase())],
    ['in a whole address', encodeURI(secret)],
    ['in a form', new URLSearchParams({ a: secret }).toString().slice(2)],
    ['with every byte percent-encoded', utf8.toString('hex').replace(/../g, '%$&').toUpperCase()],
    ['in JSON', json],
    ['in JSON in JSON', JSON.stringify(json).slice(1, -1)],
    ['in ASCII JSON', json.replace('ö', '\\u00f6')],
    ['in ASCII JSON with capitals', json.replace('ö', '\\u00F6')],
    ['in JSON for HTML', json.replace('<', '\\u003c').replace('>', '\\u003e').replace('&', '\\u0026')],
    ['in JSON with escaped slashes', json.replaceAll('/', '\\/')],
    ['as escapes alone', escaped(secret)],
    [
      'in XML',
      secret
        .replace('&', '&amp;')
        .replace('<', '&lt;')
        .replace('>', '&gt;')
        .replace('"', '&quot;')
        .replace("'", '&apos;'),
    ],
    [
      'in HTML',
      secret
        .replace('&', '&amp;')
        .replace('<', '&lt;')
        .replace('>', '&gt;')
        .replace('"', '&quot;')
        .replace("'", '&#39;'),
    ],
    ['in single quotes of a shell', secret.replaceAll("'", "'\\''")],
    ['in single quotes of Python', secret.replaceAll('\\', '\\\\').replaceAll("'", "\\'")],
    ['in double quotes of a shell', secret.replace(/["$`\\]/g, '\\$&')],
    ['in single quotes of YAML', secret.replaceAll("'", "''")],
    ['with backslashes doubled', secret.replaceAll('\\', '\\\\')],
  ])('hides a secret %s', (_how, text) => {
    expect(masked(secret, `<${text}>`)).toBe('<***>');
  });

  it('hides a secret in Base64 of a longer text, at every alignment', () => {
    const inside = ['', 'u', 'us'].map((user) => Buffer.from(`${user}:${'hunter22'}:tail`).toString('base64'));
    const cores = ['', 'u', 'us'].map((user, i) => {
      const start = [':', 'u:', 'us:'][i]?.length ?? 0;
      const first = Math.ceil((start * 8) / 6);
      return inside[i]?.slice(first, Math.floor(((start + 8) * 8) / 6)) ?? user;
    });
    expect(inside.map((text, i) => masked('hunter22', text).includes(cores[i] ?? ''))).toEqual([false, false, false]);
  });

  it('hides a long secret in Base64 of several lines', () => {
    const long = 'abcdefghij'.repeat(20);
    const lines = Buffer.from(long).toString('base64').replace(/.{76}/g, '$&\n');
    expect(masked(long, lines)).toMatch(/^[*\n]+[\w=]{0,3}$/);
  });

  it('hides each line of a secret of several lines', () => {
    const key = '-----BEGIN KEY-----\r\n  MIIEowIBAAKCAQEA\r\n  q2xnSbc7\r\n-----END KEY-----\r\n';
    expect(masked(key, 'got MIIEowIBAAKCAQEA and q2xnSbc7')).toBe('got *** and ***');
  });

  it('hides what is between the quotes and blanks around a secret', () => {
    expect(masked(' "hunter22" ', 'got hunter22.')).toBe('got ***.');
  });

  it('keeps the brackets and words that every document has, although a secret has them', () => {
    const document = '{\n  "a": {\n    "token": "hunter22hunter22"\n  },\n  [true, null],\n  "n": [\n]}\n';
    const text = '{ } [ ] {\n}, { "a" true null ]} a n';
    expect(masked(document, text)).toBe(text);
  });

  it('hides the fields of a secret that is a JSON document', () => {
    const document = JSON.stringify({ region: 'eu-west', private_key: 'ab\ncdefgh', id: '0123456789abcdef' });
    expect(masked(document, 'eu-west cdefgh 0123456789abcdef')).toBe('eu-west *** ***');
  });

  it('is found in little time where a secret is almost all structure', () => {
    const secret = `a\n${'='.repeat(50_000)}x\nb`;
    expect(masked(secret, `${'='.repeat(50_000)}x`)).toBe('***');
  });
});

describe('a masked value', () => {
  it('has the secrets in its texts, keys and numbers replaced', () => {
    const masker = maskerFor('hunter22', '12345678');
    expect(masker.maskJson({ a: ['x hunter22'], 'is-hunter22': 1, n: 12345678 })).toEqual({
      a: ['x ***'],
      'is-***': 1,
      n: '***',
    });
  });

  it('is the same object where there was nothing to mask', () => {
    const value = { a: ['x', { b: null }], c: 12 };
    expect(maskerFor('hunter22').maskJson(value)).toBe(value);
  });

  it('keeps keys apart that are secrets', () => {
    expect(maskerFor('hunter22', 'swordfish').maskJson({ hunter22: 1, swordfish: 2 })).toEqual({
      '***': 1,
      '***-2': 2,
    });
  });

  it('takes keys of the host language for what they are', () => {
    const value = JSON.parse('{"__proto__": "hunter22"}');
    const result = maskerFor('hunter22').maskJson(value);
    expect(JSON.stringify(result)).toBe('{"__proto__":"***"}');
  });
});

describe('a masked stream', () => {
  it('gives out at once what cannot be the beginning of a secret', () => {
    const stream = maskerFor('hunter22').stream();
    expect([stream.push('plain text\n'), stream.push('ends in hun'), stream.push('ger'), stream.end()]).toEqual([
      'plain text\n',
      'ends in ',
      'hunger',
      '',
    ]);
  });

  it('gives out at its end what was held back', () => {
    const stream = maskerFor('hunter22').stream();
    expect([stream.push('x hunter2'), stream.end()]).toEqual(['x ', 'hunter2']);
  });

  it('knows secrets that were added after it began', () => {
    const masker = maskerFor('hunter22');
    const stream = masker.stream();
    const before = stream.push('swordfish ');
    masker.add('swordfish');
    expect([before, stream.push('swordfish '), stream.end()]).toEqual(['swordfish ', '*** ', '']);
  });

  it('holds back no more than the longest secret needs, whatever comes', () => {
    const stream = maskerFor('aaaaaaaa').stream();
    const given = Array.from({ length: 100 }, () => stream.push('a'.repeat(1000))).join('') + stream.end();
    expect(given).toBe('***');
  });

  it('does not hold an escape sequence back for ever that never ends', () => {
    const stream = maskerFor('hunter22').stream();
    stream.push('\u001b]0;');
    const given = Array.from({ length: 300 }, () => stream.push('x'.repeat(1000))).join('');
    expect(given.length).toBeGreaterThan(200_000);
  });

  it('lets no secret through at any place where it may be cut, and equals the mask of the whole', () => {
    const secrets = ['hunter22', 'ter22-and', 'aaaa', 'aaab', 'multi\nline-secret', 'p@ss "w/ord"'];
    const spelled = [
      ...secrets,
      ...secrets.map((s) => Buffer.from(s).toString('hex')),
      ...secrets.map((s) => encodeURIComponent(s)),
    ];
    const piece = fc.oneof(
      fc.constantFrom(...spelled),
      fc.constantFrom('hun', 'ter22', 'a', 'aa', 'x', ' ', '\n', '\u001b[1m', '%', 'line'),
      fc.string({ maxLength: 4 }),
    );
    const masker = maskerFor(...secrets);
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), fc.array(fc.nat(200), { maxLength: 8 }), (pieces, cuts) => {
        const text = pieces.join('');
        const borders = [...new Set([0, ...cuts.map((cut) => Math.min(cut, text.length)), text.length])].sort(
          (a, b) => a - b,
        );
        const stream = masker.stream();
        const given = borders.map((at, i) => stream.push(text.slice(at, borders[i + 1] ?? at))).join('') + stream.end();
        expect(given).toBe(masker.mask(text));
        expect(spelled.filter((secret) => given.includes(secret))).toEqual([]);
      }),
      { numRuns: 3000 },
    );
  });

  it('equals the mask of the whole when it comes character by character', () => {
    const masker = maskerFor('hunter22', 'swordfish', '-----BEGIN KEY-----\nabcdefgh\n-----END KEY-----');
    const text =
      'a hunter22hunter22 swordswordfish \u001b[1mhun\u001b[0mter22 \u001b]0;x\u0007 -----BEGIN KEY-----\nabcdefgh\nx';
    const stream = masker.stream();
    const given = [...text].map((character) => stream.push(character)).join('') + stream.end();
    expect(given).toBe(masker.mask(text));
    expect(given).toContain('***');
  });
});
