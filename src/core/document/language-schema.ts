import type { JsonMap } from '../model/json.ts';
import { parameterTypes } from '../model/workflow.ts';

/**
 * The language as a JSON Schema (2020-12): every key that a document may have, aliases included, whether this version
 * runs it or not. It is the single source of the structural check (`scripts/generate-validators.ts` makes the
 * validator from it), of `vwmp schema` and of what editors show.
 *
 * House rules of this schema, on which the messages rest:
 * - `title` of a value says what the key takes, as it reads after "takes": "a duration …", "text".
 * - `title` of a closed map says where one is, as it reads after "in": "a step".
 * - the branches of an `anyOf` differ by the JSON type of the value, so that a fault belongs to one of them.
 * Which keys exclude each other, and what a key means beside another, is checked in code: see `read-step.ts`.
 */
type Schema = JsonMap;

const ref = (name: string): Schema => ({ $ref: `#/$defs/${name}` });
const text = (description: string, more: Schema = {}): Schema => ({
  type: 'string',
  title: 'text',
  description,
  ...more,
});
const words = (description: string, more: Schema = {}): Schema => ({
  ...text(description, more),
  title: 'text that is not empty',
  pattern: '\\S',
});
const flag = (description: string, more: Schema = {}): Schema => ({
  type: 'boolean',
  title: 'true or false',
  description,
  ...more,
});
const word = (values: readonly string[], description: string, more: Schema = {}): Schema => ({
  enum: values,
  description,
  ...more,
});
const listOf = (items: Schema, title: string, description: string, more: Schema = {}): Schema => ({
  type: 'array',
  title,
  description,
  items,
  ...more,
});
const described = (schema: Schema, description: string, more: Schema = {}): Schema => ({
  ...schema,
  description,
  ...more,
});
const aliasOf = (key: string, schema: Schema): Schema => ({ ...schema, description: `Another name of \`${key}\`.` });
const anyMap = (description: string): Schema => ({ type: 'object', title: 'a map', description });

/** A map of the language: closed, but for keys that begin with `x-`, which mean nothing. */
const closed = (title: string, properties: { readonly [key: string]: Schema }, more: Schema = {}): Schema => ({
  type: 'object',
  title,
  properties,
  patternProperties: { '^x-': true },
  additionalProperties: false,
  ...more,
});

const template = { type: 'string', pattern: '\\$\\{|\\{\\{' };
/** A number, or a text that is a template for one. */
const number = (title: string, type: 'number' | 'integer', bounds: Schema): Schema => ({
  title,
  anyOf: [{ type, ...bounds }, template],
});

const identifier = '^[A-Za-z_](?:-?[A-Za-z0-9_])*$';
const handlerPart = '[a-z][a-z0-9_-]*';
/** Hours, minutes, seconds and milliseconds in this order, each at most once, not all zero; or a template. */
const durationPattern =
  '^(?=.*[1-9])(?:\\d+(?:\\.\\d+)?h)?(?:\\d+(?:\\.\\d+)?m)?(?:\\d+(?:\\.\\d+)?s)?(?:\\d+(?:\\.\\d+)?ms)?$';
const duration = {
  title: 'a duration above zero: seconds as a number, or text such as "500ms", "30s", "1m30s"',
  anyOf: [
    { type: 'number', exclusiveMinimum: 0 },
    { type: 'string', pattern: `${durationPattern}|\\$\\{|\\{\\{` },
  ],
};
const shell = word(['bash', 'sh', 'pwsh', 'python', 'node'], 'What runs the script.', { default: 'bash' });
const workingDirectory = text('Folder, relative to the workspace, in which the script runs.');
const condition = {
  title: 'an expression',
  type: ['string', 'boolean'],
};
const names = (title: string, description: string): Schema =>
  listOf({ type: 'string', title: 'text', pattern: '\\S' }, title, description);

