/** `groundup new`: the folder of an exercise that is to be written, and its line in `course.json`. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { addExercise } from '../content/addExercise';
import { newExercise } from '../content/newExercise';
import { todosIn } from '../content/todos';
import { isExerciseId } from '../lesson/frontMatter';
import { faultWords } from './nodeLearnerFiles';
import type { Screen } from './terminal';

export interface NewCommandOptions {
  /** The course's folder, which holds `course.json`. */
  readonly folder: string;
  readonly id: string;
  readonly title: string | undefined;
  readonly screen: Screen;
}

/** Resolves with the exit code: 0 it is there, 2 it could not be made. */
export async function newCommand({ folder, id, title, screen }: NewCommandOptions): Promise<number> {
  const refuse = (sentence: string): number => {
    screen.note(sentence);
    return 2;
  };
  if (!isExerciseId(id)) {
    return refuse(
      `${id} is no id. An id is part/exercise, in lower-case letters, digits and single hyphens: tensors/row-sums.`,
    );
  }
  const courseFile = path.join(folder, 'course.json');
  const target = path.join(folder, ...id.split('/'));
  try {
    const added = addExercise(await readFile(courseFile, 'utf8'), id);
    if (!added.ok) return refuse(added.message);
    // Not recursive for the folder itself: one that is there already holds somebody's work.
    await mkdir(path.dirname(target), { recursive: true });
    await mkdir(target);
    const texts = newExercise(id, title ?? titleOf(id));
    for (const [name, text] of Object.entries(texts)) {
      await writeFile(path.join(target, name), text);
    }
    await writeFile(courseFile, added.text);
    const count = Object.entries(texts).reduce((sum, [name, text]) => sum + todosIn(name, text).length, 0);
    screen.print(
      `${target} holds an exercise with ${count} TODOs, and course.json lists it.`,
      ...(added.isNewPart
        ? [
            'The part is new: give it a title and a summary in course.json, and in this project a line in the paths of tsconfig.json.',
          ]
        : []),
      `Next: \`groundup course ${id}\` names what is still to be written.`,
    );
    return 0;
  } catch (error) {
    const isThere = (error as NodeJS.ErrnoException).code === 'EEXIST';
    return refuse(
      isThere
        ? `${target} is there already. Choose another name, or remove it first.`
        : `${target} could not be made: ${faultWords(error)}. Name the folder of your course with --course.`,
    );
  }
}

/** `row-sums` → `Row sums`. */
function titleOf(id: string): string {
  const words = (id.split('/')[1] ?? '').replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
