/** One seed for all of these tests, which the suites print; GROUNDUP_FUZZ_SEED=7 and GROUNDUP_FUZZ_RUNS=10 (times as many) ask for others. */
import fc from 'fast-check';

export const seed = Number(process.env['GROUNDUP_FUZZ_SEED'] ?? 20261124);

const more = Number(process.env['GROUNDUP_FUZZ_RUNS'] ?? 1);

/** What a suite adds to its title, so that a failure can be had again. */
export const seeded = `(seed ${seed})`;

export function settings(runs: number): { readonly seed: number; readonly numRuns: number } {
  return { seed, numRuns: runs * more };
}

/** Values that can be posted and that nobody would send in good faith. */
export const junk: fc.Arbitrary<unknown> = fc.oneof(
  fc.anything({
    withTypedArray: true,
    withSparseArray: true,
    withNullPrototype: true,
    withBigInt: true,
    withDate: true,
    withMap: true,
  }),
  fc.constantFrom<unknown>(
    NaN,
    -1,
    0.5,
    -0,
    1e300,
    Number.MAX_SAFE_INTEGER + 1,
    '',
    'x'.repeat(200_000),
    new ArrayBuffer(3),
  ),
);

/** `value` with one of its members, at any depth, taken out, or replaced by junk, or with its list cut or made sparse. */
export function damaged(value: unknown): fc.Arbitrary<unknown> {
  const paths = pathsOf(value);
  return fc
    .tuple(fc.constantFrom(...paths), fc.constantFrom('drop', 'replace', 'shorten', 'hollow'), junk)
    .map(([path, how, other]) => changed(value, { path, how, other }));
}

type Path = readonly string[];

function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null || value instanceof ArrayBuffer) return [path];
  return [path, ...Object.entries(value).flatMap(([key, member]) => pathsOf(member, [...path, key]))];
}

interface Change {
  readonly path: Path;
  readonly how: 'drop' | 'replace' | 'shorten' | 'hollow';
  readonly other: unknown;
}

function changed(value: unknown, { path, how, other }: Change): unknown {
  const [key, ...rest] = path;
  if (key === undefined) {
    if (how === 'hollow') return Array.isArray(value) ? hollow(value) : other;
    if (how !== 'shorten') return other;
    if (value instanceof ArrayBuffer) return value.slice(0, Math.floor(value.byteLength / 2));
    return typeof value === 'string' || Array.isArray(value) ? value.slice(0, Math.floor(value.length / 2)) : other;
  }
  if (typeof value !== 'object' || value === null) return value;
  const copy: Record<string, unknown> = { ...(value as Record<string, unknown>) };
  if (how === 'drop' && rest.length === 0) Reflect.deleteProperty(copy, key);
  else copy[key] = changed(copy[key], { path: rest, how, other });
  return Array.isArray(value) ? Object.assign(new Array<unknown>(value.length), copy) : copy;
}

/** A list with a place in which there is nothing at all; structured cloning keeps such a list as it is. */
function hollow(list: readonly unknown[]): unknown[] {
  const sparse: unknown[] = [...list];
  sparse.length += 1;
  return sparse;
}
