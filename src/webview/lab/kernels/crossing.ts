/** Where one backend begins to be faster than another, read from times at a few sizes. */

/** Sizes with milliseconds, the sizes growing. */
export type Times = readonly (readonly [number, number])[];

export type Crossing =
  | { readonly kind: 'always' | 'never' | 'unknown' }
  /** Between two measured sizes, along straight lines of a log–log chart. */
  | { readonly kind: 'at'; readonly size: number };

/** From where on `challenger` stays faster than `incumbent`, among the sizes that both were timed at. */
export function crossing(challenger: Times, incumbent: Times): Crossing {
  const shared = challenger.flatMap(([size, ms]) => {
    const other = incumbent.find(([at]) => at === size);
    // A bound below which no clock of a page tells.
    return other === undefined ? [] : [{ size, lead: Math.log(Math.max(other[1], 0.0025) / Math.max(ms, 0.0025)) }];
  });
  const last = shared.at(-1);
  if (last === undefined) {
    return { kind: 'unknown' };
  }
  if (last.lead <= 0) {
    return { kind: 'never' };
  }
  const slower = shared.findLastIndex(({ lead }) => lead <= 0);
  const before = shared[slower];
  const after = shared[slower + 1];
  if (before === undefined || after === undefined) {
    return { kind: 'always' };
  }
  const share = before.lead / (before.lead - after.lead);
  return { kind: 'at', size: before.size * (after.size / before.size) ** share };
}
