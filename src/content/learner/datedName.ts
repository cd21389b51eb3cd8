/** Names of the copies that are kept before anything of the learner's is replaced. */

/** `2026-11-23-184502`, in UTC: sorts by time, and is a legal file name everywhere. */
export function dateStamp(now: Date): string {
  return now.toISOString().slice(0, 19).replace('T', '-').replaceAll(':', '');
}

/** `progress.json` → `progress-2026-11-23-184502.json`. */
export function datedName(name: string, now: Date): string {
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? `${name}-${dateStamp(now)}` : `${name.slice(0, dot)}-${dateStamp(now)}${name.slice(dot)}`;
}

/** Among `names`, the latest dated copy of `name`. */
export function latestCopy(names: readonly string[], name: string): string | undefined {
  const dot = name.lastIndexOf('.');
  const stem = dot <= 0 ? name : name.slice(0, dot);
  const extension = dot <= 0 ? '' : name.slice(dot);
  const isCopy = (candidate: string): boolean =>
    candidate.startsWith(`${stem}-`) &&
    candidate.endsWith(extension) &&
    /^\d{4}-\d\d-\d\d-\d{6}$/.test(candidate.slice(stem.length + 1, candidate.length - extension.length));
  return names.filter(isCopy).sort().at(-1);
}
