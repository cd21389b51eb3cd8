/**
 * Where an axis has its marks, and how a number is written beside them. All charts of the lab ask here, whoever draws
 * them, so that the same axis looks the same everywhere.
 */

export type AxisScale = 'linear' | 'logarithmic' | 'share';

export interface AxisRange {
  readonly minimum: number;
  readonly maximum: number;
}

/** The range that an axis shows for values from `minimum` to `maximum`, with a little air, and never empty. */
export function axisRange(scale: AxisScale, { minimum, maximum }: AxisRange): AxisRange {
  if (!(maximum >= minimum)) {
    return scale === 'logarithmic' ? { minimum: 0.1, maximum: 1 } : { minimum: 0, maximum: 1 };
  }
  switch (scale) {
    case 'share':
      return { minimum: Math.min(0, minimum), maximum: Math.max(1, maximum) };
    case 'logarithmic': {
      const air = Math.max(0.05 * Math.log10(maximum / minimum), 0.02);
      return { minimum: minimum / 10 ** air, maximum: maximum * 10 ** air };
    }
    case 'linear': {
      const air = 0.05 * (maximum - minimum) || Math.abs(maximum) * 0.1 || 1;
      // Values that are never negative keep their floor: a loss has no room below zero.
      return { minimum: minimum >= 0 && minimum - air < 0 ? 0 : minimum - air, maximum: maximum + air };
    }
    default:
      return scale satisfies never;
  }
}

/** About `count` round numbers in the range. */
export function ticksOf(scale: AxisScale, range: AxisRange, count = 5): readonly number[] {
  return scale === 'logarithmic' ? logarithmicTicks(range, count) : linearTicks(range, count);
}

function linearTicks({ minimum, maximum }: AxisRange, count: number): readonly number[] {
  const rough = (maximum - minimum) / Math.max(1, count);
  if (!(rough > 0) || !Number.isFinite(rough)) {
    return [minimum];
  }
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough * 0.999) ?? 10);
  const first = Math.ceil(minimum / step - 1e-9);
  const last = Math.floor(maximum / step + 1e-9);
  // Rounded to the step's own digits, which a product of two floating numbers is not.
  const digits = Math.max(0, -Math.floor(Math.log10(step)) + 1);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) =>
    Number(((first + index) * step).toFixed(Math.min(100, digits))),
  );
}

function logarithmicTicks({ minimum, maximum }: AxisRange, count: number): readonly number[] {
  const low = Math.ceil(Math.log10(minimum) - 1e-9);
  const high = Math.floor(Math.log10(maximum) + 1e-9);
  const decades = high - low + 1;
  if (decades > count) {
    const every = Math.ceil(decades / count);
    return powers(low, high).filter((_, index) => index % every === 0);
  }
  const factors = [[1], [1, 3], [1, 2, 5], [1, 2, 3, 4, 5, 6, 7, 8, 9]];
  const candidates = factors.map((parts) =>
    powers(low - 1, high)
      .flatMap((power) => parts.map((part) => Number((part * power).toPrecision(1))))
      .filter((value) => value >= minimum && value <= maximum),
  );
  const enough = candidates.find((values) => values.length >= Math.min(3, count));
  // Less than a decade that holds hardly a round number: there a linear division reads better.
  return enough ?? linearTicks({ minimum, maximum }, count);
}

const powers = (low: number, high: number): readonly number[] =>
  Array.from({ length: Math.max(0, high - low + 1) }, (_, index) => Number(`1e${low + index}`));

/** A number beside an axis or in a table: at most four digits that count, powers of ten where it is tiny or huge. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) {
    return Number.isNaN(value) ? 'NaN' : value > 0 ? '∞' : '−∞';
  }
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e7)) {
    const [mantissa = '', exponent = ''] = value.toExponential(2).split('e');
    const digits = minus(String(Number(mantissa)));
    const power = superscript(String(Number(exponent)));
    return digits === '1' ? `10${power}` : `${digits}·10${power}`;
  }
  return minus(Number(value.toPrecision(size >= 1000 ? 7 : 4)).toLocaleString('en', { maximumFractionDigits: 6 }));
}

/** A share of one as per cent: `97.5 %`. */
export function percent(share: number): string {
  return Number.isFinite(share) ? `${minus(String(Number((share * 100).toFixed(1))))} %` : figure(share);
}

export function valueInWords(value: number, scale: AxisScale): string {
  return scale === 'share' ? percent(value) : figure(value);
}

const minus = (text: string): string => text.replace('-', '−');

const superscripts: Readonly<Record<string, string>> = {
  '-': '⁻',
  '0': '⁰',
  '1': '¹',
  '2': '²',
  '3': '³',
  '4': '⁴',
  '5': '⁵',
  '6': '⁶',
  '7': '⁷',
  '8': '⁸',
  '9': '⁹',
};

const superscript = (digits: string): string => [...digits].map((digit) => superscripts[digit] ?? digit).join('');
