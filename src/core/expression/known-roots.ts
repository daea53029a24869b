/** Every root that expressions can have anywhere (LANGUAGE.md section 7), as people write them. */
export const knownRoots: readonly string[] = [
  'parameters',
  'config',
  'variables',
  'env',
  'secrets',
  'steps',
  'step-outputs',
  'trigger',
  'task',
  'workflow',
  'context',
  'state',
  'adapter',
  'github',
  'item',
  'index',
  'key',
  'iteration',
  'outputs',
];

/** The one name under which a root is asked for; `variables` is `config`, `step-outputs` reads `steps`. */
export function canonicalRoot(name: string): string {
  if (name === 'variables') return 'config';
  if (name === 'step-outputs') return 'steps';
  return name;
}
