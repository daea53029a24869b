import type { HandlerDescription } from '../../core/ports/handlers.ts';
import type { Plugin, StepHandler } from '../../core/ports/plugin.ts';

/** What the engine knows of the handler without running it. */
export function describeHandler(name: string, plugin: Plugin, handler: StepHandler): HandlerDescription {
  return {
    name,
    title: handler.title,
    description: handler.description,
    ...(handler.icon !== undefined && { icon: handler.icon }),
    ...(handler.category !== undefined && { category: handler.category }),
    plugin: { name: plugin.name, version: plugin.version },
    configuration: handler.configuration,
    outputs: handler.outputs ?? null,
    placeholders: handler.placeholders ?? {},
    process: handler.process ?? false,
    retry: handler.retry ?? null,
    rollback: handler.rollback ?? 'none',
    hasPreview: handler.preview !== undefined,
    hasProbe: handler.probe !== undefined,
    hasUndo: handler.undo !== undefined,
  };
}
