import { type Draft, isDraftMap } from './draft.ts';
import { stepAliases } from './step-vocabulary.ts';
import type { WrittenStep } from './written-step.ts';

/** What the schema cannot say in one sentence: which keys of a route or a loop go together. */
export function checkRoutesAndLoops(step: WrittenStep): void {
  for (const key of [...stepAliases.on_success, ...stepAliases.on_failure]) checkRoute(step, key, step.get(key));
  checkLoop(step, step.get('repeat'));
}

/** A single route is `{to, recover}` or `{condition, then, else}`; in lists the schema allows the first form only. */
function checkRoute(step: WrittenStep, key: string, route: Draft | undefined): void {
  if (!isDraftMap(route)) return;
  const path = step.at(key);
  const branches = ['then', 'else'].filter((name) => route[name] !== undefined);
  const [branch] = branches;
  if (branch === undefined && route.to === undefined) {
    if (step.faults.removedBelow(path).length > 0) return;
    step.faults.report('missing-key', path, 'The route leads nowhere.', {
      at: 'key',
      hint: 'A route is the id of a step, `{to: id}`, or `{condition, then, else}`.',
    });
  } else if (branch !== undefined && route.to !== undefined) {
    step.faults.report('conflict', [...path, 'to'], `\`to\` and \`${branch}\` exclude each other.`, { at: 'key' });
  } else if (branch !== undefined && route.condition === undefined && step.faults.removedBelow(path).length === 0) {
    step.faults.report('missing-key', [...path, branch], `\`${branch}\` stands without \`condition\`.`, { at: 'key' });
  }
}

function checkLoop(step: WrittenStep, loop: Draft | undefined): void {
  if (!isDraftMap(loop)) return;
  const path = step.at('repeat');
  if (loop.until !== undefined && loop.while !== undefined) {
    step.faults.report('conflict', [...path, 'while'], '`until` and `while` exclude each other.', {
      at: 'key',
      hint: '`while` is asked before each iteration, `until` after it.',
    });
  } else if (loop.until === undefined && loop.while === undefined && step.faults.removedBelow(path).length === 0) {
    step.faults.report('missing-key', path, 'A loop needs `until` or `while`.', { at: 'key' });
  }
}