const retryProperties = {
  max_attempts: described(number('a whole number, 1 or more', 'integer', { minimum: 1 }), 'Attempts in all.', {
    default: 3,
  }),
  delay: described(ref('duration'), 'Delay before the second attempt.', { default: '1s' }),
  backoff: {
    title: '`constant`, `linear` or `exponential`',
    description: 'How delays grow.',
    default: 'exponential',
    type: 'string',
    pattern: '^(?:constant|linear|exponential)$|\\$\\{|\\{\\{',
  },
  factor: described(number('a number above zero', 'number', { exclusiveMinimum: 0 }), 'Growth of exponential delays.', {
    default: 2,
  }),
  max_delay: described(ref('duration'), 'Delays grow no further.', { default: '60s' }),
  jitter: described(
    number('a number from 0 to 1', 'number', { minimum: 0, maximum: 1 }),
    'How far a delay may deviate, as a share of itself.',
    { default: 0.2 },
  ),
  on: {
    title: 'a list of exit codes, failure kinds and /patterns/',
    description:
      'What is retried: integers are exit codes, words are failure kinds, `/…/` is a pattern over the message and the last 100 lines. Without it: what the handler calls retryable, else exit, timeout and crashed.',
    anyOf: [ref('retryFilter'), { type: 'array', items: ref('retryFilter') }],
  },
  condition: described(condition, "Retried only where it holds; reads the step's own `.error` and `.attempts`."),
  deadline: described(ref('duration'), 'Bounds all attempts together.'),
};

const documentKeys = {
  name: words('Name of the workflow.'),
  version: text('Version of the definition.', { default: '1.0.0' }),
  type: words('Workflow type; its plugin gives defaults and templates and checks the definition.', {
    default: 'generic',
  }),
  description: text('What the workflow is for.'),
  config: anyMap('Values read as `config.x`; they may use expressions and each other.'),
  variables: aliasOf('config', anyMap('')),
  parameters: listOf(ref('parameter'), 'a list of parameters', 'Typed inputs.'),
  triggers: listOf(ref('trigger'), 'a list of triggers', 'What may start the workflow.'),
  steps: listOf(ref('step'), 'a list of steps', 'What is done.', { minItems: 1 }),
  order: word(['sequence', 'graph'], 'Whether a step without dependencies follows the one before it.', {
    default: 'sequence',
  }),
  finally: listOf(ref('step'), 'a list of steps', 'Steps that run at the end, whatever happened.'),
  outputs: {
    type: 'object',
    title: 'a map of outputs',
    description: 'Outputs of the run, settled after `finally`.',
    additionalProperties: ref('documentOutput'),
  },
  defaults: closed(
    'the defaults',
    {
      timeout: described(ref('duration'), 'Timeout of one attempt.'),
      retry: ref('retry'),
      env: ref('env'),
      shell,
      working_directory: workingDirectory,
    },
    { description: 'Defaults for steps with a handler.' },
  ),
  on_failure: word(
    ['stop', 'continue', 'rollback'],
    'What an unhandled failure of a required step does to the rest of the run.',
    { default: 'stop' },
  ),
  fail_fast: flag('Cancel running steps when a required step fails.', { default: false }),
  max_parallel: described(
    number('a whole number, 1 or more', 'integer', { minimum: 1 }),
    'Attempts running at once in the whole run; default the number of cores.',
  ),
  timeout: described(ref('duration'), 'Bounds the whole run.'),
  permissions: closed(
    'the permissions',
    {
      actors: listOf(word(['write', 'maintain', 'admin'], ''), 'a list of permission levels', 'Who may start it.'),
      events: names('a list of event names', 'What may start it.'),
    },
    { description: 'Who and what may start the workflow; checked before anything runs, on GitHub.' },
  ),
  concurrency: closed(
    'the concurrency settings',
    {
      group: text('Runs of the same group count together; an expression.'),
      limit: { type: 'integer', minimum: 1, title: 'a whole number, 1 or more', description: 'Runs at once.' },
      queue: word(['wait', 'skip', 'fail'], 'What a run beyond the limit does.'),
    },
    { description: 'How many runs of a group may run at once on this machine.', required: ['group'] },
  ),
  tests: listOf(ref('test'), 'a list of tests', 'Tests of the workflow.'),
};

