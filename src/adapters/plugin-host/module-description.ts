import { isJsonList, isJsonMap, type Json } from '../../core/model/json.ts';
import { err, ok, type Result } from '../../core/model/result.ts';
import { namePattern, type Permission, permissions } from './plugin-description.ts';

/** What a module's code says of itself, checked. */
export interface ModuleDescription {
  /** `null` where the code names none. */
  readonly name: string | null;
  readonly version: string | null;
  readonly description: string;
  readonly actions: readonly string[];
  /** Actions whose names no step can write: handlers' names are in lower case. */
  readonly unreachable: readonly string[];
  /** `null`: the module does not say; it may use files and processes. */
  readonly permissions: readonly Permission[] | null;
}

/** Checks what a module's process described. The error is one clause. */
export function readModuleDescription(value: Json): Result<ModuleDescription, string> {
  if (!isJsonMap(value)) return err('it describes itself with something that is no map');
  for (const key of ['name', 'version', 'description']) {
    if (value[key] !== undefined && typeof value[key] !== 'string') return err(`its \`${key}\` is not a text`);
  }
  if (!isJsonList(value.actions)) return err('its `actions` is not a map of names to functions');
  const actions: string[] = [];
  for (const action of value.actions) {
    const { name, isFunction } = isJsonMap(action) ? action : {};
    if (typeof name !== 'string' || isFunction !== true) return err(`its action "${String(name)}" is not a function`);
    actions.push(name);
  }
  const granted = permissionsOf(value.permissions);
  if (!granted.ok) return granted;
  return ok({
    name: textOf(value.name),
    version: textOf(value.version),
    description: textOf(value.description) ?? '',
    actions: actions.filter((name) => namePattern.test(name)),
    unreachable: actions.filter((name) => !namePattern.test(name)),
    permissions: granted.value,
  });
}

function permissionsOf(value: Json | undefined): Result<readonly Permission[] | null, string> {
  if (value === undefined) return ok(null);
  const known = `its \`permissions\` must be a list of ${permissions.join(', ')}`;
  if (!isJsonList(value)) return err(known);
  const granted = value.map((item) => permissions.find((permission) => permission === item));
  return granted.includes(undefined) ? err(known) : ok(granted.filter((permission) => permission !== undefined));
}

function textOf(value: Json | undefined): string | null {
  return typeof value === 'string' ? value : null;
}
