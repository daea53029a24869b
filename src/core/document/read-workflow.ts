import { type Diagnostic, inFileOrder } from '../diagnostic/diagnostic.ts';
import { emptyMap } from '../model/json.ts';
import type { FailurePolicy, Step, StepDefaults, Workflow } from '../model/workflow.ts';
import { checkDependencies } from './check-dependencies.ts';
import { DocumentFaults } from './document-faults.ts';
import type { DocumentPath } from './document-path.ts';
import { type Draft, type DraftMap, draftOf, isDraftMap } from './draft.ts';
import { flagOf, mapOf, numberOrText, textOf } from './draft-values.ts';
import { documentKeysNotYet } from './not-yet.ts';
import { PlacedFaults } from './placed-faults.ts';
import { readDocument } from './read-document.ts';
import { readDocumentOutputs } from './read-outputs.ts';
import { type ReadParameters, type ReadTriggers, readParameters, readTriggers } from './read-parameters.ts';
import { readRetry } from './read-retry.ts';
import { readStep, rollbackId } from './read-step.ts';
import type { Source } from './source.ts';
import type { SourceNode } from './source-node.ts';
import { nameSteps, type StepNames } from './step-ids.ts';
import { reportNotYet } from './step-limits.ts';
import { collectStepLists, routedIds, type StepList } from './step-lists.ts';
import { configAliases } from './step-vocabulary.ts';
import { checkStructure } from './structural-check.ts';
import { type SourceIndex, type WorkflowSource, workflowSource } from './workflow-source.ts';
import { spellingOf } from './written-step.ts';

export type { WorkflowSource } from './workflow-source.ts';

/** A definition as it was read. */
export interface WorkflowReading {
  /**
   * The canonical definition, or `null` where the text is no map of a workflow. Where there are errors it holds what
   * could be understood, so that later checks can say all that is wrong at once: faulty values are left out as if
   * they were not written, a step whose handler could not be read has the handler `''`, and a step without an id of
   * its own has a stand-in `#n`. Such a definition must not run.
   */
  readonly workflow: Workflow | null;
  readonly sourceOf: WorkflowSource;
  /** All at once, in file order. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads the text of a workflow definition: YAML or JSON, any of the spellings of LANGUAGE.md. `file` is the path as
 * people know it. Checks everything that the document alone shows, but for what stands in expressions; handlers,
 * plugins and parameters are checked later. Never throws for what the text holds.
 */
export function readWorkflow(text: string, file: string): WorkflowReading {
  const { root, source, diagnostics } = readDocument(text, file);
  if (!root) return unread(source, null, diagnostics);
  const faults = new DocumentFaults(source);
  const placed = new PlacedFaults(faults, source, root);
  const document = draftOf(root);
  checkStructure(document, placed);
  const all = (): readonly Diagnostic[] => inFileOrder([...diagnostics, ...faults.diagnostics()]);
  if (!isDraftMap(document)) return unread(source, root, all());
  const bodyPath = bodyPathOf(document, placed);
  const body = bodyPath.length === 0 ? document : document.workflow;
  if (!isDraftMap(body)) return unread(source, root, all());
  const reader = new WorkflowReader(body, bodyPath, placed);
  const workflow = reader.read();
  return { workflow, sourceOf: workflowSource(source, root, reader.index()), diagnostics: all() };
}

function unread(source: Source, root: SourceNode | null, diagnostics: readonly Diagnostic[]): WorkflowReading {
  const index: SourceIndex = { body: [], parameters: [], triggers: [], steps: () => new Map() };
  return { workflow: null, sourceOf: workflowSource(source, root, index), diagnostics };
}

/** The keys stand under `workflow`, or at the root. */
function bodyPathOf(document: DraftMap, faults: PlacedFaults): DocumentPath {
  return document.workflow !== undefined || faults.wasRemoved(['workflow']) ? ['workflow'] : [];
}

class WorkflowReader {
  readonly #body: DraftMap;
  readonly #path: DocumentPath;
  readonly #faults: PlacedFaults;
  readonly #lists: readonly StepList[];
  readonly #names: StepNames;
  readonly #parameters: ReadParameters;
  readonly #triggers: ReadTriggers;

