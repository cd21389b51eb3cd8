/** TensorFlow.js as a peer, in two ways: as its documentation writes training, and tuned by hand. */
import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { digits } from './workloads';

export type TfBackend = 'cpu' | 'wasm' | 'webgl';

/** Makes `backend` compute from now on; its files for WebAssembly lie below `wasmFiles`. A sentence where it cannot be had. */
export async function useTf(backend: TfBackend, wasmFiles: string): Promise<string | undefined> {
  setWasmPaths(wasmFiles);
  const missing = `tfjs has no backend ${backend} here, so nothing is compared with it`;
  try {
    if (!(await tf.setBackend(backend))) return missing;
    await tf.ready();
    return undefined;
  } catch (error) {
    return `${missing}: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** Frees what a work left behind, so that the next one is not slowed by it. */
export function forgetTf(): void {
  tf.disposeVariables();
}

function hostBatches(): { images: Float32Array; targets: Float32Array }[] {
  return Array.from({ length: digits.images / digits.batch }, () => ({
    images: Float32Array.from({ length: digits.batch * digits.pixels }, Math.random),
    targets: Float32Array.from({ length: digits.batch * digits.classes }, Math.random),
  }));
}

/** An epoch with `optimizer.minimize` over slices of one large tensor. */
export function documentedEpoch(): () => void {
  const images = tf.randomUniform([digits.images, digits.pixels]);
  const targets = tf.randomUniform([digits.images, digits.classes]);
  const w1 = tf.variable(tf.randomNormal([digits.pixels, digits.hidden], 0, 0.03));
  const b1 = tf.variable(tf.zeros([digits.hidden]));
  const w2 = tf.variable(tf.randomNormal([digits.hidden, digits.classes], 0, 0.1));
  const b2 = tf.variable(tf.zeros([digits.classes]));
  const optimizer = tf.train.sgd(digits.rate);
  return () => {
    for (let from = 0; from < digits.images; from += digits.batch) {
      tf.tidy(() => {
        const x = images.slice([from, 0], [digits.batch, digits.pixels]);
        const t = targets.slice([from, 0], [digits.batch, digits.classes]);
        optimizer.minimize(() => {
          const outputs = x
            .matMul(w1 as tf.Tensor2D)
            .add(b1)
            .relu()
            .matMul(w2 as tf.Tensor2D)
            .add(b2)
            .sigmoid();
          return outputs.sub(t).square().mean<tf.Scalar>();
        });
      });
    }
    w1.dataSync();
  };
}

/** The derivatives written out, transposes made explicitly, each batch uploaded from the host. */
export function tunedEpoch(): () => void {
  const batches = hostBatches();
  let w1: tf.Tensor2D = tf.randomNormal([digits.pixels, digits.hidden], 0, 0.03);
  let b1: tf.Tensor = tf.zeros([digits.hidden]);
  let w2: tf.Tensor2D = tf.randomNormal([digits.hidden, digits.classes], 0, 0.1);
  let b2: tf.Tensor = tf.zeros([digits.classes]);
  const { batch, pixels, classes, rate } = digits;
  return () => {
    for (const { images, targets } of batches) {
      const old: tf.Tensor[] = [w1, b1, w2, b2];
      [w1, b1, w2, b2] = tf.tidy(() => {
        const x = tf.tensor2d(images, [batch, pixels]);
        const t = tf.tensor2d(targets, [batch, classes]);
        const h = tf.relu<tf.Tensor2D>(tf.add(tf.matMul(x, w1), b1));
        const y = tf.sigmoid(tf.add(tf.matMul(h, w2), b2));
        const dz: tf.Tensor2D = tf.mul(tf.mul(tf.sub(y, t), 2 / (batch * classes)), tf.mul(y, tf.sub(1, y)));
        const dh: tf.Tensor2D = tf.mul(tf.matMul(dz, tf.transpose(w2)), tf.step(h));
        const stepped = (p: tf.Tensor, g: tf.Tensor): tf.Tensor => tf.sub(p, tf.mul(g, rate));
        return [
          stepped(w1, tf.matMul(tf.transpose(x), dh)),
          stepped(b1, tf.sum(dh, 0)),
          stepped(w2, tf.matMul(tf.transpose(h), dz)),
          stepped(b2, tf.sum(dz, 0)),
        ] as [tf.Tensor2D, tf.Tensor, tf.Tensor2D, tf.Tensor];
      });
      tf.dispose(old);
    }
    w1.dataSync();
  };
}

export function tfProduct(n: number, times: number): () => void {
  const [a, b] = [tf.randomNormal<tf.Rank.R2>([n, n]), tf.randomNormal<tf.Rank.R2>([n, n])];
  return repeated(times, () => tf.matMul(a, b));
}

export function tfAddition(n: number, times: number): () => void {
  const [a, b] = [tf.randomNormal([n, n]), tf.randomNormal([n, n])];
  return repeated(times, () => tf.add(a, b));
}

export function tfSoftmax(times: number): () => void {
  const x = tf.randomNormal([128, 128]);
  return repeated(times, () => tf.softmax(x));
}

/** `op` so many times; the last result is fetched, so that nothing is still under way. */
export function repeated(times: number, op: () => tf.Tensor): () => void {
  return () => {
    for (let i = 0; i < times; i++) {
      const y = op();
      if (i === times - 1) y.dataSync();
      y.dispose();
    }
  };
}
