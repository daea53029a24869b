/** One event that act plays, and what has to come of it. */
export interface ActCase {
  readonly event: 'push' | 'pull_request' | 'workflow_dispatch';
  /** In `test/fixtures/action/act`. */
  readonly workflow: string;
  readonly flags: readonly string[];
  /** All jobs, each with its conclusion. */
  readonly jobs: { readonly [job: string]: 'success' | 'failure' };
  readonly outputs: readonly { readonly job: string; readonly name: string; readonly value: string | RegExp }[];
  /** All annotations, `job level title: message`, in any order. */
  readonly annotations: readonly RegExp[];
  readonly summaries: readonly { readonly job: string; readonly text: RegExp }[];
  readonly lines: readonly { readonly job: string; readonly text: string }[];
  /** May stand nowhere in what act printed. */
  readonly never: readonly string[];
}

const hello = 'Hello, Ada "Countess" Lovelace! ';

export const actCases: readonly ActCase[] = [
  {
    event: 'push',
    workflow: 'push.yml',
    flags: [],
    jobs: {
      succeed: 'success',
      read: 'success',
      fail: 'failure',
      partial: 'success',
      tolerated: 'success',
      refuse: 'failure',
      look: 'success',
      secret: 'success',
    },
    outputs: [
      { job: 'succeed', name: 'status', value: 'success' },
      { job: 'succeed', name: 'greeting', value: hello.repeat(2) },
      { job: 'succeed', name: 'length', value: '64' },
      { job: 'succeed', name: 'outputs', value: JSON.stringify({ greeting: hello.repeat(2), length: 64 }) },
      { job: 'succeed', name: 'steps', value: /^\[\{"id":"greet","status":"success",.*\{"id":"count"/ },
      { job: 'fail', name: 'status', value: 'failed' },
      { job: 'partial', name: 'status', value: 'partial' },
      { job: 'tolerated', name: 'status', value: 'partial' },
      { job: 'refuse', name: 'status', value: 'failed' },
      { job: 'refuse', name: 'run-id', value: '' },
      { job: 'look', name: 'status', value: 'success' },
    ],
    annotations: [
      /^fail error A strict check: exit 4: .*the last words of the check/,
      /^fail warning An optional check: exit 3: /,
      /^partial warning An optional check: exit 3: /,
      /^tolerated warning An optional check: exit 3: /,
      /^refuse error parameter-value: .*times/,
      /^refuse error parameter-value: .*who\b/,
      /^refuse error parameter-value: .*whom/,
    ],
    summaries: [
      {
        job: 'succeed',
        text: /^## ✓ Greet 1\.2\.0: success\n.*```mermaid\n.*\| ✓.success \| Say hello `greet` \|/s,
      },
      { job: 'fail', text: /^## ✗ Break 1\.0\.0: failed\n.*the last words of the check/s },
      { job: 'partial', text: /^## ▲ Break 1\.0\.0: partial\n/ },
      { job: 'refuse', text: /^## ✗ .+: nothing was started\n/ },
      { job: 'look', text: /Nothing was started\./ },
    ],
    lines: [
      { job: 'succeed', text: hello.repeat(2).trimEnd() },
      { job: 'fail', text: ': :error::this line is text' },
      { job: 'fail', text: 'cleaned' },
      { job: 'secret', text: 'it is ***' },
    ],
    never: ['swordfish-of-the-runner'],
  },
  {
    event: 'pull_request',
    workflow: 'pull-request.yml',
    flags: ['--eventpath', '.act/pull-request.json'],
    jobs: { event: 'success' },
    outputs: [
      { job: 'event', name: 'number', value: '42' },
      { job: 'event', name: 'title', value: 'Fix $(touch hacked) `touch hacked`; "quotes" ::error::x ##[error]y' },
      { job: 'event', name: 'event', value: 'pull_request' },
      { job: 'event', name: 'base', value: 'main' },
      { job: 'event', name: 'urgent', value: 'true' },
    ],
    annotations: [],
    summaries: [{ job: 'event', text: /^## ✓ Event 1\.0\.0: success/ }],
    lines: [{ job: 'event', text: 'urgent' }],
    never: [],
  },
  {
    event: 'workflow_dispatch',
    workflow: 'dispatch.yml',
    flags: ['--input', 'who=Grace', '--input', 'times=2', '--input', 'loud=true'],
    jobs: { greet: 'success' },
    outputs: [
      { job: 'greet', name: 'greeting', value: 'HELLO, GRACE! HELLO, GRACE! ' },
      { job: 'greet', name: 'length', value: '28' },
    ],
    annotations: [],
    summaries: [{ job: 'greet', text: /\| `who` \| `Grace` \|/ }],
    lines: [{ job: 'greet', text: 'HELLO, GRACE! HELLO, GRACE!' }],
    never: [],
  },
];