const stepKeys = {
  id: {
    type: 'string',
    title: 'an id: letters, digits and `_`, single `-` between them, no digit first',
    description: 'Unique in the whole document.',
    pattern: identifier,
  },
  name: text('What people read; may use expressions.'),
  description: text('What the step is for; may use expressions.'),
  handler: {
    type: 'string',
    title: '`plugin.action`, each in lower case',
    description: 'What to do.',
    pattern: `^${handlerPart}\\.${handlerPart}$`,
  },
  run: words('A script: handler `command.run`. Never templated: pass values through `env`.'),
  shell,
  working_directory: workingDirectory,
  module: {
    type: 'string',
    title: 'a name in lower case',
    description: 'With `action`: handler `module.action`.',
    pattern: `^${handlerPart}$`,
  },
  action: {
    type: 'string',
    title: 'a name in lower case',
    description: 'With `module`: handler `module.action`.',
    pattern: `^${handlerPart}$`,
  },
  uses: words('A sub-workflow: `./path.yml`, or the name of a workflow.'),
  steps: listOf(ref('step'), 'a list of steps', 'Inline steps: a group, or the members of `flow.parallel`.', {
    minItems: 1,
  }),
  order: word(['sequence', 'graph'], 'Order of a group.'),
  then_steps: ref('branch'),
  else_steps: ref('branch'),
  wait_for: word(['all', 'any'], 'When `flow.parallel` ends.', { default: 'all' }),
  type: words('Beside a handler a label for palettes; alone it names the handler.'),
  config: anyMap("The handler's configuration."),
  params: aliasOf('config', anyMap('')),
  inputs: aliasOf('config', anyMap('')),
  with: aliasOf('config', anyMap('')),
  dependencies: ref('dependencies'),
  needs: aliasOf('dependencies', ref('dependencies')),
  depends_on: aliasOf('dependencies', ref('dependencies')),
  condition: described(condition, 'False: the step is skipped.'),
  if: aliasOf('condition', condition),
  when: aliasOf('condition', condition),
  required: flag('False: its failure makes the run partial, not failed.', { default: true }),
  enabled: described(
    { type: ['boolean', 'string'], title: 'true, false or an expression' },
    'False: the step is skipped; reads only what is known at the start.',
    { default: true },
  ),
  automatic: flag('True: cannot be switched off.', { default: false }),
  timeout: described(ref('duration'), 'Bounds one attempt.'),
  retry: ref('retry'),
  retries: {
    type: 'integer',
    minimum: 0,
    title: 'a whole number, 0 or more',
    description: 'More attempts after the first: `retry.max_attempts` less one.',
  },
  on_success: ref('routes'),
  onSuccess: aliasOf('on_success', ref('routes')),
  on_failure: ref('routes'),
  onFailure: aliasOf('on_failure', ref('routes')),
  max_visits: {
    type: 'integer',
    minimum: 0,
    title: 'a whole number, 0 or more',
    description: 'How often routes may enter the step.',
    default: 10,
  },
  maxRetries: {
    type: 'integer',
    minimum: 0,
    title: 'a whole number, 0 or more',
    description: '`max_visits` of a step that a route enters; of any other the attempts after the first.',
  },
  outputs: {
    title: 'a list of declarations or a map of expressions',
    description: 'Declared outputs.',
    anyOf: [{ type: 'array', items: ref('output') }, { type: 'object' }],
  },
  for_each: {
    title: 'a list, an expression, or a map of lists',
    description: 'One run of the step for each item.',
    anyOf: [{ type: 'array' }, { type: 'string', pattern: '\\S' }, ref('product')],
  },
  as: text('Name of the item in expressions.', { pattern: '^[A-Za-z_][A-Za-z0-9_]*$' }),
  max_parallel: described(number('a whole number, 1 or more', 'integer', { minimum: 1 }), 'Items running at once.'),
  fail_fast: flag('Cancel the other items when one fails.', { default: false }),
  max_failures: {
    title: 'a count, or a share such as "10%"',
    description: 'Failed items up to which the step is a success.',
    default: 0,
    anyOf: [
      { type: 'integer', minimum: 0 },
      { type: 'string', pattern: '^(?:100|[1-9]?\\d)%$' },
    ],
  },
  key: text('Expression that names an item.'),
  repeat: closed(
    'a loop',
    {
      until: described(condition, 'Asked after each iteration.'),
      while: described(condition, 'Asked before each iteration.'),
      max_iterations: described(number('a whole number, 1 or more', 'integer', { minimum: 1 }), 'Limit.', {
        default: 10,
      }),
      delay: described(ref('duration'), 'Pause between iterations.'),
    },
    { description: 'Runs the step again and again.' },
  ),
  rollback: ref('rollback'),
  on_lost: word(
    ['rerun', 'ask', 'fail'],
    'What happens to the step if it was running when the engine died and nobody can tell how far it came.',
  ),
  cache: closed(
    'a cache',
    {
      inputs: names('a list of path patterns', 'Files that the result depends on.'),
      outputs: names('a list of path patterns', 'Files that are restored.'),
      env: names('a list of names', 'Environment variables that the result depends on.'),
      key: text('More that the result depends on; may use expressions.'),
    },
    { description: 'Reuse by content.' },
  ),
  circuit_breaker: closed(
    'a circuit breaker',
    {
      name: text('Steps with the same name share a breaker.'),
      failures: {
        type: 'integer',
        minimum: 1,
        title: 'a whole number, 1 or more',
        description: 'Failures that open it.',
      },
      window: described(ref('duration'), 'Time in which they are counted.'),
      cooldown: described(ref('duration'), 'Time until it is tried again.'),
    },
    { description: 'Fails at once after repeated failures.' },
  ),
  env: ref('env'),
  secrets: names('a list of names', "Secrets that the step's process gets as environment variables."),
  idempotency_key: text('Handed to the handler; default run id, step id and visit.'),
};

