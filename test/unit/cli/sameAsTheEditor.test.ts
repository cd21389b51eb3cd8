/**
 * The terminal and the editor on one folder: the same submission, the same report and the same record, for everything
 * that can come of a check. The editor's side is what its check session does, without the window.
 */
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { checkCommand } from '../../../src/cli/checkCommand';
import { nodeCourseFiles } from '../../../src/cli/nodeCourseFiles';
import { Output } from '../../../src/cli/output';
import type { ResultsDocument } from '../../../src/cli/reporters/resultsSchema';
import { composeSubmission } from '../../../src/content/composeSubmission';
import { CourseSource } from '../../../src/content/courseSource';
import { passedText, withReport } from '../../../src/content/learner/learnersCheck';
import { progressText, readProgress } from '../../../src/content/learner/progressFile';
import { loadCourse } from '../../../src/content/loadCourse';
import type { ExerciseId } from '../../../src/course/course';
import type { Progress } from '../../../src/course/progress';
import { emptyProgress, mergeProgress } from '../../../src/course/progress';
import { CourseLibrary } from '../../../src/extension/course/courseLibrary';
import type { Lazy } from '../../../src/extension/platform';
import type { Report } from '../../../src/harness/report';
import { defaultLimits } from '../../../src/harness/submission';
import { Bench } from '../../harness/runtime/bench';
import { recorder } from './recorder';

const exercises = path.resolve('exercises');

/** The library as the extension makes it, reading the course through Node instead of VS Code's file system. */
function editorsLibrary(): CourseLibrary {
  const loaded = {
    loadCourse,
    CourseSource,
    composeSubmission,
    extensionCourseFiles: () => nodeCourseFiles(exercises),
  };
  const ownData = (): Promise<undefined> => Promise.resolve(undefined);
  const root = {} as ConstructorParameters<typeof CourseLibrary>[0]['root'];
  return new CourseLibrary({ load: () => Promise.resolve(loaded as unknown as Lazy), root, ownData });
}

/** What a learner may hand in, by what comes of it. */
const texts: Readonly<Record<string, (solution: string, stub: string) => string>> = {
  'the right text': (solution) => solution,
  'the stub': (_, stub) => stub,
  'a text that does not parse': (solution) => `${solution}\n}`,
  'a text that throws as it loads': (solution) => `${solution}\nthrow new Error('no');`,
  'an answer of another type': (solution) =>
    `${solution}\nexport const more = 1;`.replace(/return /g, 'return undefined as never; '),
  'a text with other line ends and a byte order mark': (solution) => `\uFEFF${solution.replaceAll('\n', '\r\n')}`,
};

/** Both draw a seed of their own unless told one. */
const seed = 2026;

describe('A check from a terminal', function () {
  this.timeout(120_000);
  let bench: Bench;
  let folder: string;
  const library = editorsLibrary();

  before(async () => (bench = await Bench.build()));
  after(() => bench.dispose());
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'same-'));
    await mkdir(path.join(folder, '.groundup'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const progressPath = (): string => path.join(folder, '.groundup/progress.json');

  async function hold(id: ExerciseId, text: string): Promise<void> {
    const file = path.join(folder, `${id}.ts`);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }

  /** What VS Code reads of a file: its text without a byte order mark. */
  async function editorsText(id: ExerciseId): Promise<string> {
    return new TextDecoder().decode(await readFile(path.join(folder, `${id}.ts`)));
  }

  async function fromEditor(id: ExerciseId, progress: Progress): Promise<{ report: Report; progress: Progress }> {
    const exercise = await library.exercise(id);
    const submission = await library.submission({
      exercise,
      text: await editorsText(id),
      earlierWork: async (earlier) => passedText(progress, earlier, await editorsText(earlier).catch(() => undefined)),
      seed,
      backend: 'auto',
      limits: defaultLimits,
    });
    const report = await bench.runner.check(submission);
    return { report, progress: mergeProgress(withReport(progress, report, new Date()), emptyProgress) };
  }

  async function fromTerminal(id: ExerciseId): Promise<{ report: Report; progress: Progress; code: number }> {
    const files = nodeCourseFiles(exercises);
    const { course } = await loadCourse(files);
    assert.ok(course);
    const screen = recorder();
    const output = new Output({ screen, reporter: 'json', file: undefined, version: '1' });
    const source = new CourseSource(files, course);
    const { runner } = bench;
    const code = await checkCommand({ source, runner, screen, output, targets: [id], folder, processes: 1, seed });
    const document = JSON.parse(screen.text()) as ResultsDocument;
    const report = document.folders[0]?.exercises[0]?.report;
    assert.ok(report, screen.notes());
    const reading = readProgress(await readFile(progressPath(), 'utf8'));
    assert.equal(reading.kind, 'progress');
    return { report, progress: reading.progress, code };
  }

  /** All of a report but how long it took. */
  function timeless(report: Report): unknown {
    const text = JSON.stringify(report, (key, value: unknown) => (key.endsWith('Ms') ? 0 : value));
    // GPU.js says how long its kernel took.
    return JSON.parse(text.replace(/\d+(\.\d+)? ms/g, '… ms'));
  }

  /** All of a record but the moments in it. */
  function momentless(progress: Progress): unknown {
    return JSON.parse(progressText(progress).replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'then'));
  }

  const everything = Object.keys(texts);
  const handedIn: readonly (readonly [ExerciseId, readonly string[]])[] = [
    ['tensors/matmul', everything],
    ['tensors/kernel-matmul', ['the right text', 'an answer of another type']],
  ];
  for (const [id, kinds] of handedIn) {
    for (const what of kinds) {
      it(`comes to the same of ${id} with ${what}`, async () => {
        const textFor = texts[what] ?? assert.fail();
        await hold(id, textFor(await library.solution(id), await library.stub(id)));
        await writeFile(progressPath(), progressText(emptyProgress));
        const editor = await fromEditor(id, emptyProgress);
        const terminal = await fromTerminal(id);
        assert.deepEqual(timeless(terminal.report), timeless(editor.report));
        assert.deepEqual(momentless(terminal.progress), momentless(editor.progress));
        assert.equal(terminal.code, editor.report.verdict === 'passed' ? 0 : 1);
      });
    }
  }

  it('imports the same earlier work: the learner’s where the progress says that it passed, else the reference', async () => {
    await hold('learning/affine-forward', await library.solution('learning/affine-forward'));
    await hold('learning/affine-backward', await library.solution('learning/affine-backward'));
    const passed = await fromEditor('learning/affine-forward', emptyProgress);
    assert.equal(passed.report.verdict, 'passed');
    for (const progress of [emptyProgress, passed.progress]) {
      await writeFile(progressPath(), progressText(progress));
      const editor = await fromEditor('learning/affine-backward', progress);
      const terminal = await fromTerminal('learning/affine-backward');
      assert.deepEqual(terminal.report.earlier, editor.report.earlier);
      assert.deepEqual(momentless(terminal.progress), momentless(editor.progress));
    }
  });
});
