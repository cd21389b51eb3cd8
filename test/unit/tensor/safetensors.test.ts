import assert from 'node:assert/strict';
import fc from 'fast-check';
import * as T from '../../../src/tensor';
import { normal, normal64 } from './support';

const shape = fc.array(fc.nat({ max: 4 }), { maxLength: 4 });
const anyTensor = fc
  .record({ shape, wide: fc.boolean(), seed: fc.nat() })
  .map(({ shape, wide, seed }) => (wide ? normal64(shape, seed) : normal(shape, seed)));
const names = fc.string({ unit: 'grapheme' }).filter((name) => name !== '__metadata__');

describe('safetensors', () => {
  it('come back as they were saved, whatever their names, shapes and bits', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(names, anyTensor), { maxLength: 6 }), fc.nat({ max: 7 }), (list, shift) => {
        const tensors = new Map(list);
        const saved = T.saveTensors(tensors);
        // The bytes may lie anywhere in a larger buffer.
        const somewhere = new Uint8Array(saved.length + shift);
        somewhere.set(saved, shift);
        const back = T.loadTensors(somewhere.subarray(shift));
        assert.deepEqual(new Set(back.keys()), new Set(tensors.keys()));
        for (const [name, x] of tensors) {
          const y = back.get(name);
          assert.deepEqual([y?.shape, y?.dtype, y?.data], [x.shape, x.dtype, x.data]);
        }
      }),
      { seed: 3, numRuns: 200 },
    );
  });

  it('keep NaN, infinities and −0, and views by what they read', () => {
    const x = T.tensor([
      [NaN, Infinity],
      [-0, 1e-40],
    ]);
    const back = T.loadTensors(T.saveTensors({ x: T.transpose(x) })).get('x');
    assert.ok(back);
    assert.deepEqual([...back.data], [NaN, -0, Infinity, Math.fround(1e-40)]);
  });

  it('are laid out as the format says', () => {
    const bytes = T.saveTensors({ b: T.tensor([1, 2]) });
    const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
    const header: unknown = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
    assert.deepEqual(header, { b: { dtype: 'F32', shape: [2], data_offsets: [0, 8] } });
    assert.equal(length % 8, 0);
    assert.deepEqual([...new Float32Array(bytes.slice(8 + length).buffer)], [1, 2]);
  });

  it('never do anything but load or throw a SafetensorsError, whatever the bytes', () => {
    const good = T.saveTensors({ weight: normal([3, 4]), bias: normal([4]) });
    const refused = (bytes: Uint8Array): void => {
      try {
        T.loadTensors(bytes);
      } catch (error) {
        assert.equal((error as Error).name, 'SafetensorsError', String(error));
      }
    };
    fc.assert(fc.property(fc.uint8Array(), refused), { seed: 4 });
    fc.assert(
      fc.property(
        fc.nat({ max: good.length - 1 }),
        fc.nat({ max: 255 }),
        fc.nat({ max: good.length }),
        (at, byte, end) => {
          refused(good.with(at, byte).subarray(0, end));
        },
      ),
      { seed: 5, numRuns: 500 },
    );
  });

  it('say what is wrong with a file', () => {
    const file = (header: unknown, data = 8): Uint8Array => {
      const json = new TextEncoder().encode(JSON.stringify(header));
      const bytes = new Uint8Array(8 + json.length + data);
      new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true);
      bytes.set(json, 8);
      return bytes;
    };
    const entry = { dtype: 'F32', shape: [2], data_offsets: [0, 8] };
    assert.equal(T.loadTensors(file({ x: entry, __metadata__: { by: 'hand' } })).size, 1);
    assert.throws(() => T.loadTensors(file({ x: { ...entry, dtype: 'BF16' } })), {
      message: 'safetensors: "x" is kept as BF16; F32 and F64 can be read',
    });
    assert.throws(() => T.loadTensors(file({ x: entry }, 4)), {
      message: 'safetensors: "x" of shape (2,) takes 8 bytes, but its place is from 0 to 8 of 4; is the file whole?',
    });
    assert.throws(() => T.loadTensors(new Uint8Array(3)), /3 bytes are no file/);
    assert.throws(
      () => T.loadTensors(new Uint8Array(64).fill(255)),
      /the header is to have .* bytes, but only 56 follow/,
    );
  });
});

describe('loading parameters', () => {
  const model = (seed: number, inputs = 3) => ({
    layers: [
      new T.Linear(inputs, 4, { random: T.random(seed) }),
      new T.Linear(4, 2, { random: T.random(seed), bias: false }),
    ],
    norm: new T.LayerNorm(2),
  });

  it('makes a model compute what the saved one did', () => {
    const [a, b] = [model(1), model(2)];
    const run = ({ layers: [first, second], norm }: ReturnType<typeof model>) =>
      norm.forward(second!.forward(T.relu(first!.forward(normal([5, 3])))));
    T.loadParameters(b, T.saveTensors(T.namedParameters(a)));
    assert.deepEqual(run(b).data, run(a).data);
  });

  it('says what is missing, unexpected and misshaped, and then changes nothing', () => {
    const target = model(1, 5);
    const before = [...T.namedParameters(target).values()].map((p) => p.data.slice());
    const saved = T.namedParameters(model(2));
    saved.delete('norm.beta');
    saved.set('head.weight', normal([2, 2]));
    assert.throws(() => T.loadParameters(target, T.saveTensors(saved)), {
      name: 'SafetensorsError',
      message:
        'loadParameters: the file lacks "norm.beta"; the model has no "head.weight"; ' +
        '"layers.0.weight" is (4, 3) in the file and (4, 5) in the model',
    });
    assert.deepEqual(
      [...T.namedParameters(target).values()].map((p) => p.data),
      before,
    );
  });

  it('loads what both have where that is asked for, and names the rest', () => {
    const saved = T.namedParameters(model(2));
    saved.delete('norm.beta');
    saved.set('head.weight', normal([2, 2]));
    const target = model(1);
    const rest = T.loadParameters(target, T.saveTensors(saved), { partial: true });
    assert.deepEqual(rest, { missing: ['norm.beta'], unexpected: ['head.weight'] });
    assert.deepEqual(target.layers[0]?.weight.data, saved.get('layers.0.weight')?.data);
  });
});
