/**
 * A drawing made into the image that the network was taught with. MNIST's digits were fitted into a box of 20 × 20 pixels,
 * keeping their proportions and grey where an edge crosses a pixel, and laid into 28 × 28 so that the centre of their
 * mass is the centre of the image (LeCun, Cortes, Burges: "The MNIST database"). Here the same happens to the strokes
 * themselves, before there are pixels, so nothing is blurred twice.
 */

/** In parts of the pad's side: 0 is left or top, 1 is right or bottom. */
export interface PadPoint {
  readonly x: number;
  readonly y: number;
}

/** Points that the pen went through without being lifted. */
export type Stroke = readonly PadPoint[];

export const imageSide = 28;
const boxSide = 20;

/** Half of the pen's width, in parts of the pad's side. */
export const penRadius = 0.042;

/** In each direction: how finely the ink within a pixel is measured. */
const samples = 4;

/** 28 × 28 numbers from 0 (paper) to 1 (ink), row by row; all 0 where nothing is drawn. */
export function digitImage(strokes: readonly Stroke[]): Float32Array {
  const points = strokes.flat();
  if (points.length === 0) {
    return new Float32Array(imageSide * imageSide);
  }
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  const left = Math.min(...xs) - penRadius;
  const top = Math.min(...ys) - penRadius;
  const width = Math.max(...xs) + penRadius - left;
  const height = Math.max(...ys) + penRadius - top;
  const scale = boxSide / Math.max(width, height);
  const inBox = strokes.map((stroke) =>
    stroke.map(({ x, y }) => ({
      x: (x - left - width / 2) * scale + imageSide / 2,
      y: (y - top - height / 2) * scale + imageSide / 2,
    })),
  );
  const radius = penRadius * scale;
  const centre = centreOfMass(inked(inBox, { radius, dx: 0, dy: 0 }));
  return inked(inBox, { radius, dx: imageSide / 2 - centre.x, dy: imageSide / 2 - centre.y });
}

/** Where the ink of an image balances, in pixels from its left and top edge; the middle of an image without any. */
export function centreOfMass(image: Float32Array): PadPoint {
  let mass = 0;
  let x = 0;
  let y = 0;
  image.forEach((ink, pixel) => {
    mass += ink;
    x += ink * ((pixel % imageSide) + 0.5);
    y += ink * (Math.floor(pixel / imageSide) + 0.5);
  });
  return mass === 0 ? { x: imageSide / 2, y: imageSide / 2 } : { x: x / mass, y: y / mass };
}

interface Pen {
  /** In pixels of the image, as are the shifts. */
  readonly radius: number;
  readonly dx: number;
  readonly dy: number;
}

/** How much of each pixel lies within the pen's radius of a stroke. */
function inked(strokes: readonly Stroke[], { radius, dx, dy }: Pen): Float32Array {
  const fine = imageSide * samples;
  const covered = new Uint8Array(fine * fine);
  const reach = radius * samples;
  for (const stroke of strokes) {
    const path = stroke.map(({ x, y }) => ({ x: (x + dx) * samples, y: (y + dy) * samples }));
    path.forEach((to, index) => cover(covered, { from: path[Math.max(0, index - 1)] ?? to, to, reach }));
  }
  const image = new Float32Array(imageSide * imageSide);
  covered.forEach((isCovered, at) => {
    const column = Math.floor((at % fine) / samples);
    const row = Math.floor(at / fine / samples);
    const pixel = row * imageSide + column;
    image[pixel] = (image[pixel] ?? 0) + isCovered / (samples * samples);
  });
  return image;
}

interface Segment {
  readonly from: PadPoint;
  readonly to: PadPoint;
  readonly reach: number;
}

/** Marks the sample points within reach of a segment. */
function cover(covered: Uint8Array, { from, to, reach }: Segment): void {
  const fine = imageSide * samples;
  const clamp = (value: number): number => Math.min(fine - 1, Math.max(0, value));
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const length = dx * dx + dy * dy;
  const rows = [clamp(Math.floor(Math.min(from.y, to.y) - reach)), clamp(Math.ceil(Math.max(from.y, to.y) + reach))];
  const columns = [clamp(Math.floor(Math.min(from.x, to.x) - reach)), clamp(Math.ceil(Math.max(from.x, to.x) + reach))];
  for (let row = rows[0] ?? 0; row <= (rows[1] ?? 0); row += 1) {
    for (let column = columns[0] ?? 0; column <= (columns[1] ?? 0); column += 1) {
      const x = column + 0.5 - from.x;
      const y = row + 0.5 - from.y;
      const along = length === 0 ? 0 : Math.min(1, Math.max(0, (x * dx + y * dy) / length));
      const apart = (x - along * dx) ** 2 + (y - along * dy) ** 2;
      if (apart <= reach * reach) {
        covered[row * fine + column] = 1;
      }
    }
  }
}
