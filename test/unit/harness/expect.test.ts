import assert from 'node:assert/strict';
import { CheckFailed, createExpect } from '../../../src/harness/judge/expect';
import type { ExpectOptions } from '../../../src/harness/judge/expect';
import type { RecordedCall } from '../../../src/harness/judge/recordedCall';
import { ForeignValue } from '../../../src/harness/present/present';
import type { Expect } from '../../../src/authoring';
import { fromData, full, multiply, random, sum, tensor, transpose, zeros } from '../../../src/tensor';
import type { Tensor } from '../../../src/tensor';

const call: RecordedCall = { function: 'matmul', argumentNames: ['A', 'B'], arguments: [], changedArguments: [] };

function expecting(options: Partial<ExpectOptions> = {}): Expect {
  return createExpect({ calls: () => [call], ...options });
}

function failureOf(run: () => unknown): CheckFailed {
  try {
    run();
  } catch (error) {
    assert.ok(error instanceof CheckFailed, String(error));
    return error;
  }
  assert.fail('it held');
}

async function laterFailureOf(promise: Promise<unknown>): Promise<CheckFailed> {
  try {
    await promise;
  } catch (error) {
    assert.ok(error instanceof CheckFailed, String(error));
    return error;
  }
  assert.fail('it held');
}

function sentenceOf(actual: unknown, expected: unknown): string {
  return failureOf(() => expecting().close(actual, expected)).sentence;
}

const matrix = tensor([
  [1, 2, 3],
  [4, 5, 6],
]);

