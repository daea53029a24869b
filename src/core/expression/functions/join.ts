import { listArgument, textArgument, textForm } from './arguments.ts';
import type { ExpressionFunction } from './expression-function.ts';

export const joinFunction: ExpressionFunction = {
  name: 'join',
  signature: "join(list, separator = ',')",
  description: 'The items of a list as one text. Lists and maps in it are written as JSON.',
  minArguments: 1,
  maxArguments: 2,
  call(values, call) {
    const list = listArgument(values, 0, call);
    const separator = values.length > 1 ? textArgument(values, 1, call) : ',';
    call.spendOn(list.length);
    const texts: string[] = [];
    let length = 0;
    for (const item of list) {
      const text = textForm(item, call);
      length += text.length + (texts.length > 0 ? separator.length : 0);
      call.expectTextFits(length);
      texts.push(text);
    }
    return call.madeText(texts.join(separator));
  },
};
