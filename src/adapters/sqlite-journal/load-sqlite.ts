type Sqlite = typeof import('node:sqlite');

/**
 * Loads node:sqlite when it is first needed. Node before 24.15 says at this one call that the module is
 * experimental, which users of ours need not read; no other warning is touched.
 */
export function loadSqlite(): Sqlite {
  const { emitWarning } = process;
  process.emitWarning = (warning: string | Error, ...rest: unknown[]): void => {
    if (!/SQLite is an experimental feature/.test(String(warning)))
      Reflect.apply(emitWarning, process, [warning, ...rest]);
  };
  try {
    return process.getBuiltinModule('node:sqlite');
  } finally {
    process.emitWarning = emitWarning;
  }
}
