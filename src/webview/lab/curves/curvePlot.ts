/**
 * One chart of curves on a canvas, drawn by uPlot in the theme's colours. Each line carries its name and a piece of
 * itself at its end, so that no legend has to be looked up and no colour told from another.
 */
import uPlot from 'uplot';
import { followTheme, readTheme } from '../theme';
import { axisRange, figure, percent, ticksOf, type AxisRange, type AxisScale } from '../ticks';
import { spread, stepsOf, type ChartLine } from './chartLines';
import { align, type AlignedLines, type Row } from './decimate';

export interface CurvePlotEvents {
  /** The step under the cursor, or undefined where there is none. */
  readonly cursorMoved: (step: number | undefined) => void;
  readonly stepsSelected: (steps: Steps) => void;
}

export interface Steps {
  readonly from: number;
  readonly to: number;
}

export interface Shown {
  readonly lines: readonly ChartLine[];
  /** The steps to show, where not all. */
  readonly steps: Steps | undefined;
}

const height = 216;

/** One for about three pixels. */
export const bucketsIn = (width: number): number => Math.max(40, Math.floor(width / 3));

/** From the end of a line to the piece of it before its name, and the piece's own length. */
const leaderWidth = 10;
const pieceWidth = 18;

export class CurvePlot {
  private plot: uPlot | undefined;
  private structure = '';
  private shown: Shown = { lines: [], steps: undefined };
  private drawn: AlignedLines = { steps: [], values: [], bands: [] };
  private range: AxisRange = { minimum: 0, maximum: 1 };
  private theme = readTheme();
  private pending: ReturnType<typeof setTimeout> | undefined;
  private readonly sizes: ResizeObserver;
  private readonly unfollow: () => void;

  constructor(
    private readonly place: HTMLElement,
    private readonly options: { readonly scale: AxisScale } & CurvePlotEvents,
  ) {
    this.sizes = new ResizeObserver(() => this.later());
    this.sizes.observe(place);
    this.unfollow = followTheme(() => {
      this.theme = readTheme();
      this.plot?.redraw(false, true);
    });
  }

  /** Shows lines in a task of its own soon, so that several charts never make one long task. */
  show(shown: Shown): void {
    this.shown = shown;
    this.later();
  }

  /** Moves the cursor by `places` drawn steps, from the end where there is none. */
  moveCursor(places: number): void {
    const { plot } = this;
    if (plot === undefined || this.drawn.steps.length === 0) {
      return;
    }
    const last = this.drawn.steps.length - 1;
    const now = plot.cursor.idx ?? (places < 0 ? last + 1 : -1);
    const index = Math.min(last, Math.max(0, now + places));
    plot.setCursor({ left: plot.valToPos(this.drawn.steps[index] ?? 0, 'x'), top: plot.over.clientHeight / 2 });
  }

  hideCursor(): void {
    this.plot?.setCursor({ left: -10, top: -10 });
  }

  get canvas(): HTMLCanvasElement | undefined {
    return this.plot?.ctx.canvas;
  }

  destroy(): void {
    clearTimeout(this.pending);
    this.sizes.disconnect();
    this.unfollow();
    this.plot?.destroy();
    this.plot = undefined;
  }

  private later(): void {
    this.pending ??= setTimeout(() => {
      this.pending = undefined;
      this.draw();
    });
  }

  private draw(): void {
    const width = Math.floor(this.place.clientWidth);
    if (width === 0) {
      return;
    }
    const { lines } = this.shown;
    const steps = this.shown.steps ?? stepsOf(lines);
    this.drawn = align(
      lines.map(({ line }) => line),
      { ...steps, buckets: bucketsIn(width), positiveOnly: this.options.scale === 'logarithmic' },
    );
    this.range = axisRange(this.options.scale, extremesOf(this.drawn));
    const data: uPlot.AlignedData = [[...this.drawn.steps], ...this.drawn.values.map((values) => [...values])];
    const structure = lines.map(({ key, label, dash, hue }) => `${key} ${label} ${dash.join()} ${hue}`).join('\n');
    if (this.plot === undefined || this.structure !== structure) {
      this.structure = structure;
      this.plot?.destroy();
      this.plot = new uPlot(this.plotOptions(width), data, this.place);
      this.plot.root.setAttribute('aria-hidden', 'true');
      return;
    }
    if (this.plot.width !== width) {
      this.plot.setSize({ width, height });
    }
    this.plot.setData(data);
  }

