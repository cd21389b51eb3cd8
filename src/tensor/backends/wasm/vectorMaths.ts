/**
 * Exponentials and their kin for four floats at once. Errors against the true value, measured over all of the range by
 * test/unit/tensor/wasmMaths.test.ts, which fails when one is passed, in units in the last place (ulp) of float32 or, where it
 * says so, absolute: exp 2 ulp (denormal results included), log 3 ulp, tanh 4 ulp, sigmoid 4 ulp down to 1e-37, erf 4e-7 absolute and
 * 8 ulp near 0, gelu 1.5e-6 absolute up to 10. NaN stays NaN; exp(∞) = ∞, exp(−∞) = 0, log(0) = −∞, log of a negative is NaN, tanh(±∞) = ±1.
 *
 * Sources: range reduction and polynomials of exp, log and tanh follow S. Moshier's Cephes library (expf, logf, tanhf);
 * the rational erf is the minimax form that Eigen and XLA use for float32.
 */
import {
  absolute,
  add,
  addLanes,
  and,
  choose,
  div,
  eq,
  floats,
  fromLanes,
  ge,
  gt,
  ints,
  int,
  lt,
  mul,
  ne,
  neg,
  or,
  quickMax,
  quickMin,
  shiftLeftLanes,
  shiftRightLanes,
  sub,
  subLanes,
  type Code,
  type Value,
} from './encode';

/** `c₀ xⁿ + c₁ xⁿ⁻¹ + … + cₙ` by Horner's rule. */
function polynomial(x: Value, coefficients: readonly number[]): Value {
  const [first = 0, ...others] = coefficients;
  return others.reduce<Value>((value, c) => add(mul(value, x), floats(c)), floats(first));
}

const one = floats(1);

const powerOfTwo = (n: Value): Value => shiftLeftLanes(addLanes(n, ints(127)), int(23));

/** `eˣ = 2ⁿ eʳ` with `x = n ln 2 + r`, `|r| ≤ ½ ln 2`. The power of two in two factors, so that denormals come out right. */
export function exp(code: Code, argument: Value): Value {
  const { mantissa, n } = reduced(code, quickMin(quickMax(argument, floats(-105)), floats(89)));
  const half = code.let('v128', shiftRightLanes(n, int(1)));
  return code.let('v128', mul(mul(mantissa, powerOfTwo(half)), powerOfTwo(subLanes(n, half))));
}

/**
 * `eˣ` for x ≤ 0, where it is added to something near 1 or multiplied by it: what would be denormal is 0, for at
 * n = −127 the exponent's bits are 0. A third fewer instructions than `exp`.
 */
export function expOfNegative(code: Code, argument: Value): Value {
  const { mantissa, n } = reduced(code, quickMax(argument, floats(-88)));
  return code.let('v128', mul(mantissa, powerOfTwo(n)));
}

/** `eʳ`, and n as whole numbers. */
function reduced(code: Code, argument: Value): { mantissa: Value; n: Value } {
  const x = code.let('v128', argument);
  // Adding 1.5 · 2²³ leaves no bits after the point: the sum is rounded, and its low bits are n.
  const shifted = code.let('v128', add(mul(x, floats(Math.LOG2E)), floats(12582912)));
  const n = code.let('v128', sub(shifted, floats(12582912)));
  const r = code.let('v128', sub(sub(x, mul(n, floats(0.693359375))), mul(n, floats(-2.1219444e-4))));
  const p = polynomial(
    r,
    [1.98756915e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1],
  );
  const mantissa = code.let('v128', add(add(mul(p, mul(r, r)), r), one));
  return { mantissa, n: code.let('v128', subLanes(shifted, ints(0x4b400000))) };
}

