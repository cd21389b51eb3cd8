/**
 * The author check over the course that ships: every exercise, on the code path that learners take, with three seeds and on
 * every backend; those that train for long with one seed and as learners run them, but in `npm run test:full`. It builds the
 * harness's bundles for itself, so it needs no dist/.
 */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { checkExercise, everyBackend, properties } from '../../src/content/authorCheck';
import type { AuthorReport, Property } from '../../src/content/authorCheck';
import { scoresFile } from '../../src/content/exerciseFiles';
import { contentOf, readScores } from '../../src/content/mutationScores';
import type { ScoreRow } from '../../src/content/mutationScores';
import { checkCourse } from '../../src/content/checkCourse';
import type { CheckedCourse } from '../../src/content/checkCourse';
import { exercisesOf } from '../../src/course/course';
import type { ExerciseId } from '../../src/course/course';
import { evaluateHere } from '../../src/cli/evaluate';
import { nodeCourseFiles } from '../../src/cli/nodeCourseFiles';
import { ChildRunHost } from '../../src/harness/child/childRunHost';
import { ChildRunner } from '../../src/harness/child/childRunner';
import { ThreadRunner } from '../../src/harness/child/threadRunner';

const root = process.cwd();
const isFull = process.env['GROUNDUP_FULL'] === '1';

/** These train on real data in their checks, so that each further seed, and each further backend, costs tens of seconds. */
const milestones: readonly string[] = ['learning/train-digits', 'attention/train-classifier', 'attention/transfer'];

/** With what an exercise is tried. */
function triedWith(id: string): Pick<Parameters<typeof checkExercise>[0], 'seeds' | 'backends'> {
  return milestones.includes(id) && !isFull
    ? { seeds: [1], backends: ['auto'] }
    : { seeds: [1, 2, 3], backends: everyBackend };
}

const courseFiles = nodeCourseFiles(path.join(root, 'exercises'));
const ids = [
  'tensors/create',
  'tensors/strides',
  'tensors/indexing',
  'tensors/elementwise',
  'tensors/broadcasting',
  'tensors/reductions',
  'tensors/reshape',
  'tensors/matmul',
  'tensors/batched-matmul',
  'tensors/einsum',
  'tensors/softmax',
  'tensors/kernel-map',
  'tensors/kernel-matmul',
  'tensors/kernel-softmax',
  'tensors/digit-templates',
  'learning/affine-forward',
  'learning/linear-collapse',
  'learning/nonlinearities',
  'learning/two-layer-forward',
  'learning/l2-loss',
  'learning/accuracy',
  'learning/random-search',
  'learning/numeric-gradient',
  'learning/l2-backward',
  'learning/nonlinearities-backward',
  'learning/affine-backward',
  'learning/two-layer-backward',
  'learning/initialisation',
  'learning/sgd',
  'learning/train-digits',
  'learning/look-inside',
  'learning/cross-entropy',
  'learning/momentum-adam',
  'learning/autograd',
  'attention/embedding',
  'attention/static-query',
  'attention/weights',
  'attention/attend',
  'attention/dynamic-queries',
  'attention/heads',
  'attention/multi-head',
  'attention/gating',
  'attention/masks-and-bias',
  'attention/global-attention',
  'attention/softmax-backward',
  'attention/attention-backward',
  'attention/positions',
  'attention/next-token',
  'attention/layer-norm',
  'attention/residual',
  'attention/encoder-block',
  'attention/classifier',
  'attention/train-classifier',
  'attention/transfer',
  'attention/interpret',
  'attention/superposition',
  'attention/pair-bias',
];

describe('The course', function () {
  this.timeout('10m');
  let runner: ChildRunner;
  let quick: ThreadRunner;
  let labs: ChildRunHost;
  let checked: CheckedCourse;

  before(async () => {
    checked = await checkCourse(courseFiles);
    const folder = path.join(root, 'out/harness');
    const { buildInto } = await import('../../scripts/build.mjs');
    await buildInto(folder, ['processes', 'judge', 'run', 'compileThread', 'learnerThread', 'watchdog', 'realm']);
    runner = new ChildRunner({ judgePath: path.join(folder, 'judge.js'), keepSpare: false, compileAhead: true });
    labs = new ChildRunHost({ runPath: path.join(folder, 'run.js') });
    quick = new ThreadRunner({
      threadPath: path.join(folder, 'learnerThread.js'),
      realmPath: path.join(folder, 'realm.js'),
      evaluate: evaluateHere,
    });
  });
  after(() => {
    runner.dispose();
    quick.dispose();
    labs.dispose();
  });

  it('loads without a problem, and nothing stray lies about', () => {
    assert.deepEqual(checked.problems, []);
  });

  it('has the exercises that are checked here, in this order', () => {
    const course = checked.source?.course;
    assert.deepEqual(course && exercisesOf(course).map(({ id }) => id), ids);
  });

  for (const id of ids) {
    describe(id, () => {
      let report: AuthorReport;

      before(async () => {
        const { source } = checked;
        const exercise = source && exercisesOf(source.course).find((candidate) => candidate.id === id);
        assert.ok(source && exercise, `${id} did not load`);
        report = await checkExercise({
          source,
          exercise,
          runner,
          quick,
          labs,
          evaluate: evaluateHere,
          ...triedWith(id),
        });
      });

      for (const [property, words] of Object.entries(properties) as [Property, string][]) {
        it(words, () => {
          const findings = report.findings.filter(
            (finding) => finding.property === property && finding.severity === 'error',
          );
          assert.deepEqual(
            findings.map(({ path: file, message }) => `${file}: ${message}`),
            [],
          );
        });
      }
    });
  }

  describe('in its table of mutation scores', () => {
    const table = path.join(root, 'exercises', scoresFile);
    let rows: readonly ScoreRow[];
    before(async () => {
      rows = readScores(await readFile(table, 'utf8'));
    });

    it('names exercises of the course alone, each once', () => {
      assert.deepEqual(
        rows.map(({ exercise }) => exercise),
        ids.filter((id) => rows.some(({ exercise }) => exercise === id)),
      );
    });

    it('has no survivor', () => {
      assert.deepEqual(
        rows.filter(({ survived }) => survived > 0).map(({ exercise }) => exercise),
        [],
      );
    });

    for (const id of ids) {
      // An exercise that is being worked on is not a failure: the run takes its time, and is due before a release.
      it(`has a current row for ${id}, or says that it needs: npm run course -- ${id} --full`, async function () {
        assert.ok(checked.source);
        const content = await contentOf(checked.source, id as ExerciseId);
        if (!rows.some((row) => row.exercise === id && row.content === content)) {
          this.skip();
        }
      });
    }
  });
});
