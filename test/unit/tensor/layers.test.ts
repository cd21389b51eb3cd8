import assert from 'node:assert/strict';
import * as T from '../../../src/tensor';
import { assertClose, normal } from './support';

describe('layers', () => {
  it('name their parameters by the way to them', () => {
    const random = T.random(1);
    const block = new T.EncoderBlock(4, { heads: 2, random, gated: true });
    assert.deepEqual(
      [...T.namedParameters({ blocks: [block], table: new T.Embedding(3, 4, { random }) }).keys()],
      [
        ...[
          'query.weight',
          'key.weight',
          'value.weight',
          'gate.weight',
          'gate.bias',
          'output.weight',
          'output.bias',
        ].map((name) => `blocks.0.attention.${name}`),
        ...[
          'attentionNorm.gamma',
          'attentionNorm.beta',
          'expand.weight',
          'expand.bias',
          'contract.weight',
          'contract.bias',
        ].map((name) => `blocks.0.${name}`),
        ...['blocks.0.feedForwardNorm.gamma', 'blocks.0.feedForwardNorm.beta', 'table.table'],
      ],
    );
  });

  it('find a parameter once, in a model of any shape, circular ones too', () => {
    const shared = T.parameter(normal([2]));
    const model: Record<string, unknown> = {
      a: shared,
      b: [shared, normal([2])],
      c: { d: T.parameter(normal([3])) },
      e: null,
    };
    model['self'] = model;
    assert.deepEqual([...T.namedParameters(model).keys()], ['a', 'c.d']);
    assert.equal(T.parametersOf(model).length, 2);
  });

  it('start with outputs that spread as their inputs do', () => {
    const layer = new T.Linear(400, 300, { random: T.random(2) });
    const spread = T.std(layer.forward(normal([50, 400]))).at();
    assert.ok(Math.abs(spread - 1) < 0.05, `standard deviation ${spread}`);
    assertClose(layer.bias ?? T.ones([300]), T.zeros([300]).data);
  });

  it('attend as the formula says, head by head', () => {
    const [heads, width, length] = [2, 6, 5];
    const attention = new T.MultiHeadAttention(width, { heads, random: T.random(3), gated: true });
    const x = normal([length, width], 4);
    const context = normal([3, width], 5);
    const bias = normal([heads, length, 3], 6);
    const mask = T.tensor([1, 0, 1]);
    const channels = width / heads;
    const part = (y: T.Tensor, head: number) => T.slice(y, [null, [head * channels, (head + 1) * channels]]);
    const summaries = [0, 1].map((head) => {
      const [q, k, v] = [attention.query.forward(x), attention.key.forward(context), attention.value.forward(context)];
      const scores = T.add(
        T.divide(T.matmul(part(q, head), T.transpose(part(k, head))), Math.sqrt(channels)),
        T.slice(bias, [head]),
      );
      return T.matmul(T.softmax(T.where(mask, scores, -1e30)), part(v, head));
    });
    const gate = T.sigmoid(attention.gate?.forward(x) ?? x);
    const expected = attention.output.forward(T.multiply(gate, T.concat(summaries, 1)));
    assertClose(attention.forward(x, { context, mask, bias }), expected.data, [length, width]);
    const batched = attention.forward(T.stack([x, x]), { context: T.stack([context, context]), mask, bias });
    assertClose(T.slice(batched, [1]), expected.data, [length, width]);
    assert.equal(attention.query.bias, undefined);
    assert.ok(attention.output.bias);
  });

  it('let a query that may attend to nothing have zeros, and no gradient', () => {
    const attention = new T.MultiHeadAttention(4, { heads: 2, random: T.random(3) });
    const x = T.parameter(normal([3, 4], 4));
    const mask = T.tensor([
      [1, 1, 1],
      [0, 0, 0],
      [1, 0, 0],
    ]);
    assertClose(T.slice(attention.weights(x, { mask }), [null, 1]), T.zeros([6]).data);
    T.backward(T.sum(T.slice(attention.weights(x, { mask }), [0, 1])));
    assertClose(T.grad(x), T.zeros([12]).data);
    assertClose(T.slice(attention.forward(x, { mask }), [1]), attention.output.bias?.data ?? []);
  });

  it('say how many heads fit', () => {
    assert.throws(() => new T.MultiHeadAttention(10, { heads: 4, random: T.random(1) }), {
      message: 'MultiHeadAttention: 10 channels cannot be dealt out evenly to 4 heads',
    });
  });

  it('learn: an encoder finds out which of two sequences has its odd token early', () => {
    const random = T.random(11);
    const options = { random };
    const model = {
      table: new T.Embedding(2, 8, options),
      places: T.parameter(random.normal([6, 8])),
      block: new T.EncoderBlock(8, { ...options, heads: 2, hidden: 16 }),
      head: new T.Linear(8, 2, options),
    };
    const places = Array.from({ length: 32 }, () => random.integer(0, 6));
    const tokens = T.oneHot(places, 6);
    const labels = T.oneHot(
      places.map((place) => (place < 3 ? 1 : 0)),
      2,
    );
    const optimiser = new T.Adam(T.parametersOf(model), { learningRate: 0.02 });
    const losses = Array.from({ length: 40 }, () =>
      T.scope(() => {
        optimiser.zeroGrad();
        const embedded = T.add(model.table.forward(tokens), model.places);
        const logits = model.head.forward(T.mean(model.block.forward(embedded), { axis: 1 }));
        const loss = T.negative(T.mean(T.sum(T.multiply(labels, T.logSoftmax(logits)), { axis: 1 })));
        T.backward(loss);
        optimiser.step();
        return loss.at();
      }),
    );
    assert.ok((losses.at(-1) ?? 1) < 0.1, `losses ${losses.map((loss) => loss.toFixed(2)).join(' ')}`);
  });
});
