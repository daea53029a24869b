import { isJsonMap, type JsonMap } from '../../core/model/json.ts';
import type { AdapterContext, AdapterFactory } from '../../core/ports/plugin.ts';
import { withDefaults } from '../../core/schema/with-defaults.ts';
import { CallFailure } from './call-failure.ts';

/** What a call may ask of the integration adapters. */
export interface AdapterSource {
  /** Undefined where nothing provides the adapter. */
  find(name: string): AdapterFactory | undefined;
  /** False where the configuration switches it off. */
  isEnabled(name: string): boolean;
  /** Settled configuration, without the schema's defaults. */
  configuration(name: string): JsonMap;
  /** Those of the named secrets that were given to the run. */
  secrets(names: readonly string[]): { readonly [name: string]: string };
}

interface Instance {
  readonly api: unknown;
  cleanup?(): Promise<void>;
}

/** The adapters of one handler call: each made when it is first asked for, and cleaned up with the call. */
export class CallAdapters {
  readonly #source: AdapterSource;
  readonly #context: Omit<AdapterContext, 'config' | 'secrets'>;
  readonly #instances = new Map<string, Promise<Instance>>();

  constructor(source: AdapterSource, context: Omit<AdapterContext, 'config' | 'secrets'>) {
    this.#source = source;
    this.#context = context;
  }

  /** Rejects with kind `not-found` where nothing provides the adapter, `permission` where it is switched off. */
  async get(name: string): Promise<unknown> {
    const known = this.#instances.get(name);
    if (known !== undefined) return (await known).api;
    const factory = this.#source.find(name);
    if (factory === undefined) throw new CallFailure('not-found', `No plugin provides the adapter "${name}".`);
    if (!this.#source.isEnabled(name)) {
      throw new CallFailure(
        'permission',
        `The configuration file switches the adapter "${name}" off (integration_adapters.${name}.enabled).`,
      );
    }
    const config = withDefaults(factory.configuration, this.#source.configuration(name));
    const secrets = this.#source.secrets(factory.secrets ?? []);
    const made = factory.initialize({ ...this.#context, secrets, config: isJsonMap(config) ? config : {} });
    this.#instances.set(name, made);
    return (await made).api;
  }

  /** Whether any was asked for. */
  get areUsed(): boolean {
    return this.#instances.size > 0;
  }

  /** Newest first. One that fails does not keep the others from theirs; `report` hears of it. */
  async cleanUp(report: (message: string) => void): Promise<void> {
    for (const [name, made] of [...this.#instances].reverse()) {
      // One that could not be made has told its handler so, and leaves nothing.
      const instance = await made.catch(() => null);
      try {
        await instance?.cleanup?.();
      } catch (error) {
        report(`The adapter "${name}" could not clean up: ${error instanceof Error ? error.message : error}`);
      }
    }
  }
}
