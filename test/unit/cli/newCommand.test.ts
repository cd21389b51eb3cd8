import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { evaluateHere } from '../../../src/cli/evaluate';
import { newCommand } from '../../../src/cli/newCommand';
import { nodeCourseFiles } from '../../../src/cli/nodeCourseFiles';
import { addExercise } from '../../../src/content/addExercise';
import { checkExercise, everyBackend } from '../../../src/content/authorCheck';
import { checkCourse } from '../../../src/content/checkCourse';
import { newExercise } from '../../../src/content/newExercise';
import { todosIn } from '../../../src/content/todos';
import { findExercise } from '../../../src/course/course';
import { Bench } from '../../harness/runtime/bench';
import { recorder } from './recorder';

describe('groundup new', function () {
  this.timeout(120_000);
  let folder: string;
  beforeEach(async () => {
    folder = path.join(await mkdtemp(path.join(tmpdir(), 'course-')), 'course');
    await cp('test/fixtures/course', folder, { recursive: true });
  });
  afterEach(() => rm(path.dirname(folder), { recursive: true }));

  async function make(id: string, title?: string): Promise<{ readonly code: number; readonly said: string }> {
    const screen = recorder();
    const code = await newCommand({ folder, id, title, screen });
    return { code, said: screen.text() + screen.notes() };
  }

  it('makes an exercise of which the author check names the TODOs, and nothing else', async () => {
    const { code, said } = await make('basics/row-sums', 'Row: sums');
    assert.equal(code, 0, said);
    const bench = await Bench.build();
    try {
      const { source, problems } = await checkCourse(nodeCourseFiles(folder));
      assert.deepEqual(problems, []);
      const exercise = source && findExercise(source.course, 'basics/row-sums');
      assert.ok(source && exercise);
      assert.equal(exercise.title, 'Row: sums');
      const { runner } = bench;
      const report = await checkExercise({
        source,
        exercise,
        runner,
        evaluate: evaluateHere,
        seeds: [1, 2],
        backends: everyBackend,
      });
      const texts = newExercise('basics/row-sums', 'Row: sums');
      const expected = Object.entries(texts).flatMap(([name, text]) =>
        todosIn(name, text).map(({ line }) => `todos basics/row-sums/${name}:${line}`),
      );
      const found = report.findings.map(({ property, path: file, line }) => `${property} ${file}:${line ?? 0}`);
      assert.deepEqual(found.sort(), expected.sort(), JSON.stringify(report.findings, undefined, 1));
      assert.ok(said.includes(`with ${expected.length} TODOs`), said);
      assert.ok(new Set(found.map((each) => each.split(':')[0])).size === 6, 'each file has one');
      assert.ok(report.findings.every(({ message }) => /^A TODO is left: \S/.test(message)));
    } finally {
      await bench.dispose();
    }
  });

  it('adds a part that is not there yet, whose summary is then the course’s own TODO', async () => {
    const { code, said } = await make('more-parts/first');
    assert.equal(code, 0, said);
    assert.match(said, /The part is new/);
    const { problems, source } = await checkCourse(nodeCourseFiles(folder));
    assert.deepEqual(
      problems.map(({ path: file, message }) => [file, message]),
      [['course.json', 'A TODO is left: what one can do after it, in a sentence or two.']],
    );
    assert.equal(source?.course.parts[1]?.title, 'More parts');
  });

  it('refuses what is no id, what is listed, and a folder that is there, and leaves everything as it was', async () => {
    const before = await readFile(path.join(folder, 'course.json'), 'utf8');
    for (const [id, expected] of [
      ['Basics/x', /is no id\. An id is part\/exercise/],
      ['basics', /is no id/],
      ['../x/y', /is no id/],
      ['basics/double', /lists basics\/double already/],
    ] as const) {
      const { code, said } = await make(id);
      assert.equal(code, 2);
      assert.match(said, expected);
    }
    await cp(path.join(folder, 'basics/double'), path.join(folder, 'basics/stray'), { recursive: true });
    const there = await make('basics/stray');
    assert.deepEqual([there.code, there.said.includes('is there already')], [2, true]);
    assert.equal(await readFile(path.join(folder, 'course.json'), 'utf8'), before);
    await writeFile(path.join(folder, 'course.json'), '{');
    assert.match((await make('basics/next')).said, /course\.json:1 {2}Not JSON/);
    await rm(path.join(folder, 'course.json'));
    assert.match(
      (await make('basics/next')).said,
      /could not be made: it is not there\. Name the folder of your course/,
    );
  });
});

describe('course.json with one exercise more', () => {
  const added = (text: string, id: `${string}/${string}`): string => {
    const result = addExercise(text, id);
    assert.ok(result.ok, JSON.stringify(result));
    return result.text;
  };
  const course = (exercises: string): string =>
    `{\n  "id": "c",\n  "title": "C",\n  "parts": [\n    { "id": "a", "title": "A", "summary": "S.", "exercises": ${exercises} }\n  ]\n}\n`;

  it('is otherwise the text that it was', () => {
    assert.equal(added(course('["x"]'), 'a/y'), course('["x", "y"]'));
    assert.equal(added(course('[]'), 'a/y'), course('["y"]'));
    assert.equal(added(course('[ "x" ]'), 'a/y'), course('[ "x", "y" ]'));
    const lines = (...names: string[]): string =>
      course(`[\n      ${names.map((name) => `"${name}"`).join(',\n      ')}\n    ]`);
    assert.equal(added(lines('w', 'x'), 'a/y'), lines('w', 'x', 'y'));
  });

  it('has a new part at its end', () => {
    const text = added(course('["x"]'), 'b-c/y');
    assert.ok(text.startsWith(course('["x"]').slice(0, -7)));
    assert.deepEqual(JSON.parse(text), {
      id: 'c',
      title: 'C',
      parts: [
        { id: 'a', title: 'A', summary: 'S.', exercises: ['x'] },
        { id: 'b-c', title: 'B c', summary: 'TODO: what one can do after it, in a sentence or two.', exercises: ['y'] },
      ],
    });
  });
});

describe('a TODO', () => {
  it('is an author’s by how it is written and where it stands', () => {
    const lines = (file: string, text: string): readonly number[] => todosIn(file, text).map(({ line }) => line);
    const text =
      "// TODO\nthrow new Error('TODO: write it');\n// TODO(author): the shapes\nnot a TODOS, and still a TODO here";
    assert.deepEqual(lines('stub.ts', text), [3]);
    assert.deepEqual(lines('hints.md', text), [2, 3]);
    assert.deepEqual(lines('solution.ts', text), [1, 2, 3, 4]);
    assert.deepEqual(todosIn('stub.ts', text)[0]?.words, 'the shapes');
  });
});

describe('the name of a new exercise’s function', () => {
  it('is one that JavaScript takes', () => {
    const nameIn = (id: `${string}/${string}`): string =>
      /export function (\w+)/.exec(newExercise(id, 'T')['stub.ts'])?.[1] ?? '';
    assert.deepEqual(
      ['a/row-sums', 'a/return', 'a/2d-pooling', 'a/x'].map((id) => nameIn(id as 'a/x')),
      ['rowSums', 'computeReturn', 'compute2dPooling', 'computeX'],
    );
  });
});
