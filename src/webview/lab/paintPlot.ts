/** The plot of `PlotSvg`, painted on a canvas for a picture to keep. */
import { dashOf } from './curves/chartLines';
import { plotGeometry, type PlotSpec } from './plotGeometry';
import { readTheme } from './theme';

const size = { width: 640, height: 320, nameWidth: 160 };

export function paintPlot(spec: PlotSpec): HTMLCanvasElement {
  const theme = readTheme();
  const scale = Math.max(2, window.devicePixelRatio);
  const canvas = document.createElement('canvas');
  canvas.width = size.width * scale;
  canvas.height = size.height * scale;
  const context = canvas.getContext('2d');
  if (context === null) {
    return canvas;
  }
  const { left, right, top, bottom, xMarks, yMarks, lines } = plotGeometry(spec, size);
  context.scale(scale, scale);
  context.font = `11px ${theme.font}`;
  context.textBaseline = 'middle';
  const stroke = (points: readonly (readonly [number, number])[], dash: readonly number[] = []): void => {
    context.setLineDash([...dash]);
    context.beginPath();
    points.forEach(([x, y]) => context.lineTo(x, y));
    context.stroke();
  };
  const write = (
    text: string,
    at: { readonly x: number; readonly y: number; readonly align: CanvasTextAlign },
  ): void => {
    context.textAlign = at.align;
    context.fillText(text, at.x, at.y);
  };
  context.strokeStyle = theme.gridLine;
  context.fillStyle = theme.quiet;
  for (const { at, label } of xMarks) {
    stroke([
      [at, top],
      [at, bottom],
    ]);
    write(label, { x: at, y: bottom + 11, align: 'center' });
  }
  for (const { at, label } of yMarks) {
    stroke([
      [left, at],
      [right, at],
    ]);
    write(label, { x: left - 6, y: at, align: 'right' });
  }
  write(spec.xLabel, { x: (left + right) / 2, y: size.height - 8, align: 'center' });
  lines.forEach(({ name, pieces, end }, place) => {
    context.strokeStyle = theme.hues[place % theme.hues.length] ?? theme.foreground;
    context.lineWidth = 1.75;
    pieces.forEach((piece) => stroke(piece, dashOf(place)));
    if (end !== undefined) {
      stroke(
        [
          [right + 10, end.nameY],
          [right + 24, end.nameY],
        ],
        dashOf(place),
      );
      context.fillStyle = theme.foreground;
      write(name, { x: right + 28, y: end.nameY, align: 'left' });
    }
  });
  return canvas;
}
