/**
 * Every page for everyone: axe-core finds nothing in light, dark and both high-contrast themes, at full size and at twice
 * its size, and nothing moves where the reader asked for stillness. Each page is pictured in each theme.
 */
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { overviewStates } from '../../fixtures/overview';
import { allHints, lesson, lessonState, mismatchStates, running, verdictStates } from '../../fixtures/reports';
import type { ToLesson, ToOverview, ToResults } from '../../../src/webview/protocol';
import { axeFaults } from './axeFaults';
import { Pages, type PageOptions, type PageUnderTest } from './pageUnderTest';
import { bodyClassOf, type ThemeName } from './themes';

type Message = ToLesson | ToOverview | ToResults;

/** The lab has tests of its own for this. */
type PageName = Exclude<PageOptions['name'], 'lab'>;

const themes = Object.keys(bodyClassOf) as ThemeName[];

/** One of each kind of page that the results can be; what differs only in its words is read by other tests. */
const resultsStates = Object.fromEntries(
  Object.entries({ running, ...verdictStates, ...mismatchStates }).filter(([name]) =>
    ['running', 'passed', 'failed', 'didNotCompile', 'threw', 'harnessFailed', 'stale', 'shape'].includes(name),
  ),
);

const states: Readonly<Record<PageName, Readonly<Record<string, readonly Message[]>>>> = {
  lesson: {
    lesson: [
      { type: 'lesson', lesson, state: { ...lessonState, steps: { outer: 'holds' } } },
      { type: 'hints', shown: allHints, total: allHints.length },
    ],
  },
  overview: Object.fromEntries(
    Object.entries(overviewStates).map(([name, state]) => [name, [{ type: 'overview', state }]]),
  ),
  results: Object.fromEntries(Object.entries(resultsStates).map(([name, state]) => [name, [{ type: 'state', state }]])),
};

describe('every page for everyone', function () {
  this.timeout(240_000);
  let pages: Pages;
  before(async () => {
    pages = await Pages.start();
  });
  afterEach(() => pages.closeAll());
  after(() => pages.stop());

  for (const name of Object.keys(states) as PageName[]) {
    for (const theme of themes) {
      it(`has nothing that axe-core finds at fault: ${name}, ${theme}`, async () => {
        const opened = await pages.open({ name, theme, width: 900, height: 1000 });
        const found: Record<string, readonly string[]> = {};
        for (const [state, messages] of Object.entries(states[name])) {
          for (const message of messages) await opened.send(message);
          await unfolded(opened);
          const faults = await axeFaults(opened.page, theme);
          if (faults.length > 0) found[state] = faults;
        }
        assert.deepEqual(found, {});
        mkdirSync('out/screenshots', { recursive: true });
        await opened.page.screenshot({ path: `out/screenshots/page-${name}-${theme}.png` });
      });
    }

    it(`fits where it is shown at twice its size, and in a column of 240 pixels: ${name}`, async () => {
      const opened = await pages.open({ name, width: 450, height: 500 });
      for (const [state, messages] of Object.entries(states[name])) {
        for (const message of messages) await opened.send(message);
        for (const width of [450, 240]) {
          await opened.page.setViewportSize({ width, height: 500 });
          await unfolded(opened);
          const fits = await opened.page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);
          assert.ok(fits, `${state}, ${width} pixels wide`);
        }
      }
    });

    it(`holds still for whoever asks for it: ${name}`, async () => {
      const opened = await pages.open({ name });
      await opened.page.emulateMedia({ reducedMotion: 'reduce' });
      for (const messages of Object.values(states[name])) {
        for (const message of messages) await opened.send(message);
        await unfolded(opened);
        const moving = await opened.page.evaluate(() => document.getAnimations().length);
        assert.equal(moving, 0);
      }
    });
  }
});

/** Opens what is folded, once what was sent has been drawn. */
async function unfolded({ page }: PageUnderTest): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        setTimeout(() => {
          for (const details of document.querySelectorAll('details')) details.open = true;
          setTimeout(resolve);
        });
      }),
  );
}
