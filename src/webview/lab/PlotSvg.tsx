/** A plot of a few lines as SVG: dash, mark and name tell its lines apart, and a table holds its numbers. */
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { t } from '../l10n';
import { grouped } from '../words';
import { dashOf } from './curves/chartLines';
import { plotGeometry, type PlotLine, type PlotSpec } from './plotGeometry';
import { hueVariable } from './theme';
import { figure } from './ticks';
import { useWidth } from './useWidth';

const height = 240;
/** Up to here each point is marked; beyond, marks would hide the line. */
const mostMarks = 60;

export function PlotSvg({ spec, title }: { readonly spec: PlotSpec; readonly title: string }): JSX.Element {
  const place = useRef<HTMLDivElement>(null);
  const width = useWidth(place);
  const longest = Math.max(0, ...spec.series.map(({ name }) => name.length));
  const nameWidth = spec.series.length === 1 && longest === 0 ? 12 : Math.min(170, longest * 7.2 + 34);
  const geometry = plotGeometry(spec, { width: Math.max(220, width), height, nameWidth });
  return (
    <div class="plot-svg" ref={place}>
      <svg
        width={Math.max(220, width)}
        height={height}
        role="img"
        aria-label={t(
          '{0}: {1} against {2}. {3}',
          title,
          spec.yLabel,
          spec.xLabel,
          spec.series.map(seriesInWords).join(' '),
        )}
      >
        <g class="plot-grid">
          {geometry.xMarks.map(({ at }) => (
            <path key={`x${at}`} d={`M${at} ${geometry.top}V${geometry.bottom}`} />
          ))}
          {geometry.yMarks.map(({ at }) => (
            <path key={`y${at}`} d={`M${geometry.left} ${at}H${geometry.right}`} />
          ))}
        </g>
        <g class="plot-labels">
          {geometry.xMarks.map(({ at, label }) => (
            <text key={`x${at}`} x={at} y={geometry.bottom + 14} text-anchor="middle">
              {label}
            </text>
          ))}
          {geometry.yMarks.map(({ at, label }) => (
            <text key={`y${at}`} x={geometry.left - 6} y={at} dy="0.35em" text-anchor="end">
              {label}
            </text>
          ))}
          <text x={(geometry.left + geometry.right) / 2} y={height - 3} text-anchor="middle">
            {spec.logX ? t('{0} (logarithmic)', spec.xLabel) : spec.xLabel}
          </text>
        </g>
        {geometry.lines.map((line, index) => (
          <LineOf key={index} line={line} place={index} right={geometry.right} />
        ))}
      </svg>
      {geometry.omitted > 0 ? (
        <p class="note">
          {geometry.omitted === 1
            ? t('1 point has no place on these axes: not finite, or not above zero.')
            : t('{0} points have no place on these axes: not finite, or not above zero.', grouped(geometry.omitted))}
        </p>
      ) : null}
    </div>
  );
}

interface LineOfProps {
  readonly line: PlotLine;
  readonly place: number;
  readonly right: number;
}

function LineOf({ line, place, right }: LineOfProps): JSX.Element {
  const points = line.pieces.reduce((count, piece) => count + piece.length, 0);
  return (
    <g style={{ '--hue': `var(${hueVariable(place)})` }}>
      {line.pieces.map((piece, index) => (
        <path
          key={index}
          class="plot-line"
          d={`M${piece.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L')}`}
          stroke-dasharray={dashOf(place).join(' ')}
        />
      ))}
      {points > mostMarks
        ? null
        : line.pieces.flatMap((piece) =>
            piece.map(([x, y]) => <path key={`${x} ${y}`} class="plot-mark" d={markOf(place, { x, y })} />),
          )}
      {line.end === undefined || line.name === '' ? null : (
        <>
          <path class="plot-leader" d={`M${line.end.x} ${line.end.y}H${right}L${right + 8} ${line.end.nameY}`} />
          <path
            class="plot-line"
            d={`M${right + 10} ${line.end.nameY}h14`}
            stroke-dasharray={dashOf(place).join(' ')}
          />
          <text class="plot-name" x={right + 28} y={line.end.nameY} dy="0.35em">
            {line.name.length <= 18 ? line.name : `${line.name.slice(0, 17)}…`}
          </text>
        </>
      )}
    </g>
  );
}

/** Disc, square, triangle, diamond: by turns. */
function markOf(place: number, { x, y }: { readonly x: number; readonly y: number }): string {
  switch (place % 4) {
    case 0:
      return `M${x - 3} ${y}a3 3 0 1 0 6 0a3 3 0 1 0 -6 0`;
    case 1:
      return `M${x - 2.7} ${y - 2.7}h5.4v5.4h-5.4z`;
    case 2:
      return `M${x} ${y - 3.6}l3.4 6h-6.8z`;
    default:
      return `M${x} ${y - 3.8}l3.8 3.8l-3.8 3.8l-3.8 -3.8z`;
  }
}

function seriesInWords({ name, points }: PlotSpec['series'][number]): string {
  const first = points[0];
  const last = points.at(-1);
  return first === undefined || last === undefined
    ? t('{0}: no points.', name)
    : t(
        '{0}: from {1} at {2} to {3} at {4}.',
        name,
        figure(first[1]),
        figure(first[0]),
        figure(last[1]),
        figure(last[0]),
      );
}
