/** A name that nobody can guess. `crypto.randomUUID` is not there in a page that came by plain HTTP; this is. */
export function randomToken(): string {
  return Array.from(crypto.getRandomValues(new Uint32Array(4)), (word) => word.toString(16).padStart(8, '0')).join('');
}
