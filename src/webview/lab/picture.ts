/** A picture to keep: drawn canvases below each other, under a title and what was drawn, as the bytes of a PNG. */
import { t } from '../l10n';
import { readTheme } from './theme';

export interface PictureContent {
  readonly title: string;
  /** What was drawn, a line for each: a run with its settings. */
  readonly lines: readonly string[];
  readonly parts: readonly { readonly title: string; readonly canvas: HTMLCanvasElement }[];
}

const margin = 16;
const lineHeight = 18;

/** Draws it in the theme's colours, at the resolution of the canvases. */
export async function picture({ title, lines, parts }: PictureContent): Promise<Uint8Array> {
  const theme = readTheme();
  const scale = window.devicePixelRatio;
  const canvas = document.createElement('canvas');
  const widest = Math.max(320 * scale, ...parts.map((part) => part.canvas.width));
  const tallest = parts.reduce((sum, part) => sum + part.canvas.height + 2 * lineHeight * scale, 0);
  canvas.width = widest + 2 * margin * scale;
  canvas.height = tallest + (2 * margin + 28 + lines.length * lineHeight) * scale;
  const context = canvas.getContext('2d');
  if (context === null) {
    throw new Error(t('The picture cannot be drawn: this window gives no canvas. Close other pages and try again.'));
  }
  context.fillStyle = theme.background;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.textBaseline = 'top';
  let top = margin * scale;
  const write = (text: string, style: { readonly font: string; readonly colour: string }): void => {
    context.font = style.font;
    context.fillStyle = style.colour;
    context.fillText(text, margin * scale, top, widest);
  };
  write(title, { font: `600 ${16 * scale}px ${theme.font}`, colour: theme.foreground });
  top += 28 * scale;
  for (const line of lines) {
    write(line, { font: `${12 * scale}px ${theme.font}`, colour: theme.quiet });
    top += lineHeight * scale;
  }
  for (const part of parts) {
    top += 0.5 * lineHeight * scale;
    write(part.title, { font: `600 ${12 * scale}px ${theme.font}`, colour: theme.foreground });
    top += 1.25 * lineHeight * scale;
    context.drawImage(part.canvas, margin * scale, top);
    top += part.canvas.height + 0.25 * lineHeight * scale;
  }
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (blob === null) {
    throw new Error(t('The picture is too large to be saved. Make the page narrower and try again.'));
  }
  return new Uint8Array(await blob.arrayBuffer());
}
