/** Learning by guessing. */

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
  if (!Number.isInteger(tries) || tries < 1) {
    throw new RangeError(`randomSearch: tries is ${tries}, but must be a whole number, 1 or more`);
  }
  let best: { readonly candidate: Candidate; readonly loss: number } | undefined;
  const history: number[] = [];
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const candidate = draw();
    const loss = lossOf(candidate);
    // Every comparison with NaN is false, so a NaN that is the best once would stay the best for ever.
    if (!Number.isNaN(loss) && (best === undefined || loss < best.loss)) best = { candidate, loss };
    history.push(best?.loss ?? NaN);
  }
  if (best === undefined) throw new Error(`randomSearch: the loss of all ${tries} candidates was NaN`);
  return { best: best.candidate, loss: best.loss, history };
}
