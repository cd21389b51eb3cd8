/** What an exercise author imports as `'authoring'`: the vocabulary of checks and of mutants. */
export { defineChecks } from './checks';
export type {
  Check,
  Comparable,
  CheckContext,
  CheckSet,
  Expect,
  Labelled,
  LabelledImages,
  Remote,
  RemoteKernel,
  KernelLaunch,
  KernelRun,
  Tolerance,
} from './checks';
export { defineMutants } from './mutants';
export type { Mutant } from './mutants';
