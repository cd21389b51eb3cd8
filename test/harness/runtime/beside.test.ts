import assert from 'node:assert/strict';
import type { Report } from '../../../src/harness/report';
import { Bench, outcomeAt } from './bench';
import type { Changes } from './bench';

const solution = `import { fromData, Tensor } from 'tensor';
export function map(f: (value: number) => number, x: Tensor): Tensor {
  return fromData(x.data.map((value) => f(value)), x.shape);
}
export class Counter {
  #count = 0;
  constructor(readonly step: number) {}
  next(): number { return (this.#count += this.step); }
}
export function* countdown(from: number): Generator<number> {
  for (let n = from; n > 0; n -= 1) yield n;
}
`;

/** Checks with one sentence and this body. */
function checking(body: string, top = ''): string {
  return `import { defineChecks } from 'authoring';
import { tensor, zeros } from 'tensor';
${top}
export default defineChecks<any, any>({
  'does': { async run({ learner, beside, earlier, reference, random, expect }) {
${body}
  } },
});`;
}

const squares = `const x = tensor([1, 2, 3]);
    const squares = ({ map }, x) => map((v) => v * v, x);
    expect.close(await beside(squares, x), await beside.reference(squares, x));
    expect.inputsUnchanged();`;

describe('a probe beside the learner’s code', function () {
  this.timeout(60_000);
  let bench: Bench;

  before(async () => (bench = await Bench.build()));
  after(() => bench.dispose());

  function check(checks: string, text = solution, changes: Changes = {}): Promise<Report> {
    return bench.check(text, { checks, solution, ...changes });
  }

  async function passes(checks: string): Promise<void> {
    const report = await check(checks);
    assert.equal(report.verdict, 'passed', JSON.stringify(report.checks));
  }

  it('hands functions to what the learner wrote, and the same probe gives what is expected', () =>
    passes(checking(squares)));

  it('makes instances, drives generators and uses the library', async () => {
    await passes(
      checking(`const counts = ({ Counter }, step) => { const c = new Counter(step); c.next(); return [c.next(), c.step]; };
    expect.equal(await beside(counts, 3), [6, 3]);
    expect.equal(await beside(({ countdown }, n) => [...countdown(n)], 3), [3, 2, 1]);
    const sum = ({ map, tensor }, x) => tensor.sum(map((v) => 2 * v, x)).at();
    expect.close(await beside(sum, zeros([2, 2])), 0);`),
    );
  });

  it('may be asynchronous, and may be asked many times', async () => {
    await passes(
      checking(`for (const length of [1, 4, 2]) {
      const x = random.normal([length, 3]);
      const twice = async ({ map }, x) => await Promise.resolve(map((v) => 2 * v, x));
      expect.close(await beside(twice, x), await beside.reference(twice, x));
    }`),
    );
  });

  it('reaches earlier exercises as the learner’s module sees them', async () => {
    const earlier = {
      exercise: 'tensors/dot',
      text: 'export class Scale { constructor(readonly by: number) {} }\n',
    } as const;
    const own =
      "import { Scale } from 'tensors/dot';\nexport const apply = (s: Scale): number => (s instanceof Scale ? s.by : -1);\n";
    const report = await bench.check(own, {
      checks: checking(`const probe = ({ apply, earlier }, by) => apply(new (earlier('tensors/dot').Scale)(by));
    expect.equal(await beside(probe, 4), 4);
    expect.equal(await beside.reference(probe, 4), 4);`),
      earlier: [{ ...earlier, author: 'learner' }],
      references: [earlier],
      solution: own,
    });
    assert.equal(report.verdict, 'passed', JSON.stringify(report.checks));
  });

  it('shows what it did, with what, and where the learner’s function begins', async () => {
    const report = await check(checking(squares), solution.replace('f(value)', 'f(f(value))'));
    const outcome = outcomeAt(report, { index: 0, status: 'failed' });
    assert.match(
      outcome.sentence,
      /^`map\(\(v\) => v \* v, x\)`: 2 of 3 numbers differ; worst at \[2\]: got 81, expected 9/,
    );
    assert.equal(outcome.call?.function, 'map((v) => v * v, x)');
    assert.equal(outcome.call.probe, '({ map }, x) => map((v) => v * v, x)');
    assert.deepEqual(
      outcome.call.arguments.map(({ name }) => name),
      ['x'],
    );
    assert.equal(outcome.place?.line, 2);
  });

  it('names an argument that was changed', async () => {
    const changing = solution.replace('return fromData', 'x.data[0] = 1; x.data[1] = 5;\n  return fromData');
    const report = await check(checking(squares.replace('expect.close', 'void ')), changing);
    const { sentence, mismatch } = outcomeAt(report, { index: 0, status: 'failed' });
    assert.equal(sentence, '`map((v) => v * v, x)` changed its argument `x`.');
    assert.ok(mismatch.kind === 'inputChanged' && mismatch.argument === 'x');
  });

  it('shows the learner’s own line when it throws', async () => {
    const report = await check(checking(squares), solution.replace('f(value)', '(f as any).map(value)'));
    const { error, call } = outcomeAt(report, { index: 0, status: 'threw' });
    assert.equal(error.place?.line, 3);
    assert.equal(error.place.exercise, 'tensors/matmul');
    assert.doesNotMatch(error.message, /check’s own code/);
    assert.equal(call?.function, 'map((v) => v * v, x)');
  });

  it('says so when the check’s own code stumbles over what it was given', async () => {
    const probing = checking('await beside(({ map }, x) => map((v) => v, x).at(0), tensor([1]));');
    const report = await check(probing, 'export function map() {}\n');
    const { error } = outcomeAt(report, { index: 0, status: 'threw' });
    assert.match(
      error.message,
      /^Cannot read properties of undefined .*\(thrown by the check’s own code as it used what yours gave it\)$/,
    );
    assert.equal(error.place?.line, 1);
  });

  it('is not started while the TODO is there', async () => {
    const report = await check(checking(squares), "export function map() {\n  throw new Error('TODO: map');\n}\n");
    assert.equal(report.verdict, 'notStarted');
    const { function: name, place } = outcomeAt(report, { index: 0, status: 'notStarted' });
    assert.deepEqual([name, place?.line], ['map', 2]);
  });

  it('says which export is missing, and which is no function', async () => {
    const missing = await check(checking(squares), 'export function mapp() {}\n');
    assert.match(
      outcomeAt(missing, { index: 0, status: 'failed' }).sentence,
      /^`map` is not exported from tensors\/matmul/,
    );
    const number = await check(checking(squares), 'export const map = 3;\n');
    assert.match(outcomeAt(number, { index: 0, status: 'failed' }).sentence, /a value of type number, not a function/);
  });

  it('has the limits of a call', async () => {
    const report = await check(checking(squares), solution.replace('return fromData', 'for (;;);\n  return fromData'), {
      limits: { callMs: 300 },
    });
    assert.equal(report.verdict, 'timedOut');
    assert.match(report.sentence, /^`map\(\(v\) => v \* v, x\)` did not return within 0\.3 s, in “does”\./);
  });

  it('has them too where the learner’s code goes on after its answer', async () => {
    const later = solution.replace(
      'return fromData',
      'void Promise.resolve().then(() => { for (;;); });\n  return fromData',
    );
    const report = await check(
      checking(
        squares + squares.replaceAll('const x', 'const y').replace('v * v', 'v + v').replaceAll('squares', 'sums'),
      ),
      later,
      {
        limits: { callMs: 300 },
      },
    );
    assert.equal(report.verdict, 'timedOut', JSON.stringify(report));
  });

  it('is an expectation of its own that it throws', async () => {
    const refusing = solution.replace(
      'return fromData',
      "if (x.rank > 1) throw new RangeError('rank 2');\n  return fromData",
    );
    const report = await check(
      checking(
        `await expect.throws(beside(({ map }, x) => map((v) => v, x), zeros([1, 1])), { because: 'x has two axes', mentioning: ['rank'] });`,
      ),
      refusing,
    );
    assert.equal(report.verdict, 'passed', JSON.stringify(report.checks));
  });

  it('is the author’s fault when it needs more than its own text', async () => {
    for (const [body, words] of [
      [
        'const scale = 2; await beside(({ map }, x) => map((v) => v * scale, x), tensor([1]));',
        /uses `scale`, which is declared outside it/,
      ],
      ['await beside(({ map }) => map((v) => v, tensor([1])));', /uses `tensor`, which checks\.ts imports/],
      ['await beside(outside);', /uses `outer`/],
    ] as const) {
      const report = await check(checking(body, 'function outer() {}\nfunction outside() { return outer(); }'));
      assert.equal(report.verdict, 'harnessFailed');
      assert.match(report.sentence, words);
    }
  });

  it('is ended where what it drives never ends', async () => {
    const forever = solution.replace('let n = from; n > 0; n -= 1', 'let n = from; ; n += 1');
    const driving = checking('await beside(({ countdown }, n) => { for (const _ of countdown(n)); }, 3);');
    const report = await check(driving, forever, { limits: { callMs: 300 } });
    assert.equal(report.verdict, 'timedOut', report.sentence);
    assert.match(report.sentence, /^`countdown` did not return within 0\.3 s/);
  });

  it('shows the learner’s functions nothing of the library beyond what is offered', async () => {
    const spying = `export function map(this: unknown, f: unknown, x: unknown) { console.log(this === undefined, typeof f); return x; }\n`;
    const report = await check(checking(squares), spying);
    assert.equal(report.console.lines[0]?.text, 'true function');
  });

  it('lets nobody answer for it later, or instead', async () => {
    // The function that a probe hands over is kept and called again after the answer; its result goes nowhere.
    const keeping = `const kept: any[] = [];
export function map(f: any, x: any) { kept.push(f); void Promise.resolve().then(() => kept.map((each) => each(1e9))); return x; }\n`;
    const report = await check(checking(squares), keeping);
    assert.match(outcomeAt(report, { index: 0, status: 'failed' }).sentence, /2 of 3 numbers differ/);
  });

  it('believes no comparison made in there', async () => {
    // What runs beside the learner's code runs on the learner's built-ins; its answer is compared outside.
    const forging = `Object.is = () => true; Array.prototype.every = () => true; Math.abs = () => 0;
export const map = (f: unknown, x: unknown) => 17;\n`;
    const report = await check(checking(squares), forging);
    assert.equal(report.verdict, 'failed');
  });
});

describe('the seed', function () {
  this.timeout(60_000);
  let bench: Bench;

  before(async () => (bench = await Bench.build()));
  after(() => bench.dispose());

  const printing = `export const see = (x: number): number => { console.log(x); return x; };\n`;
  const checks = checking('const x = random.integer(0, 1e9); expect.equal(await learner.see(x), x);');

  async function seen(seed: number | undefined): Promise<{ readonly printed: string; readonly seed: number }> {
    const report = await bench.unseeded(printing, {
      checks,
      solution: printing,
      ...(seed === undefined ? {} : { seed }),
    });
    assert.equal(report.verdict, 'passed', report.sentence);
    return { printed: report.console.lines[0]?.text ?? '', seed: report.seed };
  }

  it('is drawn anew for each run, told in the report, and makes the same inputs when given back', async () => {
    const first = await seen(undefined);
    const second = await seen(undefined);
    assert.notEqual(first.seed, second.seed);
    assert.notEqual(first.printed, second.printed);
    assert.deepEqual(await seen(first.seed), first);
  });
});
