/** What the tests of the lab page share: the page with a state on it, its pictures, and what is asked of every state. */
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { LabState } from '../../../src/webview/labProtocol';
import { axeFaults } from './axeFaults';
import type { PageOptions, Pages, PageUnderTest } from './pageUnderTest';
import type { ThemeName } from './themes';

/** The page with `state` on it. */
export async function showLab(
  pages: Pages,
  state: LabState,
  options: Partial<PageOptions> = {},
): Promise<PageUnderTest> {
  const shown = await pages.open({ height: 800, ...options, name: 'lab' });
  await shown.send({ type: 'state', state });
  await shown.page.locator(`main.shows-${state.kind}`).waitFor();
  return shown;
}

interface Pictured {
  readonly name: string;
  readonly theme: ThemeName;
}

/** Asserts that a page is accessible and fits 400 pixels; its pictures, wide and narrow, go to out/screenshots. */
export async function assertPresentable(page: PageUnderTest['page'], { name, theme }: Pictured): Promise<void> {
  await settled(page);
  const folder = path.resolve('out/screenshots', theme, 'lab');
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: path.join(folder, `${name}.png`), fullPage: true });
  assert.deepEqual(await axeFaults(page, theme), []);
  await page.setViewportSize({ width: 400, height: 900 });
  await settled(page);
  const widest = await page.evaluate(() => document.documentElement.scrollWidth);
  await page.screenshot({ path: path.join(folder, `${name} narrow.png`), fullPage: true });
  assert.ok(widest <= 400, `the page is ${String(widest)} pixels wide`);
}

/** Two frames and a timer later, when charts have drawn themselves at their size. */
async function settled(page: PageUnderTest['page']): Promise<void> {
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(() => requestAnimationFrame(resolve), 50))),
  );
}
