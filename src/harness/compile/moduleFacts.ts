/** Reads from a module's tree what the linker, the judge and the reports need to know of it. */
import type { AnyNode, Program } from 'acorn';
import type { SourcePlace } from '../report';
import type { Position } from './positions';
import { longestLine, offsetOf, placeOfNode } from './syntax';
import type { CheckedSource } from './syntax';
import { boundNames, isFunction, walk } from './walk';
import type { FunctionNode } from './walk';

/** A name that is used of another module, where it is first named. */
export interface ImportedName {
  /** `default` for a default import. */
  readonly name: string;
  readonly place: SourcePlace;
  readonly sourceLine: string;
}

export interface ModuleImport {
  readonly specifier: string;
  readonly place: SourcePlace;
  readonly sourceLine: string;
  /** What it names, members of a namespace import (`t.zeros`) included. Types are not among them. */
  readonly names: readonly ImportedName[];
}

export interface ModuleFacts {
  readonly imports: readonly ModuleImport[];
  readonly exports: readonly string[];
  readonly exportPlaces: Readonly<Record<string, Position>>;
  readonly parameters: Readonly<Record<string, readonly string[]>>;
  readonly kernels: readonly string[];
}

/** An exported name, the node that declares it, and its function if it is one. */
export interface ExportedName {
  readonly name: string;
  readonly node: AnyNode;
  readonly function: FunctionNode | undefined;
}

/** What `tree` exports, in the order of the text. */
export function exportedNames(tree: Program): readonly ExportedName[] {
  const declared = topLevelDeclarations(tree);
  const found: ExportedName[] = [];
  for (const statement of tree.body) {
    if (statement.type === 'ExportDefaultDeclaration') {
      const node = statement.declaration;
      const named = node.type === 'Identifier' ? declared.get(node.name) : undefined;
      found.push({
        name: 'default',
        node: named?.node ?? node,
        function: named?.function ?? (isFunction(node) ? node : undefined),
      });
    } else if (statement.type === 'ExportNamedDeclaration') {
      if (statement.declaration) {
        const names =
          statement.declaration.type === 'VariableDeclaration'
            ? statement.declaration.declarations.flatMap((declarator) => boundNames(declarator.id))
            : [statement.declaration.id.name];
        for (const name of names) {
          found.push({ name, node: statement.declaration, function: undefined, ...declared.get(name) });
        }
      }
      for (const { exported, local } of statement.specifiers) {
        const name = exported.type === 'Identifier' ? exported.name : String(exported.value);
        const source = local.type === 'Identifier' && !statement.source ? declared.get(local.name) : undefined;
        found.push({ name, node: source?.node ?? exported, function: source?.function });
      }
    }
  }
  return found;
}

function topLevelDeclarations(tree: Program): Map<string, { node: AnyNode; function: FunctionNode | undefined }> {
  const declared = new Map<string, { node: AnyNode; function: FunctionNode | undefined }>();
  for (const statement of tree.body) {
    const declaration =
      statement.type === 'ExportNamedDeclaration' || statement.type === 'ExportDefaultDeclaration'
        ? statement.declaration
        : statement;
    if (declaration?.type === 'VariableDeclaration') {
      for (const { id, init } of declaration.declarations) {
        for (const name of boundNames(id)) {
          declared.set(name, { node: id, function: init && isFunction(init) ? init : undefined });
        }
      }
    } else if (
      (declaration?.type === 'FunctionDeclaration' || declaration?.type === 'ClassDeclaration') &&
      declaration.id
    ) {
      declared.set(declaration.id.name, {
        node: declaration.id,
        function: declaration.type === 'FunctionDeclaration' ? declaration : undefined,
      });
    }
  }
  return declared;
}

/** Whether `node` uses `this` as its own: an arrow inside shares it, an inner function has another. */
function usesThis(node: FunctionNode): boolean {
  let found = false;
  walk(node.body, (inner) => {
    found ||= inner.type === 'ThisExpression';
    return found ||
      inner.type === 'FunctionDeclaration' ||
      inner.type === 'FunctionExpression' ||
      inner.type === 'ClassBody'
      ? 'skip'
      : undefined;
  });
  return found;
}