  private plotOptions(width: number): uPlot.Options {
    const { scale } = this.options;
    const axis: uPlot.Axis = {
      stroke: () => this.theme.quiet,
      grid: { stroke: () => this.theme.gridLine, width: 1 },
      ticks: { show: false },
      font: `11px ${this.theme.font}`,
      filter: (_plot, splits) => splits,
      gap: 6,
    };
    return {
      width,
      height,
      pxAlign: false,
      padding: [10, this.labelWidth(), 0, 4],
      legend: { show: false },
      scales: {
        x: { time: false, range: () => [this.visible.from, this.visible.to] },
        y: {
          distr: scale === 'logarithmic' ? 3 : 1,
          range: () => [this.range.minimum, this.range.maximum],
        },
      },
      axes: [
        {
          ...axis,
          size: 28,
          splits: () =>
            ticksOf('linear', { minimum: this.visible.from, maximum: this.visible.to }, width / 110).filter(
              Number.isInteger,
            ),
          values: (_plot, splits) => splits.map(figure),
        },
        {
          ...axis,
          splits: () => [...ticksOf(scale, this.range)],
          values: (_plot, splits) => splits.map(scale === 'share' ? percent : figure),
          size: (plot, values) => axisWidth(plot, values, this.theme.font),
        },
      ],
      series: [
        {},
        ...this.shown.lines.map(({ hue, dash, width: lineWidth }, index): uPlot.Series => ({
          stroke: () => this.colourOf(hue),
          width: lineWidth,
          dash: [...dash],
          spanGaps: true,
          points: {
            // Few values are shown as such; a single one would not be seen at all.
            show: () => (this.drawn.values[index] ?? []).filter((value) => value !== null).length <= 24,
            size: 5,
          },
        })),
      ],
      cursor: { drag: { x: true, y: false, setScale: false }, y: false, points: { size: 6 } },
      hooks: {
        drawAxes: [(plot) => this.drawBands(plot)],
        draw: [(plot) => this.drawNames(plot)],
        setCursor: [(plot) => this.options.cursorMoved(this.stepAt(plot.cursor.idx))],
        setSelect: [(plot) => this.selected(plot)],
      },
    };
  }

  private get visible(): Steps {
    return this.shown.steps ?? stepsOf(this.shown.lines);
  }

  private stepAt(index: number | null | undefined): number | undefined {
    return index === null || index === undefined ? undefined : this.drawn.steps[index];
  }

  private selected(plot: uPlot): void {
    const { left, width } = plot.select;
    if (width < 8) {
      return;
    }
    plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    this.options.stepsSelected({ from: plot.posToVal(left, 'x'), to: plot.posToVal(left + width, 'x') });
  }

  private labelWidth(): number {
    const context = document.createElement('canvas').getContext('2d');
    if (context === null) {
      return 60;
    }
    context.font = `11px ${this.theme.font}`;
    const widest = Math.max(0, ...this.shown.lines.map(({ label }) => context.measureText(label).width));
    return Math.ceil(widest) + leaderWidth + pieceWidth + 8;
  }

  /** Behind each line that stands for many steps: from their smallest to their largest value. */
  private drawBands(plot: uPlot): void {
    const { ctx } = plot;
    const at = (bucket: number, value: number): readonly [number, number] => [
      plot.valToPos(this.drawn.steps[bucket] ?? 0, 'x', true),
      plot.valToPos(value, 'y', true),
    ];
    ctx.save();
    ctx.beginPath();
    ctx.rect(plot.bbox.left, plot.bbox.top, plot.bbox.width, plot.bbox.height);
    ctx.clip();
    ctx.globalAlpha = 0.22;
    this.drawn.bands.forEach(({ low, high }, index) => {
      const corners = (row: Row) => row.flatMap((value, bucket) => (value === null ? [] : [at(bucket, value)]));
      ctx.fillStyle = this.colourOf(this.shown.lines[index]?.hue ?? 0);
      ctx.beginPath();
      for (const [x, y] of [...corners(high), ...corners(low).reverse()]) {
        ctx.lineTo(x, y);
      }
      ctx.fill();
    });
    ctx.restore();
  }

