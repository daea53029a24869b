/**
 * An expression that was read. Plain data; long chains are lists and not deep trees, so the depth of a tree is
 * bounded by the nesting that people wrote.
 */
export type Node =
  | Literal
  | ListNode
  | RootNode
  | LocalNode
  | StepNode
  | StateNode
  | AccessNode
  | CallNode
  | UnaryNode
  | BinaryNode
  | LogicNode
  | ConditionalNode;

/** Offsets into the text that was parsed; `end` is exclusive. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

export interface Literal extends Place {
  readonly kind: 'literal';
  readonly value: null | boolean | number | string;
}

export interface ListNode extends Place {
  readonly kind: 'list';
  readonly items: readonly Node[];
}

/** A name that is not bound inside the expression. `name` is canonical, `written` as it stands in the text. */
export interface RootNode extends Place {
  readonly kind: 'root';
  readonly name: string;
  readonly written: string;
}

/** The parameter of an arrow function; `slot` counts the arrow functions around it from outside, from 0. */
export interface LocalNode extends Place {
  readonly kind: 'local';
  readonly name: string;
  readonly slot: number;
}

/** `steps.ID`, or with `outputs` its outputs: `step-outputs.ID`. */
export interface StepNode extends Place {
  readonly kind: 'step';
  readonly id: Node;
  readonly outputs: boolean;
  readonly written: string;
}

/** One key of the state map: `state.key`, `context.state.get('key')`. */
export interface StateNode extends Place {
  readonly kind: 'state';
  readonly key: Node;
  readonly written: string;
}

/** A value and what is read from it or called on it, from left to right. */
export interface AccessNode extends Place {
  readonly kind: 'access';
  readonly base: Node;
  readonly links: readonly Link[];
}

/** `optional`: written with `?.`; on null it ends the whole chain with null. */
export type Link = MemberLink | IndexLink | MethodLink;

export interface MemberLink extends Place {
  readonly kind: 'member';
  readonly name: string;
  readonly optional: boolean;
}

export interface IndexLink extends Place {
  readonly kind: 'index';
  readonly index: Node;
  readonly optional: boolean;
}

export interface MethodLink extends Place {
  readonly kind: 'method';
  readonly name: string;
  readonly arguments: readonly Node[];
  /** The arrow function, for methods that take one; it is then the only argument. */
  readonly arrow: Arrow | null;
  readonly optional: boolean;
}

export interface Arrow extends Place {
  readonly slot: number;
  readonly body: Node;
}

export interface CallNode extends Place {
  readonly kind: 'call';
  readonly name: string;
  readonly arguments: readonly Node[];
}

export interface UnaryNode extends Place {
  readonly kind: 'unary';
  readonly operator: '!' | '-';
  readonly operand: Node;
}

export const equalityOperators = ['==', '===', '!=', '!=='] as const;
export const orderOperators = ['<', '<=', '>', '>='] as const;
export type EqualityOperator = (typeof equalityOperators)[number];
export type OrderOperator = (typeof orderOperators)[number];
export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%';
export type BinaryOperator = EqualityOperator | OrderOperator | ArithmeticOperator;

/** Operators of one precedence, applied from left to right: `a - b + c`. */
export interface BinaryNode extends Place {
  readonly kind: 'binary';
  readonly first: Node;
  readonly rest: readonly BinaryStep[];
}

export interface BinaryStep extends Place {
  readonly operator: BinaryOperator;
  readonly operand: Node;
}

export type LogicOperator = '??' | '||' | '&&';

export interface LogicNode extends Place {
  readonly kind: 'logic';
  readonly operator: LogicOperator;
  readonly operands: readonly Node[];
}

/** `a ? x : b ? y : z` as a list of branches. */
export interface ConditionalNode extends Place {
  readonly kind: 'conditional';
  readonly branches: readonly { readonly test: Node; readonly value: Node }[];
  readonly otherwise: Node;
}

/** A parsed expression. `text` is the whole text that the offsets count in, which may be a template around it. */
export interface Expression extends Place {
  readonly text: string;
  readonly root: Node;
}
