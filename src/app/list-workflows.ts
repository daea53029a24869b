import type { Diagnostic } from '../core/diagnostic/diagnostic.ts';
import { readWorkflow } from '../core/document/read-workflow.ts';
import type { Workflow } from '../core/model/workflow.ts';
import { workflowFiles } from './find-workflow.ts';
import type { Platform } from './platform.ts';

/** A workflow that can be named, and what its file says of it. */
export interface FoundDefinition {
  /** What it is called by: the stem of its file. */
  readonly stem: string;
  readonly file: string;
  /** As far as it could be read. */
  readonly workflow: Workflow;
}

/** Every workflow of the workspace and those that come with VWMP. Files that cannot be read are told as warnings. */
export async function listWorkflows(
  platform: Platform,
): Promise<{ readonly workflows: readonly FoundDefinition[]; readonly diagnostics: readonly Diagnostic[] }> {
  const workflows: FoundDefinition[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const { name: stem, path: file } of await workflowFiles(platform)) {
    const text = await platform.sources.read(file);
    const workflow = text.ok ? readWorkflow(text.value, file).workflow : null;
    if (workflow === null) {
      const message = text.ok ? `${file} is no workflow; \`vwmp validate ${file}\` says why.` : text.error;
      diagnostics.push({ code: 'file', severity: 'warning', message });
    } else workflows.push({ stem, file, workflow });
  }
  return { workflows, diagnostics };
}
