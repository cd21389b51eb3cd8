/** Walks the body of one kernel, statement by statement, and collects what GPU.js could not take in it. */
import type { AnyNode, Expression } from 'acorn';
import type { CompileProblem } from '../report';
import { KernelExpressions } from './kernelExpressions';
import { KernelNotes } from './kernelNotes';
import { alwaysReturns, numbersOnly, refusals } from './kernelVocabulary';
import type { CheckedSource } from './syntax';
import type { FunctionNode } from './walk';

/** Reads one kernel and collects its problems. */
export class KernelReader {
  private readonly kernel: FunctionNode;
  private readonly notes: KernelNotes;
  private readonly expressions: KernelExpressions;

  constructor(source: CheckedSource, kernel: FunctionNode) {
    this.kernel = kernel;
    this.notes = new KernelNotes(source, kernel);
    this.expressions = new KernelExpressions(this.notes);
  }

  read(): readonly CompileProblem[] {
    for (const parameter of this.kernel.params) {
      if (parameter.type !== 'Identifier') {
        this.notes.refuse(
          parameter,
          'A parameter of a kernel must be a plain name.',
          'Pass each number and each array as a parameter of its own.',
        );
      }
    }
    const { body } = this.kernel;
    if (body.type === 'BlockStatement') {
      this.statements(body.body);
      if (this.notes.problems.length === 0 && !alwaysReturns(body)) {
        this.notes.refuse(
          this.kernel,
          'Not every path through this kernel ends in a `return`.',
          'Each thread computes one cell of the result: return that number at the end.',
        );
      }
    }
    return this.notes.problems;
  }

  private statements(nodes: readonly AnyNode[]): void {
    nodes.forEach((node) => this.statement(node));
  }

  private statement(node: AnyNode): void {
    switch (node.type) {
      case 'BlockStatement':
        return this.notes.inBlock(() => this.statements(node.body));
      case 'VariableDeclaration':
        return this.declaration(node);
      case 'ExpressionStatement':
        if (
          !['AssignmentExpression', 'UpdateExpression'].includes(node.expression.type) &&
          node.directive === undefined
        ) {
          this.effect(node.expression);
          return;
        }
        this.expressions.change(node.expression);
        return;
      case 'IfStatement':
        this.expressions.condition(node.test);
        this.statement(node.consequent);
        if (node.alternate) {
          this.statement(node.alternate);
        }
        return;
      case 'ForStatement':
        return this.notes.inBlock(() => this.loop(node));
      case 'WhileStatement':
      case 'DoWhileStatement':
        this.expressions.condition(node.test);
        return this.statement(node.body);
      case 'ReturnStatement':
        if (!node.argument) {
          this.notes.refuse(node, 'This `return` returns nothing.', 'Return the number for this cell.');
        } else if (this.expressions.expression(node.argument) === 'boolean') {
          this.notes.refuse(
            node.argument,
            'This returns true or false, and a kernel returns a number.',
            'Write `condition ? 1 : 0`.',
          );
        } else if (node.argument.type === 'Identifier' && this.notes.kinds.get(node.argument.name) === 'array') {
          this.notes.refuse(
            node.argument,
            'This returns an array, and a kernel returns one number.',
            'Each thread computes one cell.',
          );
        }
        return;
      case 'BreakStatement':
      case 'ContinueStatement':
        if (node.label) {
          this.notes.refuseKind(node, refusals['LabeledStatement'] ?? numbersOnly);
        }
        return;
      case 'EmptyStatement':
        return;
      default:
        this.notes.refuseOther(node);
    }
  }

  private loop(node: Extract<AnyNode, { type: 'ForStatement' }>): void {
    if (node.init) {
      if (node.init.type === 'VariableDeclaration') {
        this.declaration(node.init);
      } else {
        this.expressions.change(node.init);
      }
    }
    if (node.test) {
      this.expressions.condition(node.test);
    } else {
      this.notes.refuse(node, 'This `for` has no condition.', 'Say when it ends: `for (let k = 0; k < n; k++)`.');
    }
    if (node.update) {
      this.expressions.change(node.update);
    }
    this.statement(node.body);
  }

  /** An expression that stands alone as a statement: it would have no effect, or one that a kernel cannot have. */
  private effect(node: Expression): void {
    const before = this.notes.problems.length;
    this.expressions.expression(node);
    if (this.notes.problems.length === before) {
      this.notes.refuse(
        node,
        'This computes a value and does nothing with it.',
        'Assign it, add it to a sum, or return it.',
      );
    }
  }

  private declaration(node: Extract<AnyNode, { type: 'VariableDeclaration' }>): void {
    for (const { id, init } of node.declarations) {
      if (id.type !== 'Identifier') {
        this.notes.refuse(id, 'A variable in a kernel must be a plain name.', 'Declare one variable for each number.');
        continue;
      }
      const isVar = node.kind === 'var';
      if (!isVar && this.notes.wouldHide(id.name)) {
        this.notes.refuse(
          id,
          `\`${id.name}\` is declared around this block already, and GPU.js knows one variable of a name.`,
          'Give this one another name.',
        );
      }
      if (!init) {
        this.notes.refuse(id, `\`${id.name}\` has no value yet.`, `Give it one: \`let ${id.name} = 0;\`.`);
      }
      const before = this.notes.problems.length;
      const kind = init ? this.expressions.expression(init) : 'unknown';
      if (this.notes.problems.length === before && (kind === 'array' || this.notes.indexed.has(id.name))) {
        this.notes.refuse(
          id,
          `\`${id.name}\` holds an array, and a kernel has no variables for arrays.`,
          'Use the parameter itself: `A[i][k]`.',
        );
        this.notes.declare(id.name, { kind: 'unknown', isVar });
        continue;
      }
      this.notes.declare(id.name, { kind, isVar });
    }
  }
}
