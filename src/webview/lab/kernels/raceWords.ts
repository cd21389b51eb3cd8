/** How the race names its backends, its renderer and its findings. */
import { t } from '../../l10n';
import { durationInWords } from '../../words';
import { figure } from '../ticks';
import { crossing, type Times } from './crossing';
import type { RaceMode } from './workerMessages';

export const modeNames: Readonly<Record<RaceMode, string>> = {
  cpu: 'JavaScript',
  webasm: 'WebAssembly SIMD',
  webgl2: 'WebGL2',
  webgpu: 'WebGPU',
};

export const raceModes: readonly RaceMode[] = ['cpu', 'webasm', 'webgl2', 'webgpu'];

/** Whether a renderer's name is that of a program that stands in for a GPU. */
export function isSoftware(renderer: string): boolean {
  return /swiftshader|llvmpipe|softpipe|software|basic render|lavapipe/i.test(renderer);
}

/** `0.084 ms`, `12 ms`, `1.4 s`. */
export function launchTime(ms: number): string {
  if (ms < 0.0025) {
    return t('under 0.0025 ms');
  }
  return ms < 10 ? t('{0} ms', figure(Number(ms.toPrecision(2)))) : durationInWords(ms);
}

/** How many times the speed of the plain JavaScript: `3.2×`, `0.4×`. */
export function speed(ms: number, cpuMs: number): string {
  return `${figure(Number(ratioOf(ms, cpuMs).toPrecision(2)))}×`;
}

interface Compared {
  readonly size: number;
  readonly ms: number;
  /** The backend that it is held against, and its time. */
  readonly than: RaceMode;
  readonly thanMs: number;
}

/** `At 512 it is 3.2 times as fast as JavaScript.`, `… 2.5 times as slow as …`. */
export function speedInWords({ size, ms, than, thanMs }: Compared): string {
  const ratio = ratioOf(ms, thanMs);
  return ratio >= 1
    ? t('At {0} it is {1} times as fast as {2}.', size, figure(Number(ratio.toPrecision(2))), modeNames[than])
    : t('At {0} it is {1} times as slow as {2}.', size, figure(Number((1 / ratio).toPrecision(2))), modeNames[than]);
}

const ratioOf = (ms: number, cpuMs: number): number => Math.max(cpuMs, 0.0025) / Math.max(ms, 0.0025);

interface Pair {
  readonly mode: RaceMode;
  readonly times: Times;
  readonly against: RaceMode;
  readonly others: Times;
  readonly sizeLabel: string;
}

/** From which size on a backend is the faster one, in a sentence; undefined where nothing can be said. */
export function crossingInWords({ mode, times, against, others, sizeLabel }: Pair): string | undefined {
  const found = crossing(times, others);
  const [a, b] = [modeNames[mode], modeNames[against]];
  switch (found.kind) {
    case 'unknown':
      return undefined;
    case 'always':
      return t('{0} is faster than {1} at every size that both were timed at.', a, b);
    case 'never':
      return t('{0} is not faster than {1} at the largest size that both were timed at.', a, b);
    case 'at':
      return t(
        '{0} is faster than {1} from about {2} on ({3}).',
        a,
        b,
        figure(Number(found.size.toPrecision(2))),
        sizeLabel,
      );
    default:
      return found satisfies never;
  }
}
