/** The backends that take part: on what they ran, and why one does not. */
import type { JSX } from 'preact';
import { Icon } from '../../icons';
import { t } from '../../l10n';
import { dashOf } from '../curves/chartLines';
import { Swatch } from '../Swatch';
import type { BackendState } from './race';
import { isSoftware, modeNames } from './raceWords';

export function BackendList({ backends }: { readonly backends: readonly BackendState[] }): JSX.Element {
  return (
    <ul class="backends">
      {backends.map(({ mode, machine, unavailable }, place) => (
        <li key={mode} class={unavailable === undefined ? '' : 'absent'}>
          <Swatch hue={place} dash={dashOf(place)} width={2} />
          <strong>{modeNames[mode]}</strong>
          {unavailable === undefined ? null : <span>{t('not here. {0}', unavailable)}</span>}
          {machine?.renderer === undefined ? null : <span>{machine.renderer}</span>}
          {machine?.renderer !== undefined && isSoftware(machine.renderer) ? (
            <span class="software">
              <Icon name="error" /> {t('A program that stands in for a GPU: its times say nothing about one.')}
            </span>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
