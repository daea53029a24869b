import type { Failure } from '../../../core/model/failure.ts';
import { failureFrom } from '../hosted-failure.ts';
import type { FromHost } from '../wire.ts';
import type { HostServices } from './host-services.ts';
import { ParentLink } from './parent-link.ts';
import { performTask } from './perform-task.ts';
import { providePluginApi } from './plugin-api-module.ts';

/** Where the engine's pipe is found. */
const channelDescriptor = 3;
/** After a cancel: how long the plugin may take for its last words before the process ends. */
const lastWordsMs = 500;

/**
 * The life of a plugin's process: one task, one answer, then the end. Whatever the plugin does besides (timers,
 * servers, errors that nobody caught) ends with it.
 */
export async function serveHost(services: HostServices): Promise<void> {
  // Kept before foreign code runs, which may put something else in their place.
  const exit = process.exit.bind(process);
  printAtOnce();
  const link = new ParentLink(channelDescriptor);
  link.makeError = errorsOf(services);
  providePluginApi(services.pluginApi);
  let cleanUp = async () => {};
  link.onEnd = () => void cleanUp().finally(() => exit(0));
  link.signal.onCancel(() => {
    setTimeout(() => exit(1), lastWordsMs);
    // A held adapter has nobody left who could want it.
    void cleanUp();
  });
  // The engine says by the pipe why the step ends; the signal that comes with it must not end the last words.
  process.on('SIGTERM', () => {});
  process.on('uncaughtException', (error) => void report({ kind: 'broke', failure: uncaught(error) }));

  const task = await link.task;
  try {
    const performed = await performTask(task, link, services);
    cleanUp = once(performed.cleanUp);
    link.send({ kind: 'answer', value: performed.answer });
  } catch (error) {
    await report({ kind: 'broke', failure: failureFrom(error) });
  }

  async function report(message: FromHost): Promise<void> {
    await link.sendLast(message);
    // The engine ends the process once it has heard; if it is gone, the pipe's end does.
  }
}

/**
 * What is printed goes out at once, as it does to a file or a terminal: else a loop that prints and never waits would
 * fill the memory, and the last words of a process that exits would be lost.
 */
function printAtOnce(): void {
  for (const stream of [process.stdout, process.stderr]) {
    const handle: unknown = Reflect.get(stream, '_handle');
    const setBlocking: unknown = typeof handle === 'object' && handle !== null && Reflect.get(handle, 'setBlocking');
    if (typeof setBlocking === 'function') Reflect.apply(setBlocking, handle, [true]);
  }
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | null = null;
  return () => {
    done ??= work();
    return done;
  };
}

/** What plugins catch is an error of the class that they can import. */
function errorsOf({ pluginApi }: HostServices): (failure: Failure) => Error {
  return (failure) => {
    const { kind, message, ...more } = failure;
    const Made = pluginApi.PluginFailure;
    const made: unknown = typeof Made === 'function' ? Reflect.construct(Made, [kind, message, more]) : null;
    return made instanceof Error ? made : Object.assign(new Error(message), { failure });
  };
}

function uncaught(error: unknown): Failure {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return {
    kind: 'crashed',
    message: `The plugin's process died of an error that nobody caught: ${text}`,
    ...(error instanceof Error && error.stack !== undefined && { cause: error.stack }),
  };
}
