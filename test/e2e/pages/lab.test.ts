import assert from 'node:assert/strict';
import type { LabState } from '../../../src/webview/labProtocol';
import { diverged, failed, points, quiet, run, running, runState, silent } from '../../fixtures/labStates';
import { assertPresentable, showLab } from './labUnderTest';
import { Pages, type PageOptions, type PageUnderTest } from './pageUnderTest';
import type { ThemeName } from './themes';

describe('the lab page', function () {
  this.timeout(120_000);
  let pages: Pages;
  before(async function () {
    this.timeout(60_000);
    pages = await Pages.start();
  });
  afterEach(() => pages.closeAll());
  after(() => pages.stop());

  const showing = (state: LabState, options: Partial<PageOptions> = {}): Promise<PageUnderTest> =>
    showLab(pages, state, options);

  it('starts a run with the settings that stand in the form', async () => {
    const { page, posted } = await showing(runState([]));
    await page.getByLabel('Learning rate').fill('0.25');
    await page.getByLabel('Output weights').selectOption('He');
    await page.getByLabel('Seed').fill('7');
    await page.getByRole('button', { name: 'Start' }).click();
    assert.deepEqual(await posted(), [
      { type: 'start', settings: { hidden: 128, rate: 0.25, epochs: 20, start: 'He' }, seed: 7 },
    ]);
  });

  it('says in words what a field takes, and starts nothing until it holds', async () => {
    const { page, posted } = await showing(runState([]));
    await page.getByLabel('Hidden units').fill('12.5');
    await page.getByRole('button', { name: 'Start' }).click();
    assert.equal(
      await page.locator('.field-problem').innerText(),
      'Hidden units takes a whole number from 1 to 1,024.',
    );
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'field-hidden');
    await page.getByLabel('Hidden units').fill('12');
    await page.keyboard.press('Enter');
    assert.equal((await posted()).length, 1);
  });

  it('posts what was pressed for a run', async () => {
    const { page, posted } = await showing(
      runState([
        run({ number: 1 }),
        run({ number: 2, progress: { ...running, status: { kind: 'paused' } } }),
        run({ number: 3, progress: running }),
      ]),
    );
    for (const name of ['Pause: run 3', 'Stop: run 3', 'Resume: run 2', 'Save CSV: run 1', 'Remove: run 1']) {
      await page.getByRole('button', { name }).click();
    }
    assert.deepEqual(await posted(), [
      { type: 'pause', run: 'run-3' },
      { type: 'stop', run: 'run-3' },
      { type: 'resume', run: 'run-2' },
      { type: 'exportCsv', run: 'run-1' },
      { type: 'remove', run: 'run-1' },
    ]);
  });

  it('fills the form again from a run', async () => {
    const { page } = await showing(runState([run({ number: 4, rate: 0.125 })]));
    await page.getByRole('button', { name: 'Run again: run 4' }).click();
    assert.equal(await page.getByLabel('Learning rate').inputValue(), '0.125');
    assert.equal(await page.getByLabel('Seed').inputValue(), '4');
  });

  it('draws new steps, and reads them out by the keyboard', async () => {
    const { page, send } = await showing(runState([run({ number: 1, progress: running })]));
    const chart = page.getByRole('application').first();
    await chart.locator('canvas').waitFor();
    await send({
      type: 'steps',
      run: 'run-1',
      points: points({ from: 1_200, to: 1_210 }),
      progress: { ...running, step: 1_210 },
    });
    await page.locator('.run-progress', { hasText: 'step 1,210 of 3,000' }).waitFor();
    assert.match(await page.locator('.run-progress').innerText(), /198 steps a second · about 9 s left/);
    await chart.focus();
    await page.keyboard.press('End');
    await page
      .locator('.chart', { hasText: /step 1,20\d/ })
      .first()
      .waitFor();
    assert.match((await page.locator('.chart .unseen').first().textContent()) ?? '', /^Step \d+: run 1, Loss 0\.0/);
  });

  it('shows the numbers behind a chart as a table', async () => {
    const { page } = await showing(runState([run({ number: 1 }), run({ number: 2, rate: 0.25 })]));
    await page.locator('.chart .numbers summary').nth(1).click();
    const table = page.getByRole('table', { name: 'Accuracy' });
    assert.deepEqual(await table.locator('thead th').allInnerTexts(), [
      'step',
      'run 1, Training digits',
      'run 1, Held-back digits',
      'run 2, Training digits',
      'run 2, Held-back digits',
    ]);
    assert.equal(await table.locator('tbody tr').count(), 21);
  });

  it('leaves a run out of the charts on demand, and remembers that over a reload', async () => {
    const state = runState([run({ number: 1 }), run({ number: 2 })]);
    const { page, remembered } = await showing(state);
    await page.getByLabel('Draw run 1').uncheck();
    assert.deepEqual(await page.locator('.chart').first().locator('.line-list li').allInnerTexts(), [
      await page.locator('.chart').first().locator('.line-list li').innerText(),
    ]);
    const again = await showing(state, { recalled: await remembered() });
    assert.equal(await again.page.getByLabel('Draw run 1').isChecked(), false);
    assert.equal(await again.page.getByLabel('Draw run 2').isChecked(), true);
  });

  it('explains a run that diverged and one that failed, with the way to the line', async () => {
    const { page, posted } = await showing(
      runState([run({ number: 1, progress: diverged }), run({ number: 2, progress: failed })]),
    );
    assert.match(await page.locator('.trouble').innerText(), /Your train threw at step 31/);
    await page.getByRole('button', { name: 'learning/train-digits.ts:24' }).click();
    assert.deepEqual(await posted(), [{ type: 'openPlace', exercise: 'learning/train-digits', line: 24, column: 7 }]);
    await page.locator('.console summary').click();
    assert.match(
      await page.locator('.console').innerText(),
      /earlier lines left out: 12[\s\S]*the gradient is all zeros/,
    );
    await page.getByRole('button', { name: 'Run 1', exact: true }).click();
    assert.match(await page.locator('.trouble').innerText(), /no longer finite since step 413.*W2/);
  });

  it('says what there is to know of a run that was interrupted', async () => {
    const { page } = await showing(runState([run({ number: 1, progress: silent })]));
    assert.match(await page.locator('.run-note').innerText(), /Resume computes the first 640 steps again/);
    assert.match(
      await page.locator('[data-run="run-1"]').innerText(),
      /Interrupted[\s\S]*The editor was closed while it ran\./,
    );
  });

  it('saves the charts as a PNG', async () => {
    const { page, posted } = await showing(runState([run({ number: 1 })]));
    await page.locator('.plot-place canvas').nth(1).waitFor();
    await page.getByRole('button', { name: 'Save as picture' }).click();
    await page.waitForFunction(() => window.fakeHost.posted.length > 1);
    const [message] = (await posted()) as { type: string; name: string; png: Uint8Array }[];
    assert.equal(message?.type, 'exportPng');
    assert.equal(message.name, 'learning-train-digits-curves');
    assert.deepEqual([...message.png.subarray(0, 8)], [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  });

  it('says why there is nothing to see, and checks on demand', async () => {
    const { page, posted } = await showing({
      kind: 'locked',
      exercise: runState([]).exercise,
      title: 'Train on handwritten digits',
      sentence: 'Your file has changed since it passed, and does not pass now.',
      checking: false,
    });
    assert.match(await page.locator('.blank').innerText(), /has changed since it passed/);
    await page.getByRole('button', { name: 'Check' }).click();
    assert.deepEqual(await posted(), [{ type: 'check' }]);
  });

  const states: Readonly<Record<string, LabState>> = {
    'no runs': runState([]),
    'one run': runState([run({ number: 1, progress: running })]),
    'runs overlaid': runState([
      run({ number: 1 }),
      run({ number: 2, progress: diverged, rate: 8 }),
      run({ number: 3, progress: { ...quiet, status: { kind: 'stopped' }, step: 1_700 }, isOldCode: true }),
      run({ number: 4, progress: running, rate: 0.25 }),
    ]),
    'a failed run': runState([run({ number: 1, progress: failed })]),
  };

  for (const [name, state] of Object.entries(states)) {
    for (const theme of themesOf(name)) {
      it(`is accessible, fits 400 pixels, and is pictured: ${name}, ${theme}`, async () => {
        const { page } = await showing(state, { width: 1180, height: 900, theme });
        await assertPresentable(page, { name, theme });
      });
    }
  }
});

/** Every state in light and dark, the fullest in high contrast as well. */
function themesOf(name: string): readonly ThemeName[] {
  return name === 'runs overlaid' ? ['light', 'dark', 'highContrast', 'highContrastLight'] : ['light', 'dark'];
}
