/** Reads a set of labelled texts: for each half a text file, and in it on each line a label's name, a tab and the text. */
import type { TextSet, TextSplit } from '../course/course';
import type { LabelledLines, SubmittedTexts } from '../harness/submission';
import { DataFileError, fromFolder, readDataFile } from './dataFolder';
import type { DataFolder } from './dataFolder';
import { gunzipped } from './gunzip';

/** Rejects with a `DataFileError` where a file is missing or holds something else than it should. */
export async function readLabelledTexts(set: TextSet, from: DataFolder): Promise<Omit<SubmittedTexts, 'name'>> {
  const [train, test] = await Promise.all([
    readSplit(set.splits.train, { set, from }),
    readSplit(set.splits.test, { set, from }),
  ]);
  return { kind: 'labelled-texts', labels: set.labels, train, test };
}

async function readSplit(
  split: TextSplit,
  { set, from }: { readonly set: TextSet; readonly from: DataFolder },
): Promise<LabelledLines> {
  const { name, bytes } = await readDataFile(from, [split.file, `${split.file}.gz`]);
  return await fromFolder(from, async () => linesOf(textOf(await gunzipped(bytes, name), name), { name, split, set }));
}

function textOf(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    const message = `${name} is not a text in UTF-8. Save it as one, or fetch it again.`;
    throw new DataFileError(name, message, { cause: error });
  }
}

interface Wanted {
  readonly name: string;
  readonly split: TextSplit;
  readonly set: TextSet;
}

function linesOf(text: string, { name, split, set }: Wanted): LabelledLines {
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  if (lines.length < split.count) {
    throw new DataFileError(name, `${name} has ${lines.length} lines; the course needs ${split.count} or more.`);
  }
  const texts: string[] = [];
  const labels = new Uint8Array(split.count);
  for (const [index, line] of lines.slice(0, split.count).entries()) {
    const tab = line.indexOf('\t');
    const label = set.labels.indexOf(line.slice(0, Math.max(tab, 0)));
    const words = line.slice(tab + 1);
    if (tab < 0 || words === '') {
      const form = 'a label, a tab and a text';
      throw new DataFileError(name, `Line ${index + 1} of ${name} should hold ${form}, but is “${shortened(line)}”.`);
    }
    if (label < 0) {
      const found = shortened(line.slice(0, tab));
      const known = set.labels.join(', ');
      throw new DataFileError(name, `Line ${index + 1} of ${name} has the label “${found}”; the labels are ${known}.`);
    }
    texts.push(words);
    labels[index] = label;
  }
  return { texts, labels };
}

function shortened(words: string): string {
  return words.length > 40 ? `${words.slice(0, 39)}…` : words;
}
