/** Small pictures on canvases: numbers to pixels in the theme's colours. */

export type Rgb = readonly [number, number, number];

const known = new Map<string, Rgb>();

/** Any CSS colour as red, green and blue from 0 to 255. */
export function rgbOf(colour: string): Rgb {
  const rgb = known.get(colour) ?? painted(colour);
  known.set(colour, rgb);
  return rgb;
}

function painted(colour: string): Rgb {
  const canvas = document.createElement('canvas');
  canvas.width = 1;
  canvas.height = 1;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) {
    return [128, 128, 128];
  }
  context.fillStyle = colour;
  context.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
  return [red, green, blue];
}

/** `share` of the way from one colour to another. */
export function mixed(from: Rgb, to: Rgb, share: number): Rgb {
  const part = (index: 0 | 1 | 2): number => from[index] + (to[index] - from[index]) * share;
  return [part(0), part(1), part(2)];
}

/** What a number looks like: `paper` for 0, `ink` for 1; around zero, `below` for −1. */
export interface Palette {
  readonly paper: Rgb;
  readonly ink: Rgb;
  readonly below: Rgb;
}

/** The colour of `value`, which lies from −1 (or 0) to 1; a number that is not finite is drawn as `undefined`. */
export function colourOf(value: number, { paper, ink, below }: Palette): Rgb | undefined {
  if (!Number.isFinite(value)) {
    return undefined;
  }
  const share = Math.min(1, Math.abs(value));
  return mixed(paper, value < 0 ? below : ink, share);
}

export interface Picture {
  readonly width: number;
  readonly height: number;
  /** Row by row. */
  readonly values: Float32Array;
}

/** Paints a pixel for each number; what is not finite becomes a checkerboard. */
export function paintPixels(canvas: HTMLCanvasElement, { width, height, values }: Picture, palette: Palette): void {
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (context === null || width === 0 || height === 0) {
    return;
  }
  const image = context.createImageData(width, height);
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    const checker = ((pixel % width) + Math.floor(pixel / width)) % 2 === 0 ? palette.ink : palette.paper;
    const [red, green, blue] = colourOf(values[pixel] ?? Number.NaN, palette) ?? checker;
    image.data[4 * pixel] = red;
    image.data[4 * pixel + 1] = green;
    image.data[4 * pixel + 2] = blue;
    image.data[4 * pixel + 3] = 255;
  }
  context.putImageData(image, 0, 0);
}
