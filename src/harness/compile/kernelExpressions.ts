/** Reads the expressions of a kernel: what kind of value each one is, and what GPU.js could not take in it. */
import type { AnyNode, Expression, Pattern } from 'acorn';
import type { KernelNotes, Kind } from './kernelNotes';
import { comparisons, mathConstants, mathFunctions, numbersOnly, pathOf } from './kernelVocabulary';

export class KernelExpressions {
  constructor(private readonly notes: KernelNotes) {}

  condition(node: Expression): void {
    if (this.expression(node) === 'number') {
      this.notes.refuse(
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
      this.notes.refuse(
        node,
        'This is an array, and a kernel calculates with numbers.',
        'Read one entry of it: `A[i][k]`.',
      );
    } else if (kind === 'boolean') {
      this.notes.refuse(
        node,
        'This is true or false, and a kernel cannot calculate with it.',
        'Write `(condition ? 1 : 0)`.',
      );
    }
  }

  expression(node: AnyNode): Kind {
    switch (node.type) {
      case 'Literal':
        if (typeof node.value === 'number' && node.raw?.includes('_') === true) {
          return this.notes.refuse(node, 'GPU.js cannot read a number with `_` in it.', `Write ${node.value}.`);
        }
        if (typeof node.value === 'number' || typeof node.value === 'boolean') {
          return typeof node.value === 'number' ? 'number' : 'boolean';
        }
        return this.notes.refuseKind(
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
        return this.notes.refuseKind(node, [`\`${node.operator}\``, 'Everything in a kernel is a number already.']);
      case 'BinaryExpression':
        if (node.operator === 'in' || node.operator === 'instanceof') {
          return this.notes.refuseKind(node, [`\`${node.operator}\``, 'A kernel works with numbers only.']);
        }
        this.number(node.left);
        this.number(node.right);
        return comparisons.has(node.operator) ? 'boolean' : 'number';
      case 'LogicalExpression':
        if (node.operator === '??') {
          return this.notes.refuseKind(node, ['`??`', 'What a kernel is given is always there.']);
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
        return this.notes.refuseKind(node, [
          'An assignment inside an expression',
          'Write it as a statement of its own; to compare, write `===`.',
        ]);
      case 'UpdateExpression':
        this.target(node.argument);
        return 'number';
      case 'MemberExpression':
        return this.member(node);
      case 'CallExpression':
        return this.call(node);
      default:
        return this.notes.refuseOther(node);
    }
  }

  /** What stands as a statement of its own, or steps a loop. */
  change(node: AnyNode): void {
    if (node.type === 'AssignmentExpression') {
      this.assignment(node);
    } else {
      this.expression(node);
    }
  }

  private assignment(node: Extract<AnyNode, { type: 'AssignmentExpression' }>): Kind {
    if (node.operator === '&&=' || node.operator === '||=' || node.operator === '??=') {
      return this.notes.refuseKind(node, [`\`${node.operator}\``, 'Write an `if`.']);
    }
    this.target(node.left);
    if (node.operator === '=') {
      const held = node.left.type === 'Identifier' ? this.notes.kinds.get(node.left.name) : undefined;
      const kind = this.expression(node.right);
      if (held === 'number' && kind === 'boolean') {
        this.notes.refuse(
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
    const path = pathOf(node);
    if (path?.startsWith('this.') === true) {
      this.notes.refuse(node, `A kernel cannot change \`${path}\`.`, 'Use a variable of its own.');
    } else if (node.type !== 'Identifier') {
      this.notes.refuse(
        node,
        'A kernel cannot write into an array: each thread returns its own cell and nothing else.',
        'Use a variable, and return it.',
      );
    } else if (this.notes.parameters.has(node.name)) {
      this.notes.refuse(
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
    if (this.notes.isOver(name)) {
      return this.notes.refuse(
        node,
        `\`${name}\` is known only inside the block in which it is declared.`,
        `Declare it before that block: \`let ${name} = 0;\`.`,
      );
    }
    if (this.notes.kinds.has(name) || this.notes.parameters.has(name)) {
      return this.notes.kinds.get(name) ?? 'unknown';
    }
    if (name === 'Infinity') {
      return 'number';
    }
    if (name === 'undefined' || name === 'NaN') {
      return this.notes.refuseKind(node, [`\`${name}\``, 'Start from a number, such as 0 or -Infinity.']);
    }
    if (name === 'Math' || name === 'console') {
      return this.notes.refuse(node, `\`${name}\` itself is not a number.`, 'Call one of the functions of `Math`.');
    }
    if (this.notes.outside.has(name)) {
      return this.notes.refuse(
        node,
        `\`${name}\` is declared outside this kernel, which sees nothing but its own parameters.`,
        `Declare \`${name}\` inside it, or pass it as a parameter.`,
      );
    }
    return this.notes.refuse(node, `\`${name}\` is declared nowhere.`, 'Declare it, or look for a typing mistake.');
  }

  private member(node: Extract<AnyNode, { type: 'MemberExpression' }>): Kind {
    const path = pathOf(node);
    if (path && /^this\.(?:thread|output)\.[xyz]$/.test(path)) {
      return 'number';
    }
    if (path === 'this.thread' || path === 'this.output') {
      return this.notes.refuse(node, `\`${path}\` itself is not a number.`, `Read a part of it: \`${path}.x\`.`);
    }
    if (path?.startsWith('this.constants') === true) {
      return this.notes.refuse(node, 'There are no constants here.', 'Pass the number as a parameter.');
    }
    if (path?.startsWith('this')) {
      return this.notes.refuse(
        node,
        `\`${path}\` does not exist.`,
        'A kernel has `this.thread.x`, `.y` and `.z`, and `this.output.x`, `.y` and `.z`.',
      );
    }
    if (path?.startsWith('Math.') && !this.notes.kinds.has('Math')) {
      return mathConstants.has(path.slice(5))
        ? 'number'
        : this.notes.refuse(node, `\`${path}\` is not a number.`, 'Call it: `Math.exp(x)`.');
    }
    if (!node.computed) {
      const name = node.property.type === 'Identifier' ? node.property.name : 'this';
      return name === 'length'
        ? this.notes.refuse(
            node,
            'A kernel cannot ask for the `length` of an array.',
            'Pass the size as a parameter, or use `this.output`.',
          )
        : this.notes.refuse(node, `A kernel cannot read \`.${name}\`.`, 'An array is read by index: `A[i][k]`.');
    }
    this.number(node.property);
    if (node.object.type === 'MemberExpression') {
      this.member(node.object);
    } else if (node.object.type === 'Identifier') {
      if (this.name(node.object) === 'number') {
        this.notes.refuse(
          node,
          `\`${node.object.name}\` is a number and has no elements.`,
          'Index an array that the kernel was given.',
        );
      }
    } else {
      this.notes.refuse(node.object, 'Only an array that the kernel was given can be indexed.', 'Write `A[i][k]`.');
    }
    return 'unknown';
  }

  private call(node: Extract<AnyNode, { type: 'CallExpression' }>): Kind {
    const path = node.callee.type === 'Super' ? undefined : pathOf(node.callee);
    if (path?.startsWith('console.')) {
      return this.notes.refuse(
        node,
        'There is no console inside a kernel.',
        'Return the number that you want to look at.',
      );
    }
    if (path?.startsWith('Math.')) {
      const name = path.slice(5);
      const count = mathFunctions[name];
      if (count === undefined) {
        return this.notes.refuse(
          node,
          `\`${path}\` cannot be used in a kernel.`,
          name === 'random' ? 'Pass random numbers as an array.' : 'Write it with the other functions of `Math`.',
        );
      }
      if (node.arguments.length !== count) {
        const nested =
          count === 2 && node.arguments.length > 2 ? `Nest them: \`${path}(a, ${path}(b, c))\`.` : `Give it ${count}.`;
        return this.notes.refuse(
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
      return this.notes.refuse(
        node,
        `A kernel cannot call \`${name}\`.`,
        'Write a loop: `for (let k = 0; k < n; k++)`.',
      );
    }
    const name = node.callee.type === 'Identifier' ? `\`${node.callee.name}\`` : 'another function';
    return this.notes.refuse(
      node,
      `A kernel cannot call ${name}: it may call only functions of \`Math\`.`,
      'Write its lines here.',
    );
  }
}
