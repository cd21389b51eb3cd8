import assert from 'node:assert/strict';
import { checkExercise } from '../../../src/content/authorCheck';
import { evaluateHere } from '../../../src/cli/evaluate';
import { exerciseFiles } from '../../../src/content/exerciseFiles';
import { CourseSource } from '../../../src/content/courseSource';
import { loadCourse } from '../../../src/content/loadCourse';
import { readLesson } from '../../../src/content/readLesson';
import { lessonFileOf, rereadLesson } from '../../../src/content/savedLesson';
import { isTranslation, namesFor } from '../../../src/content/translations';
import { memoryCourse, memorySource } from './memoryCourse';
import { ScriptedRunner } from './scriptedRunner';

const id = 'basics/double';

const german = `---
title: Verdoppeln
minutes: 90
buildsOn: [basics/quadruple]
---

Zweimal eins ist zwei.

:::step sum Eine Summe mit sich selbst
$$2x = x + x$$

shapes: x () → 2x ()

Eine Zahl zu sich selbst gezählt gibt zwei davon.
:::
`;
const translated = { 'basics/double/lesson.de.md': german, 'basics/double/hints.de.md': '## Ein Wink\n\nZähle.\n' };

async function inLanguage(locale: string): Promise<CourseSource> {
  const files = memoryCourse(translated);
  const { course } = await loadCourse(files, locale);
  assert.ok(course);
  return new CourseSource(files, course, locale);
}

describe('a course in another language', () => {
  it('looks for the region, then the language, then the original', () => {
    assert.deepEqual(namesFor('lesson.md', 'pt-BR'), ['lesson.pt-br.md', 'lesson.pt.md', 'lesson.md']);
    assert.deepEqual(namesFor('hints.md', 'de'), ['hints.de.md', 'hints.md']);
  });

  it('asks for the original alone in English, and where a locale could be no part of a name', () => {
    for (const locale of ['en', 'en-GB', '', '../../etc', 'de/../../x', '*']) {
      assert.deepEqual(namesFor('lesson.md', locale), ['lesson.md'], locale);
    }
  });

  it('reads lesson, hints and titles that are translated', async () => {
    const source = await inLanguage('de');
    assert.match((await readLesson(source, id)).html, /Zweimal eins ist zwei/);
    assert.match(await source.hints(id), /Zähle/);
    assert.equal(source.course.parts[0]?.exercises[0]?.title, 'Verdoppeln');
  });

  it('falls back to the original where there is no translation', async () => {
    const french = await inLanguage('fr');
    assert.match((await readLesson(french, id)).html, /Twice one is two/);
    const swiss = await inLanguage('de-ch');
    assert.match((await readLesson(swiss, id)).html, /Zweimal/);
    assert.match(await swiss.lesson('basics/quadruple'), /Quadruple/);
  });

  it('has the same order and foundations in every language', async () => {
    const { course } = await loadCourse(memoryCourse(translated), 'de');
    const original = (await loadCourse(memoryCourse())).course;
    assert.deepEqual(
      course?.parts[0]?.exercises.map((exercise) => ({ ...exercise, title: '' })),
      original?.parts[0]?.exercises.map((exercise) => ({ ...exercise, title: '' })),
    );
  });

  it('does not look for translations in English', async () => {
    const files = memoryCourse(translated);
    await loadCourse(files);
    assert.deepEqual(
      files.reads.filter((file) => file.includes('.de.')),
      [],
    );
  });

  it('shows a saved translation anew', async () => {
    assert.deepEqual(lessonFileOf('/a/basics/double/lesson.de.md')?.exercise, id);
    const { course } = await memorySource();
    const texts = await rereadLesson(memoryCourse(translated), { course, exercise: id, locale: 'de' });
    assert.match(texts?.lesson.html ?? '', /Zweimal/);
  });

  it('counts a translation among the files of an exercise, and nothing that only looks like one', async () => {
    const files = memoryCourse({ ...translated, 'basics/double/lesson.Deutsch.md': german });
    assert.deepEqual((await exerciseFiles(files, id)).stray, ['lesson.Deutsch.md']);
    assert.equal(isTranslation('stub.de.md'), false);
  });

  it('is held to the same steps by the author check', async () => {
    const source = await memorySource({
      ...translated,
      'basics/double/lesson.de.md': german.replace('step sum', 'step summe'),
    });
    const exercise = source.course.parts[0]?.exercises[0];
    assert.ok(exercise);
    const { findings } = await checkExercise({
      source,
      exercise,
      runner: new ScriptedRunner(() => ({ verdict: 'passed', outcomes: {} })),
      evaluate: evaluateHere,
      seeds: [1],
      backends: ['loops'],
    });
    const found = findings.filter(({ path }) => path.endsWith('lesson.de.md')).map(({ message }) => message);
    assert.deepEqual(found, ['Its steps are summe, and those of lesson.md sum. Give it the same, in the same order.']);
  });
});
