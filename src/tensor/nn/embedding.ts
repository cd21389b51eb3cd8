/** A learned vector for each of a number of things. */
import { embedding, type Indices } from '../select';
import { parameter } from '../tape';
import type { Tensor } from '../tensor';
import type { LayerOptions } from './linear';

/**
 * A table `(entries, channels)` whose rows are looked up: ids `(…)` give `(…, channels)`. Starts normally distributed.
 */
export class Embedding {
  readonly table: Tensor;

  constructor(entries: number, channels: number, options: LayerOptions) {
    const { random, dtype = 'float32' } = options;
    this.table = parameter(random.normal([entries, channels], { dtype }));
  }

  forward(ids: Indices): Tensor {
    return embedding(this.table, ids);
  }
}
