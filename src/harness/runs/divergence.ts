/** What there is to say when a curve of a run is no longer finite, or explodes: where it began, and what usually helps. */
import { describeIndex, describeShape, formatNumber, indexAt } from '../present/formatNumber';
import type { CurveField } from './labData';
import type { Divergence } from './readLab';

export function divergenceSentence(
  { curve, value, step, first, place }: Divergence,
  curves: readonly CurveField[],
): string {
  const label = curves.find(({ name }) => name === curve)?.label ?? curve;
  const what = Number.isFinite(value)
    ? `${label} has exploded: it began with ${formatNumber(first)} and is ${formatNumber(value)} at step ${step}.`
    : `${label} is ${formatNumber(value)} at step ${step}.`;
  const help = 'Steps that are too large do this: try a smaller learning rate.';
  if (place === undefined) {
    const finite = 'Every tensor that the run tells of is still finite then.';
    return `${what} ${finite} ${help}`;
  }
  const { tensor, entry, position, shape, atStep } = place;
  const index = describeIndex(indexAt(position, shape));
  const where = `The first tensor that is not finite is ${tensor} ${describeShape(shape)}, after step ${atStep}: its entry ${index} is ${formatNumber(entry)}.`;
  return `${what} ${where} ${help}`;
}
