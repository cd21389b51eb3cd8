/** How the page names the states of a run, its settings, and the time that is left, in words. */
import type { RunProgress, RunStatus, SettingField, SettingsGiven } from '../../labProtocol';
import { t } from '../../l10n';
import type { Label } from '../../words';
import { figure } from '../ticks';

export function statusLabel(status: RunStatus): Label {
  switch (status.kind) {
    case 'running':
      return { icon: 'running', word: t('Running'), tone: 'good' };
    case 'pausing':
      return { icon: 'paused', word: t('Pausing after this step'), tone: 'quiet' };
    case 'paused':
      return { icon: 'paused', word: t('Paused'), tone: 'quiet' };
    case 'finished':
      return { icon: 'pass', word: t('Finished'), tone: 'good' };
    case 'stopped':
      return { icon: 'stopped', word: t('Stopped'), tone: 'quiet' };
    case 'interrupted':
      return { icon: 'changed', word: t('Interrupted'), tone: 'warn' };
    case 'catchingUp':
      return { icon: 'running', word: t('Catching up to step {0}', counting(status.toStep)), tone: 'quiet' };
    case 'failed':
      return { icon: 'error', word: t('Failed'), tone: 'bad' };
    default:
      return status satisfies never;
  }
}

/** What can be done with a run as it stands. */
export function controlsOf(status: RunStatus): {
  readonly pause: boolean;
  readonly resume: boolean;
  readonly stop: boolean;
} {
  const going = status.kind === 'running' || status.kind === 'catchingUp';
  const resting = status.kind === 'paused' || status.kind === 'interrupted';
  return { pause: going, resume: resting, stop: going || resting || status.kind === 'pausing' };
}

const counting = (count: number): string => Math.round(count).toLocaleString('en');

/** `step 1,200 of 6,000 · 198 steps a second · about 24 s left`. */
export function progressInWords({ status, step, of, stepsPerSecond, secondsLeft }: RunProgress): string {
  const moves = status.kind === 'running' || status.kind === 'catchingUp';
  return [
    of === undefined ? t('step {0}', counting(step)) : t('step {0} of {1}', counting(step), counting(of)),
    ...(moves && stepsPerSecond !== undefined ? [speedInWords(stepsPerSecond)] : []),
    ...(moves && secondsLeft !== undefined ? [t('{0} left', timeInWords(secondsLeft))] : []),
  ].join(' · ');
}

function speedInWords(speed: number): string {
  const rounded = speed >= 10 ? counting(speed) : String(Number(speed.toPrecision(2)));
  return rounded === '1' ? t('1 step a second') : t('{0} steps a second', rounded);
}

/** A time as one would say it: `under a second`, `about 24 s`, `about 3 min`, `about 1 h 20 min`. */
export function timeInWords(seconds: number): string {
  if (seconds < 1) {
    return t('under a second');
  }
  if (seconds < 90) {
    return t('about {0} s', Math.round(seconds));
  }
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? t('about {0} min', minutes) : t('about {0} h {1} min', Math.floor(minutes / 60), minutes % 60);
}

/** `hidden units 128, learning rate 0.5, seed 7`. */
export function settingsInWords(
  fields: readonly SettingField[],
  { settings, seed }: { readonly settings: SettingsGiven; readonly seed: number },
): string {
  const named = Object.entries(settings).map(([name, value]) => {
    const label = fields.find((field) => field.name === name)?.label ?? name;
    return `${label.charAt(0).toLowerCase()}${label.slice(1)} ${typeof value === 'number' ? figure(value) : value}`;
  });
  return [...named, t('seed {0}', seed)].join(', ');
}
