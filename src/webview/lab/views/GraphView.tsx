/**
 * How data flowed and what came back: the drawing that the extension made, and below it value and gradient of one node at a
 * time in numbers, so that what an arrow only sums up can be read.
 */
import type { JSX } from 'preact';
import { useId, useState } from 'preact/hooks';
import { TensorGrid } from '../../TensorGrid';
import { t } from '../../l10n';
import type { PageView, TensorData } from '../../labProtocol';
import { figure } from '../ticks';

type Graph = Extract<PageView, { kind: 'graph' }>;

/** Of a tensor, so many numbers are written at most. */
const mostCells = 256;

export function GraphView({ view }: { readonly view: Graph }): JSX.Element {
  const [chosen, setChosen] = useState(0);
  const name = useId();
  const place = Math.min(chosen, Math.max(0, view.nodes.length - 1));
  const node = view.nodes[place];
  return (
    <div class="graph">
      {view.drawing === undefined ? null : <div dangerouslySetInnerHTML={{ __html: view.drawing }} />}
      <p class="note">
        {t(
          'Above an arrow stands the value that goes along it, below it the gradient that comes back. ± is the root of the mean square of all numbers of a tensor.',
        )}
      </p>
      {node === undefined ? null : (
        <>
          <p class="graph-choice">
            <label for={name}>{t('In numbers:')}</label>{' '}
            <select id={name} value={place} onChange={(event) => setChosen(Number(event.currentTarget.value))}>
              {view.nodes.map(({ label }, index) => (
                <option key={index} value={index}>
                  {t('{0}: {1}', index + 1, label)}
                </option>
              ))}
            </select>
          </p>
          <div class="graph-numbers">
            <TensorGrid view={viewOf(node.value)} name={t('Value')} />
            {node.gradient === undefined ? null : <TensorGrid view={viewOf(node.gradient)} name={t('Gradient')} />}
          </div>
        </>
      )}
    </div>
  );
}

function viewOf({ shape, data }: TensorData): Parameters<typeof TensorGrid>[0]['view'] {
  const cells = Array.from(data.subarray(0, mostCells), figure);
  return { kind: 'tensor', shape, dtype: 'float32', cells, omitted: data.length - cells.length };
}
