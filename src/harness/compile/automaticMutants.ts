/**
 * Small mistakes, made one at a time in the syntax tree of a solution: an operator swapped, a bound or a constant
 * shifted, axes exchanged, a statement left out. If the checks of an exercise pass such a program, they would pass a
 * learner's too. What cannot tell right from wrong is not made: the direction in which a loop counts, words of a
 * message, the order of what commutes.
 */
import type { AnyNode, CallExpression, Expression, Literal, SpreadElement } from 'acorn';
import { checkedTree, placeOfNode } from './syntax';
import type { CheckedSource, SourceInput } from './syntax';
import { isFunction, walk } from './walk';

export interface AutomaticMutant {
  /** The line of the solution in which the change begins, and that line's text. */
  readonly line: number;
  readonly at: string;
  /** What stood there, in one line, without types; and what stands there now, empty where it was left out. */
  readonly from: string;
  readonly to: string;
  /** The whole wrong solution. Its types are gone; its lines are the solution's. */
  readonly text: string;
}

interface Change {
  readonly node: AnyNode;
  /** The part of the text that is replaced; `node`'s own where there is none. */
  readonly start?: number;
  readonly end?: number;
  readonly replacement: string;
  /** What `from` and `to` show; `node` where there is none. */
  readonly shown?: AnyNode | undefined;
  /** Put into parentheses, so that an operator of another rank takes nothing else with it. */
  readonly wrapped?: boolean;
}

/** In the order of the text. A solution that does not compile has none. */
export function automaticMutants(input: SourceInput): readonly AutomaticMutant[] {
  const checked = checkedTree(input);
  if (!checked.ok) {
    return [];
  }
  const { moduleCode } = checked;
  const changes: Change[] = [];
  walk(checked.tree, (node, parent) => {
    if (node.type === 'ImportDeclaration') {
      return 'skip';
    }
    changes.push(...changesOf(node, { parent, code: moduleCode }));
    return undefined;
  });
  return changes.map((change) => mutantOf(change, checked));
}

function mutantOf(change: Change, source: CheckedSource): AutomaticMutant {
  const { moduleCode, text } = source;
  const { node, replacement, start = node.start, end = node.end, shown = node, wrapped = false } = change;
  const { line } = placeOfNode(source, node);
  /** A stretch of the code that holds what is replaced, as it is now. */
  const now = (from: number, to: number): string =>
    moduleCode.slice(from, start) + replacement + moduleCode.slice(end, to);
  const made = now(node.start, node.end);
  const old = moduleCode.slice(node.start, node.end);
  return {
    line,
    at: (text.split('\n')[line - 1] ?? '').trim(),
    from: inOneLine(moduleCode.slice(shown.start, shown.end)),
    to: inOneLine(now(shown.start, shown.end)),
    text:
      moduleCode.slice(0, node.start) +
      (wrapped ? `(${made})` : made) +
      // A statement that is left out leaves its lines, so that the lines below keep their numbers.
      '\n'.repeat(Math.max(0, old.split('\n').length - made.split('\n').length)) +
      moduleCode.slice(node.end),
  };
}

const longestPart = 100;

function inOneLine(code: string): string {
  const line = code.replace(/\s+/g, ' ').trim();
  return line.length > longestPart ? `${line.slice(0, longestPart - 1)}…` : line;
}

interface Surroundings {
  readonly parent: AnyNode | undefined;
  readonly code: string;
}

const swapped: Readonly<Record<string, readonly string[]>> = {
  '+': ['-'],
  '-': ['+'],
  '*': ['/'],
  '/': ['*'],
  '%': ['*'],
  '**': ['*'],
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '===': ['!=='],
  '!==': ['==='],
  '&&': ['||'],
  '||': ['&&'],
  '??': ['||'],
  '+=': ['-='],
  '-=': ['+='],
  '*=': ['/='],
  '/=': ['*='],
};

