/**
 * The names that a function uses and does not declare: what it would miss if its text were taken out of the file in which
 * it stands. `this` counts where no function of its own gives it a meaning.
 */
import type { AnyNode } from 'acorn';
import { boundNames, childrenOf, isFunction, walk } from './walk';
import type { FunctionNode } from './walk';

export interface FreeName {
  readonly name: string;
  /** The identifier, or the `this`. */
  readonly node: AnyNode;
  /** What it stands in. */
  readonly parent: AnyNode | undefined;
}

interface Scope {
  readonly names: ReadonlySet<string>;
  readonly above: Scope | undefined;
}

/** In the order of the text, each use of it. */
export function freeNames(root: AnyNode): readonly FreeName[] {
  const found: FreeName[] = [];
  visit(root, { scope: undefined, parent: undefined, found });
  return found;
}

interface Place {
  readonly scope: Scope | undefined;
  readonly parent: AnyNode | undefined;
  readonly found: FreeName[];
}

function visit(node: AnyNode, { scope, parent, found }: Place): void {
  if (node.type === 'Identifier' || node.type === 'ThisExpression') {
    const name = node.type === 'Identifier' ? node.name : 'this';
    if (!isBound(name, scope)) found.push({ name, node, parent });
    return;
  }
  const inside = withNames(namesIn(node), scope);
  for (const child of referencesIn(node)) visit(child, { scope: inside, parent: node, found });
}

function isBound(name: string, scope: Scope | undefined): boolean {
  for (let current = scope; current !== undefined; current = current.above) {
    if (current.names.has(name)) return true;
  }
  return false;
}

function withNames(names: readonly string[], above: Scope | undefined): Scope | undefined {
  return names.length === 0 ? above : { names: new Set(names), above };
}

/** The names that are known inside `node` because of it. */
function namesIn(node: AnyNode): readonly string[] {
  if (isFunction(node)) return namesOfFunction(node);
  switch (node.type) {
    case 'Program':
    case 'BlockStatement':
    case 'StaticBlock':
      return node.body.flatMap(declaredBy);
    case 'SwitchStatement':
      return node.cases.flatMap(({ consequent }) => consequent.flatMap(declaredBy));
    case 'ForStatement':
      return node.init ? declaredBy(node.init) : [];
    case 'ForInStatement':
    case 'ForOfStatement':
      return declaredBy(node.left);
    case 'CatchClause':
      return node.param ? boundNames(node.param) : [];
    case 'ClassExpression':
      return node.id ? [node.id.name] : [];
    case 'ClassBody':
      // The initialisers of fields have one; methods bring their own.
      return ['this'];
    default:
      return [];
  }
}

function namesOfFunction(node: FunctionNode): readonly string[] {
  const own = node.type === 'ArrowFunctionExpression' ? [] : ['this', 'arguments'];
  const name = node.type === 'FunctionExpression' && node.id ? [node.id.name] : [];
  return [...own, ...name, ...node.params.flatMap(boundNames), ...hoistedIn(node)];
}

/** The names of `var`, which belong to the whole function. */
function hoistedIn(node: FunctionNode): readonly string[] {
  const names: string[] = [];
  walk(node.body, (inner) => {
    if (inner.type === 'VariableDeclaration' && inner.kind === 'var') {
      names.push(...inner.declarations.flatMap(({ id }) => boundNames(id)));
    }
    return isFunction(inner) ? 'skip' : undefined;
  });
  return names;
}

function declaredBy(node: AnyNode): readonly string[] {
  switch (node.type) {
    case 'VariableDeclaration':
      return node.declarations.flatMap(({ id }) => boundNames(id));
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
      return node.id ? [node.id.name] : [];
    default:
      return [];
  }
}

/** The children of `node` without the names that refer to nothing: keys, members, labels. */
function referencesIn(node: AnyNode): readonly AnyNode[] {
  switch (node.type) {
    case 'MemberExpression':
      return node.computed ? [node.object, node.property] : [node.object];
    case 'Property':
      return node.computed ? [node.key, node.value] : [node.value];
    case 'MethodDefinition':
    case 'PropertyDefinition': {
      const value = node.value ? [node.value] : [];
      return node.computed ? [node.key, ...value] : value;
    }
    case 'LabeledStatement':
      return [node.body];
    case 'BreakStatement':
    case 'ContinueStatement':
    case 'MetaProperty':
      return [];
    default:
      return childrenOf(node);
  }
}