/** Whether the learner wrote a `this` parameter, which sucrase has taken away with the types. */
function declaresThis(source: CheckedSource, node: FunctionNode): boolean {
  const offset = offsetOf(source.text, placeOfNode(source, node));
  return /^(?:async\s+)?function\s*\*?\s*[\w$]*\s*(?:<[^(]*>)?\s*\(\s*this\s*:/.test(
    source.text.slice(offset, offset + 1000),
  );
}

/** How a parameter is named in a report: by its name, or by what it takes apart. */
export function parameterName(parameter: FunctionNode['params'][number], index: number): string {
  switch (parameter.type) {
    case 'Identifier':
      return parameter.name;
    case 'AssignmentPattern':
      return parameterName(parameter.left, index);
    case 'RestElement':
      return `...${parameterName(parameter.argument, index)}`;
    case 'ObjectPattern':
      return `{ ${boundNames(parameter).join(', ')} }`;
    case 'ArrayPattern':
      return `[${boundNames(parameter).join(', ')}]`;
    case 'MemberExpression':
      return `argument ${index + 1}`;
  }
}

export function describeModule(source: CheckedSource): ModuleFacts {
  const exported = exportedNames(source.tree);
  const functions = exported.flatMap(({ name, function: node }) => (node ? [{ name, node }] : []));
  return {
    imports: importsOf(source),
    exports: exported.map(({ name }) => name),
    exportPlaces: Object.fromEntries(exported.map(({ name, node }) => [name, placeOfNode(source, node)])),
    parameters: Object.fromEntries(functions.map(({ name, node }) => [name, node.params.map(parameterName)])),
    kernels: functions.filter(({ node }) => usesThis(node) || declaresThis(source, node)).map(({ name }) => name),
  };
}

function importsOf(source: CheckedSource): readonly ModuleImport[] {
  const lines = source.text.split('\n');
  const at = (node: AnyNode): { readonly place: SourcePlace; readonly sourceLine: string } => {
    const position = placeOfNode(source, node);
    return {
      place: { exercise: source.exercise, ...position },
      sourceLine: (lines[position.line - 1] ?? '').slice(0, longestLine),
    };
  };
  const imports: ModuleImport[] = [];
  for (const statement of source.tree.body) {
    if (statement.type === 'ImportDeclaration') {
      const names = statement.specifiers.flatMap((specifier): ImportedName[] => {
        switch (specifier.type) {
          case 'ImportSpecifier': {
            const { imported } = specifier;
            return [
              { name: imported.type === 'Identifier' ? imported.name : String(imported.value), ...at(specifier) },
            ];
          }
          case 'ImportDefaultSpecifier':
            return [{ name: 'default', ...at(specifier) }];
          case 'ImportNamespaceSpecifier':
            return membersOf(source.tree, specifier.local.name).map(({ name, node }) => ({ name, ...at(node) }));
        }
      });
      imports.push({ specifier: String(statement.source.value), names, ...at(statement) });
    } else if (statement.type === 'ExportNamedDeclaration' && statement.source) {
      const names = statement.specifiers.map((specifier) => {
        const { local } = specifier;
        return { name: local.type === 'Identifier' ? local.name : String(local.value), ...at(specifier) };
      });
      imports.push({ specifier: String(statement.source.value), names, ...at(statement) });
    }
  }
  return imports;
}

/** The members read of the namespace `local`, unless an inner declaration of the same name makes that uncertain. */
function membersOf(tree: Program, local: string): readonly { readonly name: string; readonly node: AnyNode }[] {
  const members: { readonly name: string; readonly node: AnyNode }[] = [];
  let shadowed = false;
  walk(tree, (node) => {
    if (node.type === 'VariableDeclarator') {
      shadowed ||= boundNames(node.id).includes(local);
    } else if (isFunction(node)) {
      shadowed ||= node.params.flatMap(boundNames).includes(local);
    } else if (node.type === 'CatchClause' && node.param) {
      shadowed ||= boundNames(node.param).includes(local);
    } else if (
      node.type === 'MemberExpression' &&
      !node.computed &&
      node.object.type === 'Identifier' &&
      node.object.name === local &&
      node.property.type === 'Identifier'
    ) {
      members.push({ name: node.property.name, node: node.property });
    }
    return undefined;
  });
  return shadowed ? [] : members;
}
