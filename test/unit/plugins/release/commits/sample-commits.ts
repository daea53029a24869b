import { type CollectedCommits, CommitCollector } from '../../../../../plugins/release/commits/commit-collector.ts';
import type { RawCommit } from '../../../../../plugins/release/commits/commit-model.ts';
import { type CommitSettings, defaultCommitSettings } from '../../../../../plugins/release/commits/commit-settings.ts';

/** A commit with this message; the hash follows from the number. */
export function commit(message: string, number = 1, more: Partial<RawCommit> = {}): RawCommit {
  const [subject = '', ...rest] = message.split('\n');
  return { hash: hashOf(number), subject, body: rest.join('\n').trim(), author: 'Ada', ...more };
}

export function hashOf(number: number): string {
  return number.toString(16).padStart(7, '0').padEnd(40, 'e');
}

/** The range with these messages, the newest first; the first has the highest number. */
export function collect(messages: readonly string[], settings: Partial<CommitSettings> = {}): CollectedCommits {
  const collector = new CommitCollector({ ...defaultCommitSettings, ...settings });
  for (const [at, message] of messages.entries()) collector.add(commit(message, messages.length - at));
  return collector.result();
}
