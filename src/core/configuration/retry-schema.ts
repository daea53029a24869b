import type { JsonSchema } from '../model/schema.ts';

const numberOrTemplate: JsonSchema = { type: ['number', 'string'] };
const duration: JsonSchema = {
  type: ['number', 'string'],
  description: 'seconds, or a text such as 500ms, 30s, 10m',
};

/** A retry declaration as configuration files write it. What the values say is judged where they are settled. */
export const retrySchema: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    enabled: { type: 'boolean', default: true },
    max_attempts: numberOrTemplate,
    delay: duration,
    backoff: { type: 'string', enum: ['constant', 'linear', 'exponential'] },
    factor: numberOrTemplate,
    max_delay: duration,
    jitter: numberOrTemplate,
    on: { type: 'array', items: { type: ['integer', 'string'] } },
    condition: { type: 'string' },
    deadline: duration,
  },
};
