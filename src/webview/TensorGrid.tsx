/**
 * A tensor as tables of numbers with their indices, and any other value as text. A cell that matters is marked in the
 * table by line and sign as well as by colour: a wrong number is underlined and hatched, the worst one framed.
 */
import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { TensorView, ValueView } from '../harness/report';
import { t } from './l10n';
import { indexInWords, layOut, shapeInWords } from './tensorLayout';
import { grouped } from './words';

export interface Marks {
  /** Row-major positions outside the tolerance. */
  readonly wrong: ReadonlySet<number>;
  /** Row-major position of the worst cell. */
  readonly worst: number | undefined;
  /** What a screen reader says of a marked cell. */
  readonly word: string;
}

interface GridProps {
  readonly view: TensorView;
  /** What the numbers are, for the caption: `expected`, `yours`, `x`. */
  readonly name: string;
  readonly marks?: Marks;
  /** Leaves the shape out of the caption, where it has just been said. */
  readonly bare?: boolean;
}

export function TensorGrid({ view, name, marks, bare = false }: GridProps): JSX.Element {
  const layout = layOut(view);
  const scroller = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (scroller.current !== null) {
      showWorst(scroller.current);
    }
  }, [marks?.worst]);
  return (
    <figure class="tensor">
      <figcaption>
        <span class="name">{name}</span>
        {bare ? null : <span class="shape">{shapeInWords(view.shape)}</span>}
        {view.dtype === 'float64' ? <span class="dtype">{view.dtype}</span> : null}
      </figcaption>
      {layout.slices.length === 0 ? <p class="note">{t('No numbers: one of its axes has length 0.')}</p> : null}
      <div class="slices" ref={scroller}>
        {layout.slices.map((slice) => (
          <div class="slice" key={slice.label}>
            {slice.label === '' ? null : <div class="slice-label">{slice.label}</div>}
            <table class="grid" aria-label={`${name} ${slice.label}`.trim()}>
              {layout.columns === 0 ? null : (
                <thead>
                  <tr>
                    {view.shape.length < 2 ? null : <td />}
                    {Array.from({ length: layout.columns }, (_, column) => (
                      <th scope="col" key={column}>
                        {column}
                      </th>
                    ))}
                  </tr>
                </thead>
              )}
              <tbody>
                {slice.rows.map((row) => (
                  <tr key={row.index ?? 0}>
                    {row.index === undefined ? null : <th scope="row">{row.index}</th>}
                    {row.cells.map((cell) => (
                      <td key={cell.position} class={classOf(cell.position, marks)} title={indexInWords(cell.index)}>
                        <span class="number">{cell.text}</span>
                        {signOf(cell.position, marks)}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        ))}
      </div>
      {view.omitted > 0 ? <p class="note">{omittedInWords(view.omitted)}</p> : null}
    </figure>
  );
}

function omittedInWords(count: number): string {
  return count === 1 ? t('… and 1 more number not shown.') : t('… and {0} more numbers not shown.', grouped(count));
}

/** Scrolls a tensor that is larger than its box so that its worst cell is in sight; the page itself stays where it is. */
function showWorst(scroller: HTMLElement): void {
  const cell = scroller.querySelector('.worst')?.getBoundingClientRect();
  const box = scroller.getBoundingClientRect();
  if (cell !== undefined && (cell.bottom > box.bottom || cell.right > box.right)) {
    scroller.scrollTo(cell.right - box.left - box.width / 2, cell.bottom - box.top - box.height / 2);
  }
}

function classOf(position: number, marks: Marks | undefined): string {
  return [
    'cell',
    ...(marks?.wrong.has(position) === true ? ['wrong'] : []),
    ...(marks?.worst === position ? ['worst'] : []),
  ].join(' ');
}

function signOf(position: number, marks: Marks | undefined): JSX.Element | null {
  if (marks?.worst === position) {
    return (
      <>
        <span class="sign" aria-hidden="true">
          ◂
        </span>
        <span class="unseen"> {t('(farthest off)')}</span>
      </>
    );
  }
  return marks?.wrong.has(position) === true ? <span class="unseen"> ({marks.word})</span> : null;
}

/** Any value: a tensor as a grid, everything else as it was printed. */
export function Value({ value, name }: { readonly value: ValueView; readonly name: string }): JSX.Element {
  if (value.kind === 'tensor') {
    return <TensorGrid view={value} name={name} />;
  }
  return (
    <figure class="text-value">
      <figcaption>
        <span class="name">{name}</span>
      </figcaption>
      <pre>{value.text}</pre>
    </figure>
  );
}
