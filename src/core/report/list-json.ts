import type { Workflow } from '../model/workflow.ts';

/** A workflow that was found, with the file it stands in. */
export interface ListedWorkflow {
  readonly file: string;
  readonly workflow: Pick<Workflow, 'name' | 'version' | 'type' | 'description'>;
}

/** What `list --json` prints. */
export interface ListJson {
  readonly workflows: readonly {
    readonly name: string;
    readonly file: string;
    readonly version: string;
    readonly type: string;
    readonly description: string | null;
  }[];
}

export function listJson(found: readonly ListedWorkflow[]): ListJson {
  return {
    workflows: found.map(({ file, workflow }) => ({
      name: workflow.name,
      file,
      version: workflow.version,
      type: workflow.type,
      description: workflow.description ?? null,
    })),
  };
}
