import type { Address } from './ids.ts';

/** Why a step was skipped, in the order in which the first that holds is given (LANGUAGE.md section 4). */
export const skipKinds = [
  'disabled',
  'not-selected',
  'edge',
  'blocked',
  'condition',
  'not-routed',
  'superseded',
  'handler',
  'run-ended',
] as const;
export type SkipKind = (typeof skipKinds)[number];

export type SkipReason =
  | { readonly kind: Exclude<SkipKind, 'edge' | 'blocked' | 'handler'> }
  | { readonly kind: 'edge' | 'blocked'; readonly by: Address }
  | { readonly kind: 'handler'; readonly message: string };
