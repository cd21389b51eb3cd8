/** What an exercise author imports as `'authoring'`: the vocabulary of checks and of mutants. */
export { defineChecks } from './checks';
export type {
  Beside,
  Check,
  Comparable,
  CheckContext,
  CheckSet,
  DataOfKind,
  Expect,
  Labelled,
  LabelledImages,
  LabelledLines,
  LabelledTexts,
  OnlyBeside,
  Probe,
  Remote,
  RemoteKernel,
  RunBeside,
  KernelLaunch,
  KernelRun,
  Tolerance,
  Weights,
} from './checks';
export { confusionMatrix, defineKernelRace, defineRun, shareRight } from './lab';
export type {
  Confusion,
  Curve,
  GraphEdge,
  GraphNode,
  KernelRace,
  LabDefinition,
  RacedKernel,
  RacedLaunch,
  RunContext,
  RunDefinition,
  RunQuestion,
  RunSetting,
  RunSettings,
  RunStep,
  RunView,
  SettingValues,
} from './lab';
export { defineEquivalent, defineMutants } from './mutants';
export type { Equivalent, Mutant } from './mutants';
