/** A piece of a line as a chart draws it, beside its name in HTML. */
import type { JSX } from 'preact';
import { hueVariable } from './theme';

interface SwatchProps {
  readonly hue: number;
  readonly dash: readonly number[];
  readonly width: number;
}

export function Swatch({ hue, dash, width }: SwatchProps): JSX.Element {
  return (
    <svg class="swatch" viewBox="0 0 26 8" width="26" height="8" aria-hidden="true">
      <path
        d="M1 4h24"
        style={{ stroke: `var(${hueVariable(hue)})` }}
        stroke-width={width}
        stroke-dasharray={dash.join(' ')}
      />
    </svg>
  );
}
