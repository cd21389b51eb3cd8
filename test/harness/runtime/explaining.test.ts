import assert from 'node:assert/strict';
import { Bench, outcomeAt } from './bench';

const right = `export const run = (x: Tensor): any => x;`;

/** One check, `run(x)` for a fixed matrix, that expects it back. */
const checks = `import { defineChecks } from 'authoring';
import { tensor } from 'tensor';
export default defineChecks<any, any>({
  'runs': { async run({ learner, beside, expect }) {
    const x = tensor([[1, 2, 4], [3, 0, 5]]);
    WHAT
  } },
});`;

describe('what a learner is told about a wrong answer', function () {
  this.timeout(60_000);
  let bench: Bench;

  before(async () => (bench = await Bench.build()));
  after(() => bench.dispose());

  async function told(body: string, what = 'expect.close(await learner.run(x), x);'): Promise<string> {
    const learner = `import { add, fromData, log, mean, multiply, subtract, tensor, where, zeros, Tensor } from 'tensor';
export function run(x: Tensor): any {
  ${body}
}
`;
    const report = await bench.check(learner, {
      checks: checks.replace('WHAT', what),
      solution: `import type { Tensor } from 'tensor';\n${right}`,
    });
    assert.deepEqual(report.console.lines, [], 'a second look prints nothing again');
    return outcomeAt(report, { index: 0, status: 'failed' }).sentence;
  }

  const cases: readonly (readonly [what: string, body: string, sentence: string])[] = [
    ['a missing return', 'multiply(x, 1);', '`run` returned nothing: is a `return` missing?'],
    [
      'a missing await',
      'const later = async () => x;\n  return [later()];',
      '`run` returned an array; expected a Tensor of shape (2, 3); it holds a promise: is an `await` missing?',
    ],
    [
      'NaN from an operation',
      'return multiply(log(x), 0);',
      '`run`: 6 of 6 numbers differ; worst at [1, 1]: got NaN, expected 0 (the first NaN is at [1, 1]).' +
        ' The first operation that made one: log made -Infinity at (1, 1) of its result (2, 3); its input (2, 3) was finite, from 0 to 5.',
    ],
    [
      'NaN from a plain loop',
      'return fromData(x.data.map((v) => v * (v / v)), x.shape);',
      '`run`: 1 of 6 numbers differs; worst at [1, 1]: got NaN, expected 0 (the first NaN is at [1, 1]). There `x[1, 1]` is 0.',
    ],
    [
      'a changed input beside a wrong answer',
      'x.data[4] = 7;\n  return fromData(x.data.slice(), x.shape);',
      '`run`: 1 of 6 numbers differs; worst at [1, 1]: got 7, expected 0. The call also changed its argument `x`.',
    ],
  ];
  for (const [what, body, sentence] of cases) {
    it(what, async () => {
      assert.equal(await told(body), sentence);
    });
  }

  it('a missing await inside an answer', async () => {
    const sentence = await told(
      'const later = async () => x;\n  return { y: later() };',
      'expect.close(await learner.run(x), { y: x });',
    );
    assert.equal(sentence, 'y is a promise; expected a Tensor of shape (2, 3): is an `await` missing?');
  });

  it('NaN for a row, with the row that gave it', async () => {
    const sentence = await told(
      'return fromData(Float32Array.of(1, Math.sqrt(x.data[3]! - 4)), [2]);',
      'expect.close(await learner.run(x), tensor([1, 2]));',
    );
    assert.match(sentence, /\(the first NaN is at \[1\]\)\. There `x\[1\]` is \[3, 0, 5\]\.$/);
  });

  it('NaN as a number, and where it came from', async () => {
    const sentence = await told('return mean(log(subtract(x, 2))).at();', 'expect.close(await learner.run(x), 1);');
    assert.equal(
      sentence,
      '`run` returned NaN; expected 1. The first operation that made one: log made NaN at (0, 0) of its result (2, 3); its input (2, 3) was finite, from -2 to 3.',
    );
  });

  it('NaN in what a probe answers', async () => {
    const sentence = await told(
      'return log(x);',
      'expect.close(await beside(({ run, tensor }, x) => tensor.multiply(run(x), 0), x), tensor([[0, 0, 0], [0, 0, 0]]));',
    );
    assert.match(
      sentence,
      /^`tensor\.multiply\(run\(x\), 0\)`: 1 of 6 .* The first operation that made one: log made -Infinity/,
    );
  });

  it('nothing about a NaN that was expected', async () => {
    const sentence = await told('return tensor([NaN, 2]);', 'expect.close(await learner.run(x), tensor([NaN, 1]));');
    assert.equal(sentence, '`run`: 1 of 2 numbers differs; worst at [1]: got 2, expected 1.');
  });
});
