import { parseDuration } from '../core/document/duration.ts';
import { yamlLine } from '../core/document/write-yaml.ts';
import type { Json } from '../core/model/json.ts';
import type { ParameterDeclaration, Workflow } from '../core/model/workflow.ts';
import { holdsTemplate } from '../core/parameters/check-declarations.ts';
import type { CallerNeeds } from '../core/ports/plugin.ts';

const checkout = 'actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0';

export interface CallerRequest {
  readonly workflow: Workflow;
  /** What the workflow is called by. */
  readonly stem: string;
  /** The workspace in its repository; empty where that is the whole. */
  readonly folder: string;
  readonly needs: CallerNeeds;
  /** Version of VWMP. */
  readonly version: string;
}

/** The workflow of GitHub that runs a workflow of ours, with the least rights that it needs. */
export function callerWorkflow({ workflow, stem, folder, needs, version }: CallerRequest): string {
  const name = callerName(folder, stem);
  const { given, left } = inputsOf(workflow, needs);
  const lines = [
    `# Runs the workflow ${stem}${folder === '' ? '' : ` of ${JSON.stringify(folder)}`} on GitHub.`,
    `name: ${yamlLine(name)}`,
    ...startLines(needs, given, left),
    '# What no job asks for, no job gets.',
    'permissions: {}',
    // Tags that are pushed at once are all released: of a group only one run waits, and one in front of it is dropped.
    ...(needs.start.kind === 'tags'
      ? ['# One at a time for each tag.', 'concurrency:', `  group: ${name}-\${{ github.ref }}`]
      : ['# One at a time: two runs at once would race each other.', 'concurrency:', `  group: ${yamlLine(name)}`]),
    '  cancel-in-progress: false',
    'jobs:',
    `  ${jobId(name)}:`,
    '    runs-on: ubuntu-latest',
    `    timeout-minutes: ${minutesOf(workflow)}`,
    ...permissionLines(needs),
    '    steps:',
    `      - uses: ${checkout}`,
    '        with:',
    '          fetch-depth: 0 # whole history and tags: they tell what was released',
    needs.pushes
      ? '          persist-credentials: true # git pushes with them'
      : '          persist-credentials: false',
    `      - uses: org/vwmp-action@0000000000000000000000000000000000000000 # v${version}: put the commit of the release here`,
    '        with:',
    `          workflow: ${yamlLine(stem)}`,
    ...(folder === '' ? [] : [`          working-directory: ${yamlLine(folder)}`]),
    // As data: no value becomes text of this file, of a script or of YAML.
    ...(given.length === 0 ? [] : [`          parameters: \${{ toJSON(inputs) }}`]),
  ];
  return `${lines.join('\n')}\n`;
}

/** What the workflow of GitHub is called: those of several folders stand side by side. */
export function callerName(folder: string, stem: string): string {
  return folder === '' ? stem : `${folder}/${stem}`.replace(/[^A-Za-z0-9._]+/g, '-').replace(/^[-.]+/, '');
}

interface Inputs {
  readonly given: readonly ParameterDeclaration[];
  /** Names of those that the form cannot ask for. */
  readonly left: readonly string[];
}

/** As many as GitHub takes. */
const mostInputs = 25;

function inputsOf({ parameters }: Workflow, { start }: CallerNeeds): Inputs {
  if (start.kind !== 'dispatch') return { given: [], left: [] };
  const askable = parameters.filter(canBeAsked).sort((a, b) => Number(isNeeded(b)) - Number(isNeeded(a)));
  const kept = new Set(askable.slice(0, mostInputs));
  return {
    given: parameters.filter((each) => kept.has(each)),
    left: parameters.filter((each) => !kept.has(each)).map(({ name }) => name),
  };
}

/** A box that is left empty gives an empty text, not nothing: where that would be refused, nobody is asked. */
function canBeAsked(parameter: ParameterDeclaration): boolean {
  if (parameter.secret) return false;
  if (isNeeded(parameter) || hasPlainDefault(parameter)) return true;
  const isText = parameter.type === 'string' || parameter.type === 'textarea';
  return isText && parameter.default === undefined && (parameter.validation.minLength ?? 0) === 0;
}

function isNeeded({ required, default: otherwise }: ParameterDeclaration): boolean {
  return required && otherwise === undefined;
}

function hasPlainDefault({ default: otherwise }: ParameterDeclaration): boolean {
  return otherwise !== undefined && otherwise !== null && !holdsTemplate(otherwise);
}

function startLines({ start }: CallerNeeds, given: Inputs['given'], left: Inputs['left']): readonly string[] {
  if (start.kind === 'tags') return ['on:', '  push:', `    tags: [${start.patterns.map(quoted).join(', ')}]`];
  return [
    'on:',
    '  workflow_dispatch:',
    ...(left.length === 0 ? [] : [`    # Not asked for here, they keep their defaults: ${left.join(', ')}`]),
    ...(given.length === 0 ? [] : ['    inputs:', ...given.flatMap(inputLines)]),
  ];
}

function inputLines(parameter: ParameterDeclaration): readonly string[] {
  const { name, label, description, default: otherwise } = parameter;
  const says = (description ?? label ?? name).replace(/\s+/g, ' ').replaceAll('${{', '{{').trim();
  const kind = inputType(parameter);
  return [
    `      ${name}:`,
    `        description: ${yamlLine(says)}`,
    `        type: ${kind}`,
    ...(kind === 'choice' ? [`        options: ${yamlLine(parameter.options.map(({ value }) => value))}`] : []),
    ...(isNeeded(parameter) ? ['        required: true'] : []),
    ...(hasPlainDefault(parameter) ? [`        default: ${yamlLine(defaultText(otherwise ?? ''))}`] : []),
  ];
}

function inputType({ type }: ParameterDeclaration): 'string' | 'boolean' | 'choice' | 'number' {
  switch (type) {
    case 'enum':
      return 'choice';
    case 'boolean':
      return 'boolean';
    case 'number':
    case 'integer':
      return 'number';
    default:
      return 'string';
  }
}

/** Lists and maps are texts in a form; the action reads them again. */
function defaultText(value: Json): Json {
  return typeof value === 'object' ? JSON.stringify(value) : value;
}

function permissionLines({ permissions }: CallerNeeds): readonly string[] {
  const hasContents = permissions.some(({ name }) => name === 'contents');
  const read = { name: 'contents', level: 'read', why: 'to check the sources out' } as const;
  const all = hasContents ? permissions : [read, ...permissions];
  return ['    permissions:', ...all.map(({ name, level, why }) => `      ${name}: ${level} # ${why}`)];
}

/** Five minutes more than the workflow gives itself, for the job around it. */
function minutesOf({ timeout }: Workflow): number {
  const duration = timeout === undefined ? null : parseDuration(timeout);
  return (duration?.ok ? Math.ceil(duration.value / 60_000) : 30) + 5;
}

function jobId(stem: string): string {
  const id = stem.replace(/[^A-Za-z0-9_-]+/g, '-');
  return /^[A-Za-z_]/.test(id) ? id : `run-${id}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
