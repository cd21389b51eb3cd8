/** A row of this measurement, and how people read it. */
export interface Row {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What it is compared with, and the value divided by the peer's. */
  readonly peer?: string;
  readonly ratio?: number;
  /** The largest ratio, or value where there is no peer, that the project promises. */
  readonly limit?: number;
}

export function lineOf({ name, value, unit, peer, ratio, limit }: Row): string {
  const measured = ratio ?? value;
  const promise =
    limit === undefined ? '' : measured <= limit ? `  (at most ${limit})` : `  (TOO MUCH: at most ${limit})`;
  const compared =
    ratio === undefined ? '' : `  ${ratio < 0.1 ? ratio.toPrecision(2) : ratio.toFixed(2)} × ${peer ?? ''}`;
  return `${name.padEnd(52)} ${value.toFixed(2).padStart(10)} ${unit}${compared}${promise}`;
}
