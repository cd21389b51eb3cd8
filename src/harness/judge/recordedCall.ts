/**
 * What the judge writes down about each call of a learner's function, so that a failed check can show the input without
 * its author having said a word about it.
 */

/** An argument that a call changed, as it was before and as it is now. */
export interface ChangedArgument {
  readonly index: number;
  readonly before: unknown;
  readonly after: unknown;
}

export interface RecordedCall {
  /** The exported function's name; of a probe, what it does in a few words. */
  readonly function: string;
  /** The text of the probe, where it was one that ran. */
  readonly probe?: string | undefined;
  /** The names of its parameters as the learner wrote them. */
  readonly argumentNames: readonly string[];
  /** The values as they were passed: tensors, numbers, arrays and plain objects of them. */
  readonly arguments: readonly unknown[];
  /** Filled in when the call has answered. */
  readonly changedArguments: readonly ChangedArgument[];
  /** The very object that the check was given as the answer; a failed comparison finds its call by it. */
  readonly result?: unknown;
}
