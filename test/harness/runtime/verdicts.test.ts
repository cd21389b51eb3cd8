import assert from 'node:assert/strict';
import { saveTensors, tensor } from '../../../src/tensor';
import { Bench, loops, outcomeAt, rightMatmul, statuses, withMatmul } from './bench';

describe('a learner’s program, judged in a real child process', function () {
  this.timeout(60_000);
  let bench: Bench;

  before(async () => (bench = await Bench.build()));
  after(() => bench.dispose());

  it('passes when it is right', async () => {
    const report = await bench.check(rightMatmul);
    assert.equal(report.verdict, 'passed');
    assert.equal(report.sentence, 'All 4 checks hold.');
    assert.deepEqual(statuses(report), ['passed', 'passed', 'passed', 'passed']);
    assert.equal(report.checks[0]?.step, 'sum');
    assert.match(report.sourceHash, /^[0-9a-f]{64}$/);
    assert.ok(report.durationMs > 0);
  });

  it('fails when a value is wrong, and shows the input, the cell and the line', async () => {
    const report = await bench.check(rightMatmul.replace('B.data[k * p + j]', 'B.data[k]'));
    assert.equal(report.verdict, 'failed');
    assert.deepEqual(statuses(report), ['passed', 'failed', 'passed', 'passed']);
    assert.match(report.sentence, /^3 of 4 checks hold\. First to look at: “agrees with the reference/);
    const outcome = outcomeAt(report, { index: 1, status: 'failed' });
    assert.equal(outcome.mismatch.kind, 'values');
    assert.deepEqual(
      outcome.call?.arguments.map(({ name }) => name),
      ['A', 'B'],
    );
    assert.equal(outcome.place?.line, 3);
  });

  it('is not started while a stub’s TODO is there, even where a check expects an error', async () => {
    const report = await bench.check(withMatmul("  throw new Error('TODO: write matmul');"));
    assert.equal(report.verdict, 'notStarted');
    assert.deepEqual(statuses(report), ['notStarted', 'notStarted', 'notStarted', 'notStarted']);
  });

  it('fails, and does not count as not started, when one check fails and another meets a TODO', async () => {
    const body = "  if (A.shape[0] === 4) throw new Error('TODO: tall matrices');\n  return zeros([1]);";
    const report = await bench.check(withMatmul(body));
    assert.equal(report.verdict, 'failed');
    assert.equal(report.checks[0]?.outcome.status, 'failed');
  });

  it('says where it does not compile', async () => {
    const report = await bench.check('export function matmul(A, B) {\n  return A +;\n}\n');
    assert.equal(report.verdict, 'didNotCompile');
    assert.equal(report.compileProblem?.place.line, 2);
  });

  it('says what it threw and on which line', async () => {
    const report = await bench.check(withMatmul('  const rows = undefined as any;\n  return rows.length;'));
    assert.equal(report.verdict, 'threw');
    const { error, call } = outcomeAt(report, { index: 0, status: 'threw' });
    assert.equal(error.name, 'TypeError');
    assert.equal(error.place?.line, 5);
    assert.equal(call?.function, 'matmul');
  });

  it('says when the file throws while it loads', async () => {
    const report = await bench.check(withMatmul(loops, "\nthrow new RangeError('no');"));
    assert.equal(report.verdict, 'threw');
    assert.equal(report.loadError?.name, 'RangeError');
    assert.equal(report.loadError?.place?.line, 3);
    assert.deepEqual(statuses(report), ['notRun', 'notRun', 'notRun', 'notRun']);
  });

  it('says which export is missing', async () => {
    const report = await bench.check('export function matmull() {}\n');
    assert.equal(report.verdict, 'failed');
    const { sentence } = outcomeAt(report, { index: 0, status: 'failed' });
    assert.match(sentence, /^`matmul` is not exported from tensors\/matmul/);
  });

  it('says so when an export is not a function', async () => {
    const report = await bench.check('export const matmul = 3;\n');
    const { sentence } = outcomeAt(report, { index: 0, status: 'failed' });
    assert.match(sentence, /it is a value of type number, not a function/);
  });

  it('fails for the wrong type, the wrong shape and NaN', async () => {
    const kinds = async (body: string): Promise<string> =>
      outcomeAt(await bench.check(withMatmul(body)), { index: 0, status: 'failed' }).mismatch.kind;
    assert.equal(await kinds('  return 17;'), 'type');
    assert.equal(await kinds('  return zeros([1, 2]);'), 'shape');
    assert.equal(await kinds('  return fromData(new Float32Array([NaN, 39]), [2, 1]);'), 'values');
    assert.equal(await kinds('  return () => 17;'), 'type');
    assert.equal(await kinds('  return new Map();'), 'type');
    assert.equal(await kinds('  return undefined;'), 'type');
  });

  it('notices a changed argument', async () => {
    const report = await bench.check(withMatmul(loops.replace('return fromData', 'A.data[0] = 7;\n  return fromData')));
    assert.deepEqual(statuses(report), ['passed', 'passed', 'passed', 'failed']);
    const { mismatch } = outcomeAt(report, { index: 3, status: 'failed' });
    assert.equal(mismatch.kind === 'inputChanged' && mismatch.argument, 'A');
  });

  it('awaits an answer that is promised', async () => {
    const report = await bench.check(rightMatmul.replace('export function', 'export async function'));
    assert.equal(report.verdict, 'passed');
  });

  it('shows what was printed', async () => {
    const report = await bench.check(withMatmul(`  console.log('A is', A.shape, { deep: [1, -0] });\n${loops}`));
    assert.equal(report.verdict, 'passed');
    assert.deepEqual(report.console.lines[0], { level: 'log', text: 'A is [2, 2] { deep: [1, -0] }' });
  });

  it('offers of the library only what the exercise offers', async () => {
    const report = await bench.check(withMatmul(loops), { offers: ['Tensor', 'zeros'] });
    assert.equal(report.verdict, 'didNotCompile');
    assert.match(report.compileProblem?.message ?? '', /fromData/);
  });

  it('uses the learner’s own earlier work, and says whose it is', async () => {
    const earlier = { exercise: 'tensors/dot', text: 'export const scale = (x: number): number => 2 * x;\n' } as const;
    const learner = "import { scale } from 'tensors/dot';\nexport const twice = (x: number): number => scale(x);\n";
    const checks = `import { defineChecks } from 'authoring';
export default defineChecks({
  'doubles': { async run({ learner, earlier, expect }) {
    expect.equal(await learner.twice(3), await earlier('tensors/dot').scale(3));
  } },
});`;
    const report = await bench.check(learner, {
      checks,
      earlier: [{ ...earlier, author: 'learner' }],
      references: [earlier],
      solution: learner,
    });
    assert.equal(report.verdict, 'passed', report.sentence);
    assert.deepEqual(report.earlier, [{ exercise: 'tensors/dot', author: 'learner' }]);
  });

  it('gives the same random inputs for the same seed, and others for another', async () => {
    const printing = withMatmul(`  console.log(A.data[0]);\n${loops}`);
    const printed = async (seed: number): Promise<string> =>
      (await bench.check(printing, { seed })).console.lines.map(({ text }) => text).join();
    const first = await printed(3);
    assert.equal(await printed(3), first);
    assert.notEqual(await printed(4), first);
  });

  it('runs only the checks that were asked for', async () => {
    const report = await bench.check(rightMatmul, { only: ['does not change its input'] });
    assert.deepEqual(
      report.checks.map(({ sentence }) => sentence),
      ['does not change its input'],
    );
  });

  it('blames the harness, not the learner, when the author’s files are wrong', async () => {
    const broken = await bench.check(rightMatmul, { checks: 'export default {' });
    assert.equal(broken.verdict, 'harnessFailed');
    assert.match(broken.harnessProblem ?? '', /checks of the course does not compile/);
    const throwing = "export default { 'looks': { run() { throw new Error('the author’s own'); } } };";
    const thrown = await bench.check(rightMatmul, { checks: throwing });
    assert.equal(thrown.verdict, 'harnessFailed');
    assert.match(thrown.sentence, /says nothing about your code: the check itself threw.*the author’s own/);
  });

  it('reports how often each kernel ran, and how long cell by cell and through GPU.js', async () => {
    const kernels = `import type { KernelContext } from 'tensor';
export function double(this: KernelContext, x: number[]): number { return 2 * x[this.thread.x]!; }
export function third(this: KernelContext, x: number[]): number { return x[this.thread.x]! / 3; }
`;
    const checks = `import { defineChecks } from 'authoring';
import { tensor } from 'tensor';
export default defineChecks({
  'doubles': {
    async run({ learner, expect }) {
      for (const x of [tensor([1, 2]), tensor([3, 4])]) {
        const run = await learner.double({ output: [2], arguments: [x] });
        expect.close(run.values, tensor([2 * x.at(0), 2 * x.at(1)]));
      }
    },
  },
  'divides by three': {
    async run({ learner, expect }) {
      const run = await learner.third({ output: [1], arguments: [tensor([3])] });
      expect.close(run.values, tensor([1]));
      await learner.double({ output: [1], arguments: [tensor([3])] });
    },
  },
});`;
    const report = await bench.check(kernels, { checks, solution: kernels });
    assert.equal(report.verdict, 'passed', report.sentence);
    assert.deepEqual(
      report.kernels?.map(({ kernel, launches }) => [kernel, launches]),
      [
        ['double', 3],
        ['third', 1],
      ],
    );
    for (const { cellByCellMs, gpuJsMs } of report.kernels ?? []) {
      assert.ok(Number.isInteger(cellByCellMs) && cellByCellMs >= 0);
      assert.ok(Number.isInteger(gpuJsMs) && gpuJsMs >= 0);
    }
    assert.equal('kernels' in (await bench.check(rightMatmul)), false);
  });

  it('hands the checks the data that was submitted, as tensors, and a call what it passes', async () => {
    const checks = `import { defineChecks } from 'authoring';
import { fromData, tensor } from 'tensor';
export default defineChecks({
  'grey is from 0 to 1, and labels are whole numbers': {
    async run({ data, learner, expect }) {
      const { train, test } = await data('digits');
      expect.close(train.images, tensor([[[0, 0.2]], [[1, 0.4]]]));
      expect.equal(train.labels, tensor([3, 9]));
      expect.equal(test.labels, tensor([7]));
      expect.close(await learner.brightest(train.images), 1);
    },
  },
  'the same tensors come each time': {
    async run({ data, expect }) {
      expect.that((await data('digits')).train === (await data('digits')).train, 'they are made once');
    },
  },
});`;
    const solution = `import type { Tensor } from 'tensor';
export function brightest(images: Tensor): number { return Math.max(...images.data); }
`;
    const half = (images: number[], labels: number[]) => ({
      count: labels.length,
      height: 1,
      width: 2,
      images: Uint8Array.from(images),
      labels: Uint8Array.from(labels),
    });
    const data = [
      {
        name: 'digits',
        kind: 'labelled-images' as const,
        train: half([0, 51, 255, 102], [3, 9]),
        test: half([1, 2], [7]),
      },
    ];
    const report = await bench.check(solution, { checks, solution, data });
    assert.equal(report.verdict, 'passed', report.sentence);
    const without = await bench.check(solution, { checks, solution });
    assert.equal(without.verdict, 'harnessFailed');
    assert.match(without.sentence, /asks for the data digits, which was not submitted with it/);
  });

  it('hands the checks texts with their labels, and the weights of a model by name, where they say the kind', async () => {
    const checksOf = (body: string) => `import { defineChecks } from 'authoring';
import { tensor } from 'tensor';
export default defineChecks({ 'data is handed over': { async run({ data, expect }) { ${body} } } });`;
    const checks = checksOf(`
      const { labels, train, test } = await data('languages', 'labelled-texts');
      expect.equal(labels, ['Danish', 'Dutch']);
      expect.equal(train, { texts: ['god dag', 'goede dag'], labels: tensor([0, 1]) });
      expect.equal(test.texts, ['hoi']);
      expect.equal(await data('encoder', 'weights'), { 'encoder.E': tensor([[0.5, -1.25]]), b: tensor([3]) });`);
    const solution = 'export const nothing = (): number => 0;\n';
    const data = [
      {
        name: 'languages',
        kind: 'labelled-texts' as const,
        labels: ['Danish', 'Dutch'],
        train: { texts: ['god dag', 'goede dag'], labels: Uint8Array.of(0, 1) },
        test: { texts: ['hoi'], labels: Uint8Array.of(1) },
      },
      {
        name: 'encoder',
        kind: 'weights' as const,
        bytes: saveTensors({ 'encoder.E': tensor([[0.5, -1.25]]), b: tensor([3]) }),
      },
    ];
    const report = await bench.check(solution, { checks, solution, data });
    assert.equal(report.verdict, 'passed', report.sentence);
    for (const [body, sentence] of [
      [
        `await data('languages');`,
        /asks for the data languages as labelled-images, but .* lists it as labelled-texts: data\(/,
      ],
      [`await data('broken', 'weights');`, /the weights of broken cannot be read: safetensors: 3 bytes are no file/],
    ] as const) {
      const broken = { name: 'broken', kind: 'weights' as const, bytes: Uint8Array.of(1, 2, 3) };
      const failed = await bench.check(solution, { checks: checksOf(body), solution, data: [...data, broken] });
      assert.equal(failed.verdict, 'harnessFailed');
      assert.match(failed.sentence, sentence);
    }
  });
});
