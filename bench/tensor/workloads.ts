/**
 * What is measured of the tensor library, all of it through its public API and with autograd: an epoch of digits, a training
 * step of an encoder, single operations.
 */
import {
  Adam,
  add,
  backward,
  EncoderBlock,
  keep,
  layerNorm,
  Linear,
  matmul,
  mean,
  MultiHeadAttention,
  namedParameters,
  parameter,
  random,
  relu,
  scope,
  SGD,
  sigmoid,
  slice,
  softmax,
  square,
  subtract,
  sum,
  type Optimiser,
  zeroGrad,
  type Tensor,
} from '../../src/tensor';

/** 784–128–10, batch 64, 9,984 images, squared error, gradient descent: forward, backward and update, 4.1 GFLOP. */
export const digits = { images: 9984, pixels: 784, hidden: 128, classes: 10, batch: 64, rate: 0.1 } as const;
/** 7.25 GFLOP forward and backward, then Adam. */
export const encoder = { blocks: 4, tokens: 64, channels: 128, heads: 4, hidden: 256, batch: 32 } as const;

/** An epoch of gradient descent. */
export function digitsEpoch(): () => void {
  const source = random(1);
  const images = keep(source.uniform([digits.images, digits.pixels]));
  const targets = keep(source.uniform([digits.images, digits.classes]));
  const first = new Linear(digits.pixels, digits.hidden, { random: source });
  const second = new Linear(digits.hidden, digits.classes, { random: source });
  const optimiser: Optimiser = new SGD(namedParameters({ first, second }).values(), { learningRate: digits.rate });
  return () => {
    for (let from = 0; from < digits.images; from += digits.batch) {
      scope(() => {
        const range = [[from, from + digits.batch]] as const;
        const outputs = sigmoid(second.forward(relu(first.forward(slice(images, range)))));
        const distance = subtract(outputs, slice(targets, range));
        optimiser.zeroGrad();
        backward(mean(square(distance)));
        optimiser.step();
      });
    }
  };
}

/** One step: forward, backward, Adam. */
export function encoderStep(): () => void {
  const source = random(2);
  const blocks = Array.from(
    { length: encoder.blocks },
    () => new EncoderBlock(encoder.channels, { ...encoder, random: source }),
  );
  const optimiser = new Adam(namedParameters(blocks).values(), { learningRate: 1e-4 });
  const x = keep(source.normal([encoder.batch, encoder.tokens, encoder.channels]));
  const wanted = keep(source.normal([encoder.batch, encoder.tokens, encoder.channels]));
  return () => {
    scope(() => {
      let hidden = x;
      for (const block of blocks) hidden = block.forward(hidden);
      optimiser.zeroGrad();
      backward(mean(square(subtract(hidden, wanted))));
      optimiser.step();
    });
  };
}

/** `op` on fresh results `times` times, each in a scope of its own, as a training step would hold it. */
function repeated(times: number, op: () => Tensor): () => void {
  return () => {
    for (let i = 0; i < times; i++) {
      scope(() => {
        op();
      });
    }
  };
}

/** A product of two parameters `n × n`, so that the tape follows it. */
export function product(n: number, times: number): () => void {
  const source = random(3);
  const [a, b] = [parameter(source.normal([n, n])), parameter(source.normal([n, n]))];
  return repeated(times, () => matmul(a, b));
}

export function addition(n: number, times: number): () => void {
  const source = random(4);
  const [a, b] = [parameter(source.normal([n, n])), parameter(source.normal([n, n]))];
  return repeated(times, () => add(a, b));
}

export function softmaxRows(times: number): () => void {
  const x = parameter(random(5).normal([128, 128]));
  return repeated(times, () => softmax(x));
}

export function layerNormRows(times: number): () => void {
  const [x, gamma, beta] = [[128, 64], [64], [64]].map((shape) => parameter(random(6).normal(shape))) as [
    Tensor,
    Tensor,
    Tensor,
  ];
  return repeated(times, () => layerNorm(x, { gamma, beta }));
}

/** Attention forward and backward: sequence 128, 4 heads, 64 channels in all. */
export function attentionBothWays(times: number): () => void {
  const source = random(7);
  const layer = new MultiHeadAttention(64, { heads: 4, random: source });
  const x = parameter(source.normal([128, 64]));
  const all = [x, ...namedParameters(layer).values()];
  return () => {
    for (let i = 0; i < times; i++) {
      scope(() => {
        zeroGrad(all);
        backward(sum(layer.forward(x)));
      });
    }
  };
}
