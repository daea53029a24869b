import type { Option } from './option.ts';

/** One command of `vwmp`: what help, completion and the reference page say of it. */
export interface Command {
  readonly name: string;
  /** Placeholders of the positional arguments, e.g. `FILE|NAME`. */
  readonly positionals: readonly Positional[];
  readonly summary: string;
  readonly description: string;
  readonly options: readonly Option[];
  /** `--name value` is a parameter of the workflow where `name` is no option. */
  readonly takesParameters?: boolean;
  readonly examples: readonly { readonly line: string; readonly says: string }[];
}

export interface Positional {
  readonly name: string;
  readonly required: boolean;
  readonly complete?: Option['complete'];
}

const json: Option = { name: 'json', description: 'Print one JSON object instead of text.' };
const workspace: Option = {
  name: 'workspace',
  value: 'DIR',
  complete: 'folder',
  description: 'The workspace; default: GITHUB_WORKSPACE, else the top of the git checkout, else this folder.',
};
const stateDir: Option = {
  name: 'state-dir',
  value: 'DIR',
  complete: 'folder',
  description: 'Where runs are recorded; default: .vwmp in the workspace, on CI a folder under RUNNER_TEMP.',
};
const config: Option = {
  name: 'config',
  value: 'FILE',
  complete: 'file',
  description: 'The configuration file; default: vwmp_config.yaml or .github/vwmp/config.yaml.',
};

/** What a run is made from; `plan` takes the same. */
const inputs: readonly Option[] = [
  {
    name: 'parameter',
    short: 'p',
    value: 'NAME=VALUE',
    multiple: true,
    description: 'A parameter of the workflow; also --NAME VALUE where NAME is no option.',
  },
  { name: 'parameters', value: 'FILE', complete: 'file', description: 'Parameters as a YAML or JSON map.' },
  {
    name: 'secrets-file',
    value: 'FILE',
    complete: 'file',
    description: 'Secrets as a YAML or JSON map, or as NAME=value lines. Their values are masked everywhere.',
  },
  {
    name: 'env-file',
    value: 'FILE',
    complete: 'file',
    description:
      'Variables for the steps, as NAME=value lines. Where there is no such file, Node itself ends with code 9.',
  },
  {
    name: 'set',
    value: 'STEP.KEY=VALUE',
    multiple: true,
    description: "A value of a step's configuration, above every other layer.",
  },
  { name: 'task', value: 'FILE', complete: 'file', description: 'The map that expressions read as `task`.' },
];
const selection: readonly Option[] = [
  { name: 'only', value: 'IDS', multiple: true, description: 'Run these steps and no others; separated by commas.' },
  { name: 'from', value: 'IDS', multiple: true, description: 'Run these steps and all that is reachable from them.' },
  { name: 'skip', value: 'IDS', multiple: true, description: 'Leave these steps out.' },
  { name: 'enable', value: 'IDS', multiple: true, description: 'Run these steps although `enabled` is false.' },
  { name: 'disable', value: 'IDS', multiple: true, description: 'Treat these steps as if `enabled` were false.' },
];
const running: readonly Option[] = [
  { name: 'max-parallel', value: 'N', description: 'Attempts running at once; default: the number of cores.' },
  {
    name: 'durability',
    value: 'normal|full',
    complete: ['normal', 'full'],
    description: 'full: every event survives a loss of power, not only a killed process.',
  },
  { name: 'strict', description: 'Exit with 1 where the run is partial.' },
  json,
  { name: 'events', description: 'Print each event as one line of JSON while it happens.' },
  { name: 'quiet', short: 'q', description: 'Print the result only.' },
];

const workflowArgument: Positional = { name: 'FILE|NAME', required: true, complete: 'workflow' };
const runArgument: Positional = { name: 'RUN', required: true, complete: 'run' };

