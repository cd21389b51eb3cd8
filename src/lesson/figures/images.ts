/**
 * `images`: small pictures in grey, such as digits, each with its label. A pixel is ink on the page's ground: 1 is the
 * text's own colour, 0 the page. The numbers may come from a file beside the lesson.
 */
import { z } from 'zod';
import { FigureError, FigureFileError } from './drawing';
import type { FigureKind } from './drawing';
import { figureNumber, rect, short, text, textWidth } from './svg';
import type { Box } from './svg';

interface Image {
  readonly label: string;
  readonly width: number;
  readonly height: number;
  readonly values: readonly number[];
}

interface ImagesData {
  readonly images: readonly Image[];
  readonly columns: number;
  readonly caption: string;
}

/** So many shades are told apart; runs of one shade are drawn as one. */
const shades = 32;
const gap = 10;
const labelHeight = 18;
const limit = 410;

const size = z.number().int().min(1).max(64);
const columnCount = z.number().int().min(1).max(10);
const caption = z.string().min(1).max(400);
const imageList = z
  .array(
    z.strictObject({ label: z.string().max(24), width: size, height: size, values: z.array(z.number()).max(64 * 64) }),
  )
  .min(1)
  .max(40);

/** Names a file beside the lesson that holds the images, and says how they are shown here. */
const reference = z.strictObject({
  source: z.string().regex(/^[A-Za-z0-9][\w.-]{0,80}\.json$/, 'should be the name of a .json file beside lesson.md'),
  columns: columnCount.optional(),
  caption: caption.optional(),
});

const imageFile = z.strictObject({
  images: imageList,
  columns: columnCount.optional(),
  caption: caption.optional(),
});

/** The file that the JSON of an `images` figure names. */
export function sourceOf(value: unknown): string | undefined {
  return reference.safeParse(value).data?.source;
}

export const images: FigureKind<ImagesData> = {
  schema: z.strictObject({ images: imageList, columns: columnCount.default(5), caption }),
  fill(value, files) {
    const given = reference.safeParse(value);
    if (!given.success) {
      const names = typeof value === 'object' && value !== null && 'source' in value;
      if (names) {
        const why = given.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`.replace(/^: /, ''));
        throw new FigureError(`with a source it has only source, columns and caption (${why.join('; ')})`);
      }
      return value;
    }
    const { source, ...own } = given.data;
    // What the lesson says of them goes before what the file says.
    return { ...readImages(source, files.get(source)), ...own };
  },
  draw({ images: given, columns }) {
    given.forEach(assertImage);
    const across = Math.min(columns, given.length);
    const widest = Math.max(...given.map(({ width }) => width));
    const highest = Math.max(...given.map(({ height }) => height));
    // Whole pixels where there is room, so that edges stay sharp; never larger than one can take in.
    const room = (limit - (across - 1) * gap) / across;
    const pixel = Math.min(
      16,
      Math.max(1, room >= widest ? Math.floor(room / widest) : room / widest),
      Math.max(1, Math.floor(140 / Math.max(widest, highest))),
    );
    const labels = Math.max(...given.map(({ label }) => textWidth(label, 12)));
    const cellWidth = Math.max(widest * pixel, labels) + gap;
    const cellHeight = highest * pixel + labelHeight + gap;
    const body = given.map((image, index) => {
      const box = {
        x: 2 + (index % across) * cellWidth + (cellWidth - gap - image.width * pixel) / 2,
        y: 2 + Math.floor(index / across) * cellHeight,
        width: image.width * pixel,
        height: image.height * pixel,
      };
      const middle = { x: box.x + box.width / 2, y: box.y + box.height + labelHeight / 2 + 2 };
      return (
        drawPixels(image, { box, pixel }) +
        rect(box, { role: 'soft', border: 'thin', round: 0 }) +
        text(image.label, middle, { size: 12, bold: true })
      );
    });
    return {
      width: across * cellWidth - gap + 4,
      height: Math.ceil(given.length / across) * cellHeight - gap + 4,
      body: body.join(''),
      words: given
        .map(({ label, width, height, values }) => {
          const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
          const name = label === '' ? 'An image' : `Image ${label}`;
          return `${name}: ${width} by ${height} pixels, on average ${figureNumber(Number(mean.toFixed(3)))}.`;
        })
        .join(' '),
    };
  },
};

function readImages(file: string, text: string | undefined): z.infer<typeof imageFile> {
  if (text === undefined) {
    throw new FigureFileError(
      file,
      `${file} does not lie beside lesson.md, or cannot be read. Put it there, or correct source.`,
    );
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new FigureFileError(file, `${file} is not JSON: ${reason}. Write it anew.`);
  }
  const read = imageFile.safeParse(value);
  if (!read.success) {
    const issues = read.error.issues.slice(0, 3).map(({ path, message }) => `${path.join('.')}: ${message}`);
    const message = `${file} should be {"images": [{"label", "width", "height", "values"}, …]}: ${issues.join('; ')}.`;
    throw new FigureFileError(file, message);
  }
  return read.data;
}

function assertImage({ label, width, height, values }: Image, index: number): void {
  const name = `image ${index}${label === '' ? '' : ` (${label})`}`;
  if (values.length !== width * height) {
    throw new FigureError(
      `${name} is ${width} by ${height}, so it needs ${width * height} values, but has ${values.length}`,
    );
  }
  const odd = values.find((value) => value < 0 || value > 1);
  if (odd !== undefined) {
    throw new FigureError(`${name} has the value ${figureNumber(odd)}; values lie from 0 to 1`);
  }
}

/** One path for each shade: the runs of pixels that have it. */
function drawPixels(
  { width, height, values }: Image,
  { box, pixel }: { readonly box: Box; readonly pixel: number },
): string {
  const paths = new Map<number, string>();
  for (let row = 0; row < height; row += 1) {
    let start = 0;
    while (start < width) {
      const shade = shadeOf(values[row * width + start]);
      let end = start + 1;
      while (end < width && shadeOf(values[row * width + end]) === shade) {
        end += 1;
      }
      if (shade > 0) {
        const run = short((end - start) * pixel);
        const d = `M${short(box.x + start * pixel)} ${short(box.y + row * pixel)}h${run}v${short(pixel)}h-${run}z`;
        paths.set(shade, (paths.get(shade) ?? '') + d);
      }
      start = end;
    }
  }
  const drawn = [...paths].map(
    ([shade, d]) =>
      `<path class="fig-ink" d="${d}" fill="currentColor" fill-opacity="${short(shade / (shades - 1))}"/>`,
  );
  return `<g shape-rendering="crispEdges">${drawn.join('')}</g>`;
}

function shadeOf(value = 0): number {
  return Math.round(value * (shades - 1));
}
