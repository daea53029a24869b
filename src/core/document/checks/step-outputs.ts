import type { OutputShape, Step } from '../../model/workflow.ts';
import type { HandlerCatalog, HandlerDescription } from '../../ports/handlers.ts';
import { shapeOfSchema } from './declared-type.ts';

export interface StepOutputs {
  readonly shapes: ReadonlyMap<string, OutputShape>;
  readonly secret: ReadonlySet<string>;
  /** `closed`: the step declares outputs or its handler's are known, so any other name is an error. */
  readonly knowledge: 'closed' | 'open';
}

const ofHandlers = new WeakMap<HandlerDescription, StepOutputs>();
const ofSteps = new WeakMap<Step, StepOutputs>();
const nothingKnown: StepOutputs = { shapes: new Map(), secret: new Set(), knowledge: 'open' };

/** The outputs that a step is known to give: those it declares and those of its handler. */
export function outputsOf(step: Step, handlers: HandlerCatalog): StepOutputs {
  const handler = handlers.find(step.handler);
  const given = handler ? outputsOfHandler(handler) : nothingKnown;
  if (step.outputs === undefined) return given;
  const known = ofSteps.get(step);
  if (known) return known;
  const made = withDeclared(step.outputs, given);
  ofSteps.set(step, made);
  return made;
}

function outputsOfHandler(handler: HandlerDescription): StepOutputs {
  const known = ofHandlers.get(handler);
  if (known) return known;
  const made: StepOutputs =
    handler.outputs === null
      ? nothingKnown
      : {
          shapes: new Map(Object.entries(handler.outputs).map(([name, schema]) => [name, shapeOfSchema(schema)])),
          secret: new Set(Object.keys(handler.outputs).filter((name) => handler.outputs?.[name]?.secret)),
          knowledge: 'closed',
        };
  ofHandlers.set(handler, made);
  return made;
}

function withDeclared(declared: NonNullable<Step['outputs']>, given: StepOutputs): StepOutputs {
  const shapes = new Map(given.shapes);
  const secret = new Set(given.secret);
  if (declared.kind === 'mapped') {
    for (const name of Object.keys(declared.outputs)) {
      shapes.set(name, { type: 'any' });
      secret.delete(name);
    }
  } else {
    for (const output of declared.outputs) {
      shapes.set(output.name, output);
      if (output.secret) secret.add(output.name);
    }
  }
  return { shapes, secret, knowledge: 'closed' };
}
