/** Turns an author's own module into a function, in this process: `groundup course` trusts the course that it checks. */
import vm from 'node:vm';
import type { Evaluate } from '../content/mutants';
import type { ModuleBody } from '../harness/compile/loader';

export const evaluateHere: Evaluate = (code, filename) =>
  vm.compileFunction(code, ['exports', 'require'], { filename }) as ModuleBody;
