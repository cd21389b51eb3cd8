/** The error function in 64 bits, for the reference backend. */

/**
 * `erf(x) = 2/√π ∫₀ˣ e^(−t²) dt`, to about 1e-15. Near 0 by the series `2/√π e^(−x²) Σₙ 2ⁿ x²ⁿ⁺¹ / (2n+1)!!`, whose terms are
 * all of one sign, so that nothing cancels; further out by the continued fraction of `1 − erf` (Abramowitz and Stegun
 * 7.1.6 and 7.1.14).
 */
export function erf(x: number): number {
  const size = Math.abs(x);
  if (size < 3) {
    let term = x;
    let total = x;
    for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(total); n++) {
      term *= (2 * x * x) / (2 * n + 1);
      total += term;
    }
    return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * total;
  }
  if (size > 6) return Math.sign(x);
  if (Number.isNaN(x)) return NaN;
  let fraction = size;
  for (let n = 60; n > 0; n--) fraction = size + n / 2 / fraction;
  return Math.sign(x) * (1 - Math.exp(-x * x) / (Math.sqrt(Math.PI) * fraction));
}

/** `½ (1 + erf(x / √2))`: the share of a normal distribution below `x`. */
export function normalShare(x: number): number {
  return 0.5 * (1 + erf(x / Math.SQRT2));
}
