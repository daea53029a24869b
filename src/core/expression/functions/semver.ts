import { textArgument } from './arguments.ts';
import type { ExpressionFunction } from './expression-function.ts';

export const semverFunction: ExpressionFunction = {
  name: 'semver',
  signature: 'semver(text)',
  description:
    'The parts of a version: `.major`, `.minor`, `.patch` (numbers) and `.prerelease` (text, empty for a release).',
  minArguments: 1,
  maxArguments: 1,
  call(values, call) {
    const text = textArgument(values, 0, call);
    const parts = text.length > longestVersion ? null : versionPattern.exec(text);
    if (parts === null) return call.fail('argument', 'was given text that is no version', 'write 1.2.3 or v1.2.3-rc.1');
    const [major, minor, patch] = parts.slice(1, 4).map(Number);
    if (![major, minor, patch].every(Number.isSafeInteger))
      call.fail('argument', 'was given a number that is too large');
    return { major: major ?? 0, minor: minor ?? 0, patch: patch ?? 0, prerelease: parts[4] ?? '' };
  },
};

const longestVersion = 256;

/** Semantic Versioning 2.0.0, with the `v` that tags customarily carry. */
const versionPattern =
  /^v?(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-((?:0|[1-9]\d*|\d*[A-Za-z-][0-9A-Za-z-]*)(?:\.(?:0|[1-9]\d*|\d*[A-Za-z-][0-9A-Za-z-]*))*))?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/;
