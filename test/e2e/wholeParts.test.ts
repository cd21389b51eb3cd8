/**
 * The whole course, part by part, through the user interface of the packaged extension and with the reference solutions:
 * each exercise is opened from the results of the one before it, written, checked and passed, on the learner's own work
 * so far. What their labs then show is in askTheModel.test.ts.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { solutionOf, startCourse, type Course } from './course';
import { stepByStep } from './stepByStep';

interface Part {
  readonly id: string;
  readonly title: string;
  readonly exercises: readonly string[];
}

const { parts } = JSON.parse(readFileSync('exercises/course.json', 'utf8')) as { readonly parts: readonly Part[] };

function titleOf(id: string): string {
  const title = /^title: (.+)$/m.exec(readFileSync(`exercises/${id}/lesson.md`, 'utf8'))?.[1];
  assert.ok(title !== undefined, `exercises/${id}/lesson.md has no title`);
  return title.replace(/^(['"])(.*)\1$/, '$2');
}

describe('the whole course', function () {
  this.timeout(300_000);
  let course: Course;

  before(async () => {
    course = await startCourse();
    await course.showTree();
  });

  after(async () => {
    await course.workbench.stop();
  });

  stepByStep(() => course);

  for (const { id: part, title: partTitle, exercises } of parts) {
    describe(partTitle, () => {
      for (const [place, name] of exercises.entries()) {
        const id = `${part}/${name}`;
        it(`passes ${id}, ${place === 0 ? 'opened from the tree' : 'to which the one before it led'}`, async () => {
          const [file, title] = [`${id}.ts`, titleOf(id)];
          if (place === 0) {
            await course.open({ title, file });
          } else {
            const results = await course.results('passed');
            await results.getByRole('button', { name: `Next: ${title}` }).click();
            await course.lesson(title);
          }
          await course.workbench.replaceText(file, solutionOf(id));
          await course.check();
          const results = await course.workbench.webview('main.results');
          await results.locator('[data-verdict="passed"] .about').getByText(title, { exact: true }).waitFor();
        });
      }

      it('is passed as a whole, in the tree too', async () => {
        // Of what is not optional.
        await course.workbench.scrollTreeTo(
          course.workbench.treeRow(new RegExp(`^${partTitle}, (\\d+) of \\1 passed`)),
        );
        await course.workbench.screenshot(`whole-part-${partTitle.toLowerCase()}`);
      });
    });
  }
});
