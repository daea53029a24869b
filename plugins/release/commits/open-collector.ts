import type { CommitCollector } from './commit-collector.ts';
import type { CommitSettings } from './commit-settings.ts';

/** A collector with the library that reads messages, which is loaded only where commits are read. */
export async function openCollector(settings?: CommitSettings): Promise<CommitCollector> {
  const { CommitCollector } = await import('./commit-collector.ts');
  return new CommitCollector(settings);
}
