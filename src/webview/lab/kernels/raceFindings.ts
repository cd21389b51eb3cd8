/** What a race found, as a plot and in sentences. */
import type { KernelField } from '../../labProtocol';
import { t } from '../../l10n';
import type { PlotSpec } from '../plotGeometry';
import { figure } from '../ticks';
import type { Times } from './crossing';
import type { Attempt, BackendState, RaceState } from './race';
import { crossingInWords, isSoftware, modeNames, speedInWords } from './raceWords';

export type TimedAttempt = Extract<Attempt, { kind: 'timed' }>;

export function timesOf({ attempts }: BackendState): Times {
  return [...attempts].flatMap(([size, attempt]) =>
    attempt.kind === 'timed' ? [[size, attempt.medianMs] as const] : [],
  );
}

/** Time against size, both logarithmic; each backend keeps its line's place, whether it has times yet or not. */
export function raceSpec({ backends }: RaceState, kernel: KernelField): PlotSpec {
  return {
    xLabel: kernel.sizeLabel,
    yLabel: t('milliseconds'),
    logX: true,
    logY: true,
    series: backends.map((backend) => ({
      name: modeNames[backend.mode],
      // A launch that the clock could not tell from none is drawn at the clock's limit.
      points: timesOf(backend).map(([size, ms]) => [size, Math.max(ms, 0.0025)] as const),
    })),
  };
}

/** Agreement, crossing and speed-up, a sentence each. */
export function findingsOf(state: RaceState, kernel: KernelField): readonly string[] {
  return [...agreementOf(state), ...state.backends.flatMap((backend) => against(backend, { state, kernel }))];
}

function agreementOf({ backends }: RaceState): readonly string[] {
  const compared = backends.flatMap(({ mode, attempts }) =>
    [...attempts].flatMap(([size, attempt]) =>
      attempt.kind === 'timed' && attempt.against !== undefined
        ? [{ mode, size, agrees: attempt.against.agrees, maxDifference: attempt.against.maxDifference }]
        : [],
    ),
  );
  if (compared.length === 0) {
    return [];
  }
  const apart = compared.filter(({ agrees }) => !agrees);
  const largest = Math.max(...compared.map(({ maxDifference }) => maxDifference));
  return apart.length === 0
    ? [t('All agree: the largest difference between two of them is {0}.', figure(largest))]
    : backends
        .filter(({ mode }) => apart.some((each) => each.mode === mode))
        .map(({ mode }) => {
          const sizes = apart.filter((each) => each.mode === mode).map(({ size }) => size);
          return t('{0} gives other numbers at {1}.', modeNames[mode], sizes.join(', '));
        });
}

interface Race {
  readonly state: RaceState;
  readonly kernel: KernelField;
}

function against(backend: BackendState, { state, kernel }: Race): readonly string[] {
  const [plain] = state.backends;
  if (plain === undefined || backend.mode === plain.mode) {
    return [];
  }
  const times = timesOf(backend);
  const others = timesOf(plain);
  const found = crossingInWords({
    mode: backend.mode,
    times,
    against: plain.mode,
    others,
    sizeLabel: kernel.sizeLabel,
  });
  const last = times.findLast(([size]) => others.some(([at]) => at === size));
  const other = others.find(([size]) => size === last?.[0]);
  if (found === undefined || last === undefined || other === undefined) {
    return [];
  }
  const software = backend.machine?.renderer !== undefined && isSoftware(backend.machine.renderer);
  const sentences = [found, speedInWords({ size: last[0], ms: last[1], than: plain.mode, thanMs: other[1] })];
  if (software) {
    sentences.push(t('That is a program in the place of a GPU: a real one would be another matter.'));
  }
  return [sentences.join(' ')];
}
