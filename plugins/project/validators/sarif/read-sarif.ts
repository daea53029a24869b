import { type Finding, isJsonList, isJsonMap, type JsonMap } from '../../../../src/plugin-api/index.ts';
import { messageText } from './sarif-message.ts';
import { mapAt, mapsAt, member, textAt } from './sarif-node.ts';
import { placeOf } from './sarif-place.ts';
import { SarifRules } from './sarif-rules.ts';

/** Characters of a document; a longer one is not read. */
export const mostSarifCharacters = 10 * 1024 * 1024;
/** Results of all runs of a document that become findings; more than a document of that length has in practice. */
const mostResults = 100_000;
const longestMessage = 4_096;

export type SarifAnswer =
  | {
      readonly kind: 'findings';
      readonly findings: readonly Finding[];
      /** Results behind the last that was read. */
      readonly unread: number;
    }
  /** It is SARIF of another version, or no SARIF at all; `reason` is a clause. */
  | { readonly kind: 'unsupported' | 'other'; readonly reason: string };

/** Reads a SARIF 2.1.0 document. What is suppressed, passed or gone since the baseline is no finding. */
export function readSarif(text: string, root: string): SarifAnswer {
  if (text.length > mostSarifCharacters) return { kind: 'other', reason: 'it is longer than 10 MiB' };
  const document = parsed(text);
  if (document === null) return { kind: 'other', reason: 'it is no JSON map' };
  const version = textAt(document, 'version');
  if (!isJsonList(member(document, 'runs')) || version === null) {
    return { kind: 'other', reason: 'it has no `version` and `runs`' };
  }
  if (!/^2\.1\./.test(version)) return { kind: 'unsupported', reason: 'its version is not 2.1.0' };
  const findings: Finding[] = [];
  let left = mostResults;
  let unread = 0;
  for (const run of mapsAt(document, 'runs')) {
    const results = mapsAt(run, 'results');
    const rules = new SarifRules(run);
    for (const result of results.slice(0, left)) if (isOpen(result)) findings.push(findingOf(result, run, rules, root));
    unread += Math.max(0, results.length - left);
    left = Math.max(0, left - results.length);
  }
  return { kind: 'findings', findings, unread };
}

function parsed(text: string): JsonMap | null {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    return isJsonMap(value) ? value : null;
  } catch {
    // Whoever asked says that it is none.
    return null;
  }
}

function isOpen(result: JsonMap): boolean {
  const kind = textAt(result, 'kind') ?? 'fail';
  if (kind === 'pass' || kind === 'notApplicable') return false;
  return textAt(result, 'baselineState') !== 'absent' && !isSuppressed(result);
}

/** A suppression that waits for an answer, or was refused, suppresses nothing. */
function isSuppressed(result: JsonMap): boolean {
  const suppressions = mapsAt(result, 'suppressions');
  return suppressions.length > 0 && suppressions.every((each) => (textAt(each, 'status') ?? 'accepted') === 'accepted');
}

function findingOf(result: JsonMap, run: JsonMap, rules: SarifRules, root: string): Finding {
  const rule = rules.of(result);
  const message =
    messageText(mapAt(result, 'message'), rule, rules.globalMessages) ??
    textAt(mapAt(rule, 'shortDescription'), 'text') ??
    'there is no message';
  const level = levelOf(result, rule);
  const name = rules.idOf(result) ?? rules.toolName;
  const hint = hintOf(result, rule);
  return {
    level,
    message: message.slice(0, longestMessage).toWellFormed(),
    ...placeOf(result, run, root),
    ...(name === null ? {} : { rule: name }),
    ...(hint === null ? {} : { hint }),
  };
}

/** The result's own level, else the rule's; results that are not faults have the lowest. */
function levelOf(result: JsonMap, rule: JsonMap): Finding['level'] {
  const own = textAt(result, 'level');
  const isFault = (textAt(result, 'kind') ?? 'fail') === 'fail';
  const level = own ?? (isFault ? textAt(mapAt(rule, 'defaultConfiguration'), 'level') : 'note') ?? 'warning';
  if (level === 'error' || level === 'warning') return level;
  return level === 'note' || level === 'none' ? 'notice' : 'warning';
}

function hintOf(result: JsonMap, rule: JsonMap): string | null {
  const [fix] = mapsAt(result, 'fixes');
  const described = fix === undefined ? null : textAt(mapAt(fix, 'description'), 'text');
  if (described !== null && described.trim() !== '') return described.slice(0, longestMessage).toWellFormed();
  const page = textAt(rule, 'helpUri');
  return page !== null && /^https?:\/\/\S+$/.test(page) ? `See ${page}` : null;
}
