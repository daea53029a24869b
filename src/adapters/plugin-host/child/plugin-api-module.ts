import { registerHooks } from 'node:module';

const url = 'vwmp:plugin-api';
/** Where the module's source finds what it gives: modules made from text have no other way to reach live values. */
const key = Symbol.for('vwmp.plugin-api');

/**
 * Lets `import … from 'vwmp/plugin-api'` and its `require` find the interface of this very version, whether or not a
 * package of that name is installed.
 */
export function providePluginApi(api: { readonly [name: string]: unknown }): void {
  Object.defineProperty(globalThis, key, { value: api });
  const names = Object.keys(api).filter((name) => /^[A-Za-z_]\w*$/.test(name));
  const source = [
    `const api = globalThis[Symbol.for('vwmp.plugin-api')];`,
    ...names.map((name) => `export const ${name} = api.${name};`),
  ].join('\n');
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === 'vwmp/plugin-api' ? { url, format: 'module', shortCircuit: true } : next(specifier, context),
    load: (wanted, context, next) =>
      wanted === url ? { format: 'module', source, shortCircuit: true } : next(wanted, context),
  });
}
