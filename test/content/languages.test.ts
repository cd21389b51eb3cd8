/** The short texts in twelve languages as the build packs them: what lessons and checks count on. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { nodeCourseFiles } from '../../src/cli/nodeCourseFiles';
import { CourseSource } from '../../src/content/courseSource';
import { loadCourse } from '../../src/content/loadCourse';
import type { SubmittedTexts } from '../../src/harness/submission';

const folder = 'exercises/data/languages';

describe('The texts in twelve languages', () => {
  let languages: SubmittedTexts;

  before(async () => {
    const files = nodeCourseFiles('exercises');
    const { course } = await loadCourse(files);
    assert.ok(course);
    const set = await new CourseSource(files, course).dataSet('languages');
    assert.ok(set.kind === 'labelled-texts');
    languages = set;
  });

  it('are all lines of their files, as many as the data card says', async () => {
    for (const half of ['train', 'test'] as const) {
      const lines = (await readFile(`${folder}/${half}.txt`, 'utf8')).trimEnd().split('\n');
      assert.equal(lines.length, languages[half].texts.length);
    }
    const card = await readFile(`${folder}/CARD.md`, 'utf8');
    assert.match(card, /5,179 texts to learn from and 780 held back/);
    assert.deepEqual([languages.train.texts.length, languages.test.texts.length], [5179, 780]);
  });

  it('are whole words of the letters a to z, at most 24 characters long', () => {
    for (const text of [...languages.train.texts, ...languages.test.texts]) {
      assert.match(text, /^[a-z]+(?: [a-z]+)*$/);
      assert.ok(text.length >= 3 && text.length <= 24, text);
    }
  });

  it('hold each language about equally often', () => {
    for (const { labels } of [languages.train, languages.test]) {
      const counts = languages.labels.map((_, label) => labels.filter((own) => own === label).length);
      const even = labels.length / languages.labels.length;
      for (const count of counts) assert.ok(count > 0.8 * even && count < 1.2 * even, counts.join(' '));
    }
  });

  it('are mixed, so that the first few hold every language', () => {
    for (const { labels } of [languages.train, languages.test]) assert.equal(new Set(labels.subarray(0, 120)).size, 12);
  });

  it('are no text of a language twice, so that none that is held back has been seen', () => {
    const lines = [languages.train, languages.test].flatMap(({ texts, labels }) =>
      texts.map((text, index) => `${String(labels[index])} ${text}`),
    );
    assert.equal(new Set(lines).size, lines.length);
  });

  it('are told apart by pairs of letters far better than by single ones, as the data card says', () => {
    assert.equal(Math.round(100 * naiveBayes(languages, 1)), 62);
    assert.equal(Math.round(100 * naiveBayes(languages, 2)), 91);
  });

  it('lie beside their licence', async () => {
    assert.match(
      await readFile(`${folder}/LICENCE.txt`, 'utf8'),
      /Universal Declaration of Human Rights[^]*MIT License/,
    );
  });
});

/** The share of held-back texts whose language is the likeliest by counts of `length` letters in a row, smoothed. */
function naiveBayes({ labels, train, test }: SubmittedTexts, length: number): number {
  const piecesOf = (text: string): string[] => {
    const padded = length === 1 ? text : ` ${text} `;
    return Array.from({ length: padded.length - length + 1 }, (_, at) => padded.slice(at, at + length));
  };
  const counts = labels.map(() => new Map<string, number>());
  const vocabulary = new Set<string>();
  train.texts.forEach((text, index) => {
    const own = counts[train.labels[index] ?? 0];
    for (const piece of piecesOf(text)) {
      own?.set(piece, (own.get(piece) ?? 0) + 1);
      vocabulary.add(piece);
    }
  });
  const smoothing = 0.3;
  const totals = counts.map((own) => [...own.values()].reduce((sum, count) => sum + count, 0));
  const right = test.texts.filter((text, index) => {
    const scores = counts.map((own, label) =>
      piecesOf(text).reduce((sum, piece) => {
        const total = (totals[label] ?? 0) + smoothing * vocabulary.size;
        return sum + Math.log(((own.get(piece) ?? 0) + smoothing) / total);
      }, 0),
    );
    return scores.indexOf(Math.max(...scores)) === test.labels[index];
  });
  return right.length / test.texts.length;
}
