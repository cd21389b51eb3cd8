/**
 * The author check over the course that ships: every exercise, on the code path that learners take, with three seeds
 * and on every backend. It builds the harness's bundles for itself, so it needs no dist/.
 */
import assert from 'node:assert/strict';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import * as esbuild from 'esbuild';
import { checkExercise, everyBackend, properties } from '../../src/content/authorCheck';
import type { AuthorReport, Property } from '../../src/content/authorCheck';
import { checkCourse } from '../../src/content/checkCourse';
import type { CheckedCourse } from '../../src/content/checkCourse';
import { exercisesOf } from '../../src/course/course';
import { evaluateHere } from '../../src/cli/evaluate';
import { nodeCourseFiles } from '../../src/cli/nodeCourseFiles';
import { ChildRunner } from '../../src/harness/child/childRunner';

const root = process.cwd();
const seeds = [1, 2, 3];
const courseFiles = nodeCourseFiles(path.join(root, 'exercises'));
const ids = [
  'tensors/broadcasting',
  'tensors/matmul',
  'tensors/kernel-matmul',
  'learning/affine-forward',
  'learning/affine-backward',
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
];

/** The parts of scripts/build.mjs that this needs; what is not a module of the tests is imported as Node would. */
interface BuildScript {
  readonly bundles: Readonly<Record<string, esbuild.BuildOptions>>;
  readonly gpuJsAlias: Readonly<Record<string, string>>;
}

async function buildHarness(folder: string): Promise<string> {
  const script = (await import(pathToFileURL(path.join(root, 'scripts/build.mjs')).href)) as BuildScript;
  const names = ['judge', 'learnerThread', 'watchdog', 'realm'];
  await Promise.all(
    names.map((name) =>
      esbuild.build({
        absWorkingDir: root,
        bundle: true,
        target: 'es2022',
        logLevel: 'warning',
        alias: { ...script.gpuJsAlias },
        ...script.bundles[`dist/${name}.js`],
        outfile: path.join(folder, `${name}.js`),
      }),
    ),
  );
  return path.join(folder, 'judge.js');
}

describe('The course', function () {
  this.timeout('10m');
  let runner: ChildRunner;
  let checked: CheckedCourse;

  before(async () => {
    checked = await checkCourse(courseFiles);
    runner = new ChildRunner({ judgePath: await buildHarness(path.join(root, 'out/harness')) });
  });
  after(() => runner.dispose());

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
          evaluate: evaluateHere,
          seeds,
          backends: everyBackend,
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
});
