/** Walks a syntax tree without knowing its node types, and tells which names a pattern binds. */
import type { AnyNode, Pattern } from 'acorn';

type Children = Record<string, unknown>;

function isNode(value: unknown): value is AnyNode {
  return typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';
}

/** The direct children of `node`, in the order of the text. */
export function childrenOf(node: AnyNode): readonly AnyNode[] {
  const children: AnyNode[] = [];
  for (const value of Object.values(node as unknown as Children)) {
    for (const item of Array.isArray(value) ? (value as unknown[]) : [value]) {
      if (isNode(item)) {
        children.push(item);
      }
    }
  }
  return children.sort((a, b) => a.start - b.start);
}

/**
 * Calls `visit` for `root` and everything below it, in the order of the text, with the node above it. A visit that
 * answers `'skip'` is not led further down. The stack is our own: a learner's text may be nested deeper than ours.
 */
export function walk(root: AnyNode, visit: (node: AnyNode, parent: AnyNode | undefined) => 'skip' | undefined): void {
  const pending: { readonly node: AnyNode; readonly parent: AnyNode | undefined }[] = [
    { node: root, parent: undefined },
  ];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { node, parent } = next;
    if (visit(node, parent) !== 'skip') {
      pending.push(
        ...childrenOf(node)
          .map((child) => ({ node: child, parent: node }))
          .reverse(),
      );
    }
  }
}

/** The names that `pattern` binds. */
export function boundNames(pattern: Pattern): readonly string[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern.name];
    case 'ObjectPattern':
      return pattern.properties.flatMap((property) =>
        boundNames(property.type === 'Property' ? property.value : property),
      );
    case 'ArrayPattern':
      return pattern.elements.flatMap((element) => (element ? boundNames(element) : []));
    case 'RestElement':
      return boundNames(pattern.argument);
    case 'AssignmentPattern':
      return boundNames(pattern.left);
    case 'MemberExpression':
      return [];
  }
}

export type FunctionNode = Extract<
  AnyNode,
  { type: 'FunctionDeclaration' | 'FunctionExpression' | 'ArrowFunctionExpression' }
>;

export function isFunction(node: AnyNode): node is FunctionNode {
  return (
    node.type === 'FunctionDeclaration' || node.type === 'FunctionExpression' || node.type === 'ArrowFunctionExpression'
  );
}
