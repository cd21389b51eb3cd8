import assert from 'node:assert/strict';
import { mean, random, std, type Values } from '../../../src/tensor';

describe('random numbers', () => {
  it('are the same for the same seed and others for another', () => {
    const draw = (seed: number) => [...random(seed).normal([50]).data];
    assert.deepEqual(draw(3), draw(3));
    for (const other of [4, -3, 3 + 2 ** 32, 2 ** 53 - 1, 0]) assert.notDeepEqual(draw(3), draw(other));
    assert.throws(() => random(0.5), /a seed is a whole number, not 0.5/);
  });

  it('are the ones that were drawn when this was written', () => {
    const draw = random(2026);
    assert.deepEqual([draw.integer(0, 1000), draw.integer(0, 1000), draw.integer(0, 1000)], [334, 404, 631]);
  });

  it('are the same in both precisions, up to rounding', () => {
    const [a, b] = [random(5).uniform([100]), random(5).uniform([100], { dtype: 'float64' })];
    a.data.forEach((value, i) => assert.ok(Math.abs(value - (b.data[i] ?? NaN)) < 1e-6));
  });

  it('uniform numbers have the mean and spread of their range and stay inside it', () => {
    const x = random(1).uniform([100, 1000], { low: -2, high: 4 });
    assert.ok(Math.abs(mean(x).at() - 1) < 0.02);
    assert.ok(Math.abs(std(x).at() - 6 / Math.sqrt(12)) < 0.02);
    assert.ok(x.data.every((value) => value >= -2 && value < 4));
  });

  it('normal numbers have the mean, spread, symmetry and tails of the normal distribution', () => {
    const x = random(2).normal([100_000], { mean: 3, std: 2, dtype: 'float64' });
    const z = Array.from(x.data, (value) => (value - 3) / 2);
    const moment = (power: number) => z.reduce((total, value) => total + value ** power, 0) / z.length;
    // Four standard errors of each moment.
    assert.ok(Math.abs(moment(1)) < 4 / Math.sqrt(1e5));
    assert.ok(Math.abs(moment(2) - 1) < 4 * Math.sqrt(2 / 1e5));
    assert.ok(Math.abs(moment(3)) < 4 * Math.sqrt(15 / 1e5));
    assert.ok(Math.abs(moment(4) - 3) < 4 * Math.sqrt(96 / 1e5));
    assert.ok(z.every(Number.isFinite));
  });

  it('neighbours in a stream, and streams of neighbouring seeds, are independent', () => {
    const x = random(6).normal([20_000]).data;
    const y = random(7).normal([20_000]).data;
    const correlation = (offset: number, other: Values) =>
      Array.from(x.slice(0, 19_000)).reduce((total, value, i) => total + value * (other[i + offset] ?? 0), 0) / 19_000;
    for (const value of [correlation(1, x), correlation(2, x), correlation(0, y), correlation(1, y)])
      assert.ok(Math.abs(value) < 0.03);
  });

  it('whole numbers reach both ends of their range and no further', () => {
    const x = random(8).integers([1000], { low: -1, high: 3 });
    assert.deepEqual(
      [...new Set(x.data)].sort((a, b) => a - b),
      [-1, 0, 1, 2],
    );
    assert.throws(() => random(1).integer(2, 2), /no whole number from 2 up to, but without, 2/);
  });

  it('permutations hold every number once, each order about as often as any other', () => {
    const draw = random(9);
    const counts = new Map<string, number>();
    for (let i = 0; i < 6000; i++) {
      const order = draw.permutation(3);
      assert.deepEqual(order.toSorted(), [0, 1, 2]);
      counts.set(order.join(''), (counts.get(order.join('')) ?? 0) + 1);
    }
    assert.equal(counts.size, 6);
    for (const count of counts.values()) assert.ok(Math.abs(count - 1000) < 150);
    assert.deepEqual(draw.permutation(0), []);
  });
});
