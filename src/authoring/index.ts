/** What an exercise author imports as `'authoring'`: the vocabulary of checks and of mutants. */
export { defineChecks } from './checks';
export type {
  Check,
  Comparable,
  CheckContext,
  CheckSet,
  Expect,
  Remote,
  RemoteKernel,
  KernelLaunch,
  KernelRun,
  Tolerance,
} from './checks';
export { defineEquivalent, defineMutants } from './mutants';
export type { Equivalent, Mutant } from './mutants';
