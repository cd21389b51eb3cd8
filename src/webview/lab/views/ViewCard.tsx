/** A view of a run or of an answer, under its title, by its kind. */
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { PageView } from '../../labProtocol';
import { AttentionView } from './AttentionView';
import { BarsView } from './BarsView';
import { GraphView } from './GraphView';
import { ImagesView } from './ImagesView';
import { MatrixView } from './MatrixView';
import { PlotView } from './PlotView';

/** The views, laid out; drawn again only where one has changed, however often the page is. */
export function ViewCards({ views }: { readonly views: readonly PageView[] }): JSX.Element {
  return useMemo(
    () => (
      <div class="views">
        {views.map((view, index) => (
          <figure class={`view view-${view.kind}`} key={`${index} ${view.kind} ${view.title}`}>
            <figcaption>
              <h3>{view.title}</h3>
            </figcaption>
            <Drawn view={view} />
          </figure>
        ))}
      </div>
    ),
    [views],
  );
}

function Drawn({ view }: { readonly view: PageView }): JSX.Element {
  switch (view.kind) {
    case 'matrix':
      return <MatrixView view={view} />;
    case 'images':
      return <ImagesView view={view} />;
    case 'bars':
      return <BarsView view={view} />;
    case 'attention':
      return <AttentionView view={view} />;
    case 'plot':
      return <PlotView view={view} />;
    case 'graph':
      return <GraphView view={view} />;
    case 'text':
      return <p class="view-text">{view.text}</p>;
    default:
      return view satisfies never;
  }
}
