import { isDigits, smallNumber } from '../numbers.ts';
import type { Pep440Stage, Pep440Version } from '../version.ts';

const separator = '[-_.]?';
const pattern = new RegExp(
  [
    '^(?:(?<epoch>\\d+)!)?(?<release>\\d+(?:\\.\\d+)*)',
    `(?:${separator}(?<stage>alpha|a|beta|b|preview|pre|c|rc)(?:${separator}(?<pre>\\d+)|${separator}))?`,
    `(?:-(?<implicitPost>\\d+)|${separator}(?<postWord>post|rev|r)(?:${separator}(?<post>\\d+)|${separator}))?`,
    `(?:${separator}(?<devWord>dev)(?:${separator}(?<dev>\\d+)|${separator}))?`,
    '(?:\\+(?<local>[a-z0-9]+(?:[-_.][a-z0-9]+)*))?$',
  ].join(''),
  'i',
);

/** The spellings of the three stages. */
const stages: { readonly [word: string]: Pep440Stage } = {
  a: 'a',
  alpha: 'a',
  b: 'b',
  beta: 'b',
  c: 'rc',
  rc: 'rc',
  pre: 'rc',
  preview: 'rc',
};

/** The stage that a word means; `null` where it is none. */
export function stageOf(word: string): Pep440Stage | null {
  const lower = word.toLowerCase();
  return Object.hasOwn(stages, lower) ? (stages[lower] ?? null) : null;
}

/**
 * Reads every spelling that PEP 440 allows, white space and a leading `v` apart: they stand around a version. A
 * number that was left out is 0.
 */
export function parsePep440(text: string): Pep440Version | null {
  const groups = pattern.exec(text)?.groups;
  if (groups === undefined) return null;
  const stage = stageOf(groups.stage ?? '');
  const hasPost = groups.postWord !== undefined || groups.implicitPost !== undefined;
  const record = {
    epoch: smallNumber(groups.epoch ?? '0'),
    release: allSmall((groups.release ?? '').split('.').map(smallNumber)),
    pre: smallNumber(groups.pre ?? '0'),
    post: smallNumber(groups.post ?? groups.implicitPost ?? '0'),
    dev: smallNumber(groups.dev ?? '0'),
    local: parseLocal(groups.local ?? ''),
  };
  const { epoch, release, pre, post, dev, local } = record;
  if (epoch === null || release === null || pre === null || post === null || dev === null || local === null) {
    return null;
  }
  return pep440Of({
    epoch,
    release,
    pre: stage === null ? null : { stage, number: pre },
    post: hasPost ? post : null,
    dev: groups.devWord === undefined ? null : dev,
    local,
  });
}

/** A local version label in normal form; `null` where the text is none. */
export function parseLocal(text: string): readonly (string | number)[] | null {
  if (text === '') return [];
  const segments = text.toLowerCase().split(/[-_.]/);
  if (!segments.every((segment) => /^[a-z0-9]+$/.test(segment))) return null;
  return allSmall(segments.map((segment) => (isDigits(segment) ? smallNumber(segment) : segment)));
}

/** The record with its normal form. */
export function pep440Of(record: Omit<Pep440Version, 'scheme' | 'text'>): Pep440Version {
  const { epoch, release, pre, post, dev, local } = record;
  const text = [
    epoch === 0 ? '' : `${epoch}!`,
    release.join('.'),
    pre === null ? '' : `${pre.stage}${pre.number}`,
    post === null ? '' : `.post${post}`,
    dev === null ? '' : `.dev${dev}`,
    local.length === 0 ? '' : `+${local.join('.')}`,
  ].join('');
  return { scheme: 'pep440', text, ...record };
}

/** The same list where none of it is `null`. */
function allSmall<T>(list: readonly (T | null)[]): readonly T[] | null {
  const present = list.filter((item) => item !== null);
  return present.length === list.length ? present : null;
}
