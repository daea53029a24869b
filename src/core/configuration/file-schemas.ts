import type { JsonSchema } from '../model/schema.ts';
import { discoveryMethods } from './configuration.ts';
import { retrySchema } from './retry-schema.ts';

const enabled: JsonSchema = { type: 'boolean', default: true };
const config: JsonSchema = { type: 'object', description: 'values by key; templates' };

/** `vwmp_config.yaml` (LANGUAGE.md section 9). The members of `step_handlers` are checked apart: they nest two ways. */
export const configurationSchema: JsonSchema = {
  type: 'object',
  title: 'vwmp_config.yaml',
  additionalProperties: false,
  properties: {
    plugins: {
      type: 'object',
      additionalProperties: false,
      properties: {
        enabled,
        auto_load: { type: 'boolean', default: true },
        discovery: {
          type: 'object',
          additionalProperties: false,
          properties: {
            method: { type: 'string', enum: [...discoveryMethods], default: 'file_based' },
            directories: { type: 'array', items: { type: 'string', minLength: 1 }, default: [] },
          },
        },
        aliases: { type: 'object', additionalProperties: { type: 'string', minLength: 1 } },
      },
    },
    workflow_types: {
      type: 'object',
      additionalProperties: { type: 'object', additionalProperties: false, properties: { enabled, config } },
    },
    step_handlers: { type: 'object', additionalProperties: { type: 'object' } },
    integration_adapters: {
      type: 'object',
      additionalProperties: { type: 'object', additionalProperties: false, properties: { enabled, config } },
    },
    personas: {},
    select: {},
  },
};

/** One handler's entry under `step_handlers`. */
export const handlerSettingsSchema: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  properties: { enabled, config, retry: retrySchema },
};

const fields: JsonSchema = {
  type: 'object',
  description: 'fields by name, each with its type, default, enum and description',
  additionalProperties: { type: 'object' },
};

/** `plugins/NAME/config.yaml` (LANGUAGE.md section 9). */
export const pluginConfigurationSchema: JsonSchema = {
  type: 'object',
  title: 'plugins/NAME/config.yaml',
  additionalProperties: false,
  properties: {
    workflow_type: {
      type: 'object',
      additionalProperties: false,
      required: ['name'],
      properties: {
        name: { type: 'string', minLength: 1 },
        description: { type: 'string' },
        config_schema: fields,
        templates: {
          type: 'array',
          items: {
            type: 'object',
            additionalProperties: false,
            required: ['name', 'template'],
            properties: {
              name: { type: 'string', minLength: 1 },
              description: { type: 'string' },
              template: { type: 'object' },
              default_config: config,
            },
          },
        },
      },
    },
    step_handlers: {
      type: 'object',
      additionalProperties: {
        type: 'object',
        additionalProperties: false,
        properties: { config_schema: fields, retry: retrySchema },
      },
    },
    adapter: {
      type: 'object',
      additionalProperties: false,
      required: ['name'],
      properties: { name: { type: 'string', minLength: 1 }, config_schema: fields },
    },
  },
};
