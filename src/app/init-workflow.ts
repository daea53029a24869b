import type { Diagnostic } from '../core/diagnostic/diagnostic.ts';
import type { JsonMap } from '../core/model/json.ts';
import type { PlanView } from '../core/model/plan-view.ts';
import { err, ok, type Result } from '../core/model/result.ts';
import type { TemplateForm } from '../core/ports/plugin.ts';
import { callerName, callerWorkflow } from './caller-workflow.ts';
import { workflowFiles, workflowFolders } from './find-workflow.ts';
import { loadConfiguration } from './load-configuration.ts';
import { checkText } from './load-workflow.ts';
import { planWorkflow } from './plan-workflow.ts';
import type { Platform } from './platform.ts';
import { nothingAsked } from './run-request.ts';
import { givenSamples, sampleValues } from './sample-values.ts';

/**
 * The repository whose files are made. Paths are relative to its top, where GitHub looks for workflows; what leads out of
 * it rejects.
 */
export interface DraftFolder {
  /** The workspace in it; empty where that is the whole. */
  readonly workspace: string;
  isFolder(path: string): Promise<boolean>;
  /** `null` where there is no such file. */
  read(path: string): Promise<string | null>;
  /** Makes missing folders. */
  write(path: string, text: string): Promise<void>;
  remove(path: string): Promise<void>;
}

/** A workflow that is ready to be written: checked, and planned as far as a plan can be made of it. */
export interface WorkflowDraft {
  readonly stem: string;
  readonly found: JsonMap;
  readonly answers: JsonMap;
  /** The workflow first, then its caller. */
  readonly files: readonly DraftFile[];
  /** Warnings about the workflow. */
  readonly diagnostics: readonly Diagnostic[];
  /** Values that the plan was made with, because somebody has to give them to a run. */
  readonly samples: JsonMap;
  /** What a run would do; or why that cannot be told. */
  readonly plan: Result<PlanView, readonly Diagnostic[]>;
}

export interface DraftFile {
  /** Relative to the top of the repository. */
  readonly path: string;
  readonly text: string;
  /** What stands there now. */
  readonly before: string | null;
}

export interface DraftRequest {
  readonly form: TemplateForm;
  /** A value for each question of the form. */
  readonly answers: JsonMap;
  /** Stem of the files. */
  readonly stem: string;
}

const callerFolder = '.github/workflows';

/** Writes the texts, checks them and plans a run, all before a file is touched. */
export async function draftWorkflow(
  platform: Platform,
  folder: DraftFolder,
  { form, answers, stem }: DraftRequest,
): Promise<Result<WorkflowDraft, readonly Diagnostic[]>> {
  const { version } = platform;
  const path = await placeFor(platform, folder, stem);
  if (path.endsWith('.json')) return err([jsonRefusal(path)]);
  const draft = await form.write(answers, stem);
  const checked = await checkText(platform, { file: path, text: draft.definition }, await loadConfiguration(platform));
  if (!checked.ok) return err(checked.error.diagnostics);
  const { workflow, diagnostics } = checked.value;
  const caller =
    draft.caller === null
      ? []
      : [
          {
            path: await callerPlace(folder, stem),
            text: callerWorkflow({ workflow, stem, folder: folder.workspace, needs: draft.caller, version }),
          },
        ];
  const texts = [{ path: below(folder.workspace, path), text: draft.definition }, ...caller];
  const samples = sampleValues(workflow);
  return ok({
    stem,
    found: foundOf(form),
    answers,
    files: await Promise.all(texts.map(async (file) => ({ ...file, before: await folder.read(file.path) }))),
    diagnostics,
    samples,
    plan: await planOf(platform, { path, text: draft.definition }, samples),
  });
}

/**
 * Where in the workspace a workflow of that name is already, since of two with one name only one would run; else where the workflows of
 * the repository are.
 */
