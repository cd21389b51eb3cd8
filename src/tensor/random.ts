/**
 * Random numbers that are the same for the same seed, in every host. The generator is xoshiro128** (Blackman and Vigna,
 * "Scrambled Linear Pseudorandom Number Generators", ACM TOMS 47, 2021): 128 bits of state, period 2¹²⁸ − 1. Its state
 * is filled by a counter put through the finaliser of MurmurHash3 (Appleby), so that neighbouring seeds share nothing.
 */
import { checkBudget } from './budget';
import { checkedShape, nameOf, sizeOf, type Shape } from './shape';
import { emptyValues, ofValues, type DType, type Tensor } from './tensor';

/** A stream of random numbers; each call takes the next of them. Made by `random(seed)`. */
export interface Random {
  /** A number in `[low, high)`, in 53 bits; `[0, 1)` is what it draws from. */
  number(): number;
  /** A whole number from `low` up to, but without, `high`. */
  integer(low: number, high: number): number;
  /** Numbers spread evenly over `[low, high)`, by default `[0, 1)`. */
  uniform(shape: Shape, options?: { readonly low?: number; readonly high?: number; readonly dtype?: DType }): Tensor;
  /** Normally distributed numbers, by default with mean 0 and standard deviation 1. */
  normal(shape: Shape, options?: { readonly mean?: number; readonly std?: number; readonly dtype?: DType }): Tensor;
  /** Whole numbers from `low` up to, but without, `high`. */
  integers(shape: Shape, options: { readonly low: number; readonly high: number; readonly dtype?: DType }): Tensor;
  /** The numbers 0 to n − 1 in random order, each order as likely as any other. */
  permutation(n: number): number[];
}

/** Random numbers that depend on nothing but `seed`, a whole number. */
export function random(seed: number): Random {
  if (!Number.isSafeInteger(seed)) throw new RangeError(`random: a seed is a whole number, not ${nameOf(seed)}`);
  const next = xoshiro128(seed);

  const number = (): number => ((next() >>> 5) * 2 ** 26 + (next() >>> 6)) / 2 ** 53;

  const integer = (low: number, high: number): number => {
    if (!Number.isSafeInteger(low) || !Number.isSafeInteger(high) || low >= high) {
      throw new RangeError(`random: there is no whole number from ${low} up to, but without, ${high}`);
    }
    return low + Math.floor(number() * (high - low));
  };

  // Box and Muller (1958): two even numbers make two independent normal ones. Both come from one call of `pair`.
  const pair = (): [number, number] => {
    const radius = Math.sqrt(-2 * Math.log(1 - number()));
    const angle = 2 * Math.PI * number();
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  };

  const filled = (
    op: string,
    { shape, dtype = 'float32' }: { shape: Shape; dtype?: DType | undefined },
    draw: () => number,
  ): Tensor => {
    const lengths = checkedShape(op, shape);
    checkBudget(op, lengths, dtype);
    const values = emptyValues(dtype, sizeOf(lengths));
    for (let i = 0; i < values.length; i++) values[i] = draw();
    return ofValues(values, lengths);
  };

  return {
    number,
    integer,
    uniform(shape, { low = 0, high = 1, dtype = 'float32' } = {}) {
      // Cut to 24 bits for float32, since rounding 53 of them could give `high` itself.
      const draw = dtype === 'float64' ? number : () => Math.floor(number() * 2 ** 24) / 2 ** 24;
      return filled('uniform', { shape, dtype }, () => low + (high - low) * draw());
    },
    normal(shape, { mean = 0, std = 1, dtype } = {}) {
      let spare: number | undefined;
      return filled('normal', { shape, dtype }, () => {
        if (spare !== undefined) {
          const value = spare;
          spare = undefined;
          return mean + std * value;
        }
        const [value, other] = pair();
        spare = other;
        return mean + std * value;
      });
    },
    integers: (shape, { low, high, dtype }) => filled('integers', { shape, dtype }, () => integer(low, high)),
    permutation(n) {
      const [count = 0] = checkedShape('permutation', [n]);
      const order = Array.from({ length: count }, (_, i) => i);
      // Fisher and Yates: each place from the end swaps with one at or before it.
      for (let i = count - 1; i > 0; i--) {
        const j = integer(0, i + 1);
        [order[i], order[j]] = [order[j] ?? 0, order[i] ?? 0];
      }
      return order;
    },
  };
}

/** Returns whole numbers in `[0, 2³²)`, evenly. */
function xoshiro128(seed: number): () => number {
  const mixed = mixer(seed);
  let [a, b, c, d] = [mixed(), mixed(), mixed(), mixed()];
  // All zeros is the one state that xoshiro never leaves.
  if ((a | b | c | d) === 0) a = 1;
  return () => {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotate(d, 11);
    return result;
  };
}

function mixer(seed: number): () => number {
  // A seed may have more than 32 bits (and a sign); its upper half starts the counter elsewhere.
  let counter = (seed >>> 0) ^ Math.imul(Math.floor(seed / 2 ** 32), 0x9e3779b9);
  return () => {
    counter = (counter + 0x9e3779b9) | 0;
    let bits = counter;
    bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
    bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
    return bits ^ (bits >>> 16);
  };
}

function rotate(bits: number, by: number): number {
  return (bits << by) | (bits >>> (32 - by));
}
