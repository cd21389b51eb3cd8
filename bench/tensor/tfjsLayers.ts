/** Layer norm, attention and the encoder in TensorFlow.js, from the operations that its documentation offers for them. */
import * as tf from '@tensorflow/tfjs';
import { repeated } from './tfjs';
import { encoder } from './workloads';

type Weights = Readonly<Record<string, tf.Variable>>;

function normal(rows: number, columns: number): tf.Variable {
  return tf.variable(tf.randomNormal([rows, columns], 0, 1 / Math.sqrt(rows)));
}

function layerNorm(x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor): tf.Tensor {
  const { mean, variance } = tf.moments(x, -1, true);
  return x.sub(mean).div(variance.add(1e-5).sqrt()).mul(gamma).add(beta);
}

export function tfLayerNormRows(times: number): () => void {
  const [x, gamma, beta] = [tf.randomNormal([128, 64]), tf.ones([64]), tf.zeros([64])];
  return repeated(times, () => tf.tidy(() => layerNorm(x, gamma, beta)));
}

/** `x` `(rows, channels)`, every `tokens` rows a sequence. */
function attention(x: tf.Tensor, w: Weights, sizes: { tokens: number; heads: number }): tf.Tensor {
  const [rows = 0, channels = 0] = x.shape;
  const { tokens, heads } = sizes;
  const apart = [rows / tokens, tokens, heads, channels / heads];
  const project = (name: string): tf.Tensor => tf.matMul(x, w[name]!).reshape(apart).transpose([0, 2, 1, 3]);
  const scores = tf.matMul(project('query').mul(1 / Math.sqrt(channels / heads)), project('key'), false, true);
  const summaries = tf.matMul(tf.softmax(scores), project('value')).transpose([0, 2, 1, 3]).reshape([rows, channels]);
  return tf.matMul(summaries, w['output']!).add(w['outputBias']!);
}

function attentionWeights(channels: number): Weights {
  const names = ['query', 'key', 'value', 'output'];
  return {
    ...Object.fromEntries(names.map((name) => [name, normal(channels, channels)])),
    outputBias: tf.variable(tf.zeros([channels])),
  };
}

export function tfAttentionBothWays(times: number): () => void {
  const w = attentionWeights(64);
  const x = tf.variable(tf.randomNormal([128, 64]));
  return () => {
    for (let i = 0; i < times; i++) {
      const { value, grads } = tf.variableGrads(
        () => attention(x, w, { tokens: 128, heads: 4 }).sum<tf.Scalar>(),
        [x, ...Object.values(w)],
      );
      if (i === times - 1) Object.values(grads)[0]?.dataSync();
      tf.dispose([value, ...Object.values(grads)]);
    }
  };
}

function encoderBlock(x: tf.Tensor, w: Weights): tf.Tensor {
  const attended = layerNorm(x.add(attention(x, w, encoder)), w['gamma1']!, w['beta1']!);
  const wide = tf.matMul(attended, w['expand']!).add(w['expandBias']!);
  const gelu = wide.mul(wide.mul(Math.SQRT1_2).erf().add(1).mul(0.5));
  const fed = tf.matMul(gelu, w['contract']!).add(w['contractBias']!);
  return layerNorm(attended.add(fed), w['gamma2']!, w['beta2']!);
}

export function tfEncoderStep(): () => void {
  const { channels, hidden, batch, tokens } = encoder;
  const of = (make: (shape: [number]) => tf.Tensor, length: number): tf.Variable => tf.variable(make([length]));
  const blocks = Array.from({ length: encoder.blocks }, () => ({
    ...attentionWeights(channels),
    gamma1: of(tf.ones, channels),
    beta1: of(tf.zeros, channels),
    expand: normal(channels, hidden),
    expandBias: of(tf.zeros, hidden),
    contract: normal(hidden, channels),
    contractBias: of(tf.zeros, channels),
    gamma2: of(tf.ones, channels),
    beta2: of(tf.zeros, channels),
  }));
  const all = blocks.flatMap((block) => Object.values(block));
  const [x, wanted] = [tf.randomNormal([batch * tokens, channels]), tf.randomNormal([batch * tokens, channels])];
  const optimizer = tf.train.adam(1e-4);
  return () => {
    tf.tidy(() => {
      optimizer.minimize(
        () => blocks.reduce<tf.Tensor>(encoderBlock, x).sub(wanted).square().mean<tf.Scalar>(),
        false,
        all,
      );
    });
    all[0]?.dataSync();
  };
}