  constructor(body: DraftMap, path: DocumentPath, faults: PlacedFaults) {
    this.#body = body;
    this.#path = path;
    this.#faults = faults;
    this.#lists = collectStepLists(body, path, faults);
    this.#names = nameSteps(this.#lists, faults);
    this.#parameters = readParameters(body, path);
    this.#triggers = readTriggers(body, path, faults);
  }

  read(): Workflow {
    const body = this.#body;
    this.#refuseNotYet();
    this.#checkFailFast();
    const config = spellingOf(body, configAliases, this.#path, this.#faults);
    const defaults = this.#defaults();
    const steps = this.#steps(defaults.shell ?? 'bash');
    const description = textOf(body.description);
    const maxParallel = numberOrText(body.max_parallel);
    const timeout = numberOrText(body.timeout);
    return {
      name: textOf(body.name) ?? '',
      version: textOf(body.version) ?? '1.0.0',
      type: textOf(body.type) ?? 'generic',
      ...(description !== undefined && { description }),
      config: (config === null ? undefined : mapOf(body[config])) ?? emptyMap(),
      parameters: this.#parameters.parameters,
      triggers: this.#triggers.triggers,
      steps: steps.main,
      order: body.order === 'graph' ? 'graph' : 'sequence',
      finally: steps.finally,
      outputs: readDocumentOutputs(body.outputs),
      defaults,
      onFailure: failurePolicyOf(body.on_failure),
      failFast: flagOf(body.fail_fast) ?? false,
      ...(maxParallel !== undefined && { maxParallel }),
      ...(timeout !== undefined && { timeout }),
    };
  }

  index(): SourceIndex {
    const { parameters, paths } = this.#parameters;
    return {
      body: this.#path,
      parameters: parameters.map(({ name }, at) => ({ name, path: paths[at] ?? [] })),
      triggers: this.#triggers.paths,
      steps: () => {
        const steps = this.#lists.flatMap((list) => list.steps);
        return new Map(
          steps.flatMap(({ map, path }) => {
            const id = this.#names.get(map) ?? '';
            return [[id, path] as const, [rollbackId(id), [...path, 'rollback']] as const];
          }),
        );
      },
    };
  }

  #steps(defaultShell: string): { readonly main: readonly Step[]; readonly finally: readonly Step[] } {
    const routed = routedIds(this.#lists);
    const read = { main: [] as Step[], finally: [] as Step[], inline: [] as Step[] };
    for (const { kind, steps } of this.#lists) {
      const around = {
        faults: this.#faults,
        defaultShell,
        routed,
        requiredByDefault: kind !== 'finally',
        isInsideNotYet: kind === 'inline',
      };
      for (const { map, path } of steps) read[kind].push(readStep(map, path, this.#names.get(map) ?? '', around));
    }
    checkDependencies(this.#lists, this.#names, routed, this.#faults);
    return read;
  }

  #defaults(): StepDefaults {
    const written = this.#body.defaults;
    if (!isDraftMap(written)) return { env: emptyMap() };
    const timeout = numberOrText(written.timeout);
    const retry = written.retry;
    const shell = textOf(written.shell);
    const workingDirectory = textOf(written.working_directory);
    return {
      ...(timeout !== undefined && { timeout }),
      ...(isDraftMap(retry) && { retry: readRetry(retry, [...this.#path, 'defaults', 'retry'], this.#faults) }),
      env: mapOf(written.env) ?? emptyMap(),
      ...(shell !== undefined && { shell }),
      ...(workingDirectory !== undefined && { workingDirectory }),
    };
  }

  #checkFailFast(): void {
    if (this.#body.fail_fast !== true || this.#body.on_failure !== 'continue') return;
    this.#faults.report(
      'conflict',
      [...this.#path, 'fail_fast'],
      '`fail_fast` and `on_failure: continue` exclude each other.',
      {
        hint: '`fail_fast` cancels what runs when a required step fails; `continue` lets it run.',
        related: [{ path: [...this.#path, 'on_failure'], message: 'The other one.' }],
      },
    );
  }

  #refuseNotYet(): void {
    for (const key of documentKeysNotYet) {
      if (this.#body[key] !== undefined) reportNotYet(this.#faults, [...this.#path, key], `\`${key}\``);
    }
  }
}

function failurePolicyOf(written: Draft | undefined): FailurePolicy {
  return written === 'continue' || written === 'rollback' ? written : 'stop';
}
