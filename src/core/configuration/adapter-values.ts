import { emptyMap, type Json, type JsonMap } from '../model/json.ts';
import type { JsonSchema } from '../model/schema.ts';
import type { Configuration } from './configuration.ts';
import { adapterEnvironmentName, environmentValue } from './environment-values.ts';

/**
 * The configuration of one integration adapter, read as `adapter.NAME.KEY`: the plugin's defaults, over them
 * `vwmp_config.yaml`, over it the environment (`VWMP_ADAPTER_<NAME>_<KEY>`). Templates, not settled yet. A key
 * without a value is left out. `faults`: what is wrong with values from the environment, one line each.
 */
export function layerAdapterConfig(
  name: string,
  schema: JsonSchema,
  configuration: Configuration,
  environment: { readonly [name: string]: string },
): { readonly config: JsonMap; readonly faults: readonly string[] } {
  const config = emptyMap<Json>();
  const faults: string[] = [];
  const properties = Object.entries(schema.properties ?? {});
  for (const [key, field] of properties) {
    if (field.default !== undefined && field.default !== null) config[key] = field.default;
  }
  const { integrationAdapters } = configuration;
  const settings = Object.hasOwn(integrationAdapters, name) ? integrationAdapters[name] : undefined;
  for (const [key, value] of Object.entries(settings?.config ?? {})) config[key] = value;
  for (const [key, field] of properties) {
    const variable = adapterEnvironmentName(name, key);
    const text = Object.hasOwn(environment, variable) ? environment[variable] : undefined;
    if (text === undefined) continue;
    const value = environmentValue(text, field);
    if (value.ok) config[key] = value.value;
    else faults.push(`the environment variable ${variable} ${value.error}`);
  }
  return { config, faults };
}
