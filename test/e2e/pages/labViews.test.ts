import assert from 'node:assert/strict';
import { drawGraphs } from '../../../src/extension/lab/drawGraphs';
import type { LabState, PageView } from '../../../src/webview/labProtocol';
import {
  attention,
  confusion,
  errorAgainstH,
  graph,
  hiddenUnits,
  mistakes,
  outputs,
  run,
  runState,
  words,
} from '../../fixtures/labStates';
import { assertPresentable, showLab } from './labUnderTest';
import { Pages, type PageUnderTest } from './pageUnderTest';
import type { ThemeName } from './themes';

describe('the views of a run', function () {
  this.timeout(120_000);
  let pages: Pages;
  before(async function () {
    this.timeout(60_000);
    pages = await Pages.start();
  });
  afterEach(() => pages.closeAll());
  after(() => pages.stop());

  const showing = (views: readonly PageView[], theme: ThemeName = 'dark'): Promise<PageUnderTest> =>
    showLab(pages, drawn(runState([run({ number: 1, views })])), { theme, width: 1180, height: 900 });

  it('write a confusion matrix as a table with headers, and frame where both agree', async () => {
    const { page } = await showing([confusion]);
    const table = page.getByRole('table', { name: /What was answered for which digit/ });
    assert.equal(await table.getByRole('columnheader').count(), 10);
    assert.equal(await table.getByRole('rowheader').count(), 10);
    assert.equal(await table.locator('td.right').first().innerText(), '180');
    assert.match(await page.locator('.view-matrix .note').innerText(), /Rows: the digit\. Columns: the answer\./);
  });

  it('move through images with the arrow keys, and give the numbers of one', async () => {
    const { page } = await showing([hiddenUnits]);
    await page.locator('.image').first().focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    assert.equal(await page.locator('.image').nth(2).getAttribute('aria-pressed'), 'true');
    assert.match(await page.locator('.image-looked p').innerText(), /^2: from −0\.\d+ to 0\.\d+, mean/);
    await page.locator('.image-looked summary').click();
    assert.equal(await page.locator('.image-looked tbody tr').count(), 28);
  });

  it('paint what lies below and above zero in different colours', async () => {
    const { page } = await showing([
      { kind: 'images', title: 'w', signed: true, images: { shape: [1, 1, 3], data: Float32Array.of(-1, 0, 1) } },
    ]);
    const painted = await page.evaluate(() => {
      const canvas = document.querySelector<HTMLCanvasElement>('.image canvas');
      return [...(canvas?.getContext('2d')?.getImageData(0, 0, 3, 1).data ?? [])];
    });
    // Orange, the page, blue, as the dark theme has them.
    assert.deepEqual(painted, [0xd1, 0x86, 0x16, 255, 0x1f, 0x1f, 0x1f, 255, 0x59, 0xa4, 0xf9, 255]);
  });

  it('mark the longest bar by a sign and in words', async () => {
    const { page } = await showing([outputs]);
    assert.match((await page.locator('.bars .largest').textContent()) ?? '', /^70\.93 ◂ \(largest\)$/);
  });

  it('isolate a token by the keyboard, for one head and for all, with what a mask shuts out', async () => {
    const { page } = await showing([attention]);
    const tokens = page.getByRole('group', { name: /Tokens/ });
    await tokens.getByRole('button', { name: 'the' }).first().focus();
    for (let presses = 0; presses < 4; presses += 1) await page.keyboard.press('ArrowRight');
    assert.equal(await tokens.locator('.asks').innerText(), 'the');
    assert.equal(await tokens.locator('.masked').count(), 2);
    await page.getByRole('radio', { name: 'All, mean' }).focus();
    await page.keyboard.press('ArrowRight');
    assert.equal(await page.getByRole('radio', { name: 'Head 1' }).getAttribute('aria-checked'), 'true');
    await page.getByText(/“the” looks most at “on” \(7\d/).waitFor();
    await page.getByLabel('Numbers').check();
    assert.equal(await tokens.locator('.token-number').count(), 7);
  });

  it('isolate the row under the pointer', async () => {
    const { page } = await showing([attention]);
    await page.locator('.weight-table tbody tr').nth(2).hover();
    await page.getByText(/^“sat” looks most/).waitFor();
  });

  it('draw a plot on logarithmic axes, with its points as a table', async () => {
    const { page } = await showing([errorAgainstH]);
    assert.match(
      (await page.getByRole('img', { name: /The error of a difference/ }).getAttribute('aria-label')) ?? '',
      /error against h\. central: from 0\.1/,
    );
    await page.locator('.view-plot summary').click();
    await page.locator('.view-plot tbody tr').first().waitFor();
    assert.equal(await page.locator('.view-plot tbody tr').count(), 30);
  });

  it('draw a graph with value and gradient at each arrow, and write a node in numbers', async () => {
    const { page } = await showing([graph]);
    const picture = page.getByRole('img', { name: /a goes into multiply \(3\), and the gradient 4 comes back/ });
    await picture.waitFor();
    await page.getByLabel('In numbers:').selectOption('3: multiply');
    assert.deepEqual(await page.locator('.graph-numbers .number').allInnerTexts(), ['12', '1']);
  });

  for (const theme of ['light', 'dark', 'highContrast'] satisfies ThemeName[]) {
    it(`are accessible, fit 400 pixels, and are pictured: ${theme}`, async () => {
      const all = [confusion, outputs, mistakes, hiddenUnits, attention, graph, errorAgainstH, words];
      const { page } = await showing(all, theme);
      await page.locator('.image').nth(5).click();
      await assertPresentable(page, { name: 'views', theme });
    });
  }
});

/** As the extension sends it. */
function drawn(state: LabState): LabState {
  const message = drawGraphs({ type: 'state', state });
  return message.type === 'state' ? message.state : state;
}