  private colourOf(hue: number): string {
    return this.theme.hues[hue % this.theme.hues.length] ?? this.theme.foreground;
  }

  /** At the right of the plot: for each line a leader from its end, a piece of it, and its name. */
  private drawNames(plot: uPlot): void {
    const { ctx, bbox } = plot;
    const scale = uPlot.pxRatio;
    const ends = this.shown.lines.flatMap((line, index) => {
      const values = this.drawn.values[index] ?? [];
      const last = values.findLastIndex((value) => value !== null);
      const value = values[last];
      const step = this.drawn.steps[last];
      return value === null || value === undefined || step === undefined
        ? []
        : [{ line, x: plot.valToPos(step, 'x', true), y: plot.valToPos(value, 'y', true) }];
    });
    const gap = 14 * scale;
    const heights = spread(
      ends.map(({ y }) => y),
      { gap, from: bbox.top, to: bbox.top + bbox.height },
    );
    const right = bbox.left + bbox.width;
    ctx.save();
    ctx.font = `${11 * scale}px ${this.theme.font}`;
    ctx.textBaseline = 'middle';
    ctx.textAlign = 'left';
    ends.forEach(({ line, x, y }, index) => {
      const colour = this.colourOf(line.hue);
      const at = heights[index] ?? y;
      const start = right + leaderWidth * scale;
      ctx.strokeStyle = this.theme.quiet;
      ctx.lineWidth = scale * 0.75;
      ctx.setLineDash([scale, 2 * scale]);
      strokeLine(ctx, [Math.min(x, right), y, right, y, start - 2 * scale, at]);
      ctx.strokeStyle = colour;
      ctx.lineWidth = line.width * scale;
      ctx.setLineDash(line.dash.map((length) => length * scale));
      strokeLine(ctx, [start, at, start + pieceWidth * scale, at]);
      ctx.fillStyle = this.theme.foreground;
      ctx.fillText(line.label, start + (pieceWidth + 4) * scale, at);
      if (line.diverged) {
        const arm = 4 * scale;
        ctx.setLineDash([]);
        ctx.strokeStyle = this.theme.bad;
        ctx.lineWidth = 2 * scale;
        strokeLine(ctx, [x - arm, y - arm, x + arm, y + arm]);
        strokeLine(ctx, [x - arm, y + arm, x + arm, y - arm]);
      }
    });
    ctx.restore();
  }
}

/** Through points given as x, y, x, y … */
function strokeLine(context: CanvasRenderingContext2D, points: readonly number[]): void {
  context.beginPath();
  for (let index = 0; index < points.length; index += 2) {
    context.lineTo(points[index] ?? 0, points[index + 1] ?? 0);
  }
  context.stroke();
}

function axisWidth(plot: uPlot, values: readonly string[] | null, font: string): number {
  plot.ctx.save();
  plot.ctx.font = `11px ${font}`;
  const widest = Math.max(0, ...(values ?? []).map((text) => plot.ctx.measureText(text).width));
  plot.ctx.restore();
  return Math.ceil(widest) + 14;
}

function extremesOf({ values, bands }: AlignedLines): AxisRange {
  let minimum = Number.POSITIVE_INFINITY;
  let maximum = Number.NEGATIVE_INFINITY;
  for (const row of [...values, ...bands.flatMap(({ low, high }) => [low, high])]) {
    for (const value of row) {
      if (value !== null) {
        minimum = Math.min(minimum, value);
        maximum = Math.max(maximum, value);
      }
    }
  }
  return { minimum, maximum };
}
