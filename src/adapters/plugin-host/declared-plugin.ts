import type { Failure } from '../../core/model/failure.ts';
import { emptyMap, type Json, type JsonMap } from '../../core/model/json.ts';
import type { Outcome } from '../../core/model/outcome.ts';
import type { JsonSchema } from '../../core/model/schema.ts';
import {
  type HandlerContext,
  type Plugin,
  type ProcessResult,
  pluginApiVersion,
  type StepHandler,
} from '../../core/ports/plugin.ts';
import { checkValue } from '../../core/schema/check-value.ts';
import type { DeclaredHandler, PluginDeclaration } from './plugin-declaration.ts';
import { scriptStart } from './script-start.ts';
import { typedOutput } from './typed-output.ts';

/** A plugin without code. `folder` is the absolute path of its files, which its scripts get as `VWMP_PLUGIN_DIR`. */
export function declaredPlugin(declaration: PluginDeclaration, folder: string): Plugin {
  const { name, version, description } = declaration;
  const handlers = Object.entries(declaration.handlers).map(
    ([action, handler]) => [action, declaredHandler(`${name}.${action}`, handler, folder)] as const,
  );
  return { apiVersion: pluginApiVersion, name, version, description, handlers: Object.fromEntries(handlers) };
}

function declaredHandler(name: string, handler: DeclaredHandler, folder: string): StepHandler {
  const { title, description, icon, category, input, output, retry, rollback } = handler;
  return {
    title,
    description,
    ...(icon !== null && { icon }),
    ...(category !== null && { category }),
    configuration: input,
    ...(output !== null && { outputs: output.properties ?? {} }),
    process: true,
    permissions: ['processes'],
    ...(retry !== null && { retry }),
    rollback,
    execute: (context) => runScript(name, handler, folder, context),
    preview: async ({ config }) => ({
      summary: `Runs the script of ${name} with ${handler.shell}`,
      diffs: [],
      commands: [handler.run, ...Object.entries(inputVariables(config)).map(([key, value]) => `# ${key}=${value}`)],
    }),
  };
}

async function runScript(
  name: string,
  handler: DeclaredHandler,
  folder: string,
  context: HandlerContext,
): Promise<Outcome> {
  const result = await context.processes.run({
    ...scriptStart(handler.shell, handler.run),
    ...(handler.workingDirectory !== null && { cwd: handler.workingDirectory }),
    env: { ...inputVariables(context.config), VWMP_PLUGIN_DIR: folder },
    output: 'stream',
    outputFile: true,
    title: `script of ${name}`,
  });
  const failure = failureOf(name, result, context);
  if (failure !== null) return { kind: 'failed', failure, outputs: { ...result.outputs } };
  return typedOutcome(name, result.outputs, handler.output);
}

/**
 * `INPUT_NAME` for each input that is set, as text, and all of them as JSON: values reach a script through its
 * environment only.
 */
function inputVariables(config: JsonMap): { readonly [name: string]: string } {
  const variables: { [name: string]: string } = emptyMap();
  for (const [key, value] of Object.entries(config)) {
    if (value !== null) variables[`INPUT_${key.replace(/[^A-Za-z0-9]/g, '_').toUpperCase()}`] = textOf(value);
  }
  variables.VWMP_INPUTS = JSON.stringify(config);
  return variables;
}

function textOf(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function failureOf(
  name: string,
  { end, tail, outputsFailure }: ProcessResult,
  context: HandlerContext,
): Failure | null {
  const lines = tail.trimEnd();
  const last = lines.slice(lines.lastIndexOf('\n') + 1);
  const words = last === '' ? 'and printed nothing' : `: ${last}`;
  const cause = lines === '' ? {} : { cause: lines.split('\n').slice(-20).join('\n') };
  switch (end.kind) {
    case 'exit':
      if (end.code === 0) return outputsFailure;
      return {
        kind: 'exit',
        message: `The script of ${name} exited with code ${end.code}${last === '' ? ' ' : ''}${words}`,
        exitCode: end.code,
        ...cause,
      };
    case 'signal':
      return {
        kind: 'exit',
        message: `The script of ${name} was ended by ${end.signal}`,
        exitCode: end.code,
        ...cause,
      };
    case 'timeout':
      return { kind: 'timeout', message: `The script of ${name} took longer than its timeout`, ...cause };
    case 'cancelled':
      return { kind: 'cancelled', message: context.signal.reason };
    case 'not-started':
    case 'too-much-output':
      return end.failure;
  }
}

/** Texts from the output file as the types of the schema; what is not declared stays text. */
function typedOutcome(name: string, written: { readonly [name: string]: string }, schema: JsonSchema | null): Outcome {
  if (schema === null) return { kind: 'success', outputs: { ...written } };
  const outputs: { [name: string]: Json } = emptyMap();
  for (const [key, text] of Object.entries(written)) {
    const typed = typedOutput(text, schema.properties?.[key] ?? {});
    if (!typed.ok) return badOutput(name, written, `the output "${key}" ${typed.error}`);
    outputs[key] = typed.value;
  }
  const [fault] = checkValue(schema, outputs);
  if (fault === undefined) return { kind: 'success', outputs };
  const subject = fault.path.length === 0 ? 'the outputs' : `the output "${String(fault.path[0])}"`;
  return badOutput(name, written, `${subject} ${fault.message}`);
}

function badOutput(name: string, written: JsonMap, fault: string): Outcome {
  const failure: Failure = { kind: 'output', message: `The script of ${name} gave unusable outputs: ${fault}.` };
  return { kind: 'failed', failure, outputs: written };
}
