import assert from 'node:assert/strict';
import { renderFigure } from '../../../src/lesson/figures/figure';
import { figureExamples } from '../../fixtures/figures';
import { allHints, lesson, lessonState } from '../../fixtures/reports';
import { Pages, type PageOptions, type PageUnderTest } from './pageUnderTest';

describe('the lesson page', function () {
  this.timeout(20_000);
  let pages: Pages;
  before(async function () {
    this.timeout(60_000);
    pages = await Pages.start();
  });
  afterEach(() => pages.closeAll());
  after(() => pages.stop());

  /** The page with its lesson on it. */
  async function reading(options: Partial<PageOptions> = {}): Promise<PageUnderTest> {
    const opened = await pages.open({ width: 760, height: 900, ...options, name: 'lesson' });
    await opened.send({ type: 'lesson', lesson, state: lessonState });
    await opened.page.getByRole('heading', { level: 1 }).waitFor();
    return opened;
  }

  function openSteps({ page }: PageUnderTest): Promise<(string | undefined)[]> {
    return page
      .locator('details.step[open]')
      .evaluateAll((steps) => steps.map((step) => (step as HTMLElement).dataset['step']));
  }

  it('says where the lesson stands and how far one is, in words', async () => {
    const { page } = await reading();
    assert.equal(await page.getByRole('heading', { level: 1 }).innerText(), lesson.title);
    assert.match(await page.locator('.lesson-head').innerText(), /Learning · 2 of 2 · about 25 minutes/);
    assert.equal(await page.locator('.lesson-bar .word').innerText(), 'In progress');
  });

  it('unfolds the derivation step by step', async () => {
    const opened = await reading();
    assert.deepEqual(await openSteps(opened), []);
    await opened.page.locator('#step-db summary').click();
    await opened.page.getByRole('button', { name: /^Next: The weights/ }).click();
    assert.deepEqual(await openSteps(opened), ['db', 'dW']);
    assert.equal(await opened.page.evaluate(() => document.activeElement?.closest('details')?.id), 'step-dW');
    await opened.page.getByRole('button', { name: 'Unfold all' }).click();
    assert.deepEqual(await openSteps(opened), ['db', 'dW', 'dx']);
    await opened.page.getByRole('button', { name: 'Fold all' }).click();
    assert.deepEqual(await openSteps(opened), []);
  });

  it('comes back after a reload as it was', async () => {
    const first = await reading({ height: 300 });
    await first.page.locator('#step-dW summary').click();
    await first.page.evaluate(() => window.scrollTo(0, 150));
    await first.page.waitForFunction(() => JSON.stringify(window.fakeHost.remembered).includes('"scroll":150'));
    const recalled = await first.remembered();
    assert.equal((recalled as { exercise: unknown }).exercise, lesson.exercise);
    const second = await reading({ height: 300, recalled });
    assert.deepEqual(await openSteps(second), ['dW']);
    assert.equal(await second.page.evaluate(() => window.scrollY), 150);
  });

  it('marks the steps that a check found to hold or fail, in words, and says when that was before an edit', async () => {
    const { page, send } = await reading();
    assert.equal(await page.locator('#step-db .step-mark').innerText(), 'holds');
    assert.equal(await page.locator('#step-dW .step-mark').innerText(), 'fails');
    assert.equal(await page.locator('#step-dx .step-mark').innerText(), '');
    await send({ type: 'state', state: { ...lessonState, state: 'passed', steps: { dW: 'holds' }, stale: true } });
    await page.getByText('holds (before your last edit)').waitFor();
    assert.equal(await page.locator('#step-db .step-mark').innerText(), '');
    assert.equal(await page.locator('.lesson-bar .word').innerText(), 'Passed');
  });

  it('keeps what is unfolded when only the state changes', async () => {
    const opened = await reading();
    await opened.page.locator('#step-db summary').click();
    await opened.send({ type: 'state', state: { ...lessonState, running: true } });
    await opened.page.getByText('Checking…').waitFor();
    assert.deepEqual(await openSteps(opened), ['db']);
    assert.ok(await opened.page.getByRole('button', { name: 'Checking…' }).isDisabled());
  });

  it('stays where one reads, with its steps open, when its text comes anew', async () => {
    const opened = await reading({ height: 300 });
    await opened.page.locator('#step-dx summary').click();
    await opened.page.evaluate(() => document.getElementById('step-dx')?.scrollIntoView({ block: 'start' }));
    const topOf = (): Promise<number | undefined> =>
      opened.page.evaluate(() => document.getElementById('step-dx')?.getBoundingClientRect().top);
    const before = await topOf();
    const html = `<p id="new">${'A new beginning. '.repeat(60)}</p>${lesson.html}`;
    await opened.send({ type: 'lesson', lesson: { ...lesson, html }, state: lessonState });
    await opened.page.locator('#new').waitFor();
    assert.deepEqual(await openSteps(opened), ['dx']);
    assert.ok(Math.abs(((await topOf()) ?? 0) - (before ?? 0)) < 2, 'the step has moved away');
  });

  it('brings a step to the eye, even one asked for before its lesson has come', async () => {
    const opened = await pages.open({ name: 'lesson', width: 760, height: 400 });
    await opened.send({ type: 'revealStep', step: 'dx' });
    await opened.send({ type: 'lesson', lesson, state: lessonState });
    await opened.page.locator('#step-dx[open]').waitFor();
    assert.equal(await opened.page.evaluate(() => document.activeElement?.closest('details')?.id), 'step-dx');
    await opened.page.waitForFunction(
      () => (document.getElementById('step-dx')?.getBoundingClientRect().top ?? -1) < 400,
    );
  });

  it('shows hints one at a time, as the extension gives them', async () => {
    const { page, send, posted } = await reading();
    assert.equal(await page.locator('.hints li').count(), 1);
    await page.getByRole('button', { name: 'Show the next hint (2 of 3)' }).click();
    assert.deepEqual(await posted(), [{ type: 'hint' }]);
    await send({ type: 'hints', shown: allHints, total: allHints.length });
    await page.getByText('These are all the hints there are.').waitFor();
    assert.equal(await page.locator('.hints li').count(), 3);
  });

  it('opens other exercises through the extension', async () => {
    const { page, posted } = await reading();
    await page.getByRole('link', { name: 'matrix products' }).click();
    await page.getByRole('button', { name: /^Previous/ }).click();
    await page.getByRole('button', { name: /^Next\s*Attend/ }).click();
    await page.getByRole('button', { name: 'Open my file' }).click();
    await page.getByRole('button', { name: 'Check', exact: true }).click();
    assert.deepEqual(await posted(), [
      { type: 'openExercise', exercise: 'tensors/matmul' },
      { type: 'openExercise', exercise: 'learning/affine-forward' },
      { type: 'openExercise', exercise: 'attention/attend' },
      { type: 'openFile' },
      { type: 'check' },
    ]);
  });

  it('shows every kind of figure in a narrow column, which never scrolls sideways itself', async () => {
    const caption = 'What it shows.';
    const drawn = Object.entries(figureExamples).map(
      ([kind, data]) => renderFigure(kind, JSON.stringify({ caption, ...data })).html,
    );
    const chain = Array.from({ length: 9 }, (_, index) => ({ id: `n${index}`, label: `node ${index}` }));
    const edges = chain.slice(1).map(({ id }, index) => ({ from: `n${index}`, to: id, back: 'gradient' }));
    const wide = renderFigure('graph', JSON.stringify({ caption, nodes: chain, edges })).html;
    const opened = await reading({ width: 400 });
    const html = [...drawn, wide].join('');
    await opened.send({ type: 'lesson', lesson: { ...lesson, html }, state: lessonState });
    await opened.page.locator('.figure').nth(drawn.length).waitFor();
    assert.ok(await opened.page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth));
    const overflowing = await opened.page
      .locator('.figure-drawing')
      .evaluateAll((figures) => figures.map((figure) => figure.scrollWidth > figure.clientWidth));
    assert.deepEqual(overflowing, [...drawn.map(() => false), true]);
    // What does not fit is scrolled, with the keys as well.
    assert.equal(await opened.page.locator('.figure-drawing[tabindex="0"]').count(), 1);
  });

  it('sets mathematics, and fits into a narrow column', async () => {
    for (const [width, theme] of [
      [320, 'light'],
      [760, 'highContrast'],
    ] as const) {
      const opened = await reading({ width, theme });
      await opened.page.locator('.unfold button').click();
      assert.ok((await opened.page.locator('.katex').count()) > 5);
      assert.ok(await opened.page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth));
      assert.ok(await opened.page.evaluate(() => document.fonts.check('16px KaTeX_Math')));
    }
  });
});
