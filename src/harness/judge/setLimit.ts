/** `setTimeout` that knows what to do without a limit: it takes no number above 2³¹ − 1, and would fire at once. */
export function setLimit(act: () => void, ms: number): ReturnType<typeof setTimeout> | undefined {
  return ms < 2 ** 31 ? setTimeout(act, Math.max(0, ms)) : undefined;
}
