export { parseCondition } from './parse-expression.ts';
