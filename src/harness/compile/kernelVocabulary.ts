/** The words of a kernel: what GPU.js has, and for what it has not, what it is called and what to write instead. */
import type { AnyNode } from 'acorn';

/** How many arguments the functions of `Math` take that every backend of GPU.js has. */
export const mathFunctions: Readonly<Record<string, number>> = {
  ...Object.fromEntries(
    'abs acos acosh asin asinh atan atanh cbrt ceil cos cosh exp expm1 floor fround log log10 log1p log2 round sign sin sinh sqrt tan tanh trunc'
      .split(' ')
      .map((name) => [name, 1]),
  ),
  ...Object.fromEntries(['atan2', 'max', 'min', 'pow'].map((name) => [name, 2])),
};

export const mathConstants = new Set(['E', 'PI', 'SQRT2', 'SQRT1_2', 'LN2', 'LN10', 'LOG2E', 'LOG10E']);

export const comparisons = new Set(['<', '<=', '>', '>=', '==', '!=', '===', '!==']);

/** Constructs that GPU.js has no translation for: what they are called, and what to write instead. */
export const refusals: Readonly<Record<string, readonly [what: string, remedy: string]>> = {
  ArrowFunctionExpression: ['A function inside a kernel', 'Write its lines where it is called, or a loop.'],
  FunctionExpression: ['A function inside a kernel', 'Write its lines where it is called, or a loop.'],
  FunctionDeclaration: ['A function inside a kernel', 'Write its lines where it is called.'],
  ClassDeclaration: ['A class', 'A kernel works with numbers and with arrays it was given.'],
  ClassExpression: ['A class', 'A kernel works with numbers and with arrays it was given.'],
  TryStatement: ['`try`', 'Nothing can be thrown in a kernel: leave it out.'],
  ThrowStatement: ['`throw`', 'Every thread must return a number.'],
  ForOfStatement: ['`for … of`', 'Count with an index: `for (let k = 0; k < n; k++)`.'],
  ForInStatement: ['`for … in`', 'Count with an index: `for (let k = 0; k < n; k++)`.'],
  ObjectExpression: ['An object', 'Use a variable for each number.'],
  ArrayExpression: ['An array literal', 'Use a variable for each number, or pass the array as a parameter.'],
  SpreadElement: ['A spread `...`', 'Name the elements one by one.'],
  ChainExpression: ['`?.`', 'What a kernel is given is always there: write `.` or `[…]`.'],
  TemplateLiteral: ['Text', 'A kernel works with numbers only.'],
  TaggedTemplateExpression: ['Text', 'A kernel works with numbers only.'],
  NewExpression: ['`new`', 'A kernel works with numbers and with arrays it was given.'],
  AwaitExpression: ['`await`', 'A kernel computes its number at once.'],
  YieldExpression: ['`yield`', 'A kernel returns one number.'],
  SequenceExpression: ['Several expressions with `,`', 'Write a statement for each.'],
  LabeledStatement: ['A label', 'Use a variable that says whether to go on.'],
  SwitchStatement: ['`switch`', 'Write `if … else if …`.'],
};

export const numbersOnly: readonly [string, string] = ['Text', 'A kernel works with numbers only.'];

/** `this.thread.x` of a chain of plain members; `undefined` if there is anything else in it. */
export function pathOf(node: AnyNode): string | undefined {
  if (node.type === 'ThisExpression') {
    return 'this';
  }
  if (node.type === 'Identifier') {
    return node.name;
  }
  if (node.type !== 'MemberExpression' || node.computed || node.property.type !== 'Identifier') {
    return undefined;
  }
  const object = pathOf(node.object);
  return object === undefined ? undefined : `${object}.${node.property.name}`;
}

/** Whether no path runs off the end of `node`. */
export function alwaysReturns(node: AnyNode): boolean {
  switch (node.type) {
    case 'ReturnStatement':
      return true;
    case 'BlockStatement':
      return node.body.some(alwaysReturns);
    case 'IfStatement':
      return Boolean(node.alternate && alwaysReturns(node.consequent) && alwaysReturns(node.alternate));
    default:
      return false;
  }
}
