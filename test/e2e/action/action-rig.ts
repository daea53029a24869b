import { builtProgram } from '../../rigs/built-bundle.ts';
import { type ActionStep, Runner, type StepEnd } from '../../rigs/runner.ts';
import { TempFolder } from '../../rigs/temp-folder.ts';

/** What a test says about one use of the action. */
export interface ActionUse extends Omit<ActionStep, 'main' | 'workspace'> {
  /** Files of the checkout; `w.yml` is the workflow unless `with` names another. */
  readonly files: { readonly [path: string]: string };
  /** Where the checkout lies, under a folder of the test's own; default right there. */
  readonly checkout?: string;
}

let main: string | null = null;

/** To be called before the tests of a file: building takes longer than a test may. */
export function prepareBundle(): void {
  main = builtProgram('index.js');
}

/** A use of the action that runs, with its checkout. */
export class UsedAction {
  readonly runner: Runner;
  readonly checkout: TempFolder;

  constructor(use: ActionUse) {
    if (main === null) throw new Error('prepareBundle was not called');
    const under = use.checkout === undefined ? '' : `${use.checkout}/`;
    this.checkout = new TempFolder(
      Object.fromEntries(Object.entries(use.files).map(([path, text]) => [`${under}${path}`, text])),
    );
    const { files: _files, checkout: _checkout, ...step } = use;
    this.runner = new Runner({
      ...step,
      main,
      workspace: `${this.checkout.path}${under === '' ? '' : `/${use.checkout}`}`,
      with: { workflow: 'w.yml', ...use.with },
    });
  }

  remove(): void {
    this.runner.remove();
    this.checkout.remove();
  }
}

/** Uses the action once, to its end. */
export async function useAction(use: ActionUse): Promise<StepEnd> {
  const used = new UsedAction(use);
  try {
    return await used.runner.end();
  } finally {
    used.remove();
  }
}

/** The commonest case: one workflow file. */
export function useWorkflow(definition: string, inputs: { readonly [input: string]: string } = {}): Promise<StepEnd> {
  return useAction({ files: { 'w.yml': definition }, with: inputs });
}
