import type { ExpressionRules } from '../../expression/check-expression.ts';

/** The kinds of place in which expressions stand. */
export type FieldKind =
  | 'parameter-default'
  | 'config'
  | 'enabled'
  | 'run-limit'
  | 'defaults'
  | 'step'
  | 'step-outputs'
  | 'run-outputs';

const atStart = ['parameters', 'trigger', 'env', 'task', 'github', 'workflow'];
const settledAtStart = [...atStart, 'config', 'variables', 'adapter'];
const inRun = [...settledAtStart, 'steps', 'step-outputs', 'context', 'state', 'secrets'];

const roots: { readonly [K in FieldKind]: ReadonlySet<string> } = {
  'parameter-default': new Set(atStart),
  config: new Set(settledAtStart),
  enabled: new Set(settledAtStart),
  'run-limit': new Set(settledAtStart),
  // `defaults` hold for every step, the first too, so they can read no step.
  defaults: new Set([...settledAtStart, 'context', 'state', 'secrets']),
  step: new Set(inRun),
  'step-outputs': new Set([...inRun, 'outputs']),
  'run-outputs': new Set(inRun),
};

const places: { readonly [K in FieldKind]: string } = {
  'parameter-default': 'in the default of a parameter',
  config: "in the workflow's `config`",
  enabled: 'in `enabled`',
  'run-limit': 'in what is settled before the run',
  defaults: 'in `defaults`',
  step: 'here',
  'step-outputs': 'here',
  'run-outputs': 'in the outputs of the run',
};

const onlyAtStart = 'only what is known before the first step can be read here';
const startHints = Object.fromEntries(
  ['steps', 'step-outputs', 'state', 'context', 'outputs', 'config', 'variables'].map((root) => [root, onlyAtStart]),
);
const loopHints = Object.fromEntries(
  ['item', 'index', 'key', 'iteration'].map((root) => [root, 'it has a value inside `for_each` and `repeat` only']),
);
const outputsHint = "the root `outputs` stands in a step's own `outputs` only: elsewhere write `steps.ID.outputs.NAME`";
const secretHint = 'secrets may stand in `env` and in fields marked secret: pass the value through `env`';

const hints: { readonly [K in FieldKind]: { readonly [root: string]: string } } = {
  'parameter-default': { ...loopHints, ...startHints, secrets: secretHint },
  config: { ...loopHints, ...startHints, secrets: secretHint },
  enabled: { ...loopHints, ...startHints, secrets: secretHint },
  'run-limit': { ...loopHints, ...startHints, secrets: secretHint },
  defaults: {
    ...loopHints,
    steps: 'defaults hold for every step: write this on the step that needs it',
    'step-outputs': 'defaults hold for every step: write this on the step that needs it',
    outputs: outputsHint,
  },
  step: { ...loopHints, outputs: outputsHint },
  'step-outputs': loopHints,
  'run-outputs': { ...loopHints, outputs: 'write `steps.ID.outputs.NAME`' },
};

export interface FieldShape {
  readonly kind: FieldKind;
  readonly condition: boolean;
  readonly statusFunctions: boolean;
}

/** What a place allows, for the check of its expressions. Secrets are judged apart: their code is their own. */
export function rulesOf({ kind, condition, statusFunctions }: FieldShape): ExpressionRules {
  const key = `${kind} ${condition} ${statusFunctions}`;
  const known = made.get(key);
  if (known) return known;
  const rules = {
    roots: new Set([...roots[kind], 'secrets']),
    condition,
    statusFunctions,
    place: places[kind],
    rootHints: hints[kind],
  };
  made.set(key, rules);
  return rules;
}

const made = new Map<string, ExpressionRules>();
