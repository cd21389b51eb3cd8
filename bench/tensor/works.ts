/** Every kind of work that is measured: how ours, PyTorch and TensorFlow.js do it, and what the project promises. */
import { documentedEpoch, tfAddition, tfProduct, tfSoftmax, tunedEpoch } from './tfjs';
import { tfAttentionBothWays, tfEncoderStep, tfLayerNormRows } from './tfjsLayers';
import {
  addition,
  attentionBothWays,
  digitsEpoch,
  encoderStep,
  layerNormRows,
  product,
  softmaxRows,
} from './workloads';

/** TensorFlow.js's way of a work; `limit` is the largest ratio to its WebAssembly backend that is promised. */
export interface TfWay {
  readonly style: 'as documented' | 'tuned';
  readonly make: () => () => void;
  readonly limit?: number;
}

export interface Work {
  readonly name: string;
  readonly ours: () => () => void;
  /** What pytorch.py is asked for. */
  readonly torch: string;
  readonly tfjs: readonly TfWay[];
  /** Operations in one run. */
  readonly times: number;
  readonly unit: 'ms' | 'µs';
  readonly rounds: number;
  readonly limits?: { readonly one?: number; readonly two?: number; readonly microseconds?: number };
}

const documented = (make: () => () => void): readonly TfWay[] => [{ style: 'as documented', make }];

export const works: readonly Work[] = [
  {
    name: 'digits epoch',
    ours: digitsEpoch,
    torch: 'digits 0 1',
    tfjs: [...documented(documentedEpoch), { style: 'tuned', make: tunedEpoch, limit: 0.5 }],
    times: 1,
    unit: 'ms',
    rounds: 12,
    limits: { one: 2, two: 0.95 },
  },
  {
    name: 'encoder step',
    ours: encoderStep,
    torch: 'encoder 0 1',
    tfjs: documented(tfEncoderStep),
    times: 1,
    unit: 'ms',
    rounds: 12,
    limits: { one: 2.2, two: 1 },
  },
  ...[16, 64, 128, 256, 512, 1024].map((n): Work => {
    const times = Math.max(1, Math.round(2e7 / (2 * n ** 3)));
    return {
      name: `matmul ${n}`,
      ours: () => product(n, times),
      torch: `matmul ${n} ${times}`,
      tfjs: documented(() => tfProduct(n, times)),
      times,
      unit: 'µs',
      rounds: 12,
      ...(n === 64 ? { limits: { microseconds: 15 } } : {}),
    };
  }),
  {
    name: 'add 64×64',
    ours: () => addition(64, 500),
    torch: 'add 64 500',
    tfjs: documented(() => tfAddition(64, 500)),
    times: 500,
    unit: 'µs',
    rounds: 20,
    limits: { microseconds: 1 },
  },
  {
    name: 'softmax 128×128',
    ours: () => softmaxRows(100),
    torch: 'softmax 0 100',
    tfjs: documented(() => tfSoftmax(100)),
    times: 100,
    unit: 'µs',
    rounds: 12,
  },
  {
    name: 'layer norm 128×64',
    ours: () => layerNormRows(100),
    torch: 'layer-norm 0 100',
    tfjs: documented(() => tfLayerNormRows(100)),
    times: 100,
    unit: 'µs',
    rounds: 12,
  },
  {
    name: 'attention both ways',
    ours: () => attentionBothWays(10),
    torch: 'attention 0 10',
    tfjs: documented(() => tfAttentionBothWays(10)),
    times: 10,
    unit: 'µs',
    rounds: 12,
  },
];
