/** From numbers to places along an axis: straight or logarithmic, with ticks at round numbers. */
import { figureNumber } from './svg';

export interface Tick {
  readonly value: number;
  readonly label: string;
}

export interface Scale {
  readonly ticks: readonly Tick[];
  /** 0 at the axis' start, 1 at its end. */
  shareOf(value: number): number;
}

/** A scale that holds all of `values`, of which there is at least one; a logarithmic one needs them above zero. */
export function scaleOf(values: readonly number[], { log }: { readonly log: boolean }): Scale {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return log ? logScale(low, high) : straightScale(low, high);
}

function straightScale(low: number, high: number): Scale {
  const flat = high === low;
  const [from, to] = flat
    ? [low - Math.max(1, Math.abs(low)) / 2, high + Math.max(1, Math.abs(high)) / 2]
    : [low, high];
  const step = roundStep((to - from) / 4);
  const [first, last] = [Math.floor(from / step + 1e-9), Math.ceil(to / step - 1e-9)];
  const [start, end] = [first * step, last * step];
  return {
    ticks: Array.from({ length: last - first + 1 }, (_, index) => {
      const value = (first + index) * step;
      return { value, label: figureNumber(value) };
    }),
    shareOf: (value) => (value - start) / (end - start),
  };
}

/** The round number, 1, 2 or 5 of its magnitude, that is next to `rough`. */
function roundStep(rough: number): number {
  const magnitude = 10 ** Math.floor(Math.log10(rough));
  const share = rough / magnitude;
  return (share < 1.5 ? 1 : share < 3.5 ? 2 : share < 7.5 ? 5 : 10) * magnitude;
}

function logScale(low: number, high: number): Scale {
  const decade = (value: number, round: (exponent: number) => number): number =>
    round(Number(Math.log10(value).toFixed(9)));
  const first = decade(low, Math.floor);
  const last = Math.max(first + 1, decade(high, Math.ceil));
  const every = Math.ceil((last - first) / 6);
  const decades = Array.from({ length: Math.floor((last - first) / every) + 1 }, (_, index) => first + index * every);
  const between = last - first === 1 ? [2, 5].map((times) => times * 10 ** first) : [];
  // One way of writing for a whole axis: in full while every tick is short, as powers otherwise.
  const inFull = first >= -3 && last <= 4;
  const powerOf = (exponent: number): Tick => {
    const value = 10 ** exponent;
    return { value, label: inFull ? figureNumber(value) : `1e${String(exponent).replace('-', '−')}` };
  };
  return {
    ticks: [...decades.map(powerOf), ...between.map((value) => ({ value, label: figureNumber(value) }))],
    shareOf: (value) => (Math.log10(value) - first) / (last - first),
  };
}
