import {
  booleanValue,
  compilePattern,
  integerValue,
  type JsonMap,
  type JsonSchema,
  type LinearPattern,
  optionalText,
  textList,
} from '../../../../src/plugin-api/index.ts';
import { quoted } from '../quoted.ts';
import { type ConventionalHeader, readHeader } from './conventional-header.ts';

/** Options that commit messages and titles share. */
export const headerOptions = {
  types: {
    type: 'array',
    minItems: 1,
    items: { type: 'string', minLength: 1 },
    description: 'Types that a message or a title may begin with; default those of Conventional Commits.',
  },
  scope_pattern: { type: 'string', minLength: 1, description: 'RE2 pattern that is found in every scope.' },
  scope_required: { type: 'boolean', description: 'Every message or title needs a scope; default false.' },
  subject_case: {
    enum: ['any', 'lower', 'sentence'],
    description: 'How the text behind the colon begins: `add` (lower), `Add` (sentence); default any.',
  },
} as const satisfies { readonly [name: string]: JsonSchema };

const knownTypes = [
  'build',
  'chore',
  'ci',
  'docs',
  'feat',
  'fix',
  'perf',
  'refactor',
  'revert',
  'style',
  'test',
] as const;

const defaultLength = 100;

export interface HeaderRules {
  readonly types: readonly string[];
  readonly scopePattern: { readonly source: string; readonly compiled: LinearPattern } | null;
  readonly scopeRequired: boolean;
  readonly subjectCase: 'any' | 'lower' | 'sentence';
  /** Characters of the whole line. */
  readonly maxLength: number;
}

/** What is wrong with a line, as a clause whose subject is the line, and how to mend it. */
export interface HeaderFault {
  readonly text: string;
  readonly hint?: string;
}

/** Rejects with a `configuration` failure where the pattern cannot be read. */
export async function readHeaderRules(options: JsonMap): Promise<HeaderRules> {
  const types = textList(options, 'types');
  const source = optionalText(options, 'scope_pattern');
  const subjectCase = optionalText(options, 'subject_case');
  return {
    types: types.length === 0 ? knownTypes : types,
    scopePattern: source === null ? null : { source, compiled: await compilePattern(source) },
    scopeRequired: booleanValue(options, 'scope_required', false),
    subjectCase: subjectCase === 'lower' || subjectCase === 'sentence' ? subjectCase : 'any',
    maxLength: integerValue(options, 'max_length', defaultLength),
  };
}

/** Everything that is wrong with the first line of a message, or with a title. */
export function headerFaults(line: string, rules: HeaderRules): readonly HeaderFault[] {
  const leftover = /^(fixup|squash|amend)! /.exec(line)?.[1];
  if (leftover !== undefined) {
    return [
      {
        text: `is a \`${leftover}!\` that was left over`,
        hint: 'Rebase with `git rebase --interactive --autosquash`.',
      },
    ];
  }
  const header = readHeader(line);
  if (header.kind === 'malformed') {
    const hint = `Write it like \`${rules.types.includes('feat') ? 'feat' : rules.types[0]}: say what changes\`.`;
    return [{ text: header.reason, hint }, ...lengthFaults(line, rules)];
  }
  return [
    ...typeFaults(header, rules),
    ...scopeFaults(header, rules),
    ...caseFaults(header, rules),
    ...lengthFaults(line, rules),
  ];
}

/** Characters as people count them: what takes two units is one. */
export function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text) length++;
  return length;
}

function typeFaults({ type }: ConventionalHeader, { types }: HeaderRules): readonly HeaderFault[] {
  if (types.includes(type)) return [];
  const meant = types.find((known) => known.toLowerCase() === type.toLowerCase());
  const hint = meant === undefined ? `Types are ${types.join(', ')}.` : `Write the type as \`${meant}\`.`;
  return [{ text: `has the unknown type ${quoted(type)}`, hint }];
}

function scopeFaults({ scope }: ConventionalHeader, rules: HeaderRules): readonly HeaderFault[] {
  if (scope === null) {
    if (!rules.scopeRequired) return [];
    return [{ text: 'has no scope', hint: 'Name the part that changes in brackets: `type(scope): …`.' }];
  }
  if (scope.trim() === '') return [{ text: 'has empty brackets', hint: 'Name a scope in them, or leave them out.' }];
  if (rules.scopePattern === null || rules.scopePattern.compiled.firstMatch(scope) !== null) return [];
  const { source } = rules.scopePattern;
  return [{ text: `has the scope ${quoted(scope)}`, hint: `Scopes match the pattern \`${source}\`.` }];
}

/** A word of capitals (`API`) or of mixed letters (`GitHub`) begins a sentence and the middle of one alike. */
function caseFaults({ subject }: ConventionalHeader, { subjectCase }: HeaderRules): readonly HeaderFault[] {
  const word = /^\S+/.exec(subject)?.[0] ?? '';
  if (subjectCase === 'lower' && /^\p{Lu}\P{Lu}*$/u.test(word) && word !== 'I') {
    return [{ text: `begins with the capital of ${quoted(word)}`, hint: 'Begin with a small letter.' }];
  }
  if (subjectCase === 'sentence' && /^\p{Ll}\P{Lu}*$/u.test(word)) {
    return [{ text: `begins with the small letter of ${quoted(word)}`, hint: 'Begin with a capital.' }];
  }
  return [];
}

function lengthFaults(line: string, { maxLength }: HeaderRules): readonly HeaderFault[] {
  const length = lengthOf(line);
  if (length <= maxLength) return [];
  return [{ text: `has ${length} characters, and ${maxLength} is the most`, hint: 'Move the details into the body.' }];
}
