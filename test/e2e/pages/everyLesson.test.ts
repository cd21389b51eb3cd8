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
import { isFull } from '../fullRun';
import { Pages } from './pageUnderTest';

type Theme = 'light' | 'dark';

describe('every lesson of the course', () => {
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

  /** The panel that every lesson is shown in, one after the other, as for a learner who goes through the course. */
  async function openPanel(theme: Theme): Promise<(exercise: Exercise) => Promise<Page>> {
    const { page, send } = await pages.open({ width: 760, height: 900, theme, name: 'lesson' });
    return async (exercise) => {
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
      await page.getByRole('heading', { level: 1, name: exercise.title, exact: true }).waitFor();
      const unfold = page.getByRole('button', { name: 'Unfold all' });
      if ((await unfold.count()) > 0) await unfold.click();
      await page.evaluate('document.fonts.ready');
      return page;
    };
  }

  for (const part of ['tensors', 'learning', 'attention']) {
    const lessons = (): readonly Exercise[] => exercisesOf(course).filter(({ id }) => id.startsWith(`${part}/`));

    it(`fits a page of 220 pixels and one of 760: ${part}`, async () => {
      const show = await openPanel('dark');
      for (const exercise of lessons()) {
        const page = await show(exercise);
        for (const width of [220, 760]) {
          await page.setViewportSize({ width, height: 900 });
          assert.deepEqual(await standingOut(page), [], `${exercise.id}, ${String(width)} pixels`);
        }
      }
    });

    for (const theme of isFull ? (['light', 'dark'] as const) : []) {
      it(`is pictured as it looks in a ${theme} theme: ${part}`, async () => {
        const folder = path.resolve('out/screenshots', theme, 'lessons');
        await mkdir(folder, { recursive: true });
        const show = await openPanel(theme);
        for (const exercise of lessons()) {
          const page = await show(exercise);
          // As tall as it is, so that the bar at the bottom stands at the bottom.
          const height = await page.evaluate<number>('document.documentElement.scrollHeight');
          await page.setViewportSize({ width: 760, height });
          await page.screenshot({ path: path.join(folder, `${exercise.id.replace('/', '-')}.png`) });
          await page.setViewportSize({ width: 760, height: 900 });
        }
      });
    }
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
