import assert from 'node:assert/strict';
import { lessonFileOf, rereadLesson } from '../../../src/content/savedLesson';
import type { LessonTexts } from '../../../src/content/savedLesson';
import { memoryCourse, memorySource } from './memoryCourse';

async function reread(changes: Readonly<Record<string, string | undefined>> = {}): Promise<LessonTexts | undefined> {
  const { course } = await memorySource();
  return await rereadLesson(memoryCourse(changes), { course, exercise: 'basics/double' });
}

const lesson = (body: string): string => `---\ntitle: Anew\nminutes: 5\n---\n${body}`;

describe('A file that an author saves', () => {
  it('belongs to the exercise in whose folder it lies', () => {
    const expected = { folder: '/home/a/exercises', exercise: 'tensors/matmul' };
    for (const name of ['lesson.md', 'hints.md', 'means.json']) {
      assert.deepEqual(lessonFileOf(`/home/a/exercises/tensors/matmul/${name}`), expected);
    }
  });

  it('belongs to none where it is something else, or lies elsewhere', () => {
    for (const path of [
      '/home/a/exercises/tensors/matmul/solution.ts',
      '/home/a/Tensors/My Notes/lesson.md',
      'tensors/matmul/lesson.md',
      '/lesson.md',
      'lesson.md',
      '',
    ]) {
      assert.equal(lessonFileOf(path), undefined, path);
    }
  });

  it('brings lesson and hints as they are now, with the data of its figures', async () => {
    const figure = '```figure images\n{ "source": "means.json", "caption": "Means." }\n```\n';
    const images = JSON.stringify({ images: [{ label: '0', width: 1, height: 1, values: [0.5] }] });
    const texts = await reread({
      'basics/double/lesson.md': lesson(figure),
      'basics/double/hints.md': '## A new one\nThere.\n',
      'basics/double/means.json': images,
    });
    assert.equal(texts?.lesson.frontMatter?.title, 'Anew');
    assert.match(texts.lesson.html, /Image 0: 1 by 1 pixels/);
    assert.deepEqual(
      texts.hints.map(({ title }) => title),
      ['A new one'],
    );
  });

  it('brings nothing where the folder is of another course, or cannot be shown at the moment', async () => {
    const other = JSON.stringify({ id: 'other', title: 'O', parts: [] });
    assert.equal(await reread({ 'course.json': other }), undefined);
    assert.equal(await reread({ 'course.json': undefined }), undefined);
    assert.equal(await reread({ 'basics/double/lesson.md': 'no front matter' }), undefined);
    assert.equal(await reread({ 'basics/double/hints.md': undefined }), undefined);
  });
});
