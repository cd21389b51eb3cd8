/**
 * What a kernel may contain, checked before GPU.js sees it: GPU.js answers an inner arrow or a forgotten `return` in its
 * own terms and without a line. A kernel is a list of allowed things rather than of forbidden ones, so that whatever is
 * not on it is answered here, at the learner's own line, with what to write instead.
 */
import type { CompileProblem } from '../report';
import { KernelReader } from './kernelReader';
import { exportedNames } from './moduleFacts';
import { checkedTree, placeOfNode, problemAt } from './syntax';
import type { SourceInput } from './syntax';
import type { FunctionNode } from './walk';

export interface KernelInput extends SourceInput {
  /** The exported function that is to be launched. */
  readonly kernel: string;
}

/**
 * Everything in the exported function `kernel` that GPU.js cannot take, first things first. A stub that still throws its
 * TODO has no problems: running it says that it is not started. A text that does not compile gives that one problem.
 */
export function kernelProblems({ kernel, ...source }: KernelInput): readonly CompileProblem[] {
  const checked = checkedTree(source);
  if (!checked.ok) {
    return [checked.problem];
  }
  const exported = exportedNames(checked.tree).find(({ name }) => name === kernel);
  if (!exported) {
    return [
      problemAt({
        ...checked,
        position: { line: 1, column: 1 },
        message: `This file does not export a function \`${kernel}\`.`,
        hint: `Write \`export function ${kernel}(this: KernelContext, …): number { … }\`.`,
      }),
    ];
  }
  const node = exported.function;
  const complain = (message: string, hint: string): readonly CompileProblem[] => [
    problemAt({ ...checked, position: placeOfNode(checked, exported.node), message, hint }),
  ];
  if (!node) {
    return complain(
      `\`${kernel}\` is not a function.`,
      `Write \`export function ${kernel}(this: KernelContext, …): number { … }\`.`,
    );
  }
  if (node.type === 'ArrowFunctionExpression') {
    return complain(
      `The kernel \`${kernel}\` is an arrow function, which has no \`this.thread\` of its own.`,
      `Write \`export function ${kernel}(this: KernelContext, …): number { … }\`.`,
    );
  }
  if (node.async || node.generator) {
    return complain(
      `The kernel \`${kernel}\` is ${node.async ? 'asynchronous' : 'a generator'}.`,
      'A kernel is a plain function that returns one number.',
    );
  }
  return isUnwritten(node) ? [] : new KernelReader(checked, node).read();
}

/** Whether the body still begins with the stub's `throw new Error('TODO…')`. */
function isUnwritten(node: FunctionNode): boolean {
  const first = node.body.type === 'BlockStatement' ? node.body.body[0] : undefined;
  const thrown =
    first?.type === 'ThrowStatement' && first.argument.type === 'NewExpression'
      ? first.argument.arguments[0]
      : undefined;
  return thrown?.type === 'Literal' && typeof thrown.value === 'string' && thrown.value.startsWith('TODO');
}
