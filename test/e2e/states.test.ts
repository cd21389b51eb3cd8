/**
 * What a learner can meet, one state after another, each shown in a dark and in a light theme: the pictures in
 * out/screenshots. Every state is made through the user interface and asserted before its picture is taken.
 */
import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import type { Verdict } from '../../src/harness/report';
import { verdictLabels } from '../../src/webview/words';
import type { Course } from './course';
import { solutionOf, startCourse } from './course';
import type { Theme } from './workbench';

const kernel = {
  id: 'tensors/kernel-matmul',
  title: 'The matrix product as a kernel',
  file: 'tensors/kernel-matmul.ts',
};
const matmul = { id: 'tensors/matmul', title: 'Matrix product', file: 'tensors/matmul.ts' };
const attend = { id: 'attention/attend', title: 'Attend', file: 'attention/attend.ts' };

const sum = 'let cell = 0;';

describe('what a learner can meet', function () {
  this.timeout(240_000);
  let course: Course;
  let theme: Theme = 'dark';

  before(async () => {
    course = await startCourse({ theme });
    await course.showTree();
  });

  after(async () => {
    await course.workbench.stop();
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await course.workbench.screenshot(`failed-${this.currentTest.title}`);
  });

  /** A picture in the theme that is on, and one in the other, which then stays on. */
  async function pictures(name: string): Promise<void> {
    // No tooltip in the picture.
    await course.workbench.page.mouse.move(700, 3);
    await course.workbench.screenshot(name);
    theme = theme === 'dark' ? 'light' : 'dark';
    await course.workbench.setTheme(theme);
    await course.workbench.screenshot(name);
  }

  /** Checks `text` as the solution of `matmul` or another open exercise, and asserts the verdict and its word. */
  async function checked(
    text: string,
    { verdict, file = matmul.file }: { readonly verdict: Verdict; readonly file?: string },
  ): Promise<Frame> {
    await course.workbench.replaceText(file, text);
    await course.check();
    const results = await course.results(verdict);
    assert.equal(await results.locator('.verdict h1 .word').innerText(), verdictLabels[verdict].word);
    return results;
  }

  function editedMatmul(replace: string): string {
    return solutionOf(matmul.id, { find: sum, replace });
  }

  it('a kernel that passes, and the class of GPU.js that ran it', async () => {
    await course.open(kernel);
    const results = await checked(solutionOf(kernel.id), { verdict: 'passed', file: kernel.file });
    const ranOn = await results.locator('.fact').filter({ hasText: 'Ran on' }).allInnerTexts();
    assert.ok(
      ranOn.some((text) => text.includes('WebAssemblyKernel')),
      ranOn.join('\n'),
    );
    await pictures('kernel-passed');
  });

  it('a text that does not parse: its line, and a caret', async () => {
    await course.open(matmul);
    const text = editedMatmul('let cell = (0;');
    const results = await checked(text, { verdict: 'didNotCompile' });
    const line = text.slice(0, text.indexOf('let cell')).split('\n').length;
    await results
      .getByText(`matmul.ts:${String(line)}`)
      .first()
      .waitFor();
    const [source = '', pointer = ''] = (await results.locator('pre.source').innerText()).split('\n');
    assert.match(source, /let cell = \(0;/);
    assert.equal(source[pointer.indexOf('^')], ';');
    await pictures('does-not-parse');
  });

  it('an error that the learner’s code throws, with the line that threw', async () => {
    const text = editedMatmul("let cell = 0;\n      if (j > 0) throw new RangeError('no such column');");
    const results = await checked(text, { verdict: 'threw' });
    await results.getByText('no such column').first().waitFor();
    const line = text.slice(0, text.indexOf('if (j > 0)')).split('\n').length;
    await results
      .getByText(`matmul.ts:${String(line)}`)
      .first()
      .waitFor();
    await pictures('threw');
  });

  it('a loop that never ends', async () => {
    await checked(editedMatmul('let cell = 0;\n      for (;;) cell += 1;'), { verdict: 'timedOut' });
    await pictures('endless-loop');
  });

  it('a million lines of output, of which the first are kept', async () => {
    const print = "if (m === 2) for (let line = 0; line < 1_000_000; line += 1) console.log('line', line);";
    const text = solutionOf(matmul.id, { find: 'const C = ', replace: `${print}\n  const C = ` });
    const results = await checked(text, { verdict: 'passed' });
    await results.locator('details.console > summary').click();
    await results.getByText(/[\d,]+ more lines? dropped/).waitFor();
    await pictures('million-lines');
  });

  it('a wrong answer, in a window of 700 pixels', async () => {
    const { page } = course.workbench;
    const size = page.viewportSize() ?? { width: 1440, height: 900 };
    await checked(solutionOf(matmul.id, { find: 'cell += A.data', replace: 'cell = A.data' }), { verdict: 'failed' });
    await page.setViewportSize({ width: 700, height: 900 });
    try {
      const results = await course.results('failed');
      await results.locator('.panes.narrow').waitFor();
      await fitsItsFrame(results);
      await fitsItsFrame(await course.lesson(matmul.title));
      await pictures('narrow');
    } finally {
      await page.setViewportSize(size);
    }
    await (await course.results('failed')).locator('.panes.wide').waitFor();
  });

  it('a wrong answer, in high contrast', async () => {
    await course.workbench.setTheme('highContrast');
    await (await course.results('failed')).locator('body.vscode-high-contrast').waitFor();
    await course.workbench.screenshot('failed');
    await course.workbench.setTheme(theme);
  });

  it('a hint, one at a time', async () => {
    await course.workbench.runCommand('Ground Up: Show Hint');
    const lesson = await course.lesson(matmul.title);
    const hints = lesson.locator('.hints > :is(ol, ul) > li');
    await hints.first().waitFor();
    assert.equal(await hints.count(), 1);
    await hints.first().scrollIntoViewIfNeeded();
    await pictures('hint');
  });

  it('a solution that passed and has changed since', async () => {
    await checked(solutionOf(matmul.id), { verdict: 'passed' });
    await course.workbench.typeAtEnd(matmul.file, '\n// later\n');
    await course.workbench.save();
    await course.row(matmul.title, 'passed, but changed since').waitFor();
    const results = await course.workbench.webview('main.results');
    await results.locator('.stale-note').waitFor();
    await pictures('passed-but-changed');
  });

  it('the lesson on attention, with its weights', async () => {
    await course.open(attend);
    const lesson = await course.lesson(attend.title);
    const figure = lesson.locator('figure').filter({ hasText: 'The attention weights' });
    await figure.scrollIntoViewIfNeeded();
    assert.match(await figure.innerText(), /what happened\?[\s\S]*0\.67/);
    await pictures('attention-weights');
  });

  it('the solution beside the learner’s own file, after asking once', async () => {
    await course.workbench.runCommand('Ground Up: Show Solution');
    await course.workbench.answer('Show Solution');
    await course.workbench.editorTab(/reference solution ↔ your file/).waitFor();
    await course.workbench.diffEditor().getByText('attention among the keys').first().waitFor();
    await pictures('solution');
  });

  it('a window without a folder', async () => {
    const empty = await course.workbench.anotherWindow({ empty: true });
    await empty.openContainer('Ground Up');
    await empty.sideBar().getByText('Your solutions live in a folder of your own').waitFor();
    await empty.sideBar().getByRole('button', { name: 'Open Folder' }).waitFor();
    await empty.screenshot('no-folder');
    await empty.setTheme(theme === 'dark' ? 'light' : 'dark');
    await empty.screenshot('no-folder');
  });
});

/** Nothing of a page stands beyond its right edge, but for what scrolls or is clipped within it. */
async function fitsItsFrame(frame: Frame): Promise<void> {
  const beyond = await frame.evaluate<string[]>(`(() => {
    const holds = (element) => getComputedStyle(element).overflowX !== 'visible';
    const isHeld = (element) =>
      element.parentElement !== null && (holds(element.parentElement) || isHeld(element.parentElement));
    return [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > document.documentElement.clientWidth && !isHeld(element))
      .map((element) => element.tagName + '.' + element.getAttribute('class') + ': ' + element.textContent.slice(0, 30));
  })()`);
  assert.deepEqual(beyond, []);
}