describe('expect.close', () => {
  const cases: readonly (readonly [what: string, actual: unknown, expected: unknown, sentence: string])[] = [
    ['nothing', undefined, matrix, '`matmul` returned nothing: is a `return` missing?'],
    ['null', null, matrix, '`matmul` returned null; expected a Tensor of shape (2, 3).'],
    ['a number for a tensor', 3, matrix, '`matmul` returned a number; expected a Tensor of shape (2, 3).'],
    [
      'nested arrays for a tensor',
      [[1]],
      matrix,
      '`matmul` returned an array; expected a Tensor of shape (2, 3): make one with `tensor(…)`.',
    ],
    [
      'a typed array for a tensor',
      new Float32Array(6),
      matrix,
      '`matmul` returned a Float32Array; expected a Tensor of shape (2, 3): make one with `fromData(data, shape)`.',
    ],
    [
      'a typed array of the learner’s realm',
      new ForeignValue('a Float32Array of 6 numbers'),
      matrix,
      '`matmul` returned a Float32Array of 6 numbers; expected a Tensor of shape (2, 3): make one with `fromData(data, shape)`.',
    ],
    [
      'a promise',
      new ForeignValue('a promise'),
      matrix,
      '`matmul` returned a promise; expected a Tensor of shape (2, 3): is an `await` missing?',
    ],
    [
      'a promise made part of a text',
      '[object Promise]1',
      3,
      '`matmul` returned a string; expected a number; a promise became part of it: is an `await` missing?',
    ],
    ['a function', new ForeignValue('a function'), 3, '`matmul` returned a function; expected a number.'],
    [
      'a tensor for a number',
      full([], 3),
      3,
      '`matmul` returned a Tensor of shape (); expected a number: read its only entry.',
    ],
    ['text for a number', '3', 3, '`matmul` returned a string; expected a number.'],
    ['another number', 2, 3, '`matmul` returned 2; expected 3.'],
    ['NaN', NaN, 3, '`matmul` returned NaN; expected 3.'],
    ['a number for NaN', 3, NaN, '`matmul` returned 3; expected NaN.'],
    ['the other infinity', -Infinity, Infinity, '`matmul` returned -Infinity; expected Infinity.'],
    ['another text', 'a', 'b', '`matmul` returned "a"; expected "b".'],
    ['another truth', true, false, '`matmul` returned true; expected false.'],
    ['another shape', zeros([3, 2]), matrix, '`matmul` returned shape (3, 2); expected (2, 3).'],
    ['another rank', zeros([6]), matrix, '`matmul` returned shape (6,); expected (2, 3).'],
    ['a shape list', [4, 6, 3], [4, 6, 1], '`matmul` returned [4, 6, 3]; expected [4, 6, 1].'],
    ['a shorter list', [4], [4, 6], '`matmul` returned [4]; expected [4, 6].'],
    [
      'a typed array for a list',
      new Float64Array(1),
      [1],
      '`matmul` returned a Float64Array; expected an array: make one with `Array.from(…)`.',
    ],
    [
      'a list with a wrong tensor',
      [matrix, zeros([1])],
      [matrix, zeros([2])],
      'matmul[1] has shape (1,); expected (2,).',
    ],
    ['too few tensors', [matrix], [matrix, matrix], '`matmul` returned 1 element; expected 2.'],
    [
      'a missing member',
      { dx: 1 },
      { dx: 1, dW: 2 },
      '`matmul` returned an object without `dW`; expected an object with dx, dW.',
    ],
    [
      'an extra member',
      { dx: 1, dy: 3 },
      { dx: 1 },
      '`matmul` returned an object with `dy`, which is not asked for; expected an object with dx.',
    ],
    [
      'a wrong member',
      { dx: matrix, dW: zeros([2, 3]) },
      { dx: matrix, dW: zeros([3, 2]) },
      'dW has shape (2, 3); expected (3, 2).',
    ],
    ['an undefined member', { dW: undefined }, { dW: matrix }, 'dW is undefined; expected a Tensor of shape (2, 3).'],
    [
      'a tensor for an object',
      matrix,
      { dW: matrix },
      '`matmul` returned a Tensor of shape (2, 3); expected an object with dW.',
    ],
    ['another scalar', full([], 2), full([], 3), '`matmul` returned 2; expected 3.'],
    [
      'other values',
      tensor([
        [1, 2, 3],
        [4, 50, 7],
      ]),
      matrix,
      '`matmul`: 2 of 6 numbers differ; worst at [1, 1]: got 50, expected 5.',
    ],
    [
      'one other value',
      tensor([
        [1, 2, 3],
        [4, 50, 6],
      ]),
      matrix,
      '`matmul`: 1 of 6 numbers differs; worst at [1, 1]: got 50, expected 5.',
    ],
    [
      'the transpose in another shape',
      transpose(matrix),
      matrix,
      '`matmul` returned shape (3, 2); expected (2, 3) (it is the transpose of what was expected).',
    ],
    [
      'the right numbers in another shape',
      fromData(matrix.data.slice(), [2, 3, 1]),
      matrix,
      '`matmul` returned shape (2, 3, 1); expected (2, 3) (the numbers are right, in the shape (2, 3, 1)).',
    ],
    [
      'a tensor without its last row',
      tensor([[1, 2, 3]]),
      matrix,
      '`matmul` returned shape (1, 3); expected (2, 3) (the last row is missing).',
    ],
    [
      'a tensor without its first column',
      tensor([
        [2, 3],
        [5, 6],
      ]),
      matrix,
      '`matmul` returned shape (2, 2); expected (2, 3) (the first column is missing).',
    ],
    [
      'an infinity among the values',
      tensor([
        [1, 2, 3],
        [4, -Infinity, 6],
      ]),
      matrix,
      '`matmul`: 1 of 6 numbers differs; worst at [1, 1]: got -Infinity, expected 5 (the first -Infinity is at [1, 1]).',
    ],
    [
      'a NaN among the values',
      tensor([
        [1, NaN, 3],
        [NaN, 5, 60],
      ]),
      matrix,
      '`matmul`: 3 of 6 numbers differ; worst at [0, 1]: got NaN, expected 2 (the first NaN is at [0, 1]).',
    ],
    [
      'values that print alike',
      fromData(Float64Array.of(1.0002), [1]),
      fromData(Float64Array.of(1.00000001), [1]),
      '`matmul` returned 1.0002; expected 1.',
    ],
  ];
  for (const [what, actual, expected, sentence] of cases) {
    it(`refuses ${what}`, () => {
      assert.equal(sentenceOf(actual, expected), sentence);
    });
  }

  it('accepts what agrees, within the tolerance, NaN where NaN is expected, and zeros of either sign', () => {
    const expect = expecting();
    expect.close({ a: [1, matrix], b: NaN }, { a: [1 + 1e-5, matrix], b: NaN });
    expect.close(tensor([0, NaN, Infinity]), tensor([-0, NaN, Infinity]));
    expect.close(1.1, 1, { tolerance: { absolute: 0.11, relative: 0 } });
    expect.close(undefined, undefined);
    assert.throws(() => expect.close(1 + 2e-4, 1));
  });

  it('names the subject, keeps the data, and finds the call by its answer', () => {
    const first = zeros([2, 3]);
    const calls = [
      { ...call, function: 'a', result: first },
      { ...call, function: 'b', result: matrix },
    ];
    const failure = failureOf(() => createExpect({ calls: () => calls }).close(first, matrix));
    assert.equal(failure.callIndex, 0);
    assert.match(failure.sentence, /^`a`: 6 of 6/);
    const named = failureOf(() => expecting().close(first, matrix, { subject: 'the sum of each row' }));
    assert.match(named.sentence, /^the sum of each row: 6 of 6/);
    assert.ok(failure.mismatch.kind === 'values');
    assert.deepEqual(failure.mismatch.wrong, [0, 1, 2, 3, 4, 5]);
    assert.deepEqual(failure.mismatch.worst, {
      index: [1, 2],
      position: 5,
      expected: '6',
      actual: '0',
      difference: '6',
      relative: '1',
    });
    assert.deepEqual(failure.mismatch.tolerance, { absolute: 1e-5, relative: 1e-4 });
  });

  it('survives JSON, every kind of it', () => {
    for (const [, actual, expected] of cases) {
      const { mismatch } = failureOf(() => expecting().close(actual, expected));
      assert.deepEqual(JSON.parse(JSON.stringify(mismatch)), mismatch);
    }
  });

  it('shows at most 1024 cells and still finds the worst behind them', () => {
    const actual = zeros([50, 50]);
    actual.data[2400] = 7;
    const { mismatch, sentence } = failureOf(() => expecting().close(actual, zeros([50, 50])));
    assert.match(sentence, /1 of 2500 numbers differs; worst at \[48, 0\]: got 7, expected 0\.$/);
    assert.ok(mismatch.kind === 'values' && mismatch.wrong.length === 0 && mismatch.actual.omitted === 1476);
  });
});

