/** Waiting for what a window comes to in its own time. */

/** How long anything in a window may take to appear. */
export const timeoutMs = 90_000;

/** Waits until `holds` does, asking again in short intervals; fails with `what` after `limitMs`. */
export async function eventually(
  what: string,
  holds: () => boolean | Promise<boolean>,
  { limitMs = timeoutMs }: { readonly limitMs?: number } = {},
): Promise<void> {
  const end = performance.now() + limitMs;
  for (;;) {
    if (await holds()) return;
    if (performance.now() > end) throw new Error(`Waited ${String(limitMs / 1000)} s, but never: ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
