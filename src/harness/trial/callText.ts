/** The input of a call, as a report shows it, written so that it can be typed again. */
import type { CallView, TensorView } from '../report';
import { readLiteral } from './literal';

/**
 * A text for each argument, or `undefined` where the report shows less than there was: a large tensor, one inside an
 * object, a function of the check's own. Numbers come as they are shown, which is rounded.
 */
export function textsOfCall({ probe, arguments: given }: CallView): readonly string[] | undefined {
  if (probe !== undefined) return undefined;
  const texts = given.map(({ value }) => (value.kind === 'text' ? value.text : textOfTensor(value)));
  return texts.every((text) => text !== undefined && readLiteral(text).ok)
    ? texts.flatMap((text) => text ?? [])
    : undefined;
}

function textOfTensor({ shape, cells, omitted }: TensorView): string | undefined {
  if (omitted > 0 || shape.includes(0)) return undefined;
  return shape.length === 0 ? `tensor(${cells[0] ?? ''})` : nested(cells, shape);
}

function nested(cells: readonly string[], [length = 1, ...inner]: readonly number[]): string {
  const size = cells.length / length;
  const items =
    inner.length === 0
      ? cells
      : Array.from({ length }, (_, index) => nested(cells.slice(index * size, (index + 1) * size), inner));
  return `[${items.join(', ')}]`;
}
