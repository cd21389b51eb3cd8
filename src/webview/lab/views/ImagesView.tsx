/**
 * A grid of small pictures. One of them is looked at: larger, with its numbers on demand. The arrow keys move through the
 * grid, which is one stop of the Tab key.
 */
import type { JSX } from 'preact';
import { useMemo, useRef, useState } from 'preact/hooks';
import type { RunViewData } from '../../labProtocol';
import { t } from '../../l10n';
import { PixelImage, usePalette } from '../PixelImage';
import { figure } from '../ticks';

type Images = Extract<RunViewData, { kind: 'images' }>;

interface Picture {
  readonly values: Float32Array;
  /** As painted: from 0 (or −1) to 1. */
  readonly scaled: Float32Array;
  readonly label: string;
}

export function ImagesView({ view }: { readonly view: Images }): JSX.Element {
  const [, height = 0, width = 0] = view.images.shape;
  const signed = view.signed === true;
  const { pictures, extent } = useMemo(() => picturesOf(view), [view]);
  const [chosen, setChosen] = useState<number>();
  const grid = useRef<HTMLDivElement>(null);
  const palette = usePalette(signed);
  const looked = chosen === undefined ? undefined : pictures[chosen];

  const move = (event: KeyboardEvent): void => {
    const buttons = [...(grid.current?.querySelectorAll<HTMLElement>('button') ?? [])];
    const now = buttons.findIndex((button) => button === document.activeElement);
    const perRow = Math.max(1, buttons.filter(({ offsetTop }) => offsetTop === buttons[0]?.offsetTop).length);
    const next = targetOf(event.key, { now, perRow, last: buttons.length - 1 });
    if (next !== undefined) {
      event.preventDefault();
      buttons[next]?.focus();
      setChosen(next);
    }
  };

  return (
    <>
      <div class="image-grid" ref={grid} role="group" aria-label={view.title} onKeyDown={move}>
        {pictures.map((picture, index) => (
          <button
            type="button"
            key={index}
            class="image"
            tabIndex={index === (chosen ?? 0) ? 0 : -1}
            aria-pressed={index === chosen}
            aria-label={inWords(picture)}
            onClick={() => setChosen(index === chosen ? undefined : index)}
          >
            <PixelImage width={width} height={height} values={picture.scaled} palette={palette} />
            {view.labels === undefined ? null : <span class="image-label">{picture.label}</span>}
          </button>
        ))}
      </div>
      {signed ? <SignedLegend extent={extent} /> : null}
      {looked === undefined ? null : (
        <div class="image-looked">
          <PixelImage
            width={width}
            height={height}
            values={looked.scaled}
            palette={palette}
            label={t('{0}, larger', inWords(looked))}
          />
          <div>
            <p>{inWords(looked)}</p>
            <details class="numbers">
              <summary>{t('Numbers')}</summary>
              <PixelNumbers width={width} height={height} values={looked.values} label={looked.label} />
            </details>
          </div>
        </div>
      )}
    </>
  );
}

function picturesOf(view: Images): { readonly pictures: readonly Picture[]; readonly extent: number } {
  const [count = 0, height = 0, width = 0] = view.images.shape;
  const { data } = view.images;
  const signed = view.signed === true;
  const largest = data.reduce((most, value) => (Number.isFinite(value) ? Math.max(most, Math.abs(value)) : most), 0);
  // Grey pictures from 0 to 1 are what they are; a larger extent is brought to 1.
  const extent = signed ? largest || 1 : Math.max(1, largest);
  const pictures = Array.from({ length: count }, (_, index) => {
    const values = data.subarray(index * height * width, (index + 1) * height * width);
    const scaled = values.map((value) => (signed ? value : Math.max(0, value)) / extent);
    return { values, scaled, label: view.labels?.[index] ?? String(index) };
  });
  return { pictures, extent };
}

function inWords({ values, label }: Picture): string {
  let smallest = Number.POSITIVE_INFINITY;
  let largest = Number.NEGATIVE_INFINITY;
  let sum = 0;
  for (const value of values) {
    smallest = Math.min(smallest, value);
    largest = Math.max(largest, value);
    sum += value;
  }
  const mean = sum / (values.length || 1);
  return t('{0}: from {1} to {2}, mean {3}', label, figure(smallest), figure(largest), figure(mean));
}

interface Moving {
  readonly now: number;
  readonly perRow: number;
  readonly last: number;
}

function targetOf(key: string, { now, perRow, last }: Moving): number | undefined {
  const steps: Readonly<Record<string, number>> = {
    ArrowLeft: -1,
    ArrowRight: 1,
    ArrowUp: -perRow,
    ArrowDown: perRow,
    Home: -now,
    End: last - now,
  };
  const step = Object.hasOwn(steps, key) ? steps[key] : undefined;
  return step === undefined || now < 0 ? undefined : Math.min(last, Math.max(0, now + step));
}

function SignedLegend({ extent }: { readonly extent: number }): JSX.Element {
  return (
    <p class="signed-legend">
      <span>−{figure(extent)}</span>
      <span class="signed-ramp" aria-hidden="true" />
      <span>{figure(extent)}</span>
      <span class="note">{t('orange below zero, blue above')}</span>
    </p>
  );
}

interface PixelNumbersProps {
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array;
  readonly label: string;
}

/** The numbers of a picture as a table with the indices of its rows and columns. */
export function PixelNumbers({ width, height, values, label }: PixelNumbersProps): JSX.Element {
  const columns = Array.from({ length: width }, (_, column) => column);
  return (
    <div class="wide-table" tabIndex={0} role="group" aria-label={t('{0}, numbers', label)}>
      <table>
        <caption class="unseen">{label}</caption>
        <thead>
          <tr>
            <td />
            {columns.map((column) => (
              <th scope="col" key={column}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: height }, (_, row) => (
            <tr key={row}>
              <th scope="row">{row}</th>
              {columns.map((column) => (
                <td key={column}>{figure(Number((values[row * width + column] ?? Number.NaN).toFixed(3)))}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
