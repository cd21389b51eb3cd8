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
  /** The names of the blocks that are being read, the outermost first. */
  private readonly open: Set<string>[] = [new Set()];
  /** The names of blocks that have ended. */
  private readonly ended = new Set<string>();

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

  /** What `read` declares is known inside it alone. */
  inBlock(read: () => void): void {
    const names = new Set<string>();
    this.open.push(names);
    read();
    this.open.pop();
    names.forEach((name) => this.ended.add(name));
  }

  /** A variable of the kernel's own; a `var` belongs to all of it. */
  declare(name: string, { kind, isVar }: { readonly kind: Kind; readonly isVar: boolean }): void {
    (isVar ? this.open[0] : this.open.at(-1))?.add(name);
    this.ended.delete(name);
    this.kinds.set(name, kind);
  }

  /** Whether `name` would hide another of the kernel's names: GPU.js has one variable for both. */
  wouldHide(name: string): boolean {
    return this.parameters.has(name) || this.open.slice(0, -1).some((names) => names.has(name));
  }

  /** Whether `name` was declared in a block that is over. */
  isOver(name: string): boolean {
    return this.ended.has(name) && !this.open.some((names) => names.has(name));
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
