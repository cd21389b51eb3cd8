/** `course.json`: its schema, and reading it. Plain data from a course that nobody trusts yet, so nothing is assumed. */
import { LineCounter, parseDocument, isNode } from 'yaml';
import { z } from 'zod';
import type { DataSet, ExerciseId } from '../course/course';
import { isExerciseId } from '../lesson/frontMatter';

/** Something wrong in a course, with its place: `line` counts from one. */
export interface ContentProblem {
  readonly path: string;
  readonly line: number;
  readonly message: string;
}

export interface CourseFile {
  readonly $schema?: string | undefined;
  readonly id: string;
  readonly title: string;
  readonly parts: readonly CourseFilePart[];
  readonly renamed?: Readonly<Record<string, readonly string[]>> | undefined;
  readonly data?: Readonly<Record<string, DataSet>> | undefined;
}

export interface CourseFilePart {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  /** Folder names below the part's folder, in the order in which they are meant to be solved. */
  readonly exercises: readonly string[];
}

const slug = z
  .string()
  .max(60)
  .regex(
    /^[a-z0-9]+(?:-[a-z0-9]+)*$/,
    'should be lower-case letters, digits and single hyphens, as in its folder’s name',
  );

const exerciseId = z
  .string()
  .max(121)
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*\/[a-z0-9]+(?:-[a-z0-9]+)*$/, 'should be an exercise’s id, like tensors/matmul');

const fileName = z
  .string()
  .max(80)
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'should be the name of a file');

const labelledSplit = z.strictObject({
  images: fileName.describe('The IDX file of images, which may also lie there gzipped, with .gz after its name.'),
  labels: fileName.describe('The IDX file of their labels, likewise.'),
  count: z.number().int().min(1).max(100_000).describe('How many of both are used, from the first on.'),
});

/** What every data set has, of whatever kind. */
const titleAndFolder = {
  title: z.string().trim().min(1).max(120).describe('What it is called.'),
  folder: z
    .string()
    .max(120)
    .regex(/^[a-z0-9]+(?:[-/][a-z0-9]+)*$/, 'should be a folder below the course folder, like data/digits')
    .describe('Where its files lie, below the course folder.'),
};

const imageSet = z.strictObject({
  kind: z.literal('labelled-images').describe('It holds pictures in grey, each with a label.'),
  ...titleAndFolder,
  height: z.number().int().min(1).max(1_000).describe('The rows of each image.'),
  width: z.number().int().min(1).max(1_000).describe('The columns of each image.'),
  classes: z.number().int().min(2).max(256).describe('Labels go from 0 to one less than this.'),
  splits: z
    .strictObject({
      train: labelledSplit.describe('What is learnt from.'),
      test: labelledSplit.describe('What is held back to judge by.'),
    })
    .describe('The two halves of the data.'),
});

const textSplit = z.strictObject({
  file: fileName.describe('A text file with a line for each text: its label’s name, a tab, the text.'),
  count: z.number().int().min(1).max(100_000).describe('How many lines are used, from the first on.'),
});

const textSet = z.strictObject({
  kind: z.literal('labelled-texts').describe('It holds texts, each with a label.'),
  ...titleAndFolder,
  labels: z
    .array(z.string().regex(/^[^\t\r\n]{1,60}$/, 'should be some words on one line'))
    .min(2)
    .max(256)
    .describe('The names of the labels 0, 1, …, as the files have them.'),
  splits: z
    .strictObject({
      train: textSplit.describe('What is learnt from.'),
      test: textSplit.describe('What is held back to judge by.'),
    })
    .describe('The two halves of the data.'),
});

const weightSet = z.strictObject({
  kind: z.literal('weights').describe('It holds the parameters of a trained model, by name.'),
  ...titleAndFolder,
  file: fileName.describe('A safetensors file.'),
});

const dataSet = z.discriminatedUnion('kind', [imageSet, textSet, weightSet]);

