/** Courses from elsewhere in a real VS Code: added, worked on, and held to be data whatever they contain. */
import assert from 'node:assert/strict';
import { cp, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { CourseFileError } from '../../src/content/courseFiles';
import { loadCourse } from '../../src/content/loadCourse';
import { foreignCourseFiles } from '../../src/extension/course/foreignCourseFiles';
import { check, closeEditors, exists, groundUp, listen, open, progressFile, type, until } from './learner';

const double = 'tiny/basics/double';
const quadruple = 'tiny/basics/quadruple';

describe('a course from elsewhere', function () {
  this.timeout(120_000);
  let folder: string;
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'groundup course ü-'));
    const extension = vscode.extensions.getExtension('groundup.groundup');
    assert.ok(extension);
    await cp(path.join(extension.extensionPath, 'test/fixtures/course'), folder, { recursive: true });
  });
  afterEach(closeEditors);
  after(async () => {
    await set([]);
    await rm(folder, { recursive: true, force: true });
  });

  function set(folders: readonly string[]): Thenable<void> {
    return vscode.workspace.getConfiguration('groundup').update('courses', folders, vscode.ConfigurationTarget.Global);
  }

  function manifestProblems(): readonly string[] {
    const uri = vscode.Uri.file(path.join(folder, 'course.json'));
    return vscode.languages
      .getDiagnostics(uri)
      .filter(({ source }) => source === 'Ground Up')
      .map(({ message, range }) => `${range.start.line + 1} ${message}`);
  }

  async function textOf(name: string): Promise<string> {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.file(path.join(folder, name))));
  }

  it('is added after a question that says what its checks are', async () => {
    const learner = listen({ press: ['Add Course'] });
    try {
      await vscode.commands.executeCommand('groundup.addCourse', vscode.Uri.file(folder));
      assert.match(learner.said.join('\n'), /Add the course “A tiny course”\?.*only if you trust its author/);
    } finally {
      learner.end();
    }
    assert.deepEqual(vscode.workspace.getConfiguration('groundup').get('courses'), [folder]);
  });

  it('is worked on under its own name, with earlier work of one’s own', async () => {
    await set([folder]);
    await (await type(double, await textOf('basics/double/solution.ts'))).save();
    assert.equal((await check(double)).verdict, 'passed');
    await (await type(quadruple, await textOf('basics/quadruple/solution.ts'))).save();
    const report = await check(quadruple);
    assert.equal(report.verdict, 'passed');
    assert.deepEqual(report.earlier, [{ exercise: double, author: 'learner' }]);
    const { exercises } = await progressFile();
    assert.ok(exercises[double]?.passed);
    assert.equal(exercises['basics/double'], undefined);
    assert.equal(await (await groundUp()).stateOf(quadruple), 'passed');
    assert.ok(await exists('tiny/tsconfig.json'));
  });

  it('that is wrong is a problem at its line, and takes nothing from the course that ships', async () => {
    await set([folder]);
    const good = await textOf('course.json');
    try {
      await writeFile(path.join(folder, 'course.json'), good.replace('"double", ', '"double", "../../etc", '));
      await set([]);
      await set([folder]);
      await open('tensors/matmul');
      await until('it is said', () => manifestProblems().length > 0);
      assert.match(manifestProblems().join('\n'), /^10 parts\.0\.exercises\.1: should be lower-case letters/);
    } finally {
      await writeFile(path.join(folder, 'course.json'), good);
    }
  });

  it('may not take the name of the course that ships', async () => {
    const good = await textOf('course.json');
    try {
      await writeFile(path.join(folder, 'course.json'), good.replace('"tiny"', '"tensors"'));
      await set([]);
      await set([folder]);
      await open('tensors/matmul');
      await until('it is said', () => manifestProblems().length > 0);
      assert.match(manifestProblems().join('\n'), /The id tensors is taken/);
    } finally {
      await writeFile(path.join(folder, 'course.json'), good);
    }
  });

  const faultOf = (error: unknown): string => (error instanceof CourseFileError ? error.fault : String(error));

  it('is never left: not by a path, and not by a link', async () => {
    const outside = path.join(path.dirname(folder), `${path.basename(folder)}-outside.md`);
    await writeFile(outside, '# secret');
    await symlink(outside, path.join(folder, 'basics/double/linked.md'));
    await symlink(tmpdir(), path.join(folder, 'linked'));
    try {
      const files = foreignCourseFiles(vscode.Uri.file(folder));
      for (const name of [
        '../x.md',
        `../${path.basename(outside)}`,
        '/etc/passwd',
        'basics/double/linked.md',
        'linked/x.md',
      ]) {
        assert.equal(await files.readText(name).then(() => 'read', faultOf), 'outside', name);
      }
      assert.equal(await files.list('linked').then(() => 'read', faultOf), 'outside');
    } finally {
      await Promise.all(
        [outside, path.join(folder, 'basics/double/linked.md'), path.join(folder, 'linked')].map((each) => rm(each)),
      );
    }
  });

  it('with a giant or missing lesson loads without it, and says which', async () => {
    const lesson = path.join(folder, 'basics/double/lesson.md');
    const good = await textOf('basics/double/lesson.md');
    try {
      await truncate(lesson, 3 * 1024 ** 3);
      const { course, problems } = await loadCourse(foreignCourseFiles(vscode.Uri.file(folder)));
      assert.deepEqual(
        course?.parts[0]?.exercises.map(({ id }) => id),
        ['basics/quadruple'],
      );
      assert.match(
        problems.map(({ path: file, message }) => `${file} ${message}`).join('\n'),
        /basics\/double\/lesson\.md .*larger than/,
      );
    } finally {
      await writeFile(lesson, good);
    }
  });
});
