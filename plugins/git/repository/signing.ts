import { type GitIdentity, type GitSigning, PluginFailure } from '../../../src/plugin-api/index.ts';
import { lastWords } from './git-process.ts';
import { identityEnvironment } from './identity.ts';

/** What a command of git gets so that it signs, and in whose name. */
export interface SigningArguments {
  readonly args: readonly string[];
  readonly settings: readonly string[];
  readonly env: { readonly [name: string]: string | null };
}

/** `auto` says nothing about signing at all: then the settings of git decide. */
export function signingOf(request: GitSigning & GitIdentity, what: 'commit' | 'tag'): SigningArguments {
  const { sign = 'auto', signingKey, signingFormat } = request;
  const demanded = what === 'commit' ? '--gpg-sign' : '--sign';
  const refused = what === 'commit' ? '--no-gpg-sign' : '--no-sign';
  const key = signingKey === undefined ? [] : [`user.signingKey=${signingKey}`];
  const format = signingFormat === undefined ? [] : [`gpg.format=${signingFormat}`];
  return {
    args: sign === 'auto' ? [] : [sign ? demanded : refused],
    settings: [...key, ...format],
    // Without a screen an agent that wants a passphrase says no instead of asking for it.
    env: { ...(sign === true ? { DISPLAY: null, WAYLAND_DISPLAY: null } : {}), ...identityEnvironment(request) },
  };
}

/** The failure for a signature that could not be made; `null` where git said something else. */
export function signingFailure(stderr: string): PluginFailure | null {
  if (/user\.signingkey.*needs to be configured/i.test(stderr)) {
    return refusal(
      'there is no key to sign with: set `signing_key` of the step, or `git config user.signingkey`',
      stderr,
    );
  }
  if (!/failed to sign the data|unable to sign the tag|failed to write commit object|ssh-keygen|gpg:/i.test(stderr)) {
    return null;
  }
  if (
    /no secret key|couldn't load public key|no such file|no private key found|cannot run gpg|cannot run ssh-keygen/i.test(
      stderr,
    )
  ) {
    return refusal(
      'the key to sign with cannot be used here: check `signing_key` and `signing_format` of the step, or user.signingkey, gpg.format and gpg.program of git, and that the secret key is on this machine',
      stderr,
    );
  }
  if (/passphrase|pinentry|inappropriate ioctl|operation cancelled|no tty|timeout/i.test(stderr)) {
    return refusal(
      'the key to sign with is locked, and nobody can be asked for its passphrase here: unlock it before the run (ssh-add, or gpg-preset-passphrase), or use a key without one',
      stderr,
    );
  }
  // Before 2.46, git keeps to itself what gpg said.
  const unknown =
    'git could not sign: check that the secret key is on this machine and not locked, and `signing_key` and `signing_format` of the step, or user.signingkey and gpg.format of git';
  return /failed to sign the data|unable to sign the tag/i.test(stderr) ? refusal(unknown, stderr) : null;
}

function refusal(message: string, stderr: string): PluginFailure {
  return new PluginFailure('handler', `${message}. Git says: ${lastWords(stderr)}`, { retryable: false });
}
