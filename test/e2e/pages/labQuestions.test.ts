import assert from 'node:assert/strict';
import { digitImage, imageSide } from '../../../src/webview/lab/questions/digitImage';
import type { FromLab } from '../../../src/webview/labProtocol';
import { attention, outputs, run, running, runState } from '../../fixtures/labStates';
import { assertPresentable, showLab } from './labUnderTest';
import { walkedThemes } from '../fullRun';
import { Pages, type PageUnderTest } from './pageUnderTest';
import type { ThemeName } from './themes';

type Ask = Extract<FromLab, { type: 'ask' }>;

const state = runState([run({ number: 1 }), run({ number: 2, progress: running })], {
  questions: [
    { kind: 'digit-pad', name: 'pad', title: 'Draw a digit' },
    { kind: 'text', name: 'sentence', title: 'Ask about a sentence', value: 'the cat sat' },
  ],
});

describe('the questions to a run', function () {
  this.timeout(120_000);
  let pages: Pages;
  before(async function () {
    this.timeout(60_000);
    pages = await Pages.start();
  });
  afterEach(() => pages.closeAll());
  after(() => pages.stop());

  const showing = (theme: ThemeName = 'dark'): Promise<PageUnderTest> =>
    showLab(pages, state, { width: 1180, height: 900, theme });

  /** The questions that were asked, once there are `count`. */
  async function asked({ page, posted }: PageUnderTest, count: number): Promise<readonly Ask[]> {
    await page.waitForFunction(
      (least) =>
        window.fakeHost.posted.filter((message) => (message as { type: string }).type === 'ask').length >= least,
      count,
    );
    return ((await posted()) as FromLab[]).filter((message) => message.type === 'ask');
  }

  it('draw with the keys, and send what the network sees', async () => {
    const shown = await showing();
    const { page } = shown;
    await page.getByRole('application', { name: 'Draw a digit' }).focus();
    for (let presses = 0; presses < 8; presses += 1) await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Space');
    for (let presses = 0; presses < 16; presses += 1) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    const first = (await asked(shown, 1))[0];
    assert.ok(first);
    // One question is on its way at a time; the newest drawing is asked once it has been answered.
    await shown.send({
      type: 'answer',
      request: first.request,
      run: first.run,
      question: 'pad',
      answer: { views: [] },
    });
    const newest = (await asked(shown, 2)).at(-1);
    assert.equal(newest?.run, 'run-2');
    const stroke = Array.from({ length: 17 }, (_, step) => ({ x: 0.5, y: (6 + step) / 28 }));
    assert.ok(newest.input instanceof Float32Array);
    assert.deepEqual([...newest.input], [...digitImage([stroke])]);
    const inkedRows = Array.from({ length: imageSide }, (_, row) =>
      newest.input.slice(row * imageSide, (row + 1) * imageSide),
    ).flatMap((cells, row) => ([...(cells as Float32Array)].some((ink) => ink > 0) ? [row] : []));
    assert.deepEqual([inkedRows[0], inkedRows.at(-1)], [4, 23]);
  });

  it('draw with the pointer, undo and clear', async () => {
    const shown = await showing();
    const { page } = shown;
    const pad = page.getByRole('application', { name: 'Draw a digit' });
    await pad.scrollIntoViewIfNeeded();
    const box = await pad.boundingBox();
    assert.ok(box);
    for (const x of [0.3, 0.7]) {
      await page.mouse.move(box.x + box.width * x, box.y + box.height * 0.2);
      await page.mouse.down();
      await page.mouse.move(box.x + box.width * x, box.y + box.height * 0.8, { steps: 5 });
      await page.mouse.up();
    }
    assert.equal(await pad.locator('.ink').count(), 2);
    await page.getByRole('button', { name: 'Undo' }).click();
    assert.equal(await pad.locator('.ink').count(), 1);
    await page.getByRole('button', { name: 'Clear' }).click();
    assert.equal(await pad.locator('.ink').count(), 0);
    assert.equal(await page.getByRole('img', { name: /0 of them above 0/ }).count(), 1);
  });

  it('show the answer, and say which run gave it', async () => {
    const shown = await showing();
    const { page, send } = shown;
    await page.getByLabel('Ask about a sentence').last().fill('the cat sat on the mat .');
    const [question] = await asked(shown, 1);
    assert.equal(question?.input, 'the cat sat on the mat .');
    await send({
      type: 'answer',
      request: question.request,
      run: question.run,
      question: 'sentence',
      answer: { views: [attention] },
    });
    await page.locator('.answer', { hasText: 'Run 2 answers:' }).locator('.weight-table').waitFor();
  });

  it('say why there is no answer', async () => {
    const shown = await showing();
    await shown.page.getByRole('button', { name: 'Ask' }).click();
    const [question] = await asked(shown, 1);
    assert.ok(question);
    const sentence = 'Run 2 has not made a step yet. Ask again in a moment.';
    await shown.send({ ...question, type: 'answer', answer: { sentence } });
    await shown.page.getByText(sentence).waitFor();
  });

  for (const theme of walkedThemes) {
    it(`are accessible, fit 400 pixels, and are pictured: ${theme}`, async () => {
      const shown = await showing(theme);
      const { page, send } = shown;
      const pad = page.getByRole('application', { name: 'Draw a digit' });
      await pad.scrollIntoViewIfNeeded();
      const box = await pad.boundingBox();
      assert.ok(box);
      await page.mouse.move(box.x + 60, box.y + 60);
      await page.mouse.down();
      await page.mouse.move(box.x + 175, box.y + 55, { steps: 8 });
      await page.mouse.move(box.x + 100, box.y + 200, { steps: 12 });
      await page.mouse.up();
      const question = (await asked(shown, 1)).at(-1);
      assert.ok(question);
      await send({ ...question, type: 'answer', answer: { views: [outputs] } });
      await page.locator('.answer .bars').waitFor();
      await assertPresentable(page, { name: 'questions', theme });
    });
  }
});
