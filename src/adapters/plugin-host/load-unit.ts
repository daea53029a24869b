import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Diagnostic } from '../../core/diagnostic/diagnostic.ts';
import type { Json } from '../../core/model/json.ts';
import { err, ok, type Result } from '../../core/model/result.ts';
import { CancelSource } from '../../core/ports/cancel.ts';
import type { BrokenPlugin } from '../../core/ports/handlers.ts';
import type { Plugin, Processes } from '../../core/ports/plugin.ts';
import { contentHash } from './content-hash.ts';
import { declaredPlugin } from './declared-plugin.ts';
import type { HostProgram } from './host-program.ts';
import { failureFrom, hostedFailure } from './hosted-failure.ts';
import { hostedModule, hostedPlugin } from './hosted-plugin.ts';
import { HostedProcess } from './hosted-process.ts';
import { grantsFor, type HostedUnit } from './hosted-unit.ts';
import { type DeclarationReading, declaresModule, readModuleDeclaration } from './module-declaration.ts';
import { type ModuleDescription, readModuleDescription } from './module-description.ts';
import { readPluginDeclaration } from './plugin-declaration.ts';
import { namePattern, readPluginDescription } from './plugin-description.ts';
import { isInside, type ModuleCandidate, type PluginCandidate, realPath } from './plugin-folders.ts';

/** A foreign plugin that can be used. */
export interface LoadedUnit {
  readonly plugin: Plugin;
  /** As people know it. */
  readonly file: string;
  readonly contentHash: string;
  /** Of its declaration. */
  readonly diagnostics: readonly Diagnostic[];
}

/** One that cannot, and why; beside it the diagnostics of files that can be shown line by line. */
export interface BrokenUnit {
  readonly broken: BrokenPlugin;
  readonly diagnostics: readonly Diagnostic[];
}

export interface LoadSurroundings {
  /** Absolute, links resolved. */
  readonly workspace: string;
  readonly program: HostProgram;
  /** Processes that belong to no step. */
  readonly processes: Processes;
  /** How people know an absolute path. */
  readonly shown: (path: string) => string;
}

/** Loading runs the top of the code and nothing else: this is long for that. */
const describeMs = 10_000;

/** Describes a plugin found in a folder: its declaration where it has one, else its code, in a process. */
export async function loadPlugin(
  candidate: PluginCandidate,
  around: LoadSurroundings,
): Promise<Result<LoadedUnit, BrokenUnit>> {
  const { code, declaration, place, name } = candidate;
  if (code !== null && declaration !== null) {
    return broken('plugin', around.shown(declaration), 'it has both code and a declaration: keep one of them');
  }
  if (declaration !== null) return loadDeclared(declaration, around);
  if (code === null) return broken('plugin', around.shown(place), 'it has no code');
  const hosted = hostedUnit('plugin', { name, code, root: candidate.root }, around);
  if (!hosted.ok) return hosted;
  const described = await describe(hosted.value, around);
  if (!described.ok) return described;
  const description = await readPluginDescription(described.value);
  if (!description.ok) return broken('plugin', around.shown(code), description.error);
  return ok({
    plugin: hostedPlugin(hosted.value, description.value),
    file: around.shown(code),
    contentHash: contentHash(place, hosted.value.unit.file),
    diagnostics: [],
  });
}

async function loadDeclared(file: string, around: LoadSurroundings): Promise<Result<LoadedUnit, BrokenUnit>> {
  const text = readText(file, 'plugin', around);
  if (!text.ok) return text;
  const { declaration, diagnostics } = await readPluginDeclaration(text.value, around.shown(file));
  if (declaration === null) {
    const [first] = diagnostics;
    return broken('plugin', around.shown(file), first?.message ?? 'it cannot be read', diagnostics);
  }
  const plugin = declaredPlugin(declaration, dirname(file));
  return ok({ plugin, file: around.shown(file), contentHash: contentHash(dirname(file)), diagnostics });
}

/** Describes a module and checks its declaration, where it has one, against its code. */
export async function loadModule(
  candidate: ModuleCandidate,
  around: LoadSurroundings,
): Promise<Result<LoadedUnit, BrokenUnit>> {
  const reading = await declarationOf(candidate, around);
  if (!reading.ok) return reading;
  const { code, name, root, place } = candidate;
  const readings = reading.value === null ? [] : reading.value.diagnostics;
  if (code === null) {
    const file = candidate.yaml.map(around.shown)[0] ?? around.shown(place);
    return broken('module', file, `there is no code beside it: ${around.shown(place)}/index.js`, readings);
  }
  const hosted = hostedUnit('module', { name, code, root }, around);
  if (!hosted.ok) return hosted;
  const described = await describe(hosted.value, around);
  if (!described.ok) return err({ ...described.error, diagnostics: readings });
  const description = readModuleDescription(described.value);
  if (!description.ok) return broken('module', around.shown(code), description.error, readings);
  return ok({
    plugin: hostedModule(hosted.value, description.value, reading.value?.declaration ?? null),
    file: around.shown(code),
    contentHash: contentHash(place, hosted.value.unit.file, ...candidate.yaml),
    diagnostics: [...readings, ...differences(candidate, description.value, reading.value, around.shown(code))],
  });
}

