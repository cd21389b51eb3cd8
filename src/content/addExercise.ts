/** Adds an exercise to the text of a `course.json`, at the end of its part, and leaves the rest as its author wrote it. */
import { isMap, isSeq, parseDocument } from 'yaml';
import type { YAMLSeq } from 'yaml';
import type { ExerciseId } from '../course/course';
import { parseCourseFile } from './courseFile';

export type AddedExercise =
  | {
      readonly ok: true;
      readonly text: string;
      /** The part did not exist before, and has a title and a summary that are still to be written. */
      readonly isNewPart: boolean;
    }
  | { readonly ok: false; readonly message: string };

export function addExercise(text: string, id: ExerciseId): AddedExercise {
  const before = parseCourseFile(text, 'course.json');
  const [problem] = before.problems;
  if (before.courseFile === undefined || problem !== undefined) {
    return { ok: false, message: `course.json:${problem?.line ?? 1}  ${problem?.message ?? 'It cannot be read.'}` };
  }
  const [partId = '', name = ''] = id.split('/');
  const partIndex = before.courseFile.parts.findIndex((part) => part.id === partId);
  if (before.courseFile.parts[partIndex]?.exercises.includes(name) === true) {
    return { ok: false, message: `course.json lists ${id} already. Choose another name.` };
  }
  // JSON is YAML, and YAML's parser keeps places.
  const parts = parseDocument(text, { schema: 'json', logLevel: 'silent' }).getIn(['parts'], true);
  const list = isSeq(parts) && partIndex >= 0 ? exercisesOf(parts.items[partIndex]) : undefined;
  const place = list ?? (isSeq(parts) ? parts : undefined);
  if (place === undefined) {
    return { ok: false, message: `course.json could not be added to. List ${id} in it by hand.` };
  }
  const added = append(text, place, list === undefined ? newPart(partId, name) : JSON.stringify(name));
  const isFine = parseCourseFile(added, 'course.json').problems.length === 0;
  return isFine
    ? { ok: true, text: added, isNewPart: list === undefined }
    : { ok: false, message: `course.json could not be added to. List ${id} in it by hand.` };
}

function exercisesOf(part: unknown): YAMLSeq | undefined {
  const list = isMap(part) ? part.get('exercises', true) : undefined;
  return isSeq(list) ? list : undefined;
}

function newPart(partId: string, name: string): string {
  const title = partId.charAt(0).toUpperCase() + partId.slice(1).replaceAll('-', ' ');
  const part = { id: partId, title, summary: 'TODO: what one can do after it, in a sentence or two.' };
  // As Prettier writes it, in the list of parts.
  const members = Object.entries(part).map(([key, value]) => `      ${JSON.stringify(key)}: ${JSON.stringify(value)},`);
  return `{\n${members.join('\n')}\n      "exercises": [${JSON.stringify(name)}]\n    }`;
}

/** Puts `item` behind the last item of a list, in the way in which the list is written: on one line, or a line for each. */
function append(text: string, list: YAMLSeq, item: string): string {
  const [start = 0, end = start] = list.range ?? [];
  const inside = text.slice(start + 1, end - 1);
  const content = inside.trimEnd();
  const isEmpty = content === '';
  const indent = /\n([ \t]*)\S[^\n]*$/.exec(firstLines(inside))?.[1];
  const between = isEmpty ? '' : indent === undefined ? ', ' : `,\n${indent}`;
  return `${text.slice(0, start + 1)}${content}${between}${item}${inside.slice(content.length)}${text.slice(end - 1)}`;
}

/** Up to the end of the first item's first line, whose indentation is that of every item. */
function firstLines(inside: string): string {
  const first = /\S/.exec(inside)?.index ?? 0;
  const end = inside.indexOf('\n', first);
  return end < 0 ? inside : inside.slice(0, end);
}
