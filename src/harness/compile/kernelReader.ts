/** Walks the body of one kernel and collects what GPU.js could not take in it. */
import type { AnyNode, Expression, Pattern } from 'acorn';
import type { CompileProblem } from '../report';
import {
  alwaysReturns,
  comparisons,
  mathConstants,
  mathFunctions,
  numbersOnly,
  pathOf,
  refusals,
} from './kernelVocabulary';
import { placeOfNode, problemAt } from './syntax';
import type { CheckedSource } from './syntax';
import { boundNames, walk } from './walk';
import type { FunctionNode } from './walk';

type Kind = 'number' | 'boolean' | 'array' | 'unknown';

/** Reads one kernel and collects its problems. */
export class KernelReader {
  private readonly source: CheckedSource;
  private readonly kernel: FunctionNode;
  private readonly problems: CompileProblem[] = [];
  private readonly parameters: ReadonlySet<string>;
  private readonly kinds = new Map<string, Kind>();
  private readonly outside: ReadonlySet<string>;
  /** The names of which an element or a member is read somewhere. */
  private readonly indexed: ReadonlySet<string>;

  constructor(source: CheckedSource, kernel: FunctionNode) {
    this.source = source;
    this.kernel = kernel;
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

  read(): readonly CompileProblem[] {
    for (const parameter of this.kernel.params) {
      if (parameter.type !== 'Identifier') {
        this.refuse(
          parameter,
          'A parameter of a kernel must be a plain name.',
          'Pass each number and each array as a parameter of its own.',
        );
      }
    }
    const { body } = this.kernel;
    if (body.type === 'BlockStatement') {
      this.statements(body.body);
      if (this.problems.length === 0 && !alwaysReturns(body)) {
        this.refuse(
          this.kernel,
          'Not every path through this kernel ends in a `return`.',
          'Each thread computes one cell of the result: return that number at the end.',
        );
      }
    }
    return this.problems;
  }

  private refuse(node: AnyNode, message: string, hint: string): 'unknown' {
    this.problems.push(problemAt({ ...this.source, position: placeOfNode(this.source, node), message, hint }));
    return 'unknown';
  }

  private refuseKind(node: AnyNode, [what, remedy]: readonly [string, string]): 'unknown' {
    return this.refuse(node, `${what} cannot be used in a kernel.`, remedy);
  }

  private refuseOther(node: AnyNode): 'unknown' {
    return this.refuseKind(
      node,
      refusals[node.type] ?? [`This (${node.type})`, 'Use loops, `if`, arithmetic, and functions of `Math`.'],
    );
  }

  private statements(nodes: readonly AnyNode[]): void {
    nodes.forEach((node) => this.statement(node));
  }

  private statement(node: AnyNode): void {
    switch (node.type) {
      case 'BlockStatement':
        return this.statements(node.body);
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
        this.expression(node.expression);
        return;
      case 'IfStatement':
        this.condition(node.test);
        this.statement(node.consequent);
        if (node.alternate) {
          this.statement(node.alternate);
        }
        return;
      case 'ForStatement':
        if (node.init) {
          if (node.init.type === 'VariableDeclaration') {
            this.declaration(node.init);
          } else {
            this.expression(node.init);
          }
        }
        if (node.test) {
          this.condition(node.test);
        } else {
          this.refuse(node, 'This `for` has no condition.', 'Say when it ends: `for (let k = 0; k < n; k++)`.');
        }
        if (node.update) {
          this.expression(node.update);
        }
        return this.statement(node.body);
      case 'WhileStatement':
      case 'DoWhileStatement':
        this.condition(node.test);
        return this.statement(node.body);
      case 'ReturnStatement':
        if (!node.argument) {
          this.refuse(node, 'This `return` returns nothing.', 'Return the number for this cell.');
        } else if (this.expression(node.argument) === 'boolean') {
          this.refuse(
            node.argument,
            'This returns true or false, and a kernel returns a number.',
            'Write `condition ? 1 : 0`.',
          );
        } else if (node.argument.type === 'Identifier' && this.kinds.get(node.argument.name) === 'array') {
          this.refuse(
            node.argument,
            'This returns an array, and a kernel returns one number.',
            'Each thread computes one cell.',
          );
        }
        return;
      case 'BreakStatement':
      case 'ContinueStatement':
        if (node.label) {
          this.refuseKind(node, refusals['LabeledStatement'] ?? numbersOnly);
        }
        return;
      case 'EmptyStatement':
        return;
      default:
        this.refuseOther(node);
    }
  }

  /** An expression that stands alone as a statement: it would have no effect, or one that a kernel cannot have. */
  private effect(node: Expression): void {
    const before = this.problems.length;
    this.expression(node);
    if (this.problems.length === before) {
      this.refuse(node, 'This computes a value and does nothing with it.', 'Assign it, add it to a sum, or return it.');
    }
  }

  private declaration(node: Extract<AnyNode, { type: 'VariableDeclaration' }>): void {
    for (const { id, init } of node.declarations) {
      if (id.type !== 'Identifier') {
        this.refuse(id, 'A variable in a kernel must be a plain name.', 'Declare one variable for each number.');
        continue;
      }
      if (!init) {
        this.refuse(id, `\`${id.name}\` has no value yet.`, `Give it one: \`let ${id.name} = 0;\`.`);
      }
      const before = this.problems.length;
      const kind = init ? this.expression(init) : 'unknown';
      if (this.problems.length === before && (kind === 'array' || this.indexed.has(id.name))) {
        this.refuse(
          id,
          `\`${id.name}\` holds an array, and a kernel has no variables for arrays.`,
          'Use the parameter itself: `A[i][k]`.',
        );
        this.kinds.set(id.name, 'unknown');
        continue;
      }
      this.kinds.set(id.name, kind);
    }
  }

  private condition(node: Expression): void {
    if (this.expression(node) === 'number') {
      this.refuse(
        node,
        'This condition is a number, and a kernel needs true or false here.',
        'Compare it: `value !== 0`.',
      );
    }
  }

  /** An operand of arithmetic. */
  private number(node: AnyNode): void {
    const kind = this.expression(node);
    if (kind === 'array') {
      this.refuse(node, 'This is an array, and a kernel calculates with numbers.', 'Read one entry of it: `A[i][k]`.');
    } else if (kind === 'boolean') {
      this.refuse(
        node,
        'This is true or false, and a kernel cannot calculate with it.',
        'Write `(condition ? 1 : 0)`.',
      );
    }
  }

  private expression(node: AnyNode): Kind {
    switch (node.type) {
      case 'Literal':
        if (typeof node.value === 'number' || typeof node.value === 'boolean') {
          return typeof node.value === 'number' ? 'number' : 'boolean';
        }
        return this.refuseKind(
          node,
          typeof node.value === 'string'
            ? numbersOnly
            : [`\`${node.raw ?? 'This'}\``, 'A kernel works with numbers only.'],
        );
      case 'Identifier':
        return this.name(node);
      case 'ParenthesizedExpression':
        return this.expression(node.expression);
      case 'UnaryExpression':
        if (node.operator === '!') {
          this.condition(node.argument);
          return 'boolean';
        }
        if (node.operator === '-' || node.operator === '+' || node.operator === '~') {
          this.number(node.argument);
          return 'number';
        }
        return this.refuseKind(node, [`\`${node.operator}\``, 'Everything in a kernel is a number already.']);
      case 'BinaryExpression':
        if (node.operator === 'in' || node.operator === 'instanceof') {
          return this.refuseKind(node, [`\`${node.operator}\``, 'A kernel works with numbers only.']);
        }
        this.number(node.left);
        this.number(node.right);
        return comparisons.has(node.operator) ? 'boolean' : 'number';
      case 'LogicalExpression':
        if (node.operator === '??') {
          return this.refuseKind(node, ['`??`', 'What a kernel is given is always there.']);
        }
        this.condition(node.left);
        this.condition(node.right);
        return 'boolean';
      case 'ConditionalExpression': {
        this.condition(node.test);
        const kind = this.expression(node.consequent);
        this.expression(node.alternate);
        return kind;
      }
      case 'AssignmentExpression':
        return this.assignment(node);
      case 'UpdateExpression':
        this.target(node.argument);
        return 'number';
      case 'MemberExpression':
        return this.member(node);
      case 'CallExpression':
        return this.call(node);
      default:
        return this.refuseOther(node);
    }
  }

  private assignment(node: Extract<AnyNode, { type: 'AssignmentExpression' }>): Kind {
    if (node.operator === '&&=' || node.operator === '||=' || node.operator === '??=') {
      return this.refuseKind(node, [`\`${node.operator}\``, 'Write an `if`.']);
    }
    this.target(node.left);
    if (node.operator === '=') {
      const held = node.left.type === 'Identifier' ? this.kinds.get(node.left.name) : undefined;
      const kind = this.expression(node.right);
      if (held === 'number' && kind === 'boolean') {
        this.refuse(
          node.right,
          'This is true or false, and the variable holds a number.',
          'Write `condition ? 1 : 0`.',
        );
      }
      return kind;
    }
    this.number(node.right);
    return 'number';
  }

  /** What is assigned to: a variable of the kernel's own. */
  private target(node: Expression | Pattern): void {
    if (node.type !== 'Identifier') {
      this.refuse(
        node,
        'A kernel cannot write into an array: each thread returns its own cell and nothing else.',
        'Use a variable, and return it.',
      );
    } else if (this.parameters.has(node.name)) {
      this.refuse(
        node,
        `\`${node.name}\` is a parameter, and a kernel cannot change it.`,
        `Copy it first: \`let value = ${node.name};\`.`,
      );
    } else {
      this.name(node);
    }
  }

  private name(node: Extract<AnyNode, { type: 'Identifier' }>): Kind {
    const { name } = node;
    if (this.kinds.has(name) || this.parameters.has(name)) {
      return this.kinds.get(name) ?? 'unknown';
    }
    if (name === 'Infinity') {
      return 'number';
    }
    if (name === 'undefined' || name === 'NaN') {
      return this.refuseKind(node, [`\`${name}\``, 'Start from a number, such as 0 or -Infinity.']);
    }
    if (name === 'Math' || name === 'console') {
      return this.refuse(node, `\`${name}\` itself is not a number.`, 'Call one of the functions of `Math`.');
    }
    if (this.outside.has(name)) {
      return this.refuse(
        node,
        `\`${name}\` is declared outside this kernel, which sees nothing but its own parameters.`,
        `Declare \`${name}\` inside it, or pass it as a parameter.`,
      );
    }
    return this.refuse(node, `\`${name}\` is declared nowhere.`, 'Declare it, or look for a typing mistake.');
  }

  private member(node: Extract<AnyNode, { type: 'MemberExpression' }>): Kind {
    const path = pathOf(node);
    if (path && /^this\.(?:thread|output)\.[xyz]$/.test(path)) {
      return 'number';
    }
    if (path && /^this\.constants\.[\w$]+$/.test(path)) {
      return 'unknown';
    }
    if (path?.startsWith('this')) {
      return this.refuse(
        node,
        `\`${path}\` does not exist.`,
        'A kernel has `this.thread.x`, `.y` and `.z`, and `this.output.x`, `.y` and `.z`.',
      );
    }
    if (path?.startsWith('Math.') && !this.kinds.has('Math')) {
      return mathConstants.has(path.slice(5))
        ? 'number'
        : this.refuse(node, `\`${path}\` is not a number.`, 'Call it: `Math.exp(x)`.');
    }
    if (!node.computed) {
      const name = node.property.type === 'Identifier' ? node.property.name : 'this';
      return name === 'length'
        ? this.refuse(
            node,
            'A kernel cannot ask for the `length` of an array.',
            'Pass the size as a parameter, or use `this.output`.',
          )
        : this.refuse(node, `A kernel cannot read \`.${name}\`.`, 'An array is read by index: `A[i][k]`.');
    }
    this.number(node.property);
    if (node.object.type === 'MemberExpression') {
      this.member(node.object);
    } else if (node.object.type === 'Identifier') {
      if (this.name(node.object) === 'number') {
        this.refuse(
          node,
          `\`${node.object.name}\` is a number and has no elements.`,
          'Index an array that the kernel was given.',
        );
      }
    } else {
      this.refuse(node.object, 'Only an array that the kernel was given can be indexed.', 'Write `A[i][k]`.');
    }
    return 'unknown';
  }

  private call(node: Extract<AnyNode, { type: 'CallExpression' }>): Kind {
    const path = node.callee.type === 'Super' ? undefined : pathOf(node.callee);
    if (path?.startsWith('console.')) {
      return this.refuse(node, 'There is no console inside a kernel.', 'Return the number that you want to look at.');
    }
    if (path?.startsWith('Math.')) {
      const name = path.slice(5);
      const count = mathFunctions[name];
      if (count === undefined) {
        return this.refuse(
          node,
          `\`${path}\` cannot be used in a kernel.`,
          name === 'random' ? 'Pass random numbers as an array.' : 'Write it with the other functions of `Math`.',
        );
      }
      if (node.arguments.length !== count) {
        const nested =
          count === 2 && node.arguments.length > 2 ? `Nest them: \`${path}(a, ${path}(b, c))\`.` : `Give it ${count}.`;
        return this.refuse(
          node,
          `\`${path}\` takes ${count === 1 ? 'one argument' : 'two arguments'} in a kernel.`,
          nested,
        );
      }
      node.arguments.forEach((argument) => this.number(argument));
      return 'number';
    }
    if (node.callee.type === 'MemberExpression') {
      const { property } = node.callee;
      const name = property.type === 'Identifier' && !node.callee.computed ? `.${property.name}(…)` : 'a function';
      return this.refuse(node, `A kernel cannot call \`${name}\`.`, 'Write a loop: `for (let k = 0; k < n; k++)`.');
    }
    const name = node.callee.type === 'Identifier' ? `\`${node.callee.name}\`` : 'another function';
    return this.refuse(
      node,
      `A kernel cannot call ${name}: it may call only functions of \`Math\`.`,
      'Write its lines here.',
    );
  }
}
