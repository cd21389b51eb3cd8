/** Every attempt of a race as a table: the numbers behind its chart, and what was not launched, with the reason. */
import type { JSX } from 'preact';
import type { KernelField } from '../../labProtocol';
import { t } from '../../l10n';
import { figure } from '../ticks';
import type { Attempt, BackendState, RaceState } from './race';
import type { TimedAttempt } from './raceFindings';
import { launchTime, modeNames, speed } from './raceWords';

interface RaceTableProps {
  readonly state: RaceState;
  readonly kernel: KernelField;
}

export function RaceTable({ state, kernel }: RaceTableProps): JSX.Element {
  const present = state.backends.filter(({ unavailable }) => unavailable === undefined);
  const rows = kernel.launches.flatMap(({ size }) => {
    const tried = present.filter(({ attempts }) => attempts.has(size));
    return tried.map((backend, index) => ({ size, backend, spans: index === 0 ? tried.length : 0 }));
  });
  return (
    <div class="wide-table race-table" tabIndex={0} role="group" aria-label={t('{0}, table', kernel.title)}>
      <table>
        <caption class="unseen">{kernel.title}</caption>
        <thead>
          <tr>
            <th scope="col">{t('size')}</th>
            <th scope="col" class="words">
              {t('backend')}
            </th>
            <th scope="col">{t('a launch')}</th>
            <th scope="col">{t('speed')}</th>
            <th scope="col">{t('largest difference')}</th>
            <th scope="col">{t('to compile')}</th>
            <th scope="col" class="words">
              {t('ran as')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ size, backend, spans }) => (
            <tr key={`${size} ${backend.mode}`}>
              {spans === 0 ? null : (
                <th scope="row" rowSpan={spans}>
                  {figure(size)}
                </th>
              )}
              <td class="words">{modeNames[backend.mode]}</td>
              <AttemptCells attempt={backend.attempts.get(size)} plain={timedAt(state.backends[0], size)} />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface AttemptCellsProps {
  readonly attempt: Attempt | undefined;
  /** The plain JavaScript at this size, where it was timed. */
  readonly plain: TimedAttempt | undefined;
}

function AttemptCells({ attempt, plain }: AttemptCellsProps): JSX.Element | null {
  if (attempt === undefined) {
    return null;
  }
  if (attempt.kind !== 'timed') {
    return (
      <td class={`words ${attempt.kind}`} colSpan={5}>
        {attempt.sentence}
      </td>
    );
  }
  const { against } = attempt;
  return (
    <>
      <td title={attempt.launches === 1 ? t('a single timing') : t('median of {0} timings', attempt.launches)}>
        {launchTime(attempt.medianMs)}
      </td>
      <td>{plain === undefined ? '–' : plain === attempt ? '1×' : speed(attempt.medianMs, plain.medianMs)}</td>
      <td class={against?.agrees === false ? 'apart' : ''}>
        {against === undefined ? t('held against') : differenceInWords(against)}
      </td>
      <td>{launchTime(attempt.compileMs)}</td>
      <td class="words">
        {attempt.kernelClass}
        {attempt.fallbackReason === null ? '' : `: ${attempt.fallbackReason}`}
      </td>
    </>
  );
}

type Against = NonNullable<TimedAttempt['against']>;

/** `1.2·10⁻⁷`, and where it is not so: to which backend, and that it is too much. */
function differenceInWords({ maxDifference, mode, agrees }: Against): string {
  const difference = figure(maxDifference);
  if (mode === 'cpu') {
    return agrees ? difference : t('{0} ✗ differs', difference);
  }
  return agrees
    ? t('{0} (to {1})', difference, modeNames[mode])
    : t('{0} (to {1}) ✗ differs', difference, modeNames[mode]);
}

function timedAt(backend: BackendState | undefined, size: number): TimedAttempt | undefined {
  const attempt = backend?.attempts.get(size);
  return attempt?.kind === 'timed' ? attempt : undefined;
}
