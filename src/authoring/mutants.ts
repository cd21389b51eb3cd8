/** Wrong solutions that a learner really writes, each with the check that must catch it. */

export interface Mutant {
  /** What went wrong, as one would say it: `forgets the transpose`. */
  readonly name: string;
  /** The sentence of the check that must fail. Others may fail too. */
  readonly caughtBy: string;
  /**
   * Edits of `solution.ts`: each `find` must occur in it exactly once. An exercise whose mistake needs another shape of
   * program gives the whole `source` instead.
   */
  readonly edits?: readonly { readonly find: string; readonly replace: string }[];
  readonly source?: string;
}

/**
 * An automatic mutant that no check can catch, because it does what the solution does. `groundup course --full` prints
 * each survivor in this form, ready to be copied.
 */
export interface Equivalent {
  /** The line of `solution.ts`, without the space around it. */
  readonly at: string;
  readonly from: string;
  readonly to: string;
  /** Why nothing that a check can see changes. */
  readonly because: string;
}

export function defineMutants(mutants: readonly Mutant[]): readonly Mutant[] {
  return mutants;
}

/** Exported as `equivalent` from `mutants.ts`, beside the mutants. */
export function defineEquivalent(equivalent: readonly Equivalent[]): readonly Equivalent[] {
  return equivalent;
}
