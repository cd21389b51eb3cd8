/**
 * The YAML between two lines of `---` at the head of a lesson: what one needs to know of an exercise to list it. It is
 * read from courses that nobody trusts yet, so it is plain YAML (no tags, no aliases), capped in size and checked
 * against a schema; every problem names its line.
 */
import { LineCounter, parseDocument, isMap, isScalar } from 'yaml';
import { z } from 'zod';
import type { ExerciseId } from '../course/course';
import type { Problem } from './problem';

export interface FrontMatter {
  readonly title: string;
  readonly buildsOn: readonly ExerciseId[];
  readonly minutes: number;
  readonly optional: boolean;
  /** The names that `'tensor'` offers here; `undefined` means all. */
  readonly offers: readonly string[] | undefined;
  /** The names of the data sets that the checks use, as `course.json` lists them. */
  readonly data?: readonly string[];
  /** What its `lab.ts` brings to the lab, where it has one. */
  readonly lab?: 'run' | 'kernels';
}

export interface ParsedFrontMatter {
  /** `undefined` where it is missing or wrong; `problems` says why. */
  readonly frontMatter: FrontMatter | undefined;
  /** The Markdown after the front matter. */
  readonly body: string;
  /** How many lines of the file stand before `body`. */
  readonly linesBefore: number;
  readonly problems: readonly Problem[];
}

export const exerciseIdPattern = /^[a-z0-9]+(?:-[a-z0-9]+)*\/[a-z0-9]+(?:-[a-z0-9]+)*$/;

export function isExerciseId(text: string): text is ExerciseId {
  return text.length <= 120 && exerciseIdPattern.test(text);
}

const maxLength = 8 * 1024;

const exerciseId = z.custom<ExerciseId>(
  (value) => typeof value === 'string' && isExerciseId(value),
  'should be the id of an exercise, like tensors/matmul',
);

const schema = z.strictObject({
  title: z.string().trim().min(1).max(120),
  buildsOn: z.array(exerciseId).max(50).default([]),
  minutes: z.number().int().min(1).max(600),
  optional: z.boolean().default(false),
  offers: z
    .array(z.string().regex(/^[A-Za-z_$][\w$]*$/, "should be a name that 'tensor' exports"))
    .max(200)
    .optional(),
  data: z.array(z.string().max(60)).max(10).optional(),
  lab: z.enum(['run', 'kernels']).optional(),
});

export function parseFrontMatter(markdown: string): ParsedFrontMatter {
  const text = markdown.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const match = /^---[ \t]*\n([\s\S]*?)^---[ \t]*(?:\n|$)/m.exec(text);
  if (match?.index !== 0) {
    const message = text.startsWith('---')
      ? 'The front matter never ends. Close it with a line that is only ---.'
      : 'The lesson has no front matter. Begin it with a line ---, then title: and minutes:, then another line ---.';
    return { frontMatter: undefined, body: text, linesBefore: 0, problems: [{ line: 1, message }] };
  }
  const source = match[1] ?? '';
  const body = text.slice(match[0].length);
  const linesBefore = match[0].split('\n').length - 1;
  return { ...readYaml(source), body, linesBefore };
}

function readYaml(source: string): Pick<ParsedFrontMatter, 'frontMatter' | 'problems'> {
  if (source.length > maxLength) {
    return wrong([
      { line: 1, message: `The front matter is longer than ${maxLength} characters. Keep it to a few lines.` },
    ]);
  }
  const lineCounter = new LineCounter();
  const document = parseDocument(source, { lineCounter, schema: 'core', logLevel: 'silent', stringKeys: true });
  const lineAt = (offset: number | undefined): number =>
    offset === undefined ? 1 : lineCounter.linePos(offset).line + 1;
  const faults = [...document.errors, ...document.warnings];
  if (faults.length > 0) {
    return wrong(
      faults.map((error) => ({
        line: lineAt(error.pos[0]),
        message: `The front matter is not YAML: ${error.message.split('\n')[0]?.replace(/ at line \d+.*$/, '') ?? ''}.`,
      })),
    );
  }
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 0 });
  } catch {
    return wrong([{ line: 1, message: 'The front matter uses a YAML alias (*name). Write the value out.' }]);
  }
  const result = schema.safeParse(value);
  if (result.success) {
    const { data, lab, offers, ...rest } = result.data;
    const given = { ...(data === undefined ? {} : { data }), ...(lab === undefined ? {} : { lab }) };
    return { frontMatter: { ...rest, offers, ...given }, problems: [] };
  }
  const lineOf = (key: unknown): number => {
    const pairs = isMap(document.contents) ? document.contents.items : [];
    const name = pairs.map((pair) => pair.key).find((node) => isScalar(node) && node.value === key);
    return isScalar(name) ? lineAt(name.range?.[0]) : 1;
  };
  return wrong(
    result.error.issues.map((issue) => ({
      line: lineOf(issue.code === 'unrecognized_keys' ? issue.keys[0] : issue.path[0]),
      message: `Front matter${issue.path.length > 0 ? `, ${issue.path.join('.')}` : ''}: ${issue.message}.`,
    })),
  );
}

function wrong(problems: readonly Problem[]): Pick<ParsedFrontMatter, 'frontMatter' | 'problems'> {
  return { frontMatter: undefined, problems };
}
