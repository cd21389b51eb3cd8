/** The kernels of an exercise, each with a race of its own. */
import type { JSX } from 'preact';
import type { FromLab, LabState } from '../../labProtocol';
import { t } from '../../l10n';
import { KernelRace } from './KernelRace';

export interface KernelsPageProps {
  readonly state: Extract<LabState, { kind: 'kernels' }>;
  readonly post: (message: FromLab) => void;
}

export function KernelsPage({ state, post }: KernelsPageProps): JSX.Element {
  return (
    <div class="races">
      <p class="note races-note">
        {t(
          'Your kernel runs in this window, through GPU.js: as plain JavaScript, as SIMD WebAssembly and on the graphics processor. Times are the median of several launches, with the copies of arguments and results that belong to each.',
        )}
      </p>
      {state.kernels.map((kernel) => (
        <KernelRace key={`${kernel.name} ${kernel.source}`} kernel={kernel} exercise={state.exercise} post={post} />
      ))}
    </div>
  );
}