async function declarationOf(
  { yaml, place }: ModuleCandidate,
  around: LoadSurroundings,
): Promise<Result<DeclarationReading | null, BrokenUnit>> {
  const found: DeclarationReading[] = [];
  for (const file of yaml) {
    const text = readText(file, 'module', around);
    if (!text.ok) return text;
    if (declaresModule(text.value)) found.push(await readModuleDeclaration(text.value, around.shown(file)));
  }
  if (found.length > 1) return broken('module', around.shown(place), 'more than one file beside it declares a module');
  return ok(found[0] ?? null);
}

/** What the declaration says and the code does not do, and the other way round. */
function differences(
  { name }: ModuleCandidate,
  { actions, unreachable, version, name: codeName }: ModuleDescription,
  reading: DeclarationReading | null,
  code: string,
): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  if (codeName !== null && codeName !== name) {
    const message = `The module in ${code} calls itself "${codeName}", but its folder is "${name}"; the folder's name counts.`;
    found.push({ code: 'value', severity: 'warning', message });
  }
  for (const action of unreachable) {
    const message = `No step can name the action "${action}" of the module in ${code}: it does not fit ${namePattern.source}.`;
    found.push({ code: 'value', severity: 'warning', message });
  }
  const declaration = reading?.declaration ?? null;
  if (reading === null || declaration === null) return found;
  if (declaration.module !== name) {
    const message = `The file declares the module "${declaration.module}", but lies with the module "${name}".`;
    found.push(reading.report({ key: 'module' }, { code: 'value', message }));
  }
  if (version !== null && declaration.version !== null && version !== declaration.version) {
    const message = `The file declares version ${declaration.version}, and the code in ${code} says ${version}.`;
    found.push(reading.report({ key: 'version' }, { code: 'value', severity: 'warning', message }));
  }
  for (const action of declaration.actions.keys()) {
    if (actions.includes(action)) continue;
    const message = `The module "${name}" declares the action \`${action}\`, and its code in ${code} has none of that name.`;
    const hint = `The code has ${actions.join(', ') || 'no actions'}.`;
    found.push(reading.report({ action }, { code: 'unknown-handler', message, hint }));
  }
  for (const action of actions) {
    if (declaration.actions.has(action)) continue;
    const message = `The code in ${code} has the action \`${action}\`, which the file does not declare.`;
    found.push(reading.report({ key: 'actions' }, { code: 'unknown-handler', severity: 'warning', message }));
  }
  return found;
}

function hostedUnit(
  kind: BrokenPlugin['kind'],
  { name, code, root }: { readonly name: string; readonly code: string; readonly root: string },
  { workspace, program, shown }: LoadSurroundings,
): Result<HostedUnit, BrokenUnit> {
  const file = realPath(code);
  const codeFolder = realPath(root);
  if (file === null || codeFolder === null) return broken(kind, shown(code), 'it cannot be read');
  // Both may lie outside the workspace, where the machine's owner put them; a link may not lead there from inside.
  if (!isInside(codeFolder, file) && !isInside(workspace, file)) {
    return broken(kind, shown(code), 'it is a link that leads out of the workspace');
  }
  if (isInside(workspace, code) && !isInside(workspace, file)) {
    return broken(kind, shown(code), 'it is a link that leads out of the workspace');
  }
  return ok({ unit: { kind, name, file }, subject: `${kind} "${name}"`, codeFolder, workspace, program });
}

/** Loads the code in a process that may read it, and nothing more. */
async function describe(hosted: HostedUnit, around: LoadSurroundings): Promise<Result<Json, BrokenUnit>> {
  const grants = grantsFor(hosted, []);
  const process = new HostedProcess({
    task: { kind: 'describe', unit: hosted.unit },
    subject: hosted.subject,
    program: hosted.program,
    // Modules count on the files of the workspace, also while they are loaded; there is nothing to write yet.
    grants: hosted.unit.kind === 'module' ? { ...grants, read: [...grants.read, hosted.workspace] } : grants,
    processes: around.processes,
    signal: new CancelSource(),
    log: () => {},
    service: async (member) => {
      throw hostedFailure('permission', `There is no step yet that ${member} could belong to.`);
    },
    timeoutMs: describeMs,
  });
  try {
    return ok(await process.answer);
  } catch (error) {
    const { message, file, line } = failureFrom(error);
    const place = file === undefined ? hosted.unit.file : file;
    const at = line === undefined ? {} : { line };
    return err({
      broken: { kind: hosted.unit.kind, file: around.shown(place), reason: message.replace(/\.$/, ''), ...at },
      diagnostics: [],
    });
  } finally {
    await process.end();
  }
}

function readText(file: string, kind: BrokenPlugin['kind'], { shown }: LoadSurroundings): Result<string, BrokenUnit> {
  try {
    return ok(readFileSync(file, 'utf8'));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return broken(kind, shown(file), `it cannot be read: ${reason}`);
  }
}

function broken(
  kind: BrokenPlugin['kind'],
  file: string,
  reason: string,
  diagnostics: readonly Diagnostic[] = [],
): Result<never, BrokenUnit> {
  return err({ broken: { kind, file, reason }, diagnostics });
}
