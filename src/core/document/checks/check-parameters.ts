import { checkDeclaration } from '../../parameters/check-declarations.ts';
import type { CheckContext } from './check-context.ts';

/** Each declaration on its own, and names that stand twice. */
export function checkParameters({ workflow, report, source }: CheckContext): void {
  const seen = new Set<string>();
  for (const [index, declaration] of workflow.parameters.entries()) {
    if (seen.has(declaration.name)) {
      const message = `parameter \`${declaration.name}\` is declared twice`;
      report.add(source.at('parameters', index, 'name'), { code: 'parameter', message, hint: 'keep one of the two' });
    }
    seen.add(declaration.name);
    for (const { path, message, hint, severity } of checkDeclaration(declaration)) {
      report.add(source.at('parameters', index, ...path), { code: 'parameter', message, hint, severity });
    }
  }
}

/** Asked last, when everything that reads was seen. */
export function warnOfUnusedParameters({ workflow, parametersRead, report, source }: CheckContext): void {
  for (const [index, { name }] of workflow.parameters.entries()) {
    if (parametersRead.has(name)) continue;
    const message = `nothing reads the parameter \`${name}\``;
    report.add(source.at('parameters', index, 'name'), { code: 'unused-parameter', severity: 'warning', message });
  }
}
