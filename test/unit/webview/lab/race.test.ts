import assert from 'node:assert/strict';
import { KernelMachine } from '../../../../src/harness/race/machine';
import { timeKernel, type TimedJob } from '../../../../src/harness/race/timeKernel';
import { agreement, median } from '../../../../src/webview/lab/kernels/agreement';
import { crossing } from '../../../../src/webview/lab/kernels/crossing';
import { firstOperations, loopLimitOf, overBudget, overTexture } from '../../../../src/webview/lab/kernels/raceBudget';
import { isSoftware } from '../../../../src/webview/lab/kernels/raceWords';

describe('where a backend becomes the faster one', () => {
  const plain = [10, 100, 1_000, 10_000].map((size) => [size, size / 10] as const);

  it('lies between two sizes, on straight lines of a log–log chart', () => {
    // Always 4 ms: plain JavaScript takes as long at 40, and 40 lies at 0.602 of the way from 10 to 100.
    const found = crossing(
      [10, 100, 1_000].map((size) => [size, 4] as const),
      plain,
    );
    assert.equal(found.kind, 'at');
    assert.ok(found.kind === 'at' && Math.abs(found.size - 40) < 1e-9);
  });

  it('is the last crossing where there are several', () => {
    const found = crossing(
      [
        [10, 2],
        [100, 5],
        [1_000, 200],
        [10_000, 500],
      ],
      plain,
    );
    assert.ok(found.kind === 'at' && found.size > 1_000 && found.size < 10_000);
  });

  it('is said where it never or always was, and where nothing can be said', () => {
    assert.deepEqual(crossing([[10, 0.1]], plain), { kind: 'always' });
    assert.deepEqual(crossing([[1_000, 200]], plain), { kind: 'never' });
    assert.deepEqual(crossing([[7, 1]], plain), { kind: 'unknown' });
  });
});

describe('what may be launched', () => {
  it('is bounded by what the last smaller size took', () => {
    assert.equal(overBudget(8e6, [{ operations: 1e6, medianMs: 10 }]), undefined);
    assert.match(overBudget(1e8, [{ operations: 1e6, medianMs: 10 }]) ?? '', /would take about 1 s/);
  });

  it('is bounded at first by its operations', () => {
    assert.equal(overBudget(firstOperations, []), undefined);
    assert.match(overBudget(firstOperations + 1, []) ?? '', /50,000,001 operations are too many to begin with/);
  });

  it('fits into textures', () => {
    const launch = { output: [10], arguments: [{ shape: [9_000, 9_000] }, 3] };
    assert.match(overTexture(launch, 8_192) ?? '', /9,000 × 9,000, and this GPU takes 8,192/);
    assert.equal(overTexture(launch, 16_384), undefined);
  });

  it('has loops that end well beyond what it needs, and do end', () => {
    assert.equal(loopLimitOf({ operations: 2 * 64 ** 3, output: [64, 64], arguments: [{ shape: [64, 64] }] }), 4_000);
    assert.equal(
      loopLimitOf({ operations: 2 * 4_096 ** 2, output: [4_096], arguments: [{ shape: [4_096, 4_096] }] }),
      32_768,
    );
    assert.equal(loopLimitOf({ operations: 1e15, output: [1], arguments: [] }), 2 ** 24);
  });
});

describe('the agreement of two answers', () => {
  it('is judged beside the largest number', () => {
    assert.deepEqual(agreement(Float32Array.of(100, 1), Float32Array.of(100, 1.0078125)), {
      maxDifference: 0.0078125,
      agrees: true,
    });
    assert.equal(agreement(Float32Array.of(1, 1), Float32Array.of(1, 1.0078125)).agrees, false);
  });

  it('is none where one is no number, or there are fewer of them', () => {
    assert.equal(agreement(Float32Array.of(Number.NaN), Float32Array.of(1)).agrees, false);
    assert.equal(agreement(Float32Array.of(Number.NaN), Float32Array.of(Number.NaN)).agrees, true);
    assert.equal(agreement(Float32Array.of(1), Float32Array.of(1, 2)).agrees, false);
  });

  it('takes the middle of several times', () => {
    assert.equal(median([9, 1, 4]), 4);
    assert.equal(median([9, 1, 4, 5]), 4.5);
  });
});

describe('a kernel that is timed', () => {
  const job: TimedJob = {
    source:
      'function (a, k) { let s = 0; for (let i = 0; i < k; i++) { s += a[this.thread.y][this.thread.x]; } return s; }',
    output: [3, 2],
    arguments: [{ shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) }, 1_500],
    loopLimit: 2 ** 31 - 1,
  };
  // Each look at this clock takes a millisecond.
  const timing = (): { now: () => number; assertAlive: () => void; looks: number } => {
    const clock = { looks: 0, now: () => (clock.looks += 1), assertAlive: () => undefined };
    return clock;
  };

  for (const [mode, kernelClass] of [
    ['cpu', 'CPUKernel'],
    ['webasm', 'WebAssemblyKernel'],
  ] as const) {
    it(`gives its numbers, its times, and what ran: ${mode}`, async () => {
      const found = await timeKernel(new KernelMachine({ mode }), job, timing());
      assert.deepEqual([...found.values], [1_500, 3_000, 4_500, 6_000, 7_500, 9_000]);
      assert.equal(found.kernelClass, kernelClass);
      assert.equal(found.fallbackReason, null);
      assert.equal(found.laterMs.length, 9);
      assert.ok(found.laterMs.every((ms) => ms === 0.5));
    });
  }

  it('is cut where its loops are limited, which only the comparison tells', async () => {
    const cut = await timeKernel(new KernelMachine({ mode: 'cpu' }), { ...job, loopLimit: 1_000 }, timing());
    assert.equal(cut.values[0], 1_000);
  });

  it('ends where its machine is lost', async () => {
    let looks = 0;
    const assertAlive = (): void => {
      looks += 1;
      if (looks === 3) throw new Error('lost');
    };
    await assert.rejects(timeKernel(new KernelMachine({ mode: 'cpu' }), job, { ...timing(), assertAlive }), /lost/);
  });

  it('is told from what GPU.js makes no program of', async () => {
    await assert.rejects(
      timeKernel(
        new KernelMachine({ mode: 'webasm' }),
        { ...job, source: 'function (a) { try { return 1; } catch { return 2; } }' },
        timing(),
      ),
      /cannot make a program/,
    );
  });
});

describe('the name of a renderer', () => {
  for (const name of [
    'ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device)',
    'llvmpipe (LLVM 15.0.7)',
    'Microsoft Basic Render Driver',
  ]) {
    it(`tells a program from a GPU: ${name}`, () => assert.ok(isSoftware(name)));
  }
  it('lets a GPU be one', () => assert.equal(isSoftware('ANGLE (NVIDIA GeForce RTX 4070 Direct3D11)'), false));
});
