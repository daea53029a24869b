/** Where values of a step's configuration can come from, lowest to highest (LANGUAGE.md section 9). */
export const configLayers = [
  'default',
  'handler',
  'adapter',
  'workflow-type',
  'environment',
  'workflow',
  'defaults',
  'parameter',
  'step',
  'set',
] as const;
export type ConfigLayer = (typeof configLayers)[number];

/** Where a key's value comes from, for `config show`. */
export interface ConfigOrigin {
  readonly layer: ConfigLayer;
  /** For people: the plugin, the file and key, the variable, the parameter. */
  readonly where: string;
}