/** `log x = e ln 2 + log m` with the mantissa `m` between `√½` and `√2`. */
export function log(code: Code, argument: Value): Value {
  const given = code.let('v128', argument);
  const tiny = code.let('v128', lt(given, floats(1.17549435e-38)));
  // Denormals are scaled up by 2²³ first, which the exponent takes back.
  const x = code.let('v128', choose(tiny, mul(given, floats(8388608)), given));
  const rawExponent = subLanes(shiftRightLanes(x, int(23)), ints(126));
  const exponent = code.let('v128', sub(fromLanes(rawExponent), and(tiny, floats(23))));
  const fraction = code.let('v128', or(and(x, ints(0x007fffff)), floats(0.5)));
  const small = code.let('v128', lt(fraction, floats(Math.SQRT1_2)));
  const m = code.let('v128', sub(add(fraction, and(small, fraction)), one));
  const e = code.let('v128', sub(exponent, and(small, one)));
  const z = code.let('v128', mul(m, m));
  const p = polynomial(
    m,
    [
      7.0376836292e-2, -1.151461031e-1, 1.167699874e-1, -1.2420140846e-1, 1.4249322787e-1, -1.6668057665e-1,
      2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1,
    ],
  );
  const tail = add(mul(mul(m, z), p), sub(mul(e, floats(-2.1219444e-4)), mul(z, floats(0.5))));
  const value = add(add(m, tail), mul(e, floats(0.693359375)));
  const finite = choose(eq(given, floats(Infinity)), given, value);
  const notNegative = choose(ge(given, floats(0)), finite, floats(NaN));
  return code.let('v128', choose(eq(given, floats(0)), floats(-Infinity), notNegative));
}

/** An odd polynomial near 0, where `1 − 2 / (e²ˣ + 1)` would cancel. */
export function tanh(code: Code, argument: Value): Value {
  const x = code.let('v128', argument);
  const size = code.let('v128', absolute(x));
  const z = code.let('v128', mul(x, x));
  const p = polynomial(
    z,
    [-5.70498872745e-3, 2.06390887954e-2, -5.37397155531e-2, 1.33314422036e-1, -3.33332819422e-1],
  );
  const near = code.let('v128', add(mul(mul(p, z), x), x));
  const power = exp(code, add(size, size));
  const far = sub(one, div(floats(2), add(power, one)));
  const signed = or(far, and(x, ints(0x80000000 | 0)));
  return code.let('v128', choose(gt(size, floats(0.625)), signed, near));
}

/** With `eˡ`, `l = −|x|`, which never overflows: `1 / (1 + eˡ)` on the right of 0, `eˡ / (1 + eˡ)` on the left. */
export function sigmoid(code: Code, argument: Value): Value {
  const x = code.let('v128', argument);
  const power = exp(code, neg(absolute(x)));
  const numerator = choose(lt(x, floats(0)), power, one);
  const value = code.let('v128', div(numerator, add(one, power)));
  return code.let('v128', choose(ne(x, x), x, value));
}

/** `x P(x²) / Q(x²)` on `[−4, 4]`, beyond which `erf` is ±1 in float32. */
export function erf(code: Code, argument: Value): Value {
  const x = code.let('v128', quickMin(quickMax(argument, floats(-4)), floats(4)));
  const z = code.let('v128', mul(x, x));
  const p = polynomial(
    z,
    [
      -2.72614225801306e-10, 2.77068142495902e-8, -2.10102402082508e-6, -5.69250639462346e-5, -7.34990630326855e-4,
      -2.95459980854025e-3, -1.60960333262415e-2,
    ],
  );
  const q = polynomial(
    z,
    [-1.45660718464996e-5, -2.13374055278905e-4, -1.68282697438203e-3, -7.37332916720468e-3, -1.42647390514189e-2],
  );
  const value = code.let('v128', div(mul(x, p), q));
  // Rounding may pass ±1 by one unit.
  return code.let('v128', quickMin(quickMax(value, floats(-1)), one));
}

/** `½ (1 + erf(x / √2))`, the normal distribution's share below `x`. */
export function normalShare(code: Code, x: Value): Value {
  return code.let('v128', add(mul(erf(code, mul(x, floats(Math.SQRT1_2))), floats(0.5)), floats(0.5)));
}