function changesOf(node: AnyNode, around: Surroundings): Change[] {
  const { parent, code } = around;
  switch (node.type) {
    case 'BinaryExpression':
    case 'LogicalExpression':
      return operatorChanges(node, { left: node.left, right: node.right, operator: node.operator, code });
    case 'AssignmentExpression': {
      const counts = parent?.type === 'ForStatement' && parent.update === node;
      return counts ? [] : operatorChanges(node, { left: node.left, right: node.right, operator: node.operator, code });
    }
    case 'UnaryExpression':
      return node.operator === '!' || (node.operator === '-' && node.argument.type !== 'Literal')
        ? [{ node, replacement: code.slice(node.argument.start, node.argument.end) }]
        : [];
    case 'ConditionalExpression': {
      const part = ({ start, end }: AnyNode): string => code.slice(start, end);
      const replacement = `${part(node.test)} ? ${part(node.alternate)} : ${part(node.consequent)}`;
      return [{ node, replacement }];
    }
    case 'Literal':
      return literalChanges(node, around);
    case 'ArrayExpression':
      return exchanges(node, { items: node.elements, code });
    case 'CallExpression':
      return callChanges(node, code);
    case 'IfStatement':
      return node.alternate
        ? [
            {
              node,
              start: node.test.start,
              end: node.test.end,
              replacement: `!(${code.slice(node.test.start, node.test.end)})`,
            },
          ]
        : leftOut(node, parent);
    case 'ExpressionStatement':
    case 'BreakStatement':
    case 'ContinueStatement':
      return leftOut(node, parent);
    default:
      return [];
  }
}

interface Operation {
  readonly left: AnyNode;
  readonly right: AnyNode;
  readonly operator: string;
  readonly code: string;
}

function operatorChanges(node: AnyNode, { left, right, operator, code }: Operation): Change[] {
  if (isText(left) || isText(right)) {
    return [];
  }
  const start = code.indexOf(operator, left.end);
  const end = start + operator.length;
  if (start < left.end || end > right.start) {
    return [];
  }
  const wrapped = node.type !== 'AssignmentExpression';
  return (swapped[operator] ?? []).map((replacement) => ({ node, start, end, replacement, wrapped }));
}

function isText(node: AnyNode): boolean {
  return node.type === 'TemplateLiteral' || (node.type === 'Literal' && typeof node.value === 'string');
}

function literalChanges(node: Literal, { parent }: Surroundings): Change[] {
  const { value } = node;
  // `[m = 0, n = 0]` tells the compiler that a number is there; no program of a learner's ever sees it.
  if (parent?.type === 'AssignmentPattern' && parent.right === node) {
    return [];
  }
  if (typeof value === 'boolean') {
    return [{ node, replacement: String(!value), shown: parent }];
  }
  if (typeof value !== 'number') {
    return [];
  }
  const others = !Number.isInteger(value) ? [value * 10] : value === 0 ? [1] : [value + 1, value - 1];
  return others.map((other) => ({ node, replacement: String(other), shown: parent }));
}

/** Functions whose first two arguments may change places. */
const commutative = new Set(['add', 'multiply', 'maximum', 'minimum', 'max', 'min', 'hypot', 'equal']);
/** Functions that turn their first argument round, and can be forgotten. */
const turns = new Set(['transpose', 'permute']);

function callChanges(node: CallExpression, code: string): Change[] {
  const { callee } = node;
  const name =
    callee.type === 'Identifier'
      ? callee.name
      : callee.type === 'MemberExpression' && callee.property.type === 'Identifier'
        ? callee.property.name
        : '';
  const [first] = node.arguments;
  const forgotten =
    turns.has(name) && first !== undefined && callee.type === 'Identifier'
      ? [{ node, replacement: code.slice(first.start, first.end) }]
      : [];
  return [...forgotten, ...(commutative.has(name) ? [] : exchanges(node, { items: node.arguments, code }))];
}

/** The first two of several, exchanged, where each could stand in the other's place. */
function exchanges(
  node: AnyNode,
  { items, code }: { readonly items: readonly (Expression | SpreadElement | null)[]; readonly code: string },
): Change[] {
  const [first, second] = items;
  if (!first || !second || ![first, second].every(isExchangeable)) {
    return [];
  }
  const [before, after] = [code.slice(first.start, first.end), code.slice(second.start, second.end)];
  const between = code.slice(first.end, second.start);
  return before === after
    ? []
    : [{ node, start: first.start, end: second.end, replacement: `${after}${between}${before}` }];
}

function isExchangeable(node: AnyNode): boolean {
  return !isFunction(node) && !isText(node) && !['ObjectExpression', 'SpreadElement'].includes(node.type);
}

/** A statement of a list; where it is the only one that a branch has, the branch itself is what can be left out. */
function leftOut(node: AnyNode, parent: AnyNode | undefined): Change[] {
  const isDirective = node.type === 'ExpressionStatement' && node.expression.type === 'Literal';
  switch (parent?.type) {
    case 'BlockStatement':
    case 'Program':
    case 'SwitchCase':
      return isDirective ? [] : [{ node, replacement: '' }];
    case 'ForStatement':
    case 'ForOfStatement':
    case 'WhileStatement':
      return [{ node, replacement: ';' }];
    default:
      return [];
  }
}
