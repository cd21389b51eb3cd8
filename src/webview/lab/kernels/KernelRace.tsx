/** One kernel's race: started and ended by hand, drawn while it goes. */
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { FromLab, KernelField } from '../../labProtocol';
import { t } from '../../l10n';
import { paintPlot } from '../paintPlot';
import { picture } from '../picture';
import { PlotSvg } from '../PlotSvg';
import { BackendList } from './BackendList';
import { Race, type RaceState } from './race';
import { findingsOf, raceSpec } from './raceFindings';
import { RaceTable } from './RaceTable';
import { modeNames } from './raceWords';
import { workerScript } from './workerScript';

interface KernelRaceProps {
  readonly kernel: KernelField;
  readonly exercise: string;
  readonly post: (message: FromLab) => void;
}

export function KernelRace({ kernel, exercise, post }: KernelRaceProps): JSX.Element {
  const [state, setState] = useState<RaceState>();
  const [trouble, setTrouble] = useState<string>();
  const [going, setGoing] = useState(false);
  const race = useRef<Race>(undefined);
  useEffect(() => {
    const end = (): void => race.current?.end();
    window.addEventListener('pagehide', end);
    return () => {
      window.removeEventListener('pagehide', end);
      end();
    };
  }, []);

  const start = async (): Promise<void> => {
    setTrouble(undefined);
    setState(undefined);
    setGoing(true);
    try {
      const made = new Race({
        kernel,
        script: await workerScript(),
        show: setState,
        tell: (sentence) => post({ type: 'problem', sentence: `${kernel.title}: ${sentence}` }),
      });
      race.current = made;
      await made.run();
    } catch (error) {
      setTrouble(error instanceof Error ? error.message : String(error));
    } finally {
      setGoing(false);
    }
  };
  const save = async (): Promise<void> => {
    if (state !== undefined) {
      const png = await picture({
        title: kernel.title,
        lines: [...findingsOf(state, kernel)],
        parts: [{ title: t('Milliseconds for a launch'), canvas: paintPlot(raceSpec(state, kernel)) }],
      });
      post({ type: 'exportPng', name: `${exercise.replaceAll('/', '-')}-${kernel.name}-race`, png });
    }
  };

  const id = `race-${kernel.name}`;
  const spec = state === undefined ? undefined : raceSpec(state, kernel);
  const hasTimes = spec?.series.some(({ points }) => points.length > 0) === true;
  const findings = state === undefined ? [] : findingsOf(state, kernel);
  return (
    <section class="race" aria-labelledby={id}>
      <div class="section-head">
        <h2 id={id}>{kernel.title}</h2>
        {going ? (
          <button type="button" class="secondary" onClick={() => race.current?.end()}>
            {t('Stop')}
          </button>
        ) : (
          <button type="button" class="primary" onClick={() => void start()}>
            {state === undefined ? t('Race') : t('Race again')}
          </button>
        )}
        {hasTimes && !going ? (
          <button type="button" class="link" onClick={() => void save()}>
            {t('Save as picture')}
          </button>
        ) : null}
      </div>
      <p class="note race-status" role="status">
        {statusOf({ state, going, kernel })}
      </p>
      {trouble === undefined ? null : <p class="race-trouble">{trouble}</p>}
      {state === undefined || spec === undefined ? null : (
        <>
          <BackendList backends={state.backends} />
          {findings.length === 0 || going ? null : (
            <ul class="findings">
              {findings.map((finding) => (
                <li key={finding}>{finding}</li>
              ))}
            </ul>
          )}
          <div class="race-results">
            {hasTimes ? (
              <figure class="race-chart">
                <figcaption>
                  <h3>{t('Milliseconds for a launch')}</h3>
                </figcaption>
                <PlotSvg spec={spec} title={kernel.title} />
              </figure>
            ) : null}
            <RaceTable state={state} kernel={kernel} />
          </div>
        </>
      )}
    </section>
  );
}

interface Standing {
  readonly state: RaceState | undefined;
  readonly going: boolean;
  readonly kernel: KernelField;
}

function statusOf({ state, going, kernel }: Standing): string {
  if (going) {
    const at = state?.at;
    return at === undefined ? t('Opening the backends …') : t('Timing {0} at {1} …', modeNames[at.mode], at.size);
  }
  const sizes = kernel.launches.map(({ size }) => size).join(', ');
  return state === undefined
    ? t('Sizes {0}: {1}.', sizes, kernel.sizeLabel)
    : t('The race is over. Sizes {0}: {1}.', sizes, kernel.sizeLabel);
}
