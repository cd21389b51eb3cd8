import assert from 'node:assert/strict';
import { overviewStates } from '../../fixtures/overview';
import { Pages, type PageOptions, type PageUnderTest } from './pageUnderTest';

describe('the overview page', function () {
  this.timeout(60_000);
  let pages: Pages;
  before(async function () {
    this.timeout(60_000);
    pages = await Pages.start();
  });
  afterEach(() => pages.closeAll());
  after(() => pages.stop());

  async function showing(name: string, options: Partial<PageOptions> = {}): Promise<PageUnderTest> {
    const state = overviewStates[name];
    assert.ok(state);
    const opened = await pages.open({ width: 820, height: 900, ...options, name: 'overview' });
    await opened.send({ type: 'overview', state });
    await opened.page.getByRole('heading', { level: 1 }).waitFor();
    return opened;
  }

  it('says what comes next, and each state by icon and by word', async () => {
    const { page } = await showing('half done');
    assert.match(
      await page.getByRole('region', { name: 'What comes next' }).innerText(),
      /Where you left off\s+The strides of a tensor/,
    );
    const rows = page.locator('[data-state]');
    assert.deepEqual(await rows.locator('.badge').allTextContents(), [
      'Passed',
      'Passed, changed since',
      'In progress',
      'Skipped',
      'Not started',
      'Not started',
      'Passed',
    ]);
    assert.equal(await rows.locator('.badge svg').count(), 7);
    assert.match(await page.locator('.part').first().innerText(), /2 of 5 passed/);
    const standingOut = await page.evaluate<string[]>(`
      [...document.querySelectorAll('.exercises li')].flatMap((row) =>
        [...row.querySelectorAll('*')]
          .filter((part) => part.getBoundingClientRect().right > row.getBoundingClientRect().right + 1)
          .map((part) => part.textContent))
    `);
    assert.deepEqual(standingOut, [], 'nothing stands out of its row');
  });

  it('opens an exercise, goes on, exports and imports', async () => {
    const { page, posted } = await showing('half done');
    await page.getByRole('button', { name: 'Continue with The strides of a tensor' }).click();
    await page.getByRole('button', { name: 'The rank of a tensor' }).click();
    await page.getByRole('button', { name: 'Export progress and solutions…' }).click();
    await page.getByRole('button', { name: 'Import…' }).click();
    assert.deepEqual(await posted(), [
      { type: 'openExercise', exercise: 'tensors/strides' },
      { type: 'openExercise', exercise: 'tensors/rank' },
      { type: 'export' },
      { type: 'import' },
    ]);
  });

  it('asks for a folder where none is open, and offers nothing that needs one', async () => {
    const { page, posted } = await showing('no folder');
    await page.getByRole('button', { name: 'Open a folder' }).click();
    assert.deepEqual(await posted(), [{ type: 'openFolder' }]);
    assert.equal(await page.getByRole('button', { name: 'Import…' }).count(), 0);
  });

  it('says so where nothing is left', async () => {
    const { page } = await showing('nothing left');
    assert.match(await page.locator('.next').innerText(), /Every exercise is passed or skipped/);
  });
});
