import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { failureOf, GitBench, outputsOf } from './git-bench.ts';

const message = { message_template: 'release' };
const tag = { tag_template: 'v1', message_template: 'Release v1', annotated: true };

let bench: GitBench;
beforeEach(() => {
  bench = new GitBench();
  bench.work.write('a.txt', 'changed\n');
  bench.work.git('add', '--all');
});
afterEach(() => bench.remove());

function sshKey(passphrase = ''): string {
  const path = join(bench.folder().path, 'key');
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', passphrase, '-C', 'test', '-f', path]);
  return `${path}.pub`;
}

const signatureOf = (what: string) => bench.work.git('cat-file', '-p', what);

describe('a signature of ssh', () => {
  it('is made for commit and tag where it is demanded', async () => {
    const signing = { sign: true, signing_key: sshKey(), signing_format: 'ssh' };
    outputsOf(await bench.call('commit', { ...message, ...signing }));
    outputsOf(await bench.call('create_tag', { ...tag, ...signing }));
    for (const object of ['HEAD', 'v1']) expect(signatureOf(object)).toContain('BEGIN SSH SIGNATURE');
  });

  it('follows the settings of git with `auto`, and is left out with `false`', async () => {
    const { work } = bench;
    for (const [key, value] of [
      ['commit.gpgSign', 'true'],
      ['tag.gpgSign', 'true'],
      ['gpg.format', 'ssh'],
      ['user.signingKey', sshKey()],
      ['core.editor', 'false'],
    ] as const)
      work.git('config', key, value);
    outputsOf(await bench.call('commit', message));
    outputsOf(await bench.call('create_tag', tag));
    for (const object of ['HEAD', 'v1']) expect(signatureOf(object)).toContain('BEGIN SSH SIGNATURE');

    work.write('a.txt', 'again\n');
    work.git('add', '--all');
    outputsOf(await bench.call('commit', { ...message, sign: false }));
    outputsOf(await bench.call('create_tag', { ...tag, tag_template: 'v2', sign: false }));
    for (const object of ['HEAD', 'v2']) expect(signatureOf(object)).not.toContain('SIGNATURE');
  });

  it('fails without a question where the key wants a passphrase, and leaves nothing', async () => {
    const before = bench.facts();
    const signing = { sign: true, signing_key: sshKey('secret words'), signing_format: 'ssh' };
    const failure = failureOf(await bench.call('commit', { ...message, ...signing }));
    expect(failure).toMatchObject({ kind: 'handler', retryable: false });
    expect(failure.message).toContain('passphrase');
    expect(failureOf(await bench.call('create_tag', { ...tag, ...signing })).message).toContain('passphrase');
    bench.work.git('config', 'tag.gpgSign', 'true');
    expect(failureOf(await bench.call('create_tag', { ...tag, ...signing, sign: 'auto' })).message).toContain(
      'passphrase',
    );
    expect(bench.facts()).toBe(before);
  });

  it('fails with what to set where no key is named, or the file is missing', async () => {
    const signing = { sign: true, signing_format: 'ssh' };
    expect(failureOf(await bench.call('commit', { ...message, ...signing })).message).toContain('`signing_key`');
    const missing = { ...signing, signing_key: '/nonexistent/key.pub' };
    const failure = failureOf(await bench.call('commit', { ...message, ...missing }));
    expect(failure.message).toContain('cannot be used here');
    expect(failure.retryable).toBe(false);
  });

  it('cannot be had for a lightweight tag', async () => {
    const failure = failureOf(await bench.call('create_tag', { ...tag, annotated: false, sign: true }));
    expect(failure.message).toContain('a lightweight tag cannot be signed');
  });
});

describe('a signature of gpg', () => {
  it('fails with what to check where there is no such key, and is made where there is one', async () => {
    const home = join(bench.folder().path, 'gpg');
    mkdirSync(home);
    chmodSync(home, 0o700);
    const env = { GNUPGHOME: home };
    const config = { ...message, sign: true, signing_key: 'ada@example.invalid' };
    try {
      const failure = failureOf(await bench.call('commit', config, { env }));
      expect(failure).toMatchObject({ kind: 'handler', retryable: false });
      expect(failure.message).toMatch(/cannot be used here|could not sign/);
      expect(failure.message).toContain('`signing_key`');

      const make = ['--batch', '--quiet', '--passphrase', '', '--quick-generate-key', 'ada@example.invalid', 'ed25519'];
      execFileSync('gpg', make, { env: { ...process.env, GNUPGHOME: home }, stdio: 'pipe' });
      outputsOf(await bench.call('commit', config, { env }));
      expect(signatureOf('HEAD')).toContain('BEGIN PGP SIGNATURE');
    } finally {
      execFileSync('gpgconf', ['--kill', 'all'], { env: { ...process.env, GNUPGHOME: home }, stdio: 'pipe' });
    }
  });
});

describe('an identity of the step', () => {
  it('writes and commits, and tags', async () => {
    const nobody = { GIT_AUTHOR_NAME: '', GIT_AUTHOR_EMAIL: '', GIT_COMMITTER_NAME: '', GIT_COMMITTER_EMAIL: '' };
    const bot = { author_name: 'ü Bot', author_email: 'bot@example.invalid' };
    outputsOf(await bench.call('commit', { ...message, ...bot }, { env: nobody }));
    outputsOf(await bench.call('create_tag', { ...tag, ...bot }, { env: nobody }));
    const who = 'ü Bot <bot@example.invalid>';
    expect(bench.work.git('log', '-1', '--format=%an <%ae>|%cn <%ce>')).toBe(`${who}|${who}`);
    expect(bench.work.git('for-each-ref', '--format=%(taggername) %(taggeremail)', 'refs/tags/v1')).toBe(who);
  });
});