/** What a step may say beside a `type` that names its handler is open: keys of the handler's schema may stand there. */
const typedStep = {
  required: ['type'],
  not: { anyOf: ['handler', 'run', 'module', 'action', 'uses'].map((key) => ({ required: [key] })) },
};

const rollbackKeys = [
  'name',
  'description',
  'handler',
  'run',
  'shell',
  'working_directory',
  'module',
  'action',
  'config',
  'params',
  'inputs',
  'with',
  'timeout',
  'retry',
  'retries',
  'env',
  'secrets',
  'idempotency_key',
] as const satisfies readonly (keyof typeof stepKeys)[];

const outputShape = {
  type: word([...parameterTypes, 'any'], 'Type of the value.', { default: 'any' }),
  properties: {
    type: 'object',
    title: 'a map of names to types',
    description: 'Types of the entries of an object.',
    additionalProperties: ref('outputShape'),
  },
  items: described(ref('outputShape'), 'Type of the items of an array.'),
  required: flag('Null is refused.', { default: false }),
  secret: flag('The value is never stored or shown.', { default: false }),
};

const bound = (description: string): Schema => ({
  type: 'integer',
  minimum: 0,
  title: 'a whole number, 0 or more',
  description,
});

const definitions: { readonly [name: string]: Schema } = {
  workflow: closed('a workflow', documentKeys, { required: ['name', 'steps'] }),
  step: {
    type: 'object',
    title: 'a step',
    properties: stepKeys,
    required: ['id'],
    if: typedStep,
    // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema.
    then: true,
    else: {
      title: 'a step',
      properties: Object.fromEntries(Object.keys(stepKeys).map((key) => [key, true])),
      patternProperties: { '^x-': true },
      additionalProperties: false,
    },
  },
  rollback: closed('a rollback', Object.fromEntries(rollbackKeys.map((key) => [key, stepKeys[key]])), {
    description: 'How to undo the step.',
  }),
  duration,
  env: {
    type: 'object',
    title: 'a map of names to values',
    description:
      'Environment: numbers and booleans become text, lists and maps compact JSON, null leaves the name unset.',
  },
  retry: closed('a retry policy', retryProperties, {
    description: 'Whether and when a failed attempt is followed by another.',
  }),
  retryFilter: { type: ['integer', 'string'], title: 'an exit code, a failure kind or a /pattern/' },
  dependencies: {
    title: 'the id of a step, or a list of ids and `{step, on}`',
    description: 'Steps that must come first.',
    anyOf: [{ type: 'string' }, ref('dependency'), { type: 'array', items: ref('dependencyItem') }],
  },
  dependencyItem: { title: 'the id of a step, or `{step, on}`', anyOf: [{ type: 'string' }, ref('dependency')] },
  dependency: closed(
    'a dependency',
    {
      step: text('Id of the step.'),
      on: {
        title: 'success, failure or skipped, or a list of them',
        description: 'The outcomes on which the edge passes.',
        anyOf: [ref('outcome'), { type: 'array', items: ref('outcome'), minItems: 1 }],
      },
    },
    { required: ['step'] },
  ),
  outcome: { type: 'string', title: '`success`, `failure` or `skipped`', enum: ['success', 'failure', 'skipped'] },
  routes: {
    title: 'the id of a step, a route, or a list of routes',
    description: 'Where the run goes on.',
    anyOf: [
      { type: 'string', pattern: '\\S' },
      ref('route'),
      { type: 'array', items: ref('listedRoute'), minItems: 1 },
    ],
  },
  route: closed('a route', {
    condition: described(condition, 'Taken where it holds.'),
    // biome-ignore lint/suspicious/noThenProperty: a key of the language.
    then: described(ref('routeTarget'), 'Where to go if the condition holds.'),
    else: described(ref('routeTarget'), 'Where to go otherwise.'),
    to: described(ref('routeTarget'), 'Where to go.'),
    recover: flag('The failure no longer counts if the visit that the route enters succeeds.', { default: false }),
  }),
  listedRoute: closed(
    'a route',
    {
      condition: described(condition, 'Taken where it holds; without it always.'),
      to: described(ref('routeTarget'), 'Where to go.'),
      recover: flag('The failure no longer counts if the visit that the route enters succeeds.', { default: false }),
    },
    { required: ['to'] },
  ),
  routeTarget: {
    title: 'the id of a step or a list of ids',
    anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string', title: 'the id of a step' }, minItems: 1 }],
  },
  branch: {
    title: 'a list of steps or of ids',
    description: 'A branch of `flow.conditional`: inline steps, or ids of steps elsewhere.',
    anyOf: [
      { type: 'string' },
      { type: 'array', items: { title: 'a step or the id of one', anyOf: [{ type: 'string' }, ref('step')] } },
    ],
  },
  product: {
    type: 'object',
    title: 'a product of lists',
    properties: {
      include: listOf({ type: 'object', title: 'a map' }, 'a list of maps', 'More combinations.'),
      exclude: listOf({ type: 'object', title: 'a map' }, 'a list of maps', 'Combinations that are left out.'),
    },
    additionalProperties: {
      title: 'a list or an expression',
      anyOf: [{ type: 'array' }, { type: 'string', pattern: '\\$\\{|\\{\\{' }],
    },
  },
  output: closed(
    'an output declaration',
    { name: words('Name of the output.'), ...outputShape },
    { required: ['name'] },
  ),
  outputShape: {
    title: 'a type name or a declaration',
    anyOf: [{ type: 'string', enum: [...parameterTypes, 'any'] }, closed('a declaration', outputShape)],
  },
  documentOutput: {
    title: 'an expression, or `{value, description, secret}`',
    anyOf: [
      { type: ['string', 'number', 'boolean', 'null', 'array'] },
      closed(
        'an output',
        {
          value: { description: 'Expression.' },
          description: text('What the output is.'),
          secret: flag('Never stored or shown.', { default: false }),
        },
        { required: ['value'] },
      ),
    ],
  },
  parameter: closed(
    'a parameter',
    {
      name: words('Name of the parameter.'),
      type: word(parameterTypes, 'Type of the value.'),
      required: flag('A value must be given, unless there is a default.', { default: false }),
      default: { description: 'Value where none is given; may use expressions.' },
      label: text('What people read.'),
      description: text('What the parameter is for.'),
      secret: flag('The value is never stored or shown.', { default: false }),
      validation: closed(
        'a validation',
        {
          min_length: bound('Characters, at least.'),
          max_length: bound('Characters, at most.'),
          pattern: text('A pattern that the text must match.'),
          minimum: { type: 'number', title: 'a number', description: 'The least value.' },
          maximum: { type: 'number', title: 'a number', description: 'The greatest value.' },
          min_items: bound('Items, at least.'),
          max_items: bound('Items, at most.'),
          schema: anyMap('A JSON Schema that the value must satisfy.'),
        },
        { description: 'What a value must satisfy.' },
      ),
      options: listOf(ref('option'), 'a list of texts or `{value, label}`', 'Allowed values of an enum.', {
        minItems: 1,
      }),
    },
    { required: ['name', 'type'] },
  ),
  option: {
    title: 'text, or `{value, label}`',
    anyOf: [
      { type: 'string' },
      closed(
        'an option',
        { value: text('The value.'), label: text('What people read for it.') },
        { required: ['value'] },
      ),
    ],
  },
  trigger: closed(
    'a trigger',
    {
      type: word(['manual', 'cli', 'schedule', 'event', 'webhook'], 'What starts the workflow.'),
      command: text('Of `cli`: the command, as text for people.'),
      cron: text('Of `schedule`: minute, hour, day of the month, month, day of the week.', {
        title: 'five fields of cron',
        pattern: '^\\s*\\S+(?:\\s+\\S+){4}\\s*$',
      }),
      timezone: text('Of `schedule`: name of the time zone.'),
      on: {
        title: 'the name of an event or a list of them',
        description: 'Of `event`: which events.',
        anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string', title: 'text' }, minItems: 1 }],
      },
      filter: {
        title: 'an expression or a map',
        description: 'Of `event`: which of them.',
        anyOf: [{ type: 'string' }, { type: 'object' }],
      },
      params: listOf(
        ref('parameter'),
        'a list of parameters',
        'Parameters that the trigger brings, read as `trigger.x`.',
      ),
    },
    { required: ['type'] },
  ),
  test: closed(
    'a test',
    {
      name: words('What the test shows.'),
      parameters: anyMap('Values of parameters.'),
      env: ref('env'),
      trigger: anyMap('Values read as `trigger.x`.'),
      max_parallel: {
        type: 'integer',
        minimum: 1,
        title: 'a whole number, 1 or more',
        description: 'Steps at once.',
        default: 1,
      },
      mocks: {
        type: 'object',
        title: 'a map of step ids or handlers to mocks',
        description: 'What stands in for steps.',
        additionalProperties: {
          title: 'a mock or a list of mocks',
          anyOf: [ref('mock'), { type: 'array', items: ref('mock'), minItems: 1 }],
        },
      },
      expect: closed(
        'an expectation',
        {
          status: word(['success', 'failed', 'partial', 'cancelled', 'waiting'], 'Status of the run.'),
          path: names('a list of step ids', 'Steps that ran, in order.'),
          steps: anyMap('What is expected of steps, by id.'),
          outputs: anyMap('Outputs of the run.'),
          rollback: names('a list of step ids', 'Steps that were undone, in order.'),
        },
        { description: 'What must come out.' },
      ),
    },
    { required: ['name'] },
  ),
  mock: closed('a mock', {
    outputs: anyMap('Outputs of the step.'),
    failure: {
      title: 'a failure kind or a map',
      anyOf: [{ type: 'string' }, { type: 'object' }],
      description: 'How it fails.',
    },
    delay: described(ref('duration'), 'How long it takes, in virtual time.'),
  }),
};

const rootKeys = {
  $schema: { title: 'text', type: 'string', description: 'For editors; means nothing.' },
  language: { const: 1, title: '1', description: 'Version of the language.' },
};

/** The schema of a whole file: the keys stand under `workflow`, or at the root. */
export const languageSchema: JsonMap = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'https://vwmp.dev/schema/workflow-1.json',
  title: 'Workflow',
  description: 'A workflow definition of VWMP, language version 1.',
  type: 'object',
  if: { required: ['workflow'] },
  // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema.
  then: ref('wrapped'),
  else: ref('bare'),
  $defs: {
    ...definitions,
    wrapped: closed('the root of the file', { workflow: ref('workflow'), ...rootKeys }, { required: ['workflow'] }),
    bare: closed('a workflow', { ...documentKeys, ...rootKeys }, { required: ['name', 'steps'] }),
  },
};

/** The keys of a step as written, aliases included, without keys that begin with `x-`. */
export const stepKeyNames: ReadonlySet<string> = new Set(Object.keys(stepKeys));

/** The keys of a workflow as written, aliases included, without keys that begin with `x-`. */
export const documentKeyNames: ReadonlySet<string> = new Set(Object.keys(documentKeys));
