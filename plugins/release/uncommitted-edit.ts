import { type Finding, type HandlerContext, isJsonList } from '../../src/plugin-api/index.ts';

/** Of a file that was changed before the release: what somebody wrote goes into it together with what a step writes. */
export function uncommittedEdit(file: string): Finding {
  return {
    level: 'warning',
    message: `${file} was changed and not committed before the release, and goes into it as it is`,
    file,
    rule: 'uncommitted-edit',
  };
}

/** Whether a file had such changes when the release was found out, and no step has written it since. */
export async function isEdited(context: HandlerContext, file: string): Promise<boolean> {
  const finders = await context.upstream('release.version_bump');
  const found = finders.some(({ outputs }) => isJsonList(outputs.edited_files) && outputs.edited_files.includes(file));
  return found && !(await context.changedFiles()).includes(file);
}
