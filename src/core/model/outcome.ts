import type { Failure } from './failure.ts';
import type { JsonMap } from './json.ts';

/** What a handler's attempt came to. */
export type Outcome = (
  | { readonly kind: 'success'; readonly outputs: JsonMap }
  | { readonly kind: 'failed'; readonly failure: Failure; readonly outputs?: JsonMap }
  | { readonly kind: 'skipped'; readonly reason: string }
) & {
  readonly findings?: readonly Finding[];
  readonly files?: readonly PublishedFile[];
};

/** A remark about a place in the workspace: becomes an annotation and a row of the report. */
export interface Finding {
  readonly level: 'error' | 'warning' | 'notice';
  readonly message: string;
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  readonly rule?: string;
  /** How to mend it: a sentence or two. */
  readonly hint?: string;
  /** It stands in the change under review: on one of its lines, or elsewhere in a file that it touches. */
  readonly changed?: 'lines' | 'file';
  /** How many it stands for, where a step found more than it gives; default 1. */
  readonly count?: number;
}

/** A file that a step made for people: listed in the report and kept with the run. */
export interface PublishedFile {
  readonly path: string;
  readonly title?: string;
}
