/** How far a run is, where it is known how far it goes. */
import type { JSX } from 'preact';
import type { RunProgress } from '../../labProtocol';
import { t } from '../../l10n';

export function ProgressBar({
  progress: { status, step, of },
  name,
}: {
  readonly progress: RunProgress;
  readonly name: string;
}): JSX.Element | null {
  if (of === undefined || of <= 0) {
    return null;
  }
  const share = Math.min(1, step / of);
  return (
    <div
      class={`progress ${status.kind}`}
      role="progressbar"
      aria-label={t('Progress of {0}', name)}
      aria-valuemin={0}
      aria-valuemax={of}
      aria-valuenow={step}
    >
      <span style={{ width: `${share * 100}%` }} />
    </div>
  );
}
