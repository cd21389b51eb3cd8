/** Finding the parameters of a model by looking into it, so that a model is any object, list or nest of them. */
import { isParameter } from '../tape';
import { Tensor } from '../tensor';

/**
 * The parameters in `model` by name, in the order of its fields: `weight`, `attention.query.weight`,
 * `blocks.0.norm.gamma`. Looks into objects and arrays; a parameter that is reached twice is named once, by the first
 * way. Tensors that are not parameters are left out.
 */
export function namedParameters(model: object): Map<string, Tensor> {
  const named = new Map<string, Tensor>();
  const seen = new Set<object>();
  const visit = (value: unknown, path: string): void => {
    if (typeof value !== 'object' || value === null || seen.has(value) || ArrayBuffer.isView(value)) return;
    seen.add(value);
    if (value instanceof Tensor) {
      if (isParameter(value)) named.set(path, value);
      return;
    }
    const parts =
      value instanceof Map ? [...value].map(([key, part]) => [String(key), part] as const) : Object.entries(value);
    for (const [name, part] of parts) visit(part, path === '' ? name : `${path}.${name}`);
  };
  visit(model, '');
  return named;
}

/** The parameters in `model` without their names, for an optimiser. */
export function parametersOf(model: object): Tensor[] {
  return [...namedParameters(model).values()];
}
