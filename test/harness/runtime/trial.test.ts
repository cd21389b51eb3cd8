import assert from 'node:assert/strict';
import type { Trial } from '../../../src/harness/submission';
import { trialReportOf } from '../../../src/harness/trial/trialReport';
import type { TrialReport } from '../../../src/harness/trial/trialReport';
import { Bench, rightMatmul, withMatmul } from './bench';
import type { Changes } from './bench';

describe('a call on an input of the learner’s own', function () {
  this.timeout(120_000);
  let bench: Bench;
  before(async () => (bench = await Bench.build()));
  after(() => bench.dispose());

  const A = { kind: 'tensor', shape: [1, 2], values: [1, 2] } as const;
  const B = { kind: 'tensor', shape: [2, 1], values: [3, 4] } as const;

  async function tried(learner: string, trial: Partial<Trial> = {}, changes: Changes = {}): Promise<TrialReport> {
    const whole = { function: 'matmul', arguments: [A, B], withReference: true, ...trial };
    return trialReportOf(await bench.check(learner, { ...changes, trial: whole }));
  }

  it('shows what it answers, what was passed and what was printed, beside the reference', async () => {
    const {
      verdict,
      sentence,
      call,
      answer,
      console: printed,
    } = await tried(rightMatmul.replace('const [m, n]', 'console.log(A.shape); const [m, n]'));
    assert.equal(verdict, 'answered', sentence);
    assert.equal(sentence, '`matmul` answered, and the reference answers the same.');
    assert.deepEqual(answer?.value, { kind: 'tensor', shape: [1, 1], dtype: 'float32', cells: ['11'], omitted: 0 });
    assert.deepEqual(answer.reference, { kind: 'returned', value: answer.value });
    assert.deepEqual(
      call?.arguments.map(({ name }) => name),
      ['A', 'B'],
    );
    assert.equal(printed.lines.length, 1);
  });

  it('says how it differs from the reference, and calls that no failure', async () => {
    const { verdict, sentence, answer } = await tried(rightMatmul.replace('+= A.data', '+= 2 * A.data'));
    assert.equal(verdict, 'answered');
    assert.match(sentence, /answers something else than the reference/);
    assert.ok(answer?.reference?.kind === 'returned' && answer.reference.difference?.mismatch.kind === 'values');
  });

  it('does not ask the reference unless told', async () => {
    const { answer } = await tried(rightMatmul, { withReference: false });
    assert.ok(answer !== undefined && answer.reference === undefined);
  });

  it('names an input that it changed', async () => {
    const { answer, sentence } = await tried(withMatmul('  A.data[0] = 7;\n  return A;'));
    assert.deepEqual(
      answer?.changed.map(({ name }) => name),
      ['A'],
    );
    assert.match(sentence, /It changed its input A\./);
  });

  it('ends in a word of its own for whatever else may happen, and the next is right', async () => {
    const limits = { callMs: 500 };
    const cases: readonly (readonly [text: string, verdict: TrialReport['verdict'], sentence: RegExp])[] = [
      [withMatmul('  throw new RangeError("too wide");'), 'threw', /threw RangeError: too wide/],
      [withMatmul('  throw new Error("TODO: write it");'), 'notStarted', /still to be written/],
      [withMatmul('  for (;;);'), 'timedOut', /did not return within 0\.5 s/],
      ['export function matmul(A, B) {\n  return A +;\n}\n', 'didNotCompile', /Line 2 of tensors\/matmul/],
      ['export const other = 1;\n', 'refused', /not exported/],
    ];
    for (const [text, verdict, sentence] of cases) {
      const report = await tried(text, {}, { limits });
      assert.equal(report.verdict, verdict, report.sentence);
      assert.match(report.sentence, sentence);
    }
    const bomb = withMatmul('  const all = []; for (;;) all.push(new Float64Array(1e6).fill(1));');
    assert.equal(
      (await tried(bomb, {}, { limits: { callMs: 100_000, checkMs: 100_000, totalMs: 100_000, memoryBytes: 4e8 } }))
        .verdict,
      'outOfMemory',
    );
    await bench.nextIsRight();
  });

  it('shows the reference where the learner’s own threw, and what the reference throws', async () => {
    const throwing = await tried(withMatmul('  throw new Error("no");'));
    assert.equal(throwing.answer?.reference?.kind, 'returned');
    const refused = await tried(withMatmul('  return 1;'), { arguments: [A, A] });
    assert.equal(refused.answer?.reference?.kind, 'threw');
  });

  it('launches a kernel, beside the reference’s', async () => {
    const kernel = `export function twice(this: any, x: number[]): number { return 2 * x[this.thread.x]!; }\n`;
    const trial = {
      function: 'twice',
      arguments: [{ kind: 'tensor', shape: [3], values: [1, 2, 3] }],
      output: [3],
    } as const;
    const right = await tried(kernel, trial, { solution: kernel });
    assert.equal(right.verdict, 'answered', right.sentence);
    assert.deepEqual(right.answer?.value?.kind === 'tensor' && right.answer.value.cells, ['2', '4', '6']);
    assert.equal(right.answer?.reference?.kind, 'returned');
    const beyond = await tried(kernel, { ...trial, output: [4] }, { solution: kernel });
    assert.equal(beyond.verdict, 'refused');
    assert.match(beyond.sentence, /x\[3\]/);
  });
});
