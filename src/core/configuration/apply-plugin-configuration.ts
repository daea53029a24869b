import type { JsonSchema } from '../model/schema.ts';
import type { HandlerDescription } from '../ports/handlers.ts';
import type { ConfigFields, PluginConfiguration } from './plugin-configuration.ts';

/** The handler as its plugin's configuration file leaves it: more fields, other defaults, another retry. */
export function configuredHandler(handler: HandlerDescription, configuration: PluginConfiguration): HandlerDescription {
  const action = handler.name.slice(handler.name.indexOf('.') + 1);
  const { stepHandlers } = configuration;
  const entry = Object.hasOwn(stepHandlers, action) ? stepHandlers[action] : undefined;
  if (!entry) return handler;
  return {
    ...handler,
    configuration: withFields(handler.configuration, entry.fields),
    retry: entry.retry ?? handler.retry,
  };
}

/** Fields of a configuration file over those of the code: what the file does not say of a key stays as it is. */
export function withFields(schema: JsonSchema, fields: ConfigFields): JsonSchema {
  const names = Object.keys(fields);
  if (names.length === 0) return schema;
  const properties: { [key: string]: JsonSchema } = { ...schema.properties };
  for (const name of names) properties[name] = { ...properties[name], ...fields[name] };
  return { ...schema, properties };
}
