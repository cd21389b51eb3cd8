import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { nodeCourseFiles } from '../../../src/cli/nodeCourseFiles';
import { CourseSource } from '../../../src/content/courseSource';
import { loadCourse } from '../../../src/content/loadCourse';
import { exercisesOf } from '../../../src/course/course';
import type { Course, Exercise } from '../../../src/course/course';
import { renderHints } from '../../../src/lesson/renderHints';
import { readLesson } from '../../../src/content/readLesson';
import { Pages } from './pageUnderTest';

const themes = ['light', 'dark'] as const;

describe('every lesson of the course', function () {
  this.timeout(120_000);
  let pages: Pages;
  let source: CourseSource;
  let course: Course;

  before(async () => {
    const files = nodeCourseFiles(path.resolve('exercises'));
    const loaded = await loadCourse(files);
    assert.ok(loaded.course);
    ({ course } = loaded);
    source = new CourseSource(files, course);
    pages = await Pages.start();
  });
  afterEach(() => pages.closeAll());
  after(() => pages.stop());

  async function open(exercise: Exercise, options: { width: number; theme: (typeof themes)[number] }): Promise<Page> {
    const { page, send } = await pages.open({ ...options, height: 900, name: 'lesson' });
    const hints = renderHints(await source.hints(exercise.id)).hints;
    await send({
      type: 'lesson',
      lesson: {
        exercise: exercise.id,
        title: exercise.title,
        part: course.parts.find((part) => part.exercises.includes(exercise))?.title ?? '',
        position: '1 of 1',
        minutes: exercise.minutes,
        html: (await readLesson(source, exercise.id)).html,
        hints: hints.map(({ title, html }) => `<h3>${title}</h3>\n${html}`),
        hintCount: hints.length,
      },
      state: { exercise: exercise.id, state: 'inProgress', steps: {}, stale: false, running: false },
    });
    await page.getByRole('heading', { level: 1 }).waitFor();
    const unfold = page.getByRole('button', { name: 'Unfold all' });
    if ((await unfold.count()) > 0) await unfold.click();
    await page.evaluate('document.fonts.ready');
    return page;
  }

  for (const theme of themes) {
    it(`fits a page of 220 pixels, and is pictured as it looks in a ${theme} theme`, async () => {
      const folder = path.resolve('out/screenshots', theme, 'lessons');
      await mkdir(folder, { recursive: true });
      for (const exercise of exercisesOf(course)) {
        const page = await open(exercise, { width: 220, theme });
        assert.deepEqual(await standingOut(page), [], exercise.id);
        await page.setViewportSize({ width: 760, height: 900 });
        assert.deepEqual(await standingOut(page), [], exercise.id);
        // As tall as it is, so that the bar at the bottom stands at the bottom.
        const height = await page.evaluate<number>('document.documentElement.scrollHeight');
        await page.setViewportSize({ width: 760, height });
        await page.screenshot({ path: path.join(folder, `${exercise.id.replace('/', '-')}.png`) });
        await page.close();
      }
    });
  }
});

/** What makes the page wider than its frame: nothing may, and if something does, these are the elements to look at. */
async function standingOut(page: Page): Promise<readonly string[]> {
  return await page.evaluate<string[]>(`(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    const holds = (element) => getComputedStyle(element).overflowX !== 'visible';
    const isHeld = (element) =>
      element.parentElement !== null && (holds(element.parentElement) || isHeld(element.parentElement));
    return [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > width && !isHeld(element))
      .map((element) => element.tagName + '.' + element.getAttribute('class') + ': ' + element.textContent.slice(0, 40));
  })()`);
}