describe('expect.equal', () => {
  it('knows no tolerance', () => {
    const expect = expecting();
    expect.equal(tensor([1, 2]), tensor([1, 2]));
    expect.equal([4, 6], [4, 6]);
    const almost = fromData(Float64Array.of(1 + 1e-12), [1]);
    assert.match(
      failureOf(() => expect.equal(almost, fromData(Float64Array.of(1), [1]))).sentence,
      /returned 1\.000000000001; expected 1\.$/,
    );
  });
});

describe('expect.throws', () => {
  const because = 'axis 0 does not fit';

  it('accepts an error that mentions what it should', async () => {
    await expecting().throws(Promise.reject(new Error('Axis 0: 6 and 4')), {
      because,
      mentioning: ['axis 0', /6 and \d/],
    });
  });

  it('says that nothing was thrown, and what came instead', async () => {
    const failure = await laterFailureOf(expecting().throws(Promise.resolve(matrix), { because }));
    assert.equal(
      failure.sentence,
      '`matmul` should throw an error here, because axis 0 does not fit; it returned a Tensor of shape (2, 3).',
    );
    assert.equal(failure.mismatch.kind, 'didNotThrow');
  });

  it('says what the message lacks', async () => {
    const failure = await laterFailureOf(
      expecting().throws(Promise.reject(new TypeError('no')), { because, mentioning: ['axis 0'] }),
    );
    assert.equal(
      failure.sentence,
      '`matmul` threw, as it should, but its message does not mention “axis 0”: “TypeError: no”.',
    );
  });

  it('lets a TODO and the harness’s own errors through', async () => {
    await assert.rejects(
      expecting().throws(Promise.reject(new Error('TODO: write matmul')), { because }),
      /^Error: TODO/,
    );
    const expect = expecting({ thrownByLearner: () => undefined });
    await assert.rejects(expect.throws(Promise.reject(new Error('time is up')), { because }), /time is up/);
  });
});