export const commands: readonly Command[] = [
  {
    name: 'run',
    positionals: [workflowArgument],
    summary: 'Run a workflow.',
    description:
      'Runs a workflow file, or a workflow of the workflow folders by its name. Ctrl-C cancels with grace; a second one ends at once. What happened is recorded: `vwmp resume` goes on from there.',
    options: [
      ...inputs,
      ...selection,
      { name: 'dry-run', description: 'Show what would run and start nothing; the same as `vwmp plan`.' },
      ...running,
      workspace,
      stateDir,
      config,
    ],
    takesParameters: true,
    examples: [
      { line: 'vwmp run workflows/release.yml --summary "First release"', says: 'run with one parameter' },
      { line: 'vwmp run release -p summary="First release" --skip push', says: 'by name, without one step' },
      { line: 'vwmp run release --parameters release.json --json', says: 'print one JSON object at the end' },
    ],
  },
  {
    name: 'plan',
    positionals: [workflowArgument],
    summary: 'Show what a run would do.',
    description:
      'Starts no handler and writes nothing: order and levels, which steps would run or be skipped and why, resolved configuration with secrets masked, and what each handler says it would do.',
    options: [...inputs, ...selection, json, workspace, stateDir, config],
    takesParameters: true,
    examples: [{ line: 'vwmp plan release --summary "First release"', says: 'the plan of one run' }],
  },
  {
    name: 'validate',
    positionals: [{ ...workflowArgument, name: 'FILE|NAME…' }],
    summary: 'Check workflow files.',
    description: 'Reports everything that is wrong with the files at once. Exit code 2 where there is an error.',
    options: [json, workspace, config],
    examples: [{ line: 'vwmp validate workflows/*.yml', says: 'check several files' }],
  },
  {
    name: 'graph',
    positionals: [workflowArgument],
    summary: 'Draw the graph of a workflow.',
    description: 'Prints the steps and their edges.',
    options: [
      {
        name: 'format',
        value: 'mermaid|dot|json',
        complete: ['mermaid', 'dot', 'json'],
        description: 'Default: mermaid.',
      },
      json,
      workspace,
      config,
    ],
    examples: [{ line: 'vwmp graph release --format dot | dot -Tsvg > release.svg', says: 'draw with Graphviz' }],
  },
  {
    name: 'list',
    positionals: [],
    summary: 'List the workflows of this workspace.',
    description: 'Looks into workflows/, .github/vwmp/workflows/ and those that come with VWMP.',
    options: [json, workspace, config],
    examples: [],
  },
  {
    name: 'show',
    positionals: [workflowArgument],
    summary: 'Describe a workflow: parameters, steps, outputs.',
    description: 'Prints what somebody who wants to run the workflow needs to know.',
    options: [json, workspace, config],
    examples: [],
  },
  {
    name: 'status',
    positionals: [{ ...runArgument, required: false }],
    summary: 'Show a recorded run; default: the newest.',
    description: 'Prints the steps of a run as they stood last.',
    options: [json, workspace, stateDir],
    examples: [],
  },
  {
    name: 'history',
    positionals: [],
    summary: 'List recorded runs, newest first.',
    description: 'Prints the runs of the state folder.',
    options: [{ name: 'limit', value: 'N', description: 'Default: 20; 0: all.' }, json, workspace, stateDir],
    examples: [],
  },
  {
    name: 'logs',
    positionals: [runArgument, { name: 'STEP', required: false }],
    summary: 'Print what the steps of a run printed.',
    description: 'Prints the logs of one step, or of all in the order of the document.',
    options: [json, workspace, stateDir],
    examples: [{ line: 'vwmp logs 20261120-101500-k3m9xa test', says: 'the log of one step' }],
  },
  {
    name: 'resume',
    positionals: [runArgument],
    summary: 'Go on with a run that died, failed or was cancelled.',
    description:
      'What ended in success stands and does not run again. The definition, the parameters and the commit must be those of the run; what changed is shown, and --accept-changes goes on all the same. Secrets are given again.',
    options: [
      ...inputs,
      ...selection,
      { name: 'accept-changes', description: 'Go on although the definition, parameters or the commit changed.' },
      ...running,
      workspace,
      stateDir,
      config,
    ],
    takesParameters: true,
    examples: [{ line: 'vwmp resume 20261120-101500-k3m9xa', says: 'run again what failed' }],
  },
  {
    name: 'rollback',
    positionals: [runArgument],
    summary: 'Take the completed steps of a run back.',
    description:
      'Undoes what the steps did, the newest first, up to the first step that can never be undone: files byte for byte, commits and tags only where they are still ours, remote refs only where nobody moved them. What is left is listed with the command that would finish it. Exit code 1 where something is left.',
    options: [
      ...inputs,
      {
        name: 'only',
        value: 'IDS',
        multiple: true,
        description: 'Take these steps back and no others; separated by commas.',
      },
      json,
      { name: 'events', description: 'Print each event as one line of JSON while it happens.' },
      { name: 'quiet', short: 'q', description: 'Print the result only.' },
      workspace,
      stateDir,
      config,
    ],
    takesParameters: true,
    examples: [
      { line: 'vwmp rollback 20261120-101500-k3m9xa', says: 'undo what a half-done release did' },
      { line: 'vwmp rollback 20261120-101500-k3m9xa --only push,tag', says: 'undo two of its steps' },
    ],
  },
  {
    name: 'init',
    positionals: [{ name: 'TEMPLATE', required: false }],
    summary: 'Write a workflow that fits this repository, from a template.',
    description:
      'Finds out what it can (version files, changelog, tags, packages, the remote), asks the rest, and writes the workflow and the workflow of GitHub that calls it. Then it shows what a run would do. Without a terminal nobody is asked: defaults count, and what has none must be given. Nothing that is there is written over.',
    options: [
      { name: 'list', description: 'List the templates of all workflow types.' },
      { name: 'yes', short: 'y', description: 'Ask nothing: take the defaults.' },
      {
        name: 'answer',
        value: 'NAME=VALUE',
        multiple: true,
        description: 'The answer to a question, instead of what was found or the default; `none` is the empty one.',
      },
      {
        name: 'name',
        value: 'NAME',
        description: 'Name of the workflow and its files; default: as the template says.',
      },
      { name: 'force', description: 'Write over files that are there.' },
      { name: 'dry-run', description: 'Write nothing; show the files.' },
      json,
      workspace,
      config,
    ],
    examples: [
      { line: 'vwmp init', says: 'ask, then write a release' },
      { line: 'vwmp init monorepo --dry-run', says: 'show a release of several packages' },
      {
        line: 'vwmp init quick --yes --answer version_file=Cargo.toml',
        says: 'without questions, with one answer',
      },
    ],
  },
  {
    name: 'schema',
    positionals: [],
    summary: 'Print the JSON Schema of the language.',
    description: 'For editors: name it as `$schema`, or in the settings of the YAML language server.',
    options: [],
    examples: [{ line: 'vwmp schema > workflow.schema.json', says: 'write it to a file' }],
  },
  {
    name: 'config',
    positionals: [
      { name: 'show', required: true, complete: ['show'] },
      { ...workflowArgument, required: false },
      { name: 'STEP', required: false },
    ],
    summary: 'Show where the values of a configuration come from.',
    description:
      'Without a workflow: the configuration file. With a workflow and a step: each value of the step and the layer that gave it.',
    options: [...inputs, json, workspace, config],
    takesParameters: true,
    examples: [{ line: 'vwmp config show release step-1', says: 'the values of one step' }],
  },
  {
    name: 'plugins',
    positionals: [{ name: 'HANDLER', required: false }],
    summary: 'List plugins and handlers, or describe one handler.',
    description: 'With a handler: its configuration, outputs and what of it can be undone.',
    options: [json, workspace, config],
    examples: [{ line: 'vwmp plugins release.version_bump', says: 'describe one handler' }],
  },
  {
    name: 'doctor',
    positionals: [],
    summary: 'Check that this machine can run workflows.',
    description: 'Node, git, shells, the state folder, the configuration file.',
    options: [json, workspace, stateDir, config],
    examples: [],
  },
  {
    name: 'completion',
    positionals: [{ name: 'bash|zsh|fish', required: true, complete: ['bash', 'zsh', 'fish'] }],
    summary: 'Print a completion script for the shell.',
    description: 'Commands, options, workflow names and run ids complete.',
    options: [],
    examples: [{ line: 'source <(vwmp completion bash)', says: 'for this shell' }],
  },
];
