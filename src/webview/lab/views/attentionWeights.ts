/** Attention weights by head, read for the viewer. */
import type { TensorData } from '../../labProtocol';

/** One head of `(heads, tokens, tokens)`, or the mean of all. */
export type HeadChoice = number | 'mean';

export interface HeadWeights {
  readonly count: number;
  /** How much the token `query` takes from the token `key`. */
  readonly weight: (query: number, key: number) => number;
  /** Whether no head that is looked at takes anything: what a mask leaves, since a softmax gives no exact zero. */
  readonly isMasked: (query: number, key: number) => boolean;
}

export function headsOf({ shape }: TensorData): number {
  return shape[0] ?? 0;
}

export function headWeights({ shape, data }: TensorData, head: HeadChoice): HeadWeights {
  const [heads = 0, count = 0] = shape;
  const chosen = head === 'mean' ? Array.from({ length: heads }, (_, index) => index) : [head];
  const at = (of: number, { query, key }: { query: number; key: number }): number =>
    data[(of * count + query) * count + key] ?? Number.NaN;
  return {
    count,
    weight: (query, key) => chosen.reduce((sum, index) => sum + at(index, { query, key }), 0) / (chosen.length || 1),
    isMasked: (query, key) => chosen.every((index) => at(index, { query, key }) === 0),
  };
}