describe('expect.inputsUnchanged', () => {
  it('names the argument that a call changed', () => {
    const changed: RecordedCall = { ...call, changedArguments: [{ index: 1, before: matrix, after: zeros([2, 3]) }] };
    const failure = failureOf(() => createExpect({ calls: () => [call, changed] }).inputsUnchanged());
    assert.equal(failure.sentence, '`matmul` changed its argument `B`.');
    assert.equal(failure.callIndex, 1);
    assert.ok(failure.mismatch.kind === 'inputChanged' && failure.mismatch.argument === 'B');
    expecting().inputsUnchanged();
  });
});

describe('expect.gradient', () => {
  const at = random(5).normal([2, 3], { dtype: 'float64' });
  const cubes = (x: Tensor): number => Number(sum(multiply(multiply(x, x), x)).data[0]);
  const derivative = multiply(multiply(at, at), 3);

  it('agrees with the derivative', async () => {
    await expecting().gradient(derivative, { of: cubes, at, subject: 'dx' });
    await expecting().gradient(derivative, { of: (x) => Promise.resolve(cubes(x)), at, subject: 'dx' });
  });

  it('names the element, both values and the relative error', async () => {
    const wrong = fromData(derivative.data.slice(), [2, 3]);
    wrong.data[4] = 0.5;
    const failure = await laterFailureOf(expecting().gradient(wrong, { of: cubes, at, subject: 'dx' }));
    assert.match(
      failure.sentence,
      /^dx\[1, 1\] is 0\.5, but central differences give [\d.]+ \(relative error [\d.]+\); 1 of 6 numbers differ\.$/,
    );
    assert.ok(failure.mismatch.kind === 'values' && failure.mismatch.wrong.join() === '4');
  });

  it('sees a factor', async () => {
    const failure = await laterFailureOf(
      expecting().gradient(multiply(derivative, 2), { of: cubes, at, subject: 'dx' }),
    );
    assert.match(failure.sentence, /every number is 2 times what was expected, and 2 is the length of axis 0/);
  });

  it('says what shape a gradient has', async () => {
    const failure = await laterFailureOf(expecting().gradient(zeros([3, 2]), { of: cubes, at, subject: 'dx' }));
    assert.equal(
      failure.sentence,
      'dx has shape (3, 2); expected (2, 3). A gradient has the shape of what it is taken by: (2, 3).',
    );
    const missing = await laterFailureOf(expecting().gradient(undefined, { of: cubes, at, subject: 'dx' }));
    assert.match(missing.sentence, /^dx is undefined; expected a Tensor of shape \(2, 3\)\./);
  });

  it('is not fooled by NaN', async () => {
    await laterFailureOf(expecting().gradient(full([2, 3], NaN), { of: cubes, at, subject: 'dx' }));
    await laterFailureOf(expecting().gradient(derivative, { of: () => NaN, at, subject: 'dx' }));
  });
});

describe('expect.that', () => {
  it('says the sentence, with the value if there is one', () => {
    const failure = failureOf(() => expecting().that(false, 'The rows should sum to one.', [1, 2]));
    assert.equal(failure.sentence, 'The rows should sum to one.');
    assert.deepEqual(failure.mismatch, { kind: 'condition', actual: { kind: 'text', text: '[1, 2]' } });
    assert.deepEqual(failureOf(() => expecting().that(false, 'No.')).mismatch, { kind: 'condition' });
    expecting().that(true, 'Yes.');
  });
});
