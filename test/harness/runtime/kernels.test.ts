import assert from 'node:assert/strict';
import type { Report } from '../../../src/harness/report';
import { Bench, outcomeAt } from './bench';
import type { Changes } from './bench';

const checks = `import { defineChecks } from 'authoring';
import { tensor } from 'tensor';
export default defineChecks<any, any>({
  'runs': { async run({ learner, expect }) {
    const run = await learner.k({ output: [4], arguments: [tensor([1, 100, 3e9, 16777216]), 4] });
    expect.close(run.values, tensor([1, 100, 3e9, 16777216]));
  } },
});`;

describe('a learner’s kernel, cell by cell and through GPU.js', function () {
  this.timeout(60_000);
  let bench: Bench;

  before(async () => (bench = await Bench.build()));
  after(() => bench.dispose());
  afterEach(async () => assert.equal((await check('return A[this.thread.x];')).verdict, 'passed'));

  function check(body: string, changes: Changes = {}): Promise<Report> {
    const text = `import type { KernelContext } from 'tensor';
export function k(this: KernelContext, A: number[], n: number): number {
  ${body}
}
`;
    return bench.check(text, { checks, solution: text, ...changes });
  }

  async function told(body: string): Promise<string> {
    return outcomeAt(await check(body), { index: 0, status: 'failed' }).sentence;
  }

  it('is refused before GPU.js sees it, at the learner’s line', async () => {
    const outcome = outcomeAt(await check('return A.map((a) => a)[0];'), { index: 0, status: 'failed' });
    assert.equal(outcome.sentence, 'Only an array that the kernel was given can be indexed. Write `A[i][k]`.');
    assert.equal(outcome.place?.line, 3);
  });

  it('is told of a read outside an array, at the line that reads', async () => {
    const body = 'let sum = 0;\n  for (let i = 0; i <= n; i++) {\n    sum += A[i];\n  }\n  return sum;';
    const outcome = outcomeAt(await check(body), { index: 0, status: 'failed' });
    assert.equal(
      outcome.sentence,
      'The kernel read A[4], but A has the indices 0 to 3, in the thread x = 0, y = 0, z = 0.',
    );
    assert.equal(outcome.place?.line, 5);
  });

  it('is told which thread returned no number', async () => {
    assert.equal(
      await told('return A;').then((sentence) => sentence.slice(0, 40)),
      'The kernel returned an array in the thre',
    );
  });

  it('may loop as long as it likes within the time of a call, and no longer', async () => {
    const long = 'let i = 0;\n  while (i < 5000) { i += 1; }\n  return A[this.thread.x] + i - 5000;';
    assert.equal((await check(long.replace('+ i - 5000', '+ (i - 5000)'))).verdict, 'passed');
    const endless = await check('let i = 0;\n  while (i < 1) { i *= 1; }\n  return i;', { limits: { callMs: 500 } });
    assert.equal(endless.verdict, 'timedOut');
    assert.match(endless.sentence, /^`k` did not return within 0\.5 s/);
  });

  const differences: readonly (readonly [what: string, body: string, words: RegExp])[] = [
    [
      'bit operators',
      'return A[this.thread.x] | 0;',
      /^GPU\.js computes 2147483648 for entry \(2\) \(x = 2\), but the same function called as plain JavaScript gives -1294967296\. Bit operators agree .*: use arithmetic, and `Math\.floor`\.$/,
    ],
    [
      'what float32 cannot hold',
      'return Math.exp(A[this.thread.x] * 0 + 100) / Math.exp(100);',
      /^GPU\.js computes (?:NaN|Infinity) for entry \(0\) .* gives 1\. GPU\.js computes every step in float32, which ends at 3\.4e38/,
    ],
    [
      'what float32 rounds away',
      'return A[this.thread.x] + 1 - A[this.thread.x];',
      /gives 1\. GPU\.js computes every step in float32, with some seven digits, .* lose their last digits there\.$/,
    ],
  ];
  for (const [what, body, words] of differences) {
    it(`is told why GPU.js and JavaScript differ: ${what}`, async () => {
      assert.match(await told(body), words);
    });
  }
});
