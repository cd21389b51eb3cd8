/** Makes each thing once, and again only where making it failed. */

/** What was made for `id` before, or what `make` makes now; a failure is not remembered. */
export function remembered<Key, T>(made: Map<Key, Promise<T>>, id: Key, make: () => Promise<T>): Promise<T> {
  const known = made.get(id);
  if (known !== undefined) {
    return known;
  }
  const fresh = make();
  made.set(id, fresh);
  fresh.catch(() => made.delete(id));
  return fresh;
}
