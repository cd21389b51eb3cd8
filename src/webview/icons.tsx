/** The pages' icons, drawn in the current colour. Each goes with a word, so none of them is announced. */
import type { JSX } from 'preact';
import type { IconName, Label } from './words';

const drawings: Readonly<Record<IconName, JSX.Element>> = {
  pass: (
    <>
      <circle cx="8" cy="8" r="6.25" />
      <path d="m5.2 8.2 2 2 3.7-4.2" />
    </>
  ),
  fail: (
    <>
      <circle cx="8" cy="8" r="6.25" />
      <path d="m5.8 5.8 4.4 4.4m0-4.4-4.4 4.4" />
    </>
  ),
  error: (
    <>
      <path d="M8 1.9 14.6 13.6H1.4Z" />
      <path d="M8 6.2v3.6M8 11.4v.6" />
    </>
  ),
  todo: <circle cx="8" cy="8" r="6.25" />,
  half: (
    <>
      <circle cx="8" cy="8" r="6.25" />
      <path d="M8 3.6a4.4 4.4 0 0 1 0 8.8Z" class="filled" />
    </>
  ),
  changed: (
    <>
      <circle cx="8" cy="8" r="6.25" stroke-dasharray="3.2 2.2" />
      <path d="m5.2 8.2 2 2 3.7-4.2" />
    </>
  ),
  clock: (
    <>
      <circle cx="8" cy="8" r="6.25" />
      <path d="M8 4.4V8l2.4 1.6" />
    </>
  ),
  memory: (
    <>
      <rect x="3.5" y="3.5" width="9" height="9" rx="1" />
      <path d="M6 3.5V1.2M10 3.5V1.2M6 14.8v-2.3M10 14.8v-2.3M3.5 6H1.2M3.5 10H1.2M14.8 6h-2.3M14.8 10h-2.3M6.3 6.3h3.4v3.4H6.3z" />
    </>
  ),
  cancelled: (
    <>
      <circle cx="8" cy="8" r="6.25" />
      <path d="m3.8 12.2 8.4-8.4" />
    </>
  ),
  skipped: (
    <>
      <circle cx="8" cy="8" r="6.25" />
      <path d="M5 8h6" />
    </>
  ),
  broken: (
    <>
      <rect x="1.8" y="2.6" width="12.4" height="8.4" rx="1" />
      <path d="M5.4 13.6h5.2M8 11v2.6M8 4.6v2.6M8 8.7v.5" />
    </>
  ),
  paused: (
    <>
      <circle cx="8" cy="8" r="6.25" />
      <path d="M6.4 5.6v4.8M9.6 5.6v4.8" />
    </>
  ),
  stopped: (
    <>
      <circle cx="8" cy="8" r="6.25" />
      <rect x="5.8" y="5.8" width="4.4" height="4.4" class="filled" />
    </>
  ),
  running: <path d="M8 1.75A6.25 6.25 0 1 1 1.75 8" class="spinner" />,
};

export function Icon({ name }: { readonly name: IconName }): JSX.Element {
  return (
    <svg class={`icon icon-${name}`} viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      {drawings[name]}
    </svg>
  );
}

/** Icon and word together, in the tone that goes with them. */
export function Badge({ label }: { readonly label: Label }): JSX.Element {
  return (
    <span class={`badge tone-${label.tone}`}>
      <Icon name={label.icon} />
      <span class="word">{label.word}</span>
    </span>
  );
}
