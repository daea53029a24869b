import { DocumentFaults } from '../document/document-faults.ts';
import { readJson } from '../document/read-json.ts';
import { readYaml } from '../document/read-yaml.ts';
import { Source } from '../document/source.ts';
import type { SourceNode } from '../document/source-node.ts';
import { emptyMap, type Json } from '../model/json.ts';
import { err, ok, type Result } from '../model/result.ts';

/**
 * Reads one value from a text of the command line or of a form: JSON, or YAML's shorter forms of it (`[a, b]`,
 * `{host: x}`, `5`, `true`, plain text). As `json`: JSON with comments and trailing commas, which YAML would misread.
 * The bounds of documents hold. The error is one sentence for people.
 */
export function parseValueText(text: string, syntax: 'yaml' | 'json' = 'yaml'): Result<Json, string> {
  const faults = new DocumentFaults(new Source(text, ''));
  const node = syntax === 'json' ? readJson(text, faults) : readYaml(text, faults);
  const [fault] = faults.diagnostics().filter(({ severity }) => severity === 'error');
  if (fault) return err(fault.hint === undefined ? fault.message : `${fault.message} ${fault.hint}`);
  return ok(node === null ? null : nodeValue(node));
}

/** The value that a node stands for. Reading bounds nesting and aliases, so the recursion is bounded too. */
export function nodeValue(node: SourceNode): Json {
  switch (node.kind) {
    case 'scalar':
      return node.value;
    case 'list':
      return node.items.map(nodeValue);
    case 'map': {
      const map = emptyMap<Json>();
      for (const { key, value } of node.entries) map[key.value] = nodeValue(value);
      return map;
    }
    case 'faulty':
      return null;
  }
}
