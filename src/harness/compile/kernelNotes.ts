/** What is known of a kernel while it is read: its names and their kinds, and the problems found so far. */
import type { AnyNode } from 'acorn';
import type { CompileProblem } from '../report';
import { refusals } from './kernelVocabulary';
import { placeOfNode, problemAt } from './syntax';
import type { CheckedSource } from './syntax';
import { boundNames, walk } from './walk';
import type { FunctionNode } from './walk';

export type Kind = 'number' | 'boolean' | 'array' | 'unknown';

export class KernelNotes {
  readonly problems: CompileProblem[] = [];
  readonly parameters: ReadonlySet<string>;
  readonly kinds = new Map<string, Kind>();
  /** The names that the file declares outside the kernel. */
  readonly outside: ReadonlySet<string>;
  /** The names of which an element or a member is read somewhere. */
  readonly indexed: ReadonlySet<string>;
  private readonly source: CheckedSource;

  constructor(source: CheckedSource, kernel: FunctionNode) {
    this.source = source;
    this.parameters = new Set(kernel.params.flatMap(boundNames));
    const outside = new Set<string>();
    walk(source.tree, (node) => {
      if (node.type === 'VariableDeclarator') {
        boundNames(node.id).forEach((name) => outside.add(name));
      } else if ((node.type === 'FunctionDeclaration' || node.type === 'ClassDeclaration') && node.id) {
        outside.add(node.id.name);
      } else if (
        node.type === 'ImportSpecifier' ||
        node.type === 'ImportNamespaceSpecifier' ||
        node.type === 'ImportDefaultSpecifier'
      ) {
        outside.add(node.local.name);
      }
      return undefined;
    });
    this.outside = outside;
    const indexed = new Set<string>();
    walk(kernel.body, (node) => {
      if (node.type === 'MemberExpression' && node.object.type === 'Identifier') {
        indexed.add(node.object.name);
      }
      return undefined;
    });
    this.indexed = indexed;
    // The types are gone, so what is indexed is an array, and any other parameter a number.
    this.parameters.forEach((name) => this.kinds.set(name, indexed.has(name) ? 'array' : 'number'));
  }

  refuse(node: AnyNode, message: string, hint: string): 'unknown' {
    this.problems.push(problemAt({ ...this.source, position: placeOfNode(this.source, node), message, hint }));
    return 'unknown';
  }

  refuseKind(node: AnyNode, [what, remedy]: readonly [string, string]): 'unknown' {
    return this.refuse(node, `${what} cannot be used in a kernel.`, remedy);
  }

  refuseOther(node: AnyNode): 'unknown' {
    return this.refuseKind(
      node,
      refusals[node.type] ?? [`This (${node.type})`, 'Use loops, `if`, arithmetic, and functions of `Math`.'],
    );
  }
}
