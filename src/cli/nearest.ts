/** The word that somebody probably meant: used wherever a command, an option or an exercise is not known. */

/** Among `known`, the one nearest to `word`, where it is near enough to be a slip of the fingers. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const tolerance = Math.max(1, Math.floor(word.length / 3));
  let best: { readonly candidate: string; readonly distance: number } | undefined;
  for (const candidate of known) {
    const distance = candidate.startsWith(word) && word.length > 1 ? 0.5 : editDistance(word, candidate);
    if (distance <= tolerance && (best === undefined || distance < best.distance)) {
      best = { candidate, distance };
    }
  }
  return best?.candidate;
}

/** ` Did you mean …?`, or nothing. */
export function didYouMean(word: string, known: readonly string[]): string {
  const candidate = nearest(word, known);
  return candidate === undefined ? '' : ` Did you mean ${candidate}?`;
}

/** How many letters to insert, remove, change or exchange with their neighbour (Damerau and Levenshtein). */
export function editDistance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, column) => column)];
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      const [left = 0, above = 0, corner = 0] = [row[j - 1], rows[i - 1]?.[j], rows[i - 1]?.[j - 1]];
      const exchanged = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const exchange = exchanged ? (rows[i - 2]?.[j - 2] ?? 0) + 1 : Infinity;
      row.push(Math.min(left + 1, above + 1, corner + change, exchange));
    }
    rows.push(row);
  }
  return rows[a.length]?.[b.length] ?? 0;
}
