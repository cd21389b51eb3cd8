import assert from 'node:assert/strict';
import { mismatchStates, running, verdictStates } from '../../fixtures/reports';
import type { ResultsState } from '../../../src/webview/protocol';
import { verdictLabels } from '../../../src/webview/words';
import { Pages, type PageOptions, type PageUnderTest } from './pageUnderTest';

type ReportState = Extract<ResultsState, { kind: 'report' }>;

const failingSentence = 'dW agrees with central differences of the forward pass';

function verdict(name: string): ReportState {
  const state = verdictStates[name];
  assert.ok(state);
  return state;
}

describe('the results page', function () {
  this.timeout(20_000);
  let pages: Pages;
  before(async function () {
    this.timeout(60_000);
    pages = await Pages.start();
  });
  afterEach(() => pages.closeAll());
  after(() => pages.stop());

  /** The page with `state` on it, painted. */
  async function showing(state: ResultsState, options: Partial<PageOptions> = {}): Promise<PageUnderTest> {
    const shown = await pages.open({ ...options, name: 'results' });
    await shown.send({ type: 'state', state });
    if (state.kind === 'report' && !state.stale) {
      await shown.page.waitForSelector(`body[data-painted="${state.report.exercise}:${state.report.verdict}:1"]`);
    }
    return shown;
  }

  for (const [name, state] of Object.entries(verdictStates)) {
    it(`says the verdict first, in a word and a sentence: ${name}`, async () => {
      const { page } = await showing(state);
      const header = page.locator('header.verdict');
      await header.waitFor();
      assert.equal(await header.locator('.word').innerText(), verdictLabels[state.report.verdict].word);
      assert.equal(await header.locator('p.sentence').innerText(), state.report.sentence);
      assert.equal(await header.locator('.badge svg').count(), 1);
    });
  }

  for (const [name, state] of Object.entries(mismatchStates)) {
    it(`shows a mismatch, wide and narrow, without running over the edge: ${name}`, async () => {
      const { page } = await showing(state, { width: 1000, height: 260 });
      for (const size of [
        { width: 1000, height: 260 },
        { width: 320, height: 700 },
      ]) {
        await page.setViewportSize(size);
        await page.locator(size.width < 720 ? '.panes.narrow' : '.panes.wide').waitFor();
        const found = await page.locator('.finding').innerText();
        assert.match(found, /dW is wrong: 9 of its 12 numbers are off/);
        assert.match(found, /affine-backward\.ts:14/);
        assert.match(await page.locator('.step-beside').innerText(), /an outer product for each example/);
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth));
        assert.ok(
          await page.evaluate(() =>
            [...document.querySelectorAll('.beside')].every((pane) => pane.scrollWidth <= pane.clientWidth),
          ),
        );
      }
    });
  }

  it('marks the wrong cells and the worst one, by sign and in words', async () => {
    const { page } = await showing(verdict('failed'));
    const yours = page.getByRole('table', { name: 'yours', exact: true });
    assert.equal(await yours.locator('.wrong').count(), 9);
    assert.equal(await yours.locator('.worst').count(), 1);
    assert.match((await yours.locator('.worst').textContent()) ?? '', /^2\.25◂ \(farthest off\)$/);
    assert.equal(
      await page.getByRole('table', { name: 'expected', exact: true }).locator('.worst').innerText(),
      '0.75\n◂\n(farthest off)',
    );
    assert.match(
      await page.locator('.worst-line').innerText(),
      /9 of 12 numbers are off\. Farthest off at \[0, 3\]: expected 0\.75, yours 2\.25/,
    );
  });

  it('says when the worst cell lies beyond those shown, and how many are not', async () => {
    const { page } = await showing(mismatchStates['a worst cell out of sight'] ?? verdict('failed'));
    const found = await page.locator('.finding').innerText();
    assert.match(found, /Farthest off at \[39, 15\].*It lies beyond the numbers shown/);
    assert.match(found, /544 more numbers not shown/);
    assert.match(found, /Every number must agree exactly/);
  });

  it('shows shapes before values, with the axes that disagree standing out', async () => {
    const { page } = await showing(mismatchStates['shape'] ?? verdict('failed'));
    const found = await page.locator('.finding').innerText();
    assert.ok(found.indexOf('(4, 3, 6)') < found.indexOf('[0, :, :]'));
    assert.deepEqual(await page.locator('.off .differs').allInnerTexts(), ['3', '6']);
  });

  it('shows where the text does not parse, with a caret below the column', async () => {
    const { page } = await showing(verdict('didNotCompile'));
    const lines = (await page.locator('pre.source').innerText()).split('\n');
    assert.match(lines[0] ?? '', /^14\s*const dW/);
    assert.match(lines[1] ?? '', /^\s+\^$/);
  });

  it('leaves the indentation of that line out, and scrolls to a place far to the right', async () => {
    const state = verdict('didNotCompile');
    const problem = state.kind === 'report' ? state.report.compileProblem : undefined;
    assert.ok(state.kind === 'report' && problem !== undefined);
    const code = `const sum = ${'1 + '.repeat(60)};`;
    const compileProblem = {
      ...problem,
      sourceLine: `${' '.repeat(120)}${code}`,
      place: { ...problem.place, column: 120 + code.length },
    };
    const { page } = await showing({ ...state, report: { ...state.report, compileProblem } });
    const source = page.locator('pre.source');
    const [line = '', below = ''] = (await source.innerText()).split('\n');
    assert.match(line, /^\d+\s?const sum = 1/);
    assert.equal(below.trimEnd().length, line.length);
    const [box, caret] = [
      await source.boundingBox(),
      await source.getByText('^', { exact: true }).last().boundingBox(),
    ];
    assert.ok(box !== null && caret !== null && caret.x > box.x && caret.x < box.x + box.width);
  });

  it('says that a broken checker is not the learner’s fault', async () => {
    const { page } = await showing(verdict('harnessFailed'));
    assert.match(await page.locator('.problem.ours').innerText(), /fault is Ground Up’s, not yours/);
  });

  it('names what ran, the time, the seed, the stand-ins and the dropped lines', async () => {
    const { page } = await showing(verdict('failed'));
    const facts = await page.locator('.run-facts').innerText();
    for (const fact of [
      'gpu.js webasm',
      'WebAssemblyKernel',
      '14 ms',
      '20261124',
      'learning/affine-forward',
      '1,000,000 lines',
      'rowSumKernel, launched 12 times: cell by cell 213 ms, through GPU.js under 1 ms',
    ]) {
      assert.ok(facts.includes(fact), fact);
    }
    await page.locator('.console summary').click();
    assert.match(await page.locator('.console').innerText(), /row 1 is all zeros[\s\S]*999,997 more lines dropped/);
  });

  it('shows what a learner printed as text, whatever it holds', async () => {
    const failed = verdict('failed');
    const markup = '<img src=x onerror="document.title=1"><b>bold</b>';
    const { page } = await showing({
      ...failed,
      report: { ...failed.report, console: { lines: [{ level: 'log', text: markup }], dropped: 0 } },
    });
    await page.locator('.console summary').click();
    assert.equal(await page.locator('.console li').innerText(), markup);
  });

  it('posts what was pressed', async () => {
    const { page, posted } = await showing(verdict('failed'));
    await page.getByRole('button', { name: 'Check again' }).click();
    await page.getByRole('button', { name: 'Hint' }).click();
    await page.locator('.your-line .place').click();
    await page.getByRole('button', { name: 'Read it in the lesson' }).click();
    assert.deepEqual(await posted(), [
      { type: 'check' },
      { type: 'hint' },
      { type: 'openPlace', exercise: 'learning/affine-backward', line: 14, column: 10 },
      { type: 'openStep', exercise: 'learning/affine-backward', step: 'dW' },
    ]);
  });

  it('offers the next exercise once this one has passed', async () => {
    const { page, posted } = await showing(verdict('passed'));
    await page.getByRole('button', { name: 'Next: Attend' }).click();
    assert.deepEqual(await posted(), [{ type: 'next' }]);
    assert.equal(await page.getByRole('button', { name: 'Hint' }).count(), 0);
  });

  it('keeps what can be done about a check apart from each other', async () => {
    const { page } = await showing(verdict('failed'));
    const boxes = await Promise.all(
      ['Debug this call', 'Try this input'].map((name) => page.getByRole('button', { name }).boundingBox()),
    );
    const [debug, trial] = boxes;
    assert.ok(debug && trial);
    assert.ok(trial.x - (debug.x + debug.width) >= 8, JSON.stringify(boxes));
  });

  it('can be cancelled while it runs, and keeps the keyboard where it was', async () => {
    const { page, send, posted } = await showing(verdict('failed'));
    await page.getByRole('button', { name: 'Check again' }).focus();
    await send({ type: 'state', state: running });
    await page.getByRole('button', { name: 'Cancel' }).waitFor();
    await page.keyboard.press('Enter');
    assert.deepEqual(await posted(), [{ type: 'cancel' }]);
    await send({ type: 'state', state: verdict('failed') });
    await page.waitForSelector('body[data-painted$="failed:2"]');
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'Check again');
  });

  it('announces each verdict, and that a file has changed since', async () => {
    const { page, send } = await showing(verdict('failed'));
    const heard = page.getByRole('status');
    assert.equal(await heard.textContent(), 'Backwards through the affine layer: Failed. 1 of 4 checks fails.');
    await send({ type: 'state', state: { ...verdict('failed'), stale: true } });
    await page.locator('.stale-note').waitFor();
    assert.match((await heard.textContent()) ?? '', /has changed since/);
    assert.match(
      await page.locator('.stale-note').innerText(),
      /learning\/affine-backward\.ts has changed since this check/,
    );
  });

  it('selects a check with the keyboard in a wide panel', async () => {
    const { page } = await showing(verdict('failed'));
    const row = page.getByRole('navigation', { name: 'Checks' }).getByRole('button', { name: 'db has the shape of b' });
    await row.focus();
    await page.keyboard.press('Enter');
    assert.equal(await row.getAttribute('aria-current'), 'true');
    await page.getByRole('article', { name: 'db has the shape of b' }).waitFor();
  });

  it('unfolds checks with the keyboard in a narrow panel, and remembers them', async () => {
    const narrow = { width: 340, height: 700 };
    const { page, send, remembered } = await showing(verdict('failed'), narrow);
    const open = (): Promise<string[]> => page.locator('details.check[open] > summary .check-sentence').allInnerTexts();
    assert.deepEqual(await open(), [failingSentence]);
    await page.locator('details.check summary').first().focus();
    await page.keyboard.press('Enter');
    await page.getByText('This holds.').waitFor();
    assert.deepEqual(await open(), ['db has the shape of b', failingSentence]);
    await send({ type: 'state', state: { ...verdict('failed'), stale: true } });
    await page.locator('.stale-note').waitFor();
    assert.equal((await open()).length, 2);
    const again = await showing(verdict('failed'), { ...narrow, recalled: await remembered() });
    assert.equal(await again.page.locator('details.check[open]').count(), 2);
    const next = verdict('failed');
    await again.send({ type: 'state', state: { ...next, report: { ...next.report, sourceHash: 'b2' } } });
    await again.page.waitForSelector('body[data-painted$="failed:2"]');
    assert.equal(await again.page.locator('details.check[open]').count(), 1);
  });

  it('lets the keyboard reach everything that can be pressed, in order, with the focus in sight', async () => {
    for (const width of [1000, 340]) {
      const { page } = await showing(verdict('failed'), { width, height: 700 });
      const count = await page.locator('button:visible, summary:visible').count();
      const reached = new Set<string>();
      for (let presses = 0; presses < count + 6; presses += 1) {
        await page.keyboard.press('Tab');
        const focused = await page.evaluate(() => {
          const element = document.activeElement;
          const all = [...document.querySelectorAll('button, summary')];
          const outlined = element !== null && getComputedStyle(element).outlineStyle !== 'none';
          return element === null || !all.includes(element) ? undefined : { at: all.indexOf(element), outlined };
        });
        if (focused !== undefined) {
          assert.ok(focused.outlined);
          reached.add(String(focused.at));
        }
      }
      assert.equal(reached.size, count);
    }
  });

  it('waits for a first check with a sentence and a way to start it', async () => {
    const { page, posted } = await showing({ kind: 'empty' });
    await page.getByRole('button', { name: 'Check' }).click();
    assert.deepEqual(await posted(), [{ type: 'check' }]);
  });
});