async function placeFor(platform: Platform, folder: DraftFolder, stem: string): Promise<string> {
  const there = (await workflowFiles(platform)).find(({ name }) => name === stem);
  if (there !== undefined && !there.path.startsWith(`${platform.shippedWorkflows}/`)) return there.path;
  const [usual, hidden] = workflowFolders;
  return `${(await folder.isFolder(below(folder.workspace, usual))) ? usual : hidden}/${stem}.yml`;
}

/** GitHub runs both of two that differ in their endings alone. */
async function callerPlace(folder: DraftFolder, stem: string): Promise<string> {
  const place = `${callerFolder}/${callerName(folder.workspace, stem)}`;
  return (await folder.read(`${place}.yaml`)) === null ? `${place}.yml` : `${place}.yaml`;
}

function below(folder: string, path: string): string {
  return folder === '' ? path : `${folder}/${path}`;
}

function jsonRefusal(path: string): Diagnostic {
  return {
    code: 'file',
    severity: 'error',
    message: `${path} has that name already, and is JSON, which is not written here.`,
    hint: 'Give another name with `--name`, or move the file away.',
  };
}

/** The plan of a file that is not written yet. */
async function planOf(
  platform: Platform,
  file: { readonly path: string; readonly text: string },
  samples: JsonMap,
): Promise<WorkflowDraft['plan']> {
  const { sources } = platform;
  const drafted: Platform = {
    ...platform,
    sources: {
      read: async (path) => (path === file.path ? ok(file.text) : sources.read(path)),
      list: (folder) => sources.list(folder),
    },
  };
  const planned = await planWorkflow(drafted, file.path, { ...nothingAsked, parameters: givenSamples(samples) });
  return planned.ok ? planned : err(planned.error.diagnostics);
}

/** What was found, and the defaults that came of it. */
function foundOf({ found, questions }: TemplateForm): JsonMap {
  const known = questions.flatMap((each) => (each.default === undefined ? [] : [[each.name, each.default] as const]));
  return Object.fromEntries([...found.map(({ name, value }) => [name, value] as const), ...known]);
}

/** What becomes of a file of the draft. */
export function actionFor({ text, before }: DraftFile): 'create' | 'replace' | 'keep' {
  if (before === null) return 'create';
  return before === text ? 'keep' : 'replace';
}

/** Refuses to write over anything unless that is asked for. All files are written, or none. */
export async function writeDraft(
  folder: DraftFolder,
  { files }: WorkflowDraft,
  options: { readonly force: boolean },
): Promise<Result<null, readonly Diagnostic[]>> {
  const others = files.filter((file) => actionFor(file) === 'replace');
  if (others.length > 0 && !options.force) return err([overwriteRefusal(others)]);
  const written: DraftFile[] = [];
  for (const file of files) {
    if (actionFor(file) === 'keep') continue;
    try {
      await folder.write(file.path, file.text);
      written.push(file);
    } catch (error) {
      if (failureMessage(error) === null) throw error;
      for (const { path, before } of written) await putBack(folder, path, before);
      return err([{ code: 'file', severity: 'error', message: `${failureMessage(error)} Nothing was written.` }]);
    }
  }
  return ok(null);
}

async function putBack(folder: DraftFolder, path: string, before: string | null): Promise<void> {
  if (before === null) await folder.remove(path);
  else await folder.write(path, before);
}

function overwriteRefusal(files: readonly DraftFile[]): Diagnostic {
  const paths = files.map(({ path }) => path);
  return {
    code: 'file',
    severity: 'error',
    message: `${paths.join(' and ')} ${paths.length === 1 ? 'is' : 'are'} there already and would be written over.`,
    hint: 'Give another name with `--name`, or write over with `--force`. `--dry-run` shows what would be written.',
  };
}

/** What a service or a template rejected with, for people; `null` for anything else, which is a bug. */
export function failureMessage(error: unknown): string | null {
  if (!(error instanceof Error) || !('failure' in error)) return null;
  const { failure } = error;
  const message = typeof failure === 'object' && failure !== null && 'message' in failure ? failure.message : null;
  return typeof message === 'string' ? message : error.message;
}

/** True for a name that files may have. */
export function isStem(text: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(text) && !/\.(?:ya?ml|json|test)$/.test(text);
}
