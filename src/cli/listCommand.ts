/** `groundup list`: the course in order and, in a learner's folder, how far they are. */
import type { Course, Exercise } from '../course/course';
import type { ExerciseState } from '../course/progress';
import { partProgress, partProgressWords, stateWords } from '../course/progress';
import { LearnerFolder } from './learnerFolder';
import type { Paint } from './paint';
import { painter } from './paint';
import type { Screen } from './terminal';

export interface ListCommandOptions {
  readonly course: Course;
  readonly folder: string;
  readonly screen: Screen;
}

export async function listCommand({ course, folder, screen }: ListCommandOptions): Promise<number> {
  const learner = new LearnerFolder({ path: folder, course, say: (sentence) => screen.note(sentence) });
  await learner.progress.load();
  const states = await learner.states(course);
  const stateOf = ({ id }: Exercise): ExerciseState => states.get(id) ?? 'notStarted';
  const paint = painter(screen.colours);
  const width = Math.max(0, ...course.parts.flatMap(({ exercises }) => exercises.map(({ id }) => id.length)));
  for (const part of course.parts) {
    const done = partProgressWords(partProgress(part, stateOf));
    screen.print(`${paint('bold', part.title)} ${paint('dim', `(${done})`)}`);
    for (const exercise of part.exercises) {
      const state = stateOf(exercise);
      const { id, title, minutes, optional } = exercise;
      const words = [title, `${minutes} min`, ...(optional ? ['optional'] : []), stateWords[state]].join(', ');
      screen.print(`  ${mark(state, paint)} ${id.padEnd(width)}  ${words}`);
    }
  }
  return 0;
}

function mark(state: ExerciseState, paint: Paint): string {
  switch (state) {
    case 'passed':
      return paint('good', '✓');
    case 'passedThenChanged':
      return '~';
    case 'inProgress':
      return '›';
    case 'skipped':
      return '–';
    case 'notStarted':
      return paint('dim', '·');
    default:
      return state satisfies never;
  }
}
