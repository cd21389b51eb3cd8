/**
 * Learning by guessing.
 *
 * Nothing of `'tensor'` is needed here: the search does not care what a candidate is.
 */

/** What a search found. */
export interface SearchResult<Candidate> {
  /** The candidate with the lowest loss; of several, the one that was drawn first. */
  readonly best: Candidate;
  /** Its loss. */
  readonly loss: number;
  /** After each try the lowest loss so far: one number for each try. */
  readonly history: readonly number[];
}

/**
 * Draws candidates and keeps the best of them.
 *
 * lossOf: how bad a candidate is; tries: how many to draw, a whole number, 1 or more; draw: a fresh candidate with every
 * call, such as a set of random parameters. A loss that is NaN never wins; before the first number, `history` holds NaN.
 *
 * @throws Error that names tries where it is no whole number above 0, or says that every loss was NaN
 */
export function randomSearch<Candidate>(
  lossOf: (candidate: Candidate) => number,
  tries: number,
  draw: () => Candidate,
): SearchResult<Candidate> {
  // TODO: draw, judge, and keep what is better than everything before.
  throw new Error('TODO: write randomSearch');
}
