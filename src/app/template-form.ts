import { writeYaml } from '../core/document/write-yaml.ts';
import { isJsonList, isJsonMap, type Json, type JsonMap } from '../core/model/json.ts';
import type {
  CallerNeeds,
  FixedTemplate,
  TemplateContext,
  TemplateForm,
  WorkflowTemplate,
} from '../core/ports/plugin.ts';

/** The template with what it found out; one that stands fixed asks only whether it is to be called on GitHub. */
export async function openTemplate(template: WorkflowTemplate, context: TemplateContext): Promise<TemplateForm> {
  return 'prepare' in template ? template.prepare(context) : fixedForm(template);
}

function fixedForm({ name, description, definition }: FixedTemplate): TemplateForm {
  return {
    found: [],
    questions: [
      {
        name: 'caller',
        title: 'Write the workflow of GitHub that calls it',
        type: 'boolean',
        default: true,
        why: 'the template does not depend on what is there',
        asked: false,
      },
    ],
    write: async (answers) => ({
      definition: `# ${oneLine(`${name}: ${description}`)}\n${writeYaml(definition)}`,
      caller: answers.caller === true ? needsOf(definition) : null,
    }),
  };
}

/** Handlers that write to the repository on GitHub with the job's token. */
const writers = /^(?:git\.(?:push|operation)|github\.(?:draft_release|publish_release|release))$/;

function needsOf(definition: JsonMap): CallerNeeds {
  const handlers = handlersIn(definition);
  const writes = handlers.filter((handler) => writers.test(handler));
  return {
    start: { kind: 'dispatch' },
    permissions:
      writes.length === 0 ? [] : [{ name: 'contents', level: 'write', why: `for ${[...new Set(writes)].join(', ')}` }],
    pushes: handlers.some((handler) => /^git\.(?:push|operation)$/.test(handler)),
  };
}

function handlersIn({ workflow = null, ...root }: JsonMap): readonly string[] {
  const { steps = null, finally: last = null } = isJsonMap(workflow) ? workflow : root;
  return [steps, last].flatMap((list) => (isJsonList(list) ? list : [])).flatMap(handlerOf);
}

function handlerOf(step: Json): readonly string[] {
  return isJsonMap(step) && typeof step.handler === 'string' ? [step.handler] : [];
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
