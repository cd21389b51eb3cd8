import assert from 'node:assert/strict';
import { mkdtemp, mkdir, rm, symlink, writeFile, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { checkCourse } from '../../../src/content/checkCourse';
import { courseJsonSchema } from '../../../src/content/courseFile';
import { loadCourse } from '../../../src/content/loadCourse';
import { nodeCourseFiles } from '../../../src/cli/nodeCourseFiles';
import { memoryCourse, memorySource } from './memoryCourse';

const fixture = path.join(process.cwd(), 'test/fixtures/course');

describe('Loading a course', () => {
  it('reads parts and exercises in their order, and none of their TypeScript', async () => {
    const files = memoryCourse();
    const { course, problems } = await loadCourse(files);
    assert.deepEqual(problems, []);
    assert.deepEqual(course, {
      id: 'tiny',
      title: 'A tiny course',
      parts: [
        {
          id: 'basics',
          title: 'Basics',
          summary: 'Twice, and twice again.',
          exercises: [
            { id: 'basics/double', title: 'Double', buildsOn: [], minutes: 5, optional: false, offers: ['fromData'] },
            {
              id: 'basics/quadruple',
              title: 'Quadruple',
              buildsOn: ['basics/double'],
              minutes: 5,
              optional: false,
              offers: undefined,
            },
          ],
        },
      ],
    });
    assert.deepEqual(
      files.reads.filter((file) => file.endsWith('.ts')),
      [],
    );
  });

  it('is the same from a folder on disk', async () => {
    assert.deepEqual(await loadCourse(nodeCourseFiles(fixture)), await loadCourse(memoryCourse()));
  });

  const part = (exercises: readonly string[], extra = ''): string =>
    `{\n"id": "c",\n"title": "C",\n"parts": [\n{ "id": "basics", "title": "P", "summary": "S",\n"exercises": ${JSON.stringify(exercises)}${extra} }\n]\n}`;
  const check = async (changes: Readonly<Record<string, string | undefined>>, expected: RegExp): Promise<void> => {
    const { problems } = await loadCourse(memoryCourse(changes));
    const found = problems.map(({ path: file, line, message }) => `${file}:${line} ${message}`);
    assert.ok(
      found.some((problem) => expected.test(problem)),
      `${expected.source} is not among ${JSON.stringify(found)}`,
    );
  };

  it('says what is wrong with course.json, and where', async () => {
    await check({ 'course.json': undefined }, /^course\.json:1 course\.json is missing/);
    await check({ 'course.json': '{\n  "id": "c",\n}' }, /^course\.json:3 Not JSON/);
    await check({ 'course.json': '' }, /^course\.json:1 Not JSON/);
    await check({ 'course.json': '{\n"id": "c",\n"title": 5,\n"parts": []}' }, /^course\.json:3 title: /);
    await check({ 'course.json': part(['double'], ', "colour": 1') }, /^course\.json:5 parts\.0: .*colour/);
    await check({ 'course.json': part(['double', 'double']) }, /^course\.json:6 basics\/double is listed twice/);
    await check({ 'course.json': part(['../../../etc']) }, /^course\.json:6 parts\.0\.exercises\.0: should be/);
    await check({ 'course.json': part(['/etc']) }, /should be lower-case/);
    await check({ 'course.json': part(['double', 'gone']) }, /^basics\/gone\/lesson\.md:1 .* is missing/);
    await check(
      { 'course.json': part(['quadruple', 'double']) },
      /^basics\/quadruple\/lesson\.md:1 .*does not come before/,
    );
    await check({ 'course.json': part(['quadruple']) }, /names basics\/double, which the course does not have/);
    await check({ 'course.json': `"${'x'.repeat(1024 * 1024)}"` }, /larger than 1024 KiB/);
  });

  it('leaves out an exercise whose lesson is wrong, and keeps the others', async () => {
    const { course, problems } = await loadCourse(
      memoryCourse({ 'basics/double/lesson.md': '---\ntitle: T\nminutes: x\n---\n' }),
    );
    assert.deepEqual(
      course?.parts[0]?.exercises.map(({ id }) => id),
      ['basics/quadruple'],
    );
    assert.equal(problems[0]?.path, 'basics/double/lesson.md');
    assert.equal(problems[0]?.line, 3);
  });

  it('finds what lies about', async () => {
    const { problems } = await checkCourse(
      memoryCourse({ 'notes.txt': '', 'basics/old/lesson.md': '', 'other/x/y': '' }),
    );
    assert.deepEqual(problems.map(({ path: file }) => file).sort(), ['basics/old', 'notes.txt', 'other']);
  });

  it('has a published schema that says what the loader asks for', async () => {
    const published: unknown = JSON.parse(await readFile(path.join(process.cwd(), 'media/course.schema.json'), 'utf8'));
    assert.deepEqual(published, JSON.parse(JSON.stringify(courseJsonSchema())));
  });
});

describe('A course folder on disk', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'course-'));
    await mkdir(path.join(folder, 'course/part'), { recursive: true });
    await writeFile(path.join(folder, 'secret.md'), 'secret');
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('never reads outside itself, by no path and no link', async () => {
    const files = nodeCourseFiles(path.join(folder, 'course'));
    await symlink(path.join(folder, 'secret.md'), path.join(folder, 'course/part/lesson.md'));
    for (const escape of [
      '../secret.md',
      'part/../../secret.md',
      '/etc/passwd',
      'part//lesson.md',
      'part\\..\\x',
      '.hidden',
      'part/lesson.md',
    ]) {
      await assert.rejects(files.readText(escape), { name: 'CourseFileError', fault: 'outside' }, escape);
    }
    await assert.rejects(files.list('..'), { fault: 'outside' });
  });

  it('says of a file that cannot be read why', async () => {
    const files = nodeCourseFiles(path.join(folder, 'course'));
    await writeFile(path.join(folder, 'course/large.md'), 'x'.repeat(1024 * 1024 + 1));
    await assert.rejects(files.readText('gone.md'), { fault: 'missing', message: 'gone.md is missing.' });
    await assert.rejects(files.readText('large.md'), { fault: 'tooLarge' });
    await assert.rejects(files.readText('part'), { fault: 'unreadable' });
    await assert.rejects(nodeCourseFiles(path.join(folder, 'nowhere')).list(''), { fault: 'missing' });
  });
});

describe('The texts of a course', () => {
  it('are read once, until they are to be forgotten', async () => {
    const source = await memorySource();
    const { reads } = source.files as ReturnType<typeof memoryCourse>;
    reads.length = 0;
    assert.equal(await source.stub('basics/double'), await source.stub('basics/double'));
    assert.deepEqual(reads, ['basics/double/stub.ts']);
    source.forget();
    await source.stub('basics/double');
    assert.equal(reads.length, 2);
  });

  it('are none for an exercise that the course does not have', async () => {
    const source = await memorySource();
    await assert.rejects(source.stub('basics/other'), /has no exercise basics\/other/);
    await assert.rejects(source.stub('../../etc'), /has no exercise/);
  });

  it('are read again after they could not be', async () => {
    const files = memoryCourse({ 'basics/double/stub.ts': undefined });
    const { course } = await loadCourse(files);
    const { CourseSource } = await import('../../../src/content/courseSource');
    assert.ok(course);
    let present = false;
    const whole = memoryCourse();
    const source = new CourseSource({ ...files, readText: (file) => (present ? whole : files).readText(file) }, course);
    await assert.rejects(source.stub('basics/double'), { fault: 'missing' });
    present = true;
    assert.match(await source.stub('basics/double'), /TODO/);
  });
});