export const courseFileSchema = z.strictObject({
  $schema: z.string().max(200).optional(),
  id: slug.describe('Names the course; learners’ progress is kept under it, so it never changes.'),
  title: z.string().trim().min(1).max(120).describe('What the course is called.'),
  parts: z
    .array(
      z.strictObject({
        id: slug.describe('The part’s folder, and the first half of its exercises’ ids.'),
        title: z.string().trim().min(1).max(120).describe('What the part is called.'),
        summary: z.string().trim().min(1).max(400).describe('What one can do after it, in a sentence or two.'),
        exercises: z
          .array(slug)
          .max(200)
          .describe('The folders of its exercises, in the order in which they are solved.'),
      }),
    )
    .min(1)
    .max(50)
    .describe('The parts of the course, in order.'),
  renamed: z
    .record(exerciseId, z.array(exerciseId).min(1).max(20))
    .optional()
    .describe(
      'Former ids of exercises, each with the ids that took its place: one where it was renamed, several where it was split. Learners keep what they had recorded.',
    ),
  data: z
    .record(slug, dataSet)
    .optional()
    .describe('Data sets by name; a lesson asks for those that its checks use, as data: [name].'),
});

/** Reads the text of `path`; `courseFile` is `undefined` where `problems` leave nothing to go on with. */
export function parseCourseFile(
  text: string,
  path: string,
): { readonly courseFile: CourseFile | undefined; readonly problems: readonly ContentProblem[] } {
  const problems: ContentProblem[] = [];
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return {
      courseFile: undefined,
      problems: [{ path, line: lineOfJsonError(text, reason), message: `Not JSON: ${reason}.` }],
    };
  }
  const lineOf = lineFinder(text);
  const result = courseFileSchema.safeParse(value);
  if (!result.success) {
    for (const issue of result.error.issues) {
      const keys = issue.path.filter((key): key is string | number => typeof key !== 'symbol');
      const place = keys.length > 0 ? `${keys.join('.')}: ` : '';
      problems.push({ path, line: lineOf(keys), message: `${place}${issue.message}.` });
    }
    return { courseFile: undefined, problems };
  }
  const seen = new Set<string>();
  result.data.parts.forEach((part, partIndex) => {
    const add = (id: string, keys: readonly (string | number)[]): void => {
      if (seen.has(id)) {
        problems.push({ path, line: lineOf(keys), message: `${id} is listed twice. Keep it at one place.` });
      }
      seen.add(id);
    };
    add(part.id, ['parts', partIndex, 'id']);
    part.exercises.forEach((name, index) => add(`${part.id}/${name}`, ['parts', partIndex, 'exercises', index]));
  });
  for (const [former, successors] of Object.entries(result.data.renamed ?? {})) {
    const line = lineOf(['renamed', former]);
    if (seen.has(former)) {
      problems.push({ path, line, message: `renamed names ${former}, which is still listed. Remove one of the two.` });
    }
    for (const each of successors.filter((id) => !seen.has(id) && !Object.hasOwn(result.data.renamed ?? {}, id))) {
      const message = `renamed says that ${each} took the place of ${former}, but the course has no such exercise. Correct the id, or list it.`;
      problems.push({ path, line, message });
    }
  }
  return { courseFile: result.data, problems };
}

export function exerciseIdOf(part: CourseFilePart, name: string): ExerciseId | undefined {
  const id = `${part.id}/${name}`;
  return isExerciseId(id) ? id : undefined;
}

/** JSON is YAML, and YAML's parser keeps places. */
function lineFinder(text: string): (keys: readonly (string | number)[]) => number {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, schema: 'json', logLevel: 'silent' });
  return (keys) => {
    for (let length = keys.length; length > 0; length -= 1) {
      const node = document.getIn(keys.slice(0, length), true);
      if (isNode(node) && node.range) {
        return lineCounter.linePos(node.range[0]).line;
      }
    }
    return 1;
  };
}

function lineOfJsonError(text: string, reason: string): number {
  const line = /\(line (\d+) /.exec(reason)?.[1];
  if (line !== undefined) {
    return Number(line);
  }
  const position = /position (\d+)/.exec(reason)?.[1];
  return position === undefined
    ? text.trimEnd().split('\n').length
    : text.slice(0, Number(position)).split('\n').length;
}

/** The schema as editors read it; `media/course.schema.json` is this, and a test keeps it so. */
export function courseJsonSchema(): object {
  return { title: 'A Ground Up course', ...z.toJSONSchema(courseFileSchema, { io: 'input', target: 'draft-7' }) };
}
