/** When something happened in a window, and how long VS Code says that it took: what `bench/check.ts` measures with. */
import assert from 'node:assert/strict';
import { eventually } from './eventually';
import type { Workbench } from './workbench';

/** Runs first in every window, and notes when keys arrive. */
export const noteKeys = `
  addEventListener('keydown', () => { globalThis.groundupKeyAt = performance.timeOrigin + performance.now(); }, true);
`;

/** Presses a key and returns when the window received it, in milliseconds since 1970. */
export async function momentOfKey({ page }: Workbench, key: string): Promise<number> {
  await page.keyboard.press(key);
  return await page.evaluate<number>('groundupKeyAt');
}

/** When one of our pages last painted a verdict, by its own word, once that is later than `after`. */
export async function momentOfPaint({ page }: Workbench, after: number): Promise<number> {
  let latest = 0;
  await eventually('a page says that it has painted', async () => {
    for (const frame of page.frames()) {
      const said = await frame.evaluate<string>('document.body?.dataset.paintedAt ?? ""').catch(() => '');
      latest = Math.max(latest, Number(said));
    }
    return latest > after;
  });
  return latest;
}

/** How long the activation of an extension took, as VS Code itself reports it. */
export async function activationMs(workbench: Workbench, extension: string): Promise<number> {
  await workbench.runCommand('Developer: Show Running Extensions');
  const row = workbench.page.locator('.runtime-extensions-editor .monaco-list-row').filter({ hasText: extension });
  const time = /Activation: (\d+)\s*ms/;
  await row.filter({ hasText: time }).first().waitFor();
  const found = time.exec((await row.first().textContent()) ?? '');
  assert.ok(found?.[1]);
  return Number(found[1]);
}
