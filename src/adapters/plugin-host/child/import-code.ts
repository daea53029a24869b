import { readFileSync } from 'node:fs';
import { createRequire, registerHooks, stripTypeScriptTypes } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { compileFunction, constants } from 'node:vm';

/**
 * The default export of a file, or what it gives to `module.exports`. Which of the two module systems a `.js` file
 * uses is found out from its text where the nearest package.json says the other one: a module keeps working whatever
 * the repository around it is.
 */
export async function importCode(file: string): Promise<unknown> {
  const url = pathToFileURL(file).href;
  try {
    return defaultOf(await importUnbundled(url));
  } catch (error) {
    if (!/\.[jt]s$/.test(file)) throw error;
    if (isCommonJs(error)) return requireCode(file);
    if (isEcmaScript(error)) return defaultOf(await importAsModule(url));
    throw error;
  }
}

/**
 * `import(url)`, made from text: compiler and bundler rewrite one that they can see, and what is imported here is not
 * known before it runs.
 */
async function importUnbundled(url: string): Promise<unknown> {
  const load: unknown = compileFunction('return import(url)', ['url'], {
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  return typeof load === 'function' ? Reflect.apply(load, undefined, [url]) : null;
}

function defaultOf(namespace: unknown): unknown {
  if (typeof namespace !== 'object' || namespace === null) return namespace;
  const value: unknown = 'default' in namespace ? namespace.default : namespace;
  // What compilers make of `export default` for CommonJS.
  const isCompiled = typeof value === 'object' && value !== null && '__esModule' in value && 'default' in value;
  return isCompiled ? value.default : value;
}

function isCommonJs(error: unknown): boolean {
  return (
    error instanceof ReferenceError &&
    /^(?:module|exports|require|__filename|__dirname) is not defined/.test(error.message)
  );
}

/** Node says it in three ways, by what it had tried when it met the first word that CommonJS does not know. */
function isEcmaScript(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof SyntaxError)
    return /import statement outside a module|Unexpected token 'export'/.test(error.message);
  return 'code' in error && error.code === 'ERR_REQUIRE_CYCLE_MODULE';
}

function requireCode(file: string): unknown {
  const text = readFileSync(file, 'utf8');
  const source = file.endsWith('.ts') ? stripTypeScriptTypes(text) : text;
  const run: unknown = compileFunction(source, ['exports', 'require', 'module', '__filename', '__dirname'], {
    filename: file,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  const module = { exports: {} };
  if (typeof run === 'function') {
    Reflect.apply(run, module.exports, [module.exports, createRequire(file), module, file, dirname(file)]);
  }
  return defaultOf({ default: module.exports });
}

const asModule = '?as=module';

async function importAsModule(url: string): Promise<unknown> {
  registerHooks({
    load: (wanted, context, next) => {
      if (!wanted.endsWith(asModule)) return next(wanted, context);
      const path = fileURLToPath(wanted.slice(0, -asModule.length));
      const format = path.endsWith('.ts') ? 'module-typescript' : 'module';
      return { format, source: readFileSync(path, 'utf8'), shortCircuit: true };
    },
  });
  return importUnbundled(url + asModule);
}
