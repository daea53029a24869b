import { expect, test } from 'vitest';
import { RunnerConsole } from '../../../../src/adapters/github-runner/runner-console.ts';
import { RunnerMasker, RunnerMasks } from '../../../../src/adapters/github-runner/runner-masker.ts';
import { SecretMasker } from '../../../../src/adapters/masking/secret-masker.ts';
import { CommandNeutraliser } from '../../../../src/adapters/output/neutralise.ts';

function maskerWithLog() {
  const log: string[] = [];
  const console = new RunnerConsole((text) => void log.push(text), new CommandNeutraliser());
  return { masker: new RunnerMasker(new SecretMasker(), new RunnerMasks(console)), log };
}

test('a secret is masked here and made known to the runner, once', () => {
  const { masker, log } = maskerWithLog();
  masker.add('s3cret%value');
  masker.add('s3cret%value');
  expect(log).toEqual(['::add-mask::s3cret%25value\n']);
  expect(masker.mask('a s3cret%value b')).not.toContain('s3cret');
  expect(masker.maskJson({ a: 's3cret%value' })).not.toEqual({ a: 's3cret%value' });
});

test('of a secret with lines the runner gets each line that is no mere sign', () => {
  const { masker, log } = maskerWithLog();
  masker.add('{\n  "key": "long-enough"\r\n}\n');
  expect(log).toEqual(['::add-mask::"key": "long-enough"\n']);
});

test('a secret of three characters is not given to the runner, which would mask half the log', () => {
  const { masker, log } = maskerWithLog();
  masker.add('abc');
  expect(log).toEqual([]);
});
