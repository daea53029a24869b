import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { StepOutcome } from '../model/event.ts';
import type { Json, JsonMap } from '../model/json.ts';
import type { Finding, Outcome, PublishedFile } from '../model/outcome.ts';
import type { Result } from '../model/result.ts';
import type { GraphNode } from '../plan/graph.ts';
import type { HandlerCatalog } from '../ports/handlers.ts';
import type { Masker } from '../ports/masker.ts';
import type { AttemptEnd } from './attempt.ts';
import { type FitOptions, fitFailedOutputs, fitOutputs } from './step-outputs.ts';

/** An attempt's end as the journal may hold it. */
export interface EndedAttempt {
  readonly outcome: StepOutcome;
  readonly findings: readonly Finding[];
  readonly files: readonly PublishedFile[];
}

export interface OutcomeReaderPorts {
  readonly catalog: HandlerCatalog;
  readonly masker: Masker;
  /** Settles the templates of mapped outputs over what the handler gave. */
  readonly settle: (templates: JsonMap, given: JsonMap) => Result<JsonMap, string>;
  readonly note: (diagnostic: Diagnostic) => void;
  /** Absolute. */
  readonly workspace: () => string;
}

/**
 * Turns what a handler answered into what may be recorded: outputs fitted to their declaration, secret ones kept
 * back in memory, everything else masked.
 */
export class OutcomeReader {
  readonly #ports: OutcomeReaderPorts;
  readonly #secretOutputs = new Map<string, JsonMap>();

  constructor(ports: OutcomeReaderPorts) {
    this.#ports = ports;
  }

  /** Values of secret outputs by step id: only this process has them. */
  get secretOutputs(): ReadonlyMap<string, JsonMap> {
    return this.#secretOutputs;
  }

  read(node: GraphNode, end: AttemptEnd): EndedAttempt {
    switch (end.kind) {
      case 'cancelled':
        return { outcome: { kind: 'cancelled', message: end.message }, findings: [], files: [] };
      case 'timeout':
        return { outcome: { kind: 'failed', failure: end.failure, outputs: {} }, findings: [], files: [] };
      case 'answered':
        return {
          outcome: this.#stepOutcome(node, end.outcome),
          findings: this.#masked(end.outcome.findings ?? []),
          files: this.#masked(end.outcome.files ?? []),
        };
    }
  }

  #stepOutcome(node: GraphNode, outcome: Outcome): StepOutcome {
    switch (outcome.kind) {
      case 'skipped':
        return { kind: 'skipped', message: this.#ports.masker.mask(outcome.reason) };
      case 'failed': {
        // First, so that the failure does not say what the step itself declares secret.
        const { open } = this.#keepSecrets(node, this.#ofFailed(node, outcome.outputs ?? {}));
        return { kind: 'failed', failure: this.#masked(outcome.failure), outputs: this.#masked(open) };
      }
      case 'success':
        return this.#success(node, outcome.outputs);
    }
  }

  #success(node: GraphNode, given: JsonMap): StepOutcome {
    const fitted = fitOutputs(node.step.outputs, given, this.#fitting(node));
    if (!fitted.ok) return { kind: 'failed', failure: this.#masked(fitted.error), outputs: {} };
    const { open, secretNames } = this.#keepSecrets(node, fitted.value);
    const outputs = this.#masked(open);
    if (outputs !== open) this.#ports.note(maskingWarning(node, open, outputs));
    return { kind: 'success', outputs, secretOutputs: secretNames };
  }

  #ofFailed(node: GraphNode, given: JsonMap): JsonMap {
    return fitFailedOutputs(node.step.outputs, given, this.#fitting(node));
  }

  #fitting(node: GraphNode): FitOptions {
    const { catalog, settle, workspace } = this.#ports;
    return { process: catalog.find(node.step.handler)?.process ?? false, settle, workspace: workspace() };
  }

  #keepSecrets(node: GraphNode, outputs: JsonMap): { readonly open: JsonMap; readonly secretNames: readonly string[] } {
    const declared = node.step.outputs?.kind === 'declared' ? node.step.outputs.outputs : [];
    const secretNames = declared
      .filter(({ secret, name }) => secret && Object.hasOwn(outputs, name))
      .map(({ name }) => name);
    if (secretNames.length === 0) return { open: outputs, secretNames };
    const isSecret = new Set(secretNames);
    const entries = Object.entries(outputs);
    const secret = Object.fromEntries(entries.filter(([name]) => isSecret.has(name)));
    for (const value of Object.values(secret)) this.#ports.masker.add(textOf(value));
    this.#secretOutputs.set(node.step.id, secret);
    return { open: Object.fromEntries(entries.filter(([name]) => !isSecret.has(name))), secretNames };
  }

  #masked<T>(value: T): T {
    return this.#ports.masker.maskJson(value as Json) as T;
  }
}

function maskingWarning(node: GraphNode, before: JsonMap, after: JsonMap): Diagnostic {
  const names = Object.keys(after).filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
  return {
    code: 'masked-output',
    severity: 'warning',
    message: `Step "${node.step.id}" gave a secret in ${names.map((name) => `"${name}"`).join(', ')}; every reader sees it masked.`,
    hint: 'Declare the output with `secret: true` to pass its value on.',
  };
}

/** A value as the text that could appear in a log. */
export function textOf(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
